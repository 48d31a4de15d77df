"""Delivering an export: Markdown is merged into what its user has, data replace the data of an earlier export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from newstui.errors import NewstuiError, UsageError
from newstui.export.documents import Document, render_document
from newstui.export.merging import Merged, merge
from newstui.export.naming import free_name
from newstui.services.vault import (
    ExportFailedError,
    Vault,
    decode_note,
    read_note,
    replace_data,
    replace_note,
    write_through,
)
from newstui.text.figures import counted

Status = Literal["new", "updated", "same", "failed"]
STATUSES: tuple[Status, ...] = ("new", "updated", "same", "failed")
NOTES = (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".txt", "")
"""Endings of files that Markdown is merged into."""
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file on its way out: its name, and either a document that merges into what is there or data in pieces.

    `pieces` can be gone through more than once. `sign` stands near the beginning of such data: a file without it is
    somebody else's and is not replaced.
    """

    name: str
    document: Document | None = None
    pieces: Iterable[str] = ()
    sign: str = ""

    @property
    def text(self) -> str:
        """The whole file, for a place where there is none yet."""
        return "".join(self.pieces) if self.document is None else render_document(self.document)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. `counts` says how its highlights fared (keys: `newstui.export.merging.OUTCOMES`)."""

    path: Path
    status: Status
    counts: Counter[str] = field(default_factory=Counter)
    remarks: tuple[str, ...] = ()
    diff: str = ""


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What became of all files; `stopped` if the rest was cancelled."""

    files: tuple[FileOutcome, ...]
    stopped: bool = False

    @property
    def failed(self) -> int:
        """How many were not written."""
        return sum(outcome.status == "failed" for outcome in self.files)

    def __str__(self) -> str:
        files = Counter[str](outcome.status for outcome in self.files)
        said = ", ".join(f"{files[status]} {status}" for status in STATUSES if files[status])
        blocks = sum((outcome.counts for outcome in self.files), Counter[str]())
        inside = ", ".join(f"{count} {name}" for name, count in blocks.items())
        many = counted(len(self.files), "file")
        return f"{many}: {said or 'nothing'}" + (f"; highlights: {inside}" if inside else "")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How files that are there are treated.

    `dry_run` writes nothing and makes diffs. `restore` brings back highlights the user deleted from a file; with
    `conflicts="both"` newstui's text is added below the user's where both have changed. `folder`: the target is a
    folder even if there is none yet and its name looks like a file's.
    """

    dry_run: bool = False
    restore: bool = False
    conflicts: Literal["file", "both"] = "file"
    folder: bool = False


def means_folder(target: Path, *, folder: bool = False) -> bool:
    """Whether a target means a folder: it is one, or there is nothing yet and its name has no suffix."""
    return target.is_dir() or (not target.exists() and (folder or not target.suffix))


class Delivery:
    """One delivery to one target: a folder of notes, which is looked through once, or a file.

    Args:
        target: a folder or a file; neither needs to be there yet.
        options: how what is there is treated.
    """

    def __init__(self, target: Path, options: WriteOptions | None = None) -> None:
        self.target = target
        self.options = options or WriteOptions()
        self.vault = Vault.scan(target) if means_folder(target, folder=self.options.folder) else None

    def write(
        self,
        files: Iterable[ExportFile],
        report: Callable[[FileOutcome], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ExportSummary:
        """Write files below the folder, or one file to the path, merging with what is there.

        A note is found again by the id in its front matter wherever it was moved below the folder, and what stands in
        it outside newstui's blocks stays. Files that do not change are not written. A file that cannot be written is
        `failed` in the summary, and the others are still written.

        Args:
            files: made one at a time as they are written.
            report: called with each outcome.
            cancelled: asked before each file; what was written stays.

        Raises:
            UsageError: several files for a path that is a file.
        """
        outcomes: list[FileOutcome] = []
        for file in files if self.vault is not None else self._only(files):
            if cancelled is not None and cancelled():
                return ExportSummary(tuple(outcomes), stopped=True)
            outcome = self._write(file, *self.find(file))
            outcomes.append(outcome)
            if report is not None:
                report(outcome)
        return ExportSummary(tuple(outcomes))

    def find(self, file: ExportFile) -> tuple[Path, list[Path]]:
        """Where a file goes, and other files with the same id."""
        if self.vault is None:
            return self.target, []
        if file.document is None:
            return self.vault.folder / file.name, []
        found = self.vault.find(file.document.id, [block.ref for block in file.document.blocks])
        if found:
            return found[0], found[1:]
        return self.vault.folder / free_name(file.name, file.document.id[-4:], self.vault.names), []

    def iter_merged(self, file: ExportFile) -> Iterator[str]:
        """What would stand in the file afterwards, in pieces."""
        path, _ = self.find(file)
        if file.document is None or (path.exists() and not path.is_file()):
            yield from file.pieces if file.document is None else [file.text]
        else:
            content = read_note(path)
            yield self._merge(file.document, None if content is None else decode_note(content, path)).text

    def _only(self, files: Iterable[ExportFile]) -> list[ExportFile]:
        several = iter(files)
        found = [file for file, _ in zip(several, range(2), strict=False)]
        if len(found) > 1:
            raise UsageError(f"{self.target} is one file, and there are several to write; give a folder.")
        return found

    def _write(self, file: ExportFile, path: Path, others: list[Path]) -> FileOutcome:
        try:
            outcome = self._write_file(file, path)
        except NewstuiError as error:
            return FileOutcome(path, "failed", remarks=(str(error),))
        if self.vault is not None:
            self.vault.names.add(path.name.casefold())
        if others:
            said = f"{others[0]} has the same id and was left as it is"
            return replace(outcome, remarks=(*outcome.remarks, said))
        return outcome

    def _write_file(self, file: ExportFile, path: Path) -> FileOutcome:
        if path.exists() and not path.is_file() and not path.is_dir():
            if not self.options.dry_run:
                write_through(path, file.pieces if file.document is None else [file.text])
            return FileOutcome(path, "new")
        return self._write_data(file, path) if file.document is None else self._write_note(file.document, path)

    def _write_data(self, file: ExportFile, path: Path) -> FileOutcome:
        old = _beginning(path)
        if old and file.sign not in old:
            raise ExportFailedError(f"{path} is no export of this kind and was left as it is; give another name.")
        if self.options.dry_run:
            content = read_note(path)
            before, text = "" if content is None else decode_note(content, path), file.text
            status: Status = "new" if content is None else "same" if before == text else "updated"
            return FileOutcome(path, status, diff=_diff(before, text, path))
        return FileOutcome(path, replace_data(path, file.pieces))

    def _write_note(self, document: Document, path: Path) -> FileOutcome:
        for _ in range(_ATTEMPTS):
            content = read_note(path)
            if content and path.suffix.lower() not in NOTES:
                raise ExportFailedError(f"{path} is no Markdown and was left as it is; give another name.")
            old = None if content is None else decode_note(content, path)
            merged = self._merge(document, old)
            if old == merged.text:
                return FileOutcome(path, "same", merged.counts, merged.remarks)
            status: Status = "new" if content is None else "updated"
            if self.options.dry_run:
                return FileOutcome(path, status, merged.counts, merged.remarks, _diff(old or "", merged.text, path))
            if replace_note(path, merged.text, content):
                return FileOutcome(path, status, merged.counts, merged.remarks)
        raise ExportFailedError(f"{path} keeps being changed by another program; nothing was written, try again.")

    def _merge(self, document: Document, old: str | None) -> Merged:
        return merge(document, old, restore=self.options.restore, conflicts=self.options.conflicts)


def _beginning(path: Path) -> str:
    """The first characters of a file; empty if there is none."""
    try:
        with path.open("rb") as file:
            return file.read(1024).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        reason = "it is a folder" if path.is_dir() else error.strerror
        raise ExportFailedError(f"{path} cannot be written ({reason}); give another name.") from error


def _diff(old: str, new: str, path: Path) -> str:
    import difflib

    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), str(path), str(path), lineterm="")
    return "\n".join(lines)
