"""The codebook: tags with a description and a color, and what is done to a tag over the whole library in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, Tag
from newstui.services.tagging import is_within, normalize_tag
from newstui.store import new_id, without_collecting
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.export.codebooks import Code
    from newstui.services.tag_index import TagIndex
    from newstui.store import Store, Transaction

T = TypeVar("T", bound=Annotation | Article)


class Codebook:
    """What the tags of one library mean; every change of it is one transaction, so one undo step.

    Args:
        store: the library.
        index: which records carry which tags.
    """

    def __init__(self, store: Store, index: TagIndex) -> None:
        self._store = store
        self._index = index

    def record(self, name: str) -> Tag:
        """What was said about a tag; an empty record where nothing was."""
        found = next((tag for tag in self._store.all(Tag) if tag.name == name), None)
        return found or Tag("", name)

    def describe(self, name: str, *, description: str | None = None, color: int | None = None) -> Transaction:
        """Say what a tag means, or which color slot (1 to 6, 0: none) is its own; the tag need not be used yet."""
        tag = normalize_tag(name)
        before = self.record(tag)
        after = replace(
            before,
            id=before.id or new_id(),
            description=before.description if description is None else description.strip(),
            color=before.color if color is None else color,
        )
        return self._store.commit(f"Describe tag #{tag}", [after])

    def recolor(self, names: Sequence[str], color: int) -> Transaction:
        """Give tags a color slot of their own (1 to 6, 0: none), in one step."""
        tags = [normalize_tag(name) for name in names]
        known = [self.record(tag) for tag in tags]
        what = f"tag #{tags[0]}" if len(tags) == 1 else f"{len(tags)} tags"
        put = [replace(record, id=record.id or new_id(), color=color) for record in known]
        return self._store.commit(f"Color {what}", put)

    def codes(self) -> list[Code]:
        """All tags in use or described, with what was said about them, by name."""
        from newstui.export.codebooks import Code

        said = {tag.name: tag for tag in self._store.all(Tag)}
        uses = sorted(self._index.uses(), key=lambda use: use.folded.split("/"))
        return [
            Code(use.name, tag.description, tag.color, use.count)
            for use in uses
            for tag in (said.get(use.name) or Tag("", use.name),)
        ]

    def dump(self, form: str) -> str:
        """The codebook as `csv`, `json` or `qdc`."""
        from newstui.export.codebooks import dump_codebook

        return dump_codebook(self.codes(), form)

    def load(self, text: str, form: str) -> Transaction:
        """Take in what a codebook says about tags; what it does not name, and where it says nothing, stays.

        Raises:
            UsageError: it is no codebook of this form; nothing was changed.
        """
        from newstui.export.codebooks import parse_codebook

        put = []
        for code in parse_codebook(text, form):
            name = normalize_tag(code.tag)
            known = self.record(name)
            said = code.description.strip() or known.description
            put.append(Tag(known.id or new_id(), name, code.color or known.color, said))
        return self._store.commit(
            f"Import codebook: {counted(len(put), 'tag')}", {tag.name: tag for tag in put}.values()
        )

    def rename(self, old: str, new: str) -> Transaction:
        """Rename a tag and all below it, on every passage and article; an existing name takes both.

        Raises:
            NotFoundError: there is no such tag.
        """
        old, new = normalize_tag(old), normalize_tag(new)
        return self._rewrite(f"Rename tag #{old} to #{new}", self._below([old], lambda rest: new + rest))

    def merge(self, tags: Sequence[str], into: str) -> Transaction:
        """Give `into` to everything that carries one of the tags or one below it, and drop them."""
        into = normalize_tag(into)
        names = [normalize_tag(tag) for tag in tags]
        return self._rewrite(f"Merge {len(names)} tags into #{into}", self._below(names, lambda rest: into + rest))

    def move(self, tag: str, parent: str, *more: str) -> Transaction:
        """Put a tag, and any more, with all below them, under another one; an empty parent makes them roots.

        Raises:
            UsageError: one would lie below itself.
        """
        mapping: dict[str, str] = {}
        tags = [normalize_tag(each) for each in (tag, *more)]
        targets = {}
        for each in tags:
            last = each.rpartition("/")[2]
            targets[each] = target = f"{normalize_tag(parent)}/{last}" if parent.strip() else last
            if is_within(target, each) and target != each:
                raise UsageError(f"#{each} cannot lie below itself; choose another parent.")
        for each in sorted(tags, key=len):  # of a tag and one below it, each goes there by itself
            below = self._below([each], lambda rest: rest)
            mapping |= {name: targets[each] + rest for name, rest in below.items()}
        what = f"tag #{tags[0]} to #{targets[tags[0]]}" if len(tags) == 1 else f"{len(tags)} tags under #{parent}"
        return self._rewrite(f"Move {what}", mapping)

    def delete(self, *tags: str) -> Transaction:
        """Take one or more tags and all below them off everything."""
        names = [normalize_tag(tag) for tag in tags]
        what = f"tag #{names[0]}" if len(names) == 1 else f"{len(names)} tags"
        return self._rewrite(f"Delete {what}", dict.fromkeys(self._below(names, lambda rest: rest), ""))

    def split(self, tag: str, into: str, annotation_ids: Iterable[str]) -> Transaction:
        """Give some of the passages with a tag, or one below it, another tag instead of it.

        Raises:
            NotFoundError: none of these passages carries the tag.
        """
        tag, into = normalize_tag(tag), normalize_tag(into)
        mapping = self._below([tag], lambda rest: into)
        notes = [self._store.get(Annotation, id_) for id_ in annotation_ids]
        changed = [retagged(note, mapping) for note in notes]
        changed = [after for before, after in zip(notes, changed, strict=True) if after != before]
        if not changed:
            raise NotFoundError(f"None of these passages is tagged #{tag}.")
        passages = counted(len(changed), "passage")
        return self._store.commit(f"Split {passages} of #{tag} off as #{into}", changed)

    def _below(self, tags: Sequence[str], rename: Callable[[str], str]) -> dict[str, str]:
        """The tags that are one of these or lie below it, and what each becomes: a function of what follows it."""
        found = {}
        for name in self._index.names():
            parent = max((tag for tag in tags if is_within(name, tag)), key=len, default="")
            if parent:
                found[name] = rename(name[len(parent) :])
        if not found:
            raise NotFoundError(f"There is no tag #{tags[0]}; `newstui tags` lists what there is.")
        return found

    def _rewrite(self, label: str, mapping: Mapping[str, str]) -> Transaction:
        """Replace tags everywhere, and let what was said about them go along; an empty name drops a tag."""
        with without_collecting():
            put: list[Annotation | Article | Tag] = [retagged(each, mapping) for each in self._index.carriers(mapping)]
        said = {tag.name: tag for tag in self._store.all(Tag)}
        gone = [said[name] for name, new in mapping.items() if name in said and new != name]
        for tag in gone:
            del said[tag.name]
        kept = []
        for tag in gone:
            new = mapping[tag.name]
            if not new:
                continue
            there = said.get(new)
            said[new] = _united(there, tag) if there else replace(tag, name=new)
            kept.append(new)
        put += [said[name] for name in dict.fromkeys(kept)]
        ids = {record.id for record in put}
        return self._store.commit(label, put, [tag for tag in gone if tag.id not in ids])


def retagged(record: T, mapping: Mapping[str, str]) -> T:
    """A record with tags replaced, each once, in their order; an empty name drops a tag."""
    tags = tuple(dict.fromkeys(new for tag in record.tags if (new := mapping.get(tag, tag))))
    return record if tags == record.tags else replace(record, tags=tags)


def _united(tag: Tag, other: Tag) -> Tag:
    """One record for two tags that became one: nothing that was said is lost."""
    said = dict.fromkeys(part for part in (tag.description, other.description) if part)
    return replace(tag, description="\n".join(said), color=tag.color or other.color)
