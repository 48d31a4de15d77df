"""Exporting: from articles and highlights of the library to files of the user, merged with what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newstui.errors import NewstuiError, UsageError
from newstui.export.citations import citation_keys, cite
from newstui.export.documents import Document, render_body, render_document
from newstui.export.flavors import FLAVORS, build_flavor, passage_markdown
from newstui.export.front_matter import Value, render_front
from newstui.export.markdown import MarkdownOptions
from newstui.export.merging import Merged, merge
from newstui.export.naming import free_name, safe_name, slugify
from newstui.export.sheet import Sheet, sort_annotations
from newstui.model import Annotation, Article, Entity
from newstui.services.vault import ExportFailedError, Vault, decode_note, read_note, replace_note

if TYPE_CHECKING:
    from newstui.store import Store

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file on its way out: its name, its text if there is none yet, and the document that merges into one."""

    name: str
    text: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. `counts` says how its highlights fared (keys: `newstui.export.merging.OUTCOMES`)."""

    path: Path
    status: Literal["new", "updated", "same", "failed"]
    counts: Counter[str] = field(default_factory=Counter)
    remarks: tuple[str, ...] = ()
    diff: str = ""


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What became of all files."""

    files: tuple[FileOutcome, ...]

    @property
    def failed(self) -> int:
        """How many were not written."""
        return sum(outcome.status == "failed" for outcome in self.files)


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How files that are there are treated.

    `dry_run` writes nothing and makes diffs. `restore` brings back highlights the user deleted from a file; with
    `conflicts="both"` newstui's text is added below the user's where both have changed.
    """

    dry_run: bool = False
    restore: bool = False
    conflicts: Literal["file", "both"] = "file"


@dataclass(frozen=True, slots=True)
class DataOptions:
    """How rows are written: with a byte order mark, and with formulas guarded (that changes the words)."""

    bom: bool = False
    safe_cells: bool = False


DATA_FORMATS: Mapping[str, str] = {
    "jsonld": ".jsonld",
    "json": ".jsonl",
    "csv": ".csv",
    "readwise": ".csv",
    "bibtex": ".bib",
    "csl": ".json",
    "html": ".html",
}
"""Name of a data format -> suffix of its file."""


class Exporting:
    """Exports of one library.

    Args:
        store: the library.
        entities: the entities of an article, if they are wanted in the export.
        colors: the user's names of the six highlight slots.
    """

    def __init__(
        self,
        store: Store,
        entities: Callable[[str], Sequence[Entity]] | None = None,
        colors: Sequence[str] = (),
    ) -> None:
        self._store = store
        self._entities = entities
        self._colors = tuple(colors)
        self._keys: tuple[int, Mapping[str, str]] = (-1, {})

    def sheet(self, article_id: str, annotations: Iterable[Annotation] | None = None) -> Sheet:
        """An article with its highlights, or with some of them."""
        article = self._store.get(Article, article_id)
        given = self._store.annotations_of(article_id) if annotations is None else annotations
        return Sheet(
            article,
            self._store.text(article.text),
            sort_annotations(given),
            tuple(self._entities(article_id)) if self._entities else (),
            self._colors,
            self.citation_keys()[article_id],
        )

    def sheets(self, article_ids: Iterable[str]) -> Iterator[Sheet]:
        """Several articles, in the order given, one at a time."""
        return (self.sheet(article_id) for article_id in article_ids)

    def citation_keys(self) -> Mapping[str, str]:
        """Article id -> citation key, over the whole library, so that a key never depends on what is exported."""
        if self._keys[0] != self._store.version:
            self._keys = self._store.version, citation_keys(self._store.all(Article))
        return self._keys[1]

    def markdown(self, article_ids: Iterable[str], options: MarkdownOptions | None = None) -> list[ExportFile]:
        """One Markdown file an article.

        Raises:
            UsageError: there is no such flavor.
        """
        options = options or MarkdownOptions()
        if options.flavor not in FLAVORS:
            raise UsageError(f"There is no flavor {options.flavor!r}; take one of {', '.join(FLAVORS)}.")
        files = []
        for sheet in self.sheets(article_ids):
            document = build_flavor(sheet, options)
            files.append(ExportFile(file_name(sheet.article), render_document(document), document))
        return files

    def digests(
        self, article_ids: Iterable[str], by: Literal["tag", "entity"], options: MarkdownOptions | None = None
    ) -> list[ExportFile]:
        """One Markdown file a tag, or an entity, with its passages from all these articles in date order."""
        from newstui.export.digests import build_digests

        documents = build_digests(by, list(self.sheets(article_ids)), options or MarkdownOptions())
        return [ExportFile(safe_name(name), render_document(made), made) for name, made in documents]

    def data(
        self, article_ids: Iterable[str], format_name: str, options: DataOptions | None = None
    ) -> list[ExportFile]:
        """The articles in a data format (`DATA_FORMATS`): one file for all, of HTML one an article.

        Raises:
            UsageError: there is no such format.
        """
        from newstui.services import exporting_data

        options = options or DataOptions()
        if format_name not in DATA_FORMATS:
            raise UsageError(f"There is no format {format_name!r}; take md or one of {', '.join(DATA_FORMATS)}.")
        if format_name == "html":
            return [
                ExportFile(safe_name(_stem(sheet.article), ".html", fallback=sheet.article.id), page)
                for sheet, page in exporting_data.iter_pages(self.sheets(article_ids))
            ]
        text = exporting_data.render(format_name, self.sheets(article_ids), options, self.citation_keys())
        return [ExportFile(f"newstui{DATA_FORMATS[format_name]}", text)]

    def annotation_markdown(self, annotation_ids: Iterable[str]) -> str:
        """Highlights for the clipboard: each a quote with its source, and its note."""
        parts = []
        for annotation_id in annotation_ids:
            annotation = self._store.get(Annotation, annotation_id)
            parts.append(passage_markdown(self.sheet(annotation.article, [annotation]), annotation))
        return "\n".join(parts)

    def citation(self, article_id: str, quote: str) -> str:
        """A quotation with its source, as plain text for the clipboard."""
        return cite(self._store.get(Article, article_id), quote)

    def write(self, files: Sequence[ExportFile], target: Path, options: WriteOptions | None = None) -> ExportSummary:
        """Write files below a folder, or one file to a path, merging with what is there.

        A note is found again by the id in its front matter wherever it was moved below the folder, and what stands in
        it outside newstui's blocks stays. Files that do not change are not written. A file that cannot be written is
        `failed` in the summary, and the others are still written.

        Raises:
            UsageError: several files for a path that is a file.
        """
        options = options or WriteOptions()
        if _is_folder(target):
            vault = Vault.scan(target)
            return ExportSummary(tuple(self._write_into(vault, file, options) for file in files))
        if len(files) > 1:
            raise UsageError(f"{target} is one file, and there are {len(files)} to write; give a folder.")
        return ExportSummary(tuple(_write_one(file, target, options) for file in files))

    def _write_into(self, vault: Vault, file: ExportFile, options: WriteOptions) -> FileOutcome:
        found: list[Path] = []
        if file.document is not None:
            found = vault.find(file.document.id, [block.ref for block in file.document.blocks])
            name = free_name(file.name, file.document.id[-4:], vault.names)
        else:
            name = file.name
        path = found[0] if found else vault.folder / name
        outcome = _write_one(file, path, options)
        vault.names.add(path.name.casefold())
        if len(found) > 1:
            others = f"{found[1]} has the same id and was left as it is"
            return FileOutcome(path, outcome.status, outcome.counts, (*outcome.remarks, others), outcome.diff)
        return outcome


def file_name(article: Article) -> str:
    """The name of a new Markdown file: date and title."""
    return safe_name(_stem(article), fallback=article.id or "untitled")


def _stem(article: Article) -> str:
    return f"{article.published} {slugify(article.title)}"


def combine(files: Sequence[ExportFile]) -> str:
    """The text of several files for one stream; Markdown gets one front matter for all."""
    documents = [file.document for file in files if file.document is not None]
    if len(files) == 1 or len(documents) < len(files):
        return "".join(file.text for file in files)
    tags = tuple(sorted({tag for document in documents for tag in document.tags}))
    blocks = sum(len(document.blocks) for document in documents)
    front: dict[str, Value] = {
        "newstui": 1,
        "title": f"Highlights of {len(documents)} articles",
        "tags": tags,
        "highlights": blocks,
    }
    return "\n".join([render_front(front), *(render_body(document) for document in documents)])


def _is_folder(target: Path) -> bool:
    """Whether a target means a folder: it is one, or there is nothing yet and its name has no suffix."""
    return target.is_dir() or not (target.exists() or target.suffix)


def _write_one(file: ExportFile, path: Path, options: WriteOptions) -> FileOutcome:
    try:
        return _merge_and_write(file, path, options)
    except NewstuiError as error:
        return FileOutcome(path, "failed", remarks=(str(error),))


def _merge_and_write(file: ExportFile, path: Path, options: WriteOptions) -> FileOutcome:
    for _ in range(_ATTEMPTS):
        content = read_note(path)
        old = None if content is None else decode_note(content, path)
        if file.document is None:
            merged = Merged(file.text, Counter())
        else:
            merged = merge(file.document, old, restore=options.restore, conflicts=options.conflicts)
        if old == merged.text:
            return FileOutcome(path, "same", merged.counts, merged.remarks)
        status: Literal["new", "updated"] = "new" if content is None else "updated"
        if options.dry_run:
            return FileOutcome(path, status, merged.counts, merged.remarks, _diff(old or "", merged.text, path))
        if replace_note(path, merged.text, content):
            return FileOutcome(path, status, merged.counts, merged.remarks)
    raise ExportFailedError(f"{path} keeps being changed by another program; nothing was written, try again.")


def _diff(old: str, new: str, path: Path) -> str:
    import difflib

    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), str(path), str(path), lineterm="")
    return "\n".join(lines)
