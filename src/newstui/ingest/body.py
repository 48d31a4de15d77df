"""A body that is put together paragraph by paragraph, with the kinds of those that are not plain."""

from __future__ import annotations

from dataclasses import dataclass, field

from newstui.model import Block


@dataclass
class Body:
    """The paragraphs so far, their blocks in code points of `text`, and the length of `text`."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The paragraphs, parted by blank lines."""
        return "\n\n".join(self.parts)

    def add(self, text: str, kind: str = "", level: int = 0) -> None:
        """Append a paragraph; one without words is left out."""
        text = text.strip("\n")
        if not text.strip():
            return
        start = self.length + (2 if self.parts else 0)
        self.parts.append(text)
        self.length = start + len(text)
        if kind:
            self.blocks.append(Block(kind, start, self.length, level))

    def extend(self, other: Body) -> None:
        """Append the paragraphs of another body."""
        shift = self.length + 2 if self.parts else 0
        if other.parts:
            self.parts += other.parts
            self.blocks += [Block(b.kind, b.start + shift, b.end + shift, b.level) for b in other.blocks]
            self.length = shift + other.length
