"""Exporting: from articles and highlights of the library to text, and to files of the user (`Delivery` writes them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newstui.errors import NotFoundError, StoppedError, UsageError
from newstui.export.citations import citation_keys, cite
from newstui.export.flavors import FLAVORS, build_flavor, passage_markdown
from newstui.export.markdown import MarkdownOptions
from newstui.export.naming import safe_name, slugify
from newstui.export.sheet import Sheet, SheetLink, block_refs, link_to, sort_annotations
from newstui.model import Annotation, Article, Entity
from newstui.services.delivery import Delivery, ExportFile, ExportSummary, FileOutcome, WriteOptions
from newstui.services.exporting_data import build_pieces, find_format, iter_pages
from newstui.services.linking import Linked, Linking
from newstui.services.tagging import is_within

if TYPE_CHECKING:
    from newstui.export.templates import Template
    from newstui.export.webannotation import Form
    from newstui.services.dossiers import Dossiers
    from newstui.store import Store, Transaction

By = Literal["article", "tag", "entity", "all"]
PREVIEWED = 20_000
"""Characters from which a preview is cut."""
NAMED_FLAVORS = ("obsidian", "logseq")
"""Flavors whose readers follow `[[names]]`: names are recognized for them without being asked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is exported: articles by id, with all their highlights or only with some.

    `about` is the one tag or entity whose passages are wanted, `found_by` the query that found the articles, and
    `whole` says that they are all there are.
    """

    articles: tuple[str, ...]
    only: frozenset[str] = frozenset()
    about: tuple[Literal["tag", "entity"], str] | None = None
    found_by: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """In which shape.

    `format` is `md` or one of `DATA_FORMATS`. `by` is what one Markdown file holds: an article, all passages with a
    tag or about an entity, or all. `names` links the names in a passage, which have to be
    recognized first (None: where the flavor's reader follows such links). `form` and `texts` are for JSON-LD, `bom`
    and `safe_cells` for tables.
    """

    format: str = "md"
    by: By = "article"
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    template: str = ""
    names: bool | None = None
    form: Form = "collection"
    texts: bool = True
    bom: bool = False
    safe_cells: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The first file of an export as it would stand there: its path, how its text begins, and how many files there are.

    `text` ends at a line break after `PREVIEWED` characters.
    """

    path: Path
    text: str
    files: int


class Exporting:
    """Exports of one library.

    Args:
        store: the library.
        dossiers: the names in an article, if they are wanted.
        colors: the user's names of the six highlight slots.
    """

    def __init__(
        self, store: Store, dossiers: Callable[[], Dossiers] | None = None, colors: Sequence[str] = ()
    ) -> None:
        self._store = store
        self._dossiers = dossiers
        self._colors = tuple(colors)
        self._keys: tuple[int, Mapping[str, str]] = (-1, {})
        self._linked: tuple[int, Mapping[str, Sequence[Linked]]] = (-1, {})

    # -- what

    def everything(self) -> Choice:
        """All articles that have highlights and are not in the trash."""
        marked = (self._store.find(Article, id_) for id_ in self._store.count_annotations())
        kept = (each for each in marked if each is not None and not each.deleted)
        articles = sorted(kept, key=lambda each: (each.published, each.id))
        return Choice(tuple(each.id for each in articles), whole=True)

    def passages(self, annotation_ids: Iterable[str]) -> Choice:
        """Some highlights only."""
        found = [self._store.get(Annotation, id_) for id_ in annotation_ids]
        articles = tuple(dict.fromkeys(each.article for each in found))
        return Choice(articles, frozenset(each.id for each in found))

    def touched(self, choice: Choice, options: ExportOptions, changed: Transaction) -> Choice:
        """The part of a choice that a change of the library can have made another.

        All of it where a file holds several articles; with the article whose last highlight went.
        """
        if options.format not in ("md", "html") or options.by != "article" or choice.only or choice.about:
            return choice
        if not all(each.kind in (Article, Annotation) for each in changed.changes):
            return choice
        ids = {each.id for each in changed.changes if each.kind is Article}
        left = set()
        ids.update(self._linked_with(changed))
        for each in changed.changes:
            ids.update(note.article for note in (each.before, each.after) if isinstance(note, Annotation))
            if choice.whole and isinstance(each.before, Annotation):
                left.add(each.before.article)
        known = dict.fromkeys((*choice.articles, *sorted(left)))
        return replace(choice, articles=tuple(id_ for id_ in known if id_ in ids), whole=False)

    def _linked_with(self, changed: Transaction) -> Iterator[str]:
        """The articles of passages that changed ones are or were linked with: their files name them."""
        notes = [note for each in changed.changes for note in (each.before, each.after) if isinstance(note, Annotation)]
        there = {link.to for note in notes for link in note.links}
        here = {note.id for note in notes}
        ends = [self._store.find(Annotation, id_) for id_ in there]
        ends += [
            note for note in self._store.having(Annotation, "links") if any(link.to in here for link in note.links)
        ]
        return (end.article for end in ends if end is not None)

    def sheet(self, article_id: str, only: frozenset[str] = frozenset(), *, names: bool = False) -> Sheet:
        """An article with its highlights, or with some of them, and with its names if they are wanted."""
        article = self._store.get(Article, article_id)
        entities: Sequence[Entity] = ()
        if names and self._dossiers is not None:
            entities = self._dossiers().entities(article_id)
        return Sheet(
            article,
            self._store.text(article.text),
            sort_annotations(each for each in self._store.annotations_of(article_id) if not only or each.id in only),
            tuple(entities),
            self._colors,
            self.citation_keys()[article_id],
            self._links(article_id),
        )

    def _links(self, article_id: str) -> Mapping[str, tuple[SheetLink, ...]]:
        """What the passages of an article are linked with, of those that are linked at all."""
        if self._linked[0] != self._store.version:
            self._linked = self._store.version, Linking(self._store).all()
        linked = self._linked[1]
        heads = self._store.heads_of(article_id) if linked else ()
        return {head.id: tuple(map(self._link, linked[head.id])) for head in heads if head.id in linked}

    def _link(self, end: Linked) -> SheetLink:
        other = self._store.find(Article, end.annotation.article)
        refs = block_refs(self._store.annotations_of(end.annotation.article))
        address = link_to(end.annotation.article, refs[end.annotation.id])
        return SheetLink(end.words, end.annotation.quote, other.title if other is not None else "", address)

    def citation_keys(self) -> Mapping[str, str]:
        """Article id -> citation key, over the whole library, so that a key never depends on what is exported."""
        if self._keys[0] != self._store.version:
            self._keys = self._store.version, citation_keys(self._store.all(Article))
        return self._keys[1]

    # -- in which shape

    def files(
        self, choice: Choice, options: ExportOptions | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[ExportFile]:
        """The files of an export, made one at a time as they are asked for.

        Args:
            choice: what is exported.
            options: in which shape.
            cancelled: asked article by article where all have to be read before the first file.

        Raises:
            StoppedError: it was cancelled.
            UsageError: there is no such format or flavor, or the template is none.
            NotFoundError: no highlight has the tag or names the entity that one file is wanted for.
        """
        options = _settled(choice, options or ExportOptions())
        if options.markdown.flavor not in FLAVORS:
            raise UsageError(f"There is no flavor {options.markdown.flavor!r}; take one of {', '.join(FLAVORS)}.")
        if options.format != "md":
            return self._data(self._tagged(choice), options)
        template = self._template(options)
        if options.by == "article" and not choice.only:
            return self._notes(choice, options, template)
        return self._digests(choice, options, template, cancelled)

    def export(
        self,
        choice: Choice,
        options: ExportOptions,
        target: Path,
        write: WriteOptions | None = None,
        report: Callable[[FileOutcome], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ExportSummary:
        """Write an export to a folder or a file; see `Delivery.write`.

        Several articles for one Markdown file go into it passage by passage. Of the whole library those articles are
        written too whose last highlight is gone but that have a note in the folder.
        """
        delivery, choice, options = self._plan(choice, options, target, write)
        try:
            files = self.files(choice, options, cancelled)
        except StoppedError:
            return ExportSummary((), stopped=True)
        return delivery.write(files, report, cancelled)

    def preview(
        self,
        choice: Choice,
        options: ExportOptions,
        target: Path | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview | None:
        """What the first file of an export would hold afterwards; None if there is none.

        Raises:
            StoppedError: it was cancelled.
        """
        if target is None:
            target = Path("newstui")
        delivery, choice, options = self._plan(choice, options, target, None)
        files = self.files(choice, options, cancelled)
        first = next(files, None)
        if first is None:
            return None
        one_each = options.format == "html" or (options.format == "md" and options.by == "article" and not choice.only)
        many = len(choice.articles) if one_each else 1
        if options.format == "md" and options.by in ("tag", "entity"):
            many += sum(1 for _ in files)
        return Preview(delivery.find(first)[0], _beginning(delivery.iter_merged(first)), many)

    def iter_text(self, choice: Choice, options: ExportOptions) -> Iterator[str]:
        """The export as one stream: of several articles in Markdown the passages."""
        options = _settled(choice, options)
        if options.by == "article" and options.format == "md" and len(choice.articles) > 1:
            options = replace(options, by="all")
        for file in self.files(choice, options):
            yield from [file.text] if file.document is not None else file.pieces

    def _plan(
        self, choice: Choice, options: ExportOptions, target: Path, write: WriteOptions | None
    ) -> tuple[Delivery, Choice, ExportOptions]:
        delivery, options = Delivery(target, write), _settled(choice, options)
        if options.format == "md" and options.by == "article":
            if delivery.vault is None and len(choice.articles) > 1:
                options = replace(options, by="all")
            elif delivery.vault is not None and choice.whole:
                known = (id_ for id_ in delivery.vault.by_id if self._store.find(Article, id_) is not None)
                choice = replace(choice, articles=tuple(dict.fromkeys((*choice.articles, *known))))
        return delivery, choice, options

    def _wants_names(self, options: ExportOptions) -> bool:
        return options.markdown.flavor in NAMED_FLAVORS if options.names is None else options.names

    def _template(self, options: ExportOptions) -> Template | None:
        if not options.template:
            return None
        from newstui.export.templates import load_template

        return load_template(options.template)

    def _notes(self, choice: Choice, options: ExportOptions, template: Template | None) -> Iterator[ExportFile]:
        for sheet in _Sheets(self, choice, self._wants_names(options)):
            if template is None:
                yield ExportFile(file_name(sheet.article), build_flavor(sheet, options.markdown))
            else:
                name = safe_name(template.name(sheet) or _stem(sheet.article), fallback=sheet.article.id)
                yield ExportFile(name, template.build_document(sheet, options.markdown))

    def _digests(
        self, choice: Choice, options: ExportOptions, template: Template | None, cancelled: Callable[[], bool] | None
    ) -> Iterator[ExportFile]:
        from newstui.export.digests import build_digests

        kind = "all" if options.by == "article" else options.by
        sheets = _Sheets(self, choice, kind == "entity" or self._wants_names(options), cancelled)
        title = choice.found_by or "Highlights"
        write = None if template is None else template.passage
        only = "" if choice.about is None else choice.about[1]
        made = build_digests(kind, sheets, options.markdown, title=title, only=only, write=write)
        if only and not made:
            raise NotFoundError(f"No highlight here has the {kind} {only!r}.")
        return (ExportFile(safe_name(name), document) for name, document in made)

    def _tagged(self, choice: Choice) -> Choice:
        """A choice about a tag as the highlights that have it."""
        if choice.about is None:
            return choice
        kind, name = choice.about
        if kind == "entity":
            raise UsageError("The passages that name somebody make a Markdown file only; give a tag or a query.")
        notes = (each for id_ in choice.articles for each in self._store.annotations_of(id_))
        tagged = self.passages(each.id for each in notes if any(is_within(tag, name) for tag in each.tags))
        if not tagged.only:
            raise NotFoundError(f"No highlight here has the tag {name!r}.")
        return tagged

    def _data(self, choice: Choice, options: ExportOptions) -> Iterator[ExportFile]:
        form = find_format(options.format)
        sheets = _Sheets(self, choice)
        if options.format == "html":
            return (
                ExportFile(_name_of(sheet.article, form.suffix), pieces=page, sign=form.sign)
                for sheet, page in iter_pages(sheets)
            )
        pieces = build_pieces(sheets, options, self.citation_keys(), self._store.text)
        return iter([ExportFile(f"newstui{form.suffix}", pieces=pieces, sign=form.sign)])

    # -- for the clipboard and for commands

    def annotation_markdown(self, annotation_ids: Iterable[str]) -> str:
        """Highlights as Markdown without markers: each a quote with its source, and its note."""
        parts = []
        for annotation_id in annotation_ids:
            annotation = self._store.get(Annotation, annotation_id)
            parts.append(passage_markdown(self._store.get(Article, annotation.article), annotation))
        return "\n".join(parts)

    def citation(self, article_id: str, quote: str) -> str:
        """A quotation with its source, as plain text."""
        return cite(self._store.get(Article, article_id), quote)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The sheets of a choice, one at a time, as often as they are gone through."""

    exporting: Exporting
    choice: Choice
    names: bool = False
    cancelled: Callable[[], bool] | None = None

    def __iter__(self) -> Iterator[Sheet]:
        for article_id in self.choice.articles:
            if self.cancelled is not None and self.cancelled():
                raise StoppedError("The export was stopped; nothing was written.")
            yield self.exporting.sheet(article_id, self.choice.only, names=self.names)


def _settled(choice: Choice, options: ExportOptions) -> ExportOptions:
    """The options, with a choice about one tag or entity in one file."""
    return options if choice.about is None else replace(options, by=choice.about[0])


def _beginning(pieces: Iterable[str]) -> str:
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > PREVIEWED:
            return text[: text.find("\n", PREVIEWED) + 1 or PREVIEWED]
    return text


def file_name(article: Article) -> str:
    """The name of a new Markdown file: date and title."""
    return _name_of(article, ".md")


def _name_of(article: Article, suffix: str) -> str:
    return safe_name(_stem(article), suffix, fallback=article.id or "untitled")


def _stem(article: Article) -> str:
    return f"{article.published} {slugify(article.title)}"
