"""Bring a Markdown file up to date without touching what its user wrote.

Three sides meet: newstui now, the file now, and what was written last (the hash in each marker, and the last line). A
block the user left alone is updated or removed; one the user edited is theirs; all that stands outside blocks stays
byte for byte.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from newstui.export.documents import Block, Document, mark_block, render_document
from newstui.export.front_matter import change_front, render_front
from newstui.text.markers import CLOSING, END, OPENING, block_hash, end_line, parse_end_line

OUTCOMES = ("new", "updated", "same", "removed", "kept", "conflict", "left out")


@dataclass(frozen=True, slots=True)
class Merged:
    """The text to write, how many blocks fared how (keys: `OUTCOMES`), and a sentence part for each thing to know."""

    text: str
    counts: Counter[str]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Piece:
    """A line of the user (`ref` empty), or a block with its markers; lines keep their line breaks."""

    lines: list[str]
    ref: str = ""
    hash: str = ""

    @property
    def content(self) -> str:
        return "".join(self.lines[1:-1]).replace("\r\n", "\n").removesuffix("\n")

    @property
    def is_blank(self) -> bool:
        return not self.ref and not "".join(self.lines).strip()


@dataclass(slots=True)
class _File:
    """A file taken apart."""

    bom: str
    newline: str
    front: list[str] | None
    fence: tuple[str, str]
    pieces: list[_Piece]
    broken: set[str]
    written: set[str] | None = None
    tags: list[str] | None = None


def merge(
    document: Document, old: str | None, *, restore: bool = False, conflicts: Literal["file", "both"] = "file"
) -> Merged:
    """Merge a document into the text of the file that is there.

    Args:
        document: what newstui would write anew.
        old: the file's text with its line breaks and byte order mark; None or blank if there is nothing yet.
        restore: bring back blocks that the user deleted.
        conflicts: for a block changed on both sides keep the file's text, or keep it and add newstui's below.
    """
    if old is None or not old.strip("\ufeff \t\r\n"):
        return Merged(render_document(document), Counter(new=len(document.blocks)))
    return _Merging(document, _take_apart(old), restore, conflicts == "both").run()


@dataclass(slots=True)
class _Merging:
    document: Document
    file: _File
    restore: bool
    both: bool
    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def run(self) -> Merged:
        blocks = {block.ref: block for block in self.document.blocks}
        present = {piece.ref for piece in self.file.pieces if piece.ref}
        for ref in sorted(self.file.broken & blocks.keys()):
            self.counts["conflict"] += 1
            self.remarks.append(f"the markers of {ref} are damaged or doubled, so it is left to you")
        pieces: list[_Piece] = []
        for piece in self.file.pieces:
            pieces.extend(self._settle(piece, blocks.get(piece.ref), pieces))
        pieces = [piece for piece in pieces if piece.lines]
        for block in self.document.blocks:
            if block.ref in present or block.ref in self.file.broken:
                continue
            if block.ref in (self.file.written or ()) and not self.restore:
                self.counts["left out"] += 1
                continue
            self.counts["new"] += 1
            self._insert(block, pieces)
        self._set_end(pieces)
        body = "".join(line for piece in pieces for line in piece.lines)
        return Merged(self.file.bom + self._front() + body, self.counts, tuple(self.remarks))

    def _settle(self, piece: _Piece, block: Block | None, before: list[_Piece]) -> Iterator[_Piece]:
        """What becomes of one piece of the file; `before` holds those settled so far."""
        if not piece.ref:
            if not (piece.is_blank and before and before[-1].hash == "removed"):
                yield piece
            else:
                before.pop()
            return
        content = piece.content
        touched = block_hash(content) != piece.hash
        if block is None:
            if self.file.written is None or piece.ref not in self.file.written:
                yield piece  # a block of another file, pasted here
            elif touched:
                self.counts["kept"] += 1
                self.remarks.append(f"{piece.ref} was deleted in newstui but edited here, so its text stays")
                yield from (_Piece([line]) for line in piece.lines[1:-1])
            else:
                self.counts["removed"] += 1
                if not before or before[-1].is_blank:
                    yield _Piece([], hash="removed")
            return
        wanted = block_hash(block.text)
        if not touched or block_hash(content) == wanted:
            self.counts["same" if wanted == piece.hash else "updated"] += 1
            yield piece if wanted == piece.hash else self._piece(block)
        elif wanted == piece.hash:
            self.counts["kept"] += 1
            yield piece
        else:
            self.counts["conflict"] += 1
            self.remarks.append(f"{piece.ref} was changed in newstui and here; your text stays")
            yield self._both(piece, block) if self.both else piece

    def _piece(self, block: Block, text: str | None = None) -> _Piece:
        lines = [line + self.file.newline for line in mark_block(block, text).split("\n")[:-1]]
        return _Piece(lines, block.ref, block_hash(block.text))

    def _both(self, piece: _Piece, block: Block) -> _Piece:
        return self._piece(block, f"{piece.content}\n\n{block.text}")

    def _insert(self, block: Block, pieces: list[_Piece]) -> None:
        """Put a new block after its predecessor in text order, else before its successor, else at the end."""
        section = [each.ref for each in self.document.blocks if each.orphan == block.orphan]
        here = section.index(block.ref)
        places = {piece.ref: at for at, piece in enumerate(pieces) if piece.ref}
        after = next((places[ref] for ref in reversed(section[:here]) if ref in places), None)
        blank = _Piece([self.file.newline])
        if after is not None:
            _end_line_break(pieces[after], self.file.newline)
            pieces[after + 1 : after + 1] = [blank, self._piece(block)]
            return
        successor = next((places[ref] for ref in section[here + 1 :] if ref in places), None)
        if successor is not None:
            pieces[successor:successor] = [self._piece(block), blank]
            return
        self._insert_at_end(block, pieces)

    def _insert_at_end(self, block: Block, pieces: list[_Piece]) -> None:
        newline = self.file.newline
        heading = self.document.orphan_heading
        at = next((at for at, piece in enumerate(pieces) if _is_end(piece)), len(pieces))
        headed = next((at for at, piece in enumerate(pieces) if heading and piece.lines[0].rstrip() == heading), None)
        added = [self._piece(block), _Piece([newline])]
        if not block.orphan and headed is not None:
            at = headed
        elif block.orphan and headed is None and heading:
            added = [_Piece([heading + newline]), _Piece([newline]), *added]
        if at and not pieces[at - 1].is_blank:
            _end_line_break(pieces[at - 1], newline)
            added.insert(0, _Piece([newline]))
        pieces[at:at] = added

    def _set_end(self, pieces: list[_Piece]) -> None:
        """Rewrite the last line if what was written differs from it; put one where there is none."""
        refs = [block.ref for block in self.document.blocks]
        tags = list(self.document.tags)
        wanted = end_line(refs, tags).removesuffix("\n")
        found = [at for at, piece in enumerate(pieces) if _is_end(piece)]
        if not found:
            if pieces and not pieces[-1].is_blank:
                _end_line_break(pieces[-1], self.file.newline)
                pieces.append(_Piece([self.file.newline]))
            pieces.append(_Piece([wanted + self.file.newline]))
            return
        last = pieces[found[-1]]
        if parse_end_line(last.lines[0]) != (refs, tags):
            last.lines = [wanted + self.file.newline]
        for at in reversed(found[:-1]):
            del pieces[at]

    def _front(self) -> str:
        newline = self.file.newline
        if self.file.front is None:
            new = render_front(self.document.front) if self.document.front else ""
            return (new + "\n").replace("\n", newline) if new else ""
        change = change_front(self.file.front, self.document.front, self.file.tags, newline)
        if change.problem:
            self.remarks.append(change.problem)
        return self.file.fence[0] + "".join(change.lines) + self.file.fence[1]


def _end_line_break(piece: _Piece, newline: str) -> None:
    if piece.lines and not piece.lines[-1].endswith("\n"):
        piece.lines[-1] += newline


def _is_end(piece: _Piece) -> bool:
    return not piece.ref and bool(piece.lines) and parse_end_line(piece.lines[0]) is not None


def _take_apart(text: str) -> _File:
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text[len(bom) :])
    crlf = sum(line.endswith("\r\n") for line in lines)
    newline = "\r\n" if crlf * 2 > len(lines) else "\n"
    front, fence, rest = _split_front(lines)
    pieces, broken = _find_blocks(rest)
    found = _File(bom, newline, front, fence, pieces, broken)
    for piece in pieces:
        if not piece.ref and END.fullmatch(piece.lines[0]):
            written = parse_end_line(piece.lines[0])
            if written is not None:
                found.written = (found.written or set()) | set(written[0])
                found.tags = written[1]
    return found


def _split_front(lines: list[str]) -> tuple[list[str] | None, tuple[str, str], list[str]]:
    """The lines between the dashes (None if there are none), the two fences, and the rest."""
    if lines and lines[0].rstrip() == "---":
        for at in range(1, len(lines)):
            if lines[at].rstrip() in ("---", "..."):
                return lines[1:at], (lines[0], lines[at]), lines[at + 1 :]
    return None, ("", ""), lines


def _find_blocks(lines: list[str]) -> tuple[list[_Piece], set[str]]:
    """The lines as pieces, and the refs whose markers are damaged or doubled; those stay lines of the user."""
    pieces: list[_Piece] = []
    broken: set[str] = set()
    at = 0
    while at < len(lines):
        opening = OPENING.fullmatch(lines[at])
        closing = CLOSING.fullmatch(lines[at])
        end = _closing_at(lines, at, opening[1]) if opening else None
        if opening and end is not None:
            pieces.append(_Piece(lines[at : end + 1], opening[1], opening[2]))
            at = end
        else:
            if opening or closing:
                broken.add((opening or closing)[1])  # type: ignore[index]  # one of them matched
            pieces.append(_Piece([lines[at]]))
        at += 1
    counts = Counter(piece.ref for piece in pieces if piece.ref)
    broken |= {ref for ref, count in counts.items() if count > 1}
    whole: list[_Piece] = []
    for piece in pieces:
        whole.extend([_Piece([line]) for line in piece.lines] if piece.ref in broken else [piece])
    return whole, broken


def _closing_at(lines: list[str], opening: int, ref: str) -> int | None:
    for at in range(opening + 1, len(lines)):
        closing = CLOSING.fullmatch(lines[at])
        if closing:
            return at if closing[1] == ref else None
        if OPENING.fullmatch(lines[at]) or END.fullmatch(lines[at]):
            return None
    return None
