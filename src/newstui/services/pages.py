"""The page of a tag and the page of an article: everything there is about it, gathered to be read in one go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article, Entity, Tag
from newstui.services.counting import overlapping
from newstui.services.tagging import is_within, normalize_tag

if TYPE_CHECKING:
    from newstui.services.codebook import Codebook
    from newstui.services.dossiers import Dossiers
    from newstui.services.linking import Linked, Linking
    from newstui.services.tag_index import TagIndex
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class Group:
    """An article with some of its annotations, in the order of the text."""

    article: Article
    notes: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class TagPage:
    """A tag with those below it: what was said of it, and where it was given.

    `below` and `beside` are other tags with how many passages they share with it, `beside` also on passages that
    overlap; `months` counts passages by the month of their article, `whole` are articles that carry it themselves.
    """

    tag: Tag
    groups: tuple[Group, ...]
    whole: tuple[Article, ...]
    below: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]

    @property
    def passages(self) -> int:
        """How many passages carry it."""
        return sum(len(group.notes) for group in self.groups)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article: its annotations, the tags on them with their number, its names, and what its passages link to."""

    article: Article
    notes: tuple[Annotation, ...]
    tags: tuple[tuple[str, int], ...]
    entities: tuple[Entity, ...]
    links: dict[str, tuple[tuple[Linked, str], ...]]
    """By annotation: the other ends, each with the title of its article."""


class Pages:
    """Gathers the pages of one library.

    Args:
        store: the library.
        index: which records carry which tags.
        codebook: what was said about tags.
        dossiers: the names of an article.
        linking: what passages have to do with each other.
    """

    def __init__(self, store: Store, index: TagIndex, codebook: Codebook, dossiers: Dossiers, linking: Linking) -> None:
        self._store = store
        self._index = index
        self._codebook = codebook
        self._dossiers = dossiers
        self._linking = linking

    def tag(self, name: str) -> TagPage:
        """The page of a tag; a parent that was never given itself has one too.

        Raises:
            NotFoundError: nothing carries it or one below it, and nothing was said about it.
        """
        name = normalize_tag(name)
        record = self._codebook.record(name)
        names = {each for each in self._index.names() if is_within(each, name)}
        if not names:
            raise NotFoundError(f"There is no tag #{name}; `newstui tags` lists what there is.")
        carriers = self._index.carriers(names)
        notes: defaultdict[str, list[Annotation]] = defaultdict(list)
        for each in carriers:
            if isinstance(each, Annotation):
                notes[each.article].append(each)
        found = [(article, notes[id_]) for id_ in notes if (article := self._store.find(Article, id_))]
        living = sorted(
            (pair for pair in found if not pair[0].deleted),
            key=lambda pair: (pair[0].published, pair[0].id),
            reverse=True,
        )
        groups = tuple(
            Group(article, tuple(sorted(on, key=lambda note: (note.span.start, note.id)))) for article, on in living
        )
        months: Counter[str] = Counter()
        below: Counter[str] = Counter()
        for group in groups:
            months[group.article.published[:7] or "undated"] += len(group.notes)
            for note in group.notes:
                below.update(tag for tag in note.tags if tag in names and tag.casefold() != name.casefold())
        return TagPage(
            record,
            groups,
            tuple(each for each in carriers if isinstance(each, Article) and not each.deleted),
            tuple(below.most_common()),
            tuple(self._beside(groups, names).most_common()),
            tuple(sorted(months.items())),
        )

    def _beside(self, groups: Sequence[Group], names: set[str]) -> Counter[str]:
        """How often other tags are on the same passages, or on passages that overlap them."""
        counts: Counter[str] = Counter()
        for group in groups:
            notes = self._store.annotations_of(group.article.id)
            near = [set(note.tags) for note in notes]
            for one, other in overlapping(notes):
                near[one] |= set(notes[other].tags)
                near[other] |= set(notes[one].tags)
            for note, tags in zip(notes, near, strict=True):
                if not names.isdisjoint(note.tags):
                    counts.update(tags.difference(names))
        return counts

    def article(self, article_id: str) -> ArticlePage:
        """The page of an article; names are looked for if they are not known, so not while a key waits."""
        article = self._store.get(Article, article_id)
        notes = tuple(self._store.annotations_of(article_id))
        tags = Counter(tag for note in notes for tag in note.tags)
        entities = sorted(self._dossiers.entities(article_id), key=lambda each: -len(each.mentions))
        linked = self._linking.all()
        links = {
            note.id: tuple((end, self._title(end.annotation.article)) for end in linked[note.id])
            for note in notes
            if note.id in linked
        }
        return ArticlePage(article, notes, tuple(tags.most_common()), tuple(entities), links)

    def _title(self, article_id: str) -> str:
        article = self._store.find(Article, article_id)
        return article.title if article is not None else ""

    def tag_record(self, page: TagPage) -> dict[str, object]:
        """A tag's page as JSON has it; passages by their ids."""
        return {
            "tag": page.tag.name,
            "description": page.tag.description,
            "color": page.tag.color,
            "passages": [note.id for group in page.groups for note in group.notes],
            "articles": [article.id for article in page.whole],
            "below": dict(page.below),
            "beside": dict(page.beside),
            "months": dict(page.months),
        }

    def article_record(self, page: ArticlePage) -> dict[str, object]:
        """An article's page as JSON has it; passages by their ids."""
        return {
            "article": page.article.id,
            "title": page.article.title,
            "passages": [note.id for note in page.notes],
            "tags": dict(page.tags),
            "names": {each.name: len(each.mentions) for each in page.entities},
            "links": [
                {"from": id_, "relation": end.words, "to": end.annotation.id}
                for id_, ends in page.links.items()
                for end, _ in ends
            ],
        }
