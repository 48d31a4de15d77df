"""Random histories of exports and of a user who edits the exported file between them."""

import random
import re
from dataclasses import dataclass, field

import pytest

from newstui.export.documents import Block, Document, render_document
from newstui.export.front_matter import Value
from newstui.export.merging import merge

WORDS = [
    "wire",
    "clerk",
    "cable",
    "harbor",
    "order",
    "spring",
    "message",
    "true",
    "lost",
    "book",
    "[sic]",
    "*star*",
    "#",
    "-",
    ">",
    "|",
    "<!--",
    "-->",
    "`x`",
    "é",
    "中",
]


@dataclass
class History:
    """One library and one vault file through five exports."""

    seed: int
    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=lambda: ["newstui"])
    text: str | None = None
    user_lines: set[str] = field(default_factory=set)
    user_tags: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    counter: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def fresh(self, what: str) -> str:
        self.counter += 1
        return f"{what}{self.counter} {' '.join(self.random.choices(WORDS, k=self.random.randint(0, 4)))}".rstrip()

    def change_library(self) -> None:
        for _ in range(self.random.randint(0, 3)):
            choice = self.random.random()
            if choice < 0.5 or not self.blocks:
                self.counter += 1
                at = self.random.randint(0, len(self.blocks))
                orphan = self.random.random() < 0.1
                self.blocks.insert(at, Block(f"h{self.counter:07d}", f"> {self.fresh('quote')}\n\nabout", orphan))
            elif choice < 0.75:
                at = self.random.randrange(len(self.blocks))
                old = self.blocks[at]
                self.blocks[at] = Block(old.ref, f"> {self.fresh('quote')}\n>\n> b\n\nabout", old.orphan)
            else:
                del self.blocks[self.random.randrange(len(self.blocks))]
        self.blocks.sort(key=lambda block: block.orphan)
        if self.random.random() < 0.3:
            self.tags = sorted({"newstui", *self.random.sample(["a", "b/c", "d", "e"], self.random.randint(0, 3))})

    def document(self) -> Document:
        front: dict[str, Value] = {
            "newstui": 1,
            "id": "x1",
            "title": "T: x",
            "tags": tuple(self.tags),
            "highlights": len(self.blocks),
        }
        return Document("x1", "# T: x\n\n## Highlights\n", tuple(self.blocks), front, tuple(self.tags))

    def export(self) -> None:
        merged = merge(self.document(), self.text)
        assert merge(self.document(), merged.text).text == merged.text, "a second export changes the file"
        self.text = merged.text
        lines = {line.strip() for line in self.text.split("\n")}
        assert self.user_lines <= lines, f"lost: {self.user_lines - lines}"
        opened = re.findall(r"^<!-- nt:(h\d+) ", self.text, re.MULTILINE)
        assert not self.deleted & set(opened), "a deleted block is back"
        assert len(opened) == len(set(opened)) or self.pasted, "a block was written twice"
        assert all(f"  - {tag}" in self.text or f"{tag}" in self.text for tag in self.user_tags)

    pasted = False

    def spans(self, lines: list[str]) -> list[tuple[int, int, str]]:
        found = []
        for at, line in enumerate(lines):
            opening = re.match(r"<!-- nt:(h\d+) ", line)
            if opening:
                end = next((i for i in range(at, len(lines)) if lines[i].startswith(f"<!-- /nt:{opening[1]}")), None)
                if end is not None:
                    found.append((at, end, opening[1]))
        return found

    def edit_file(self) -> None:
        assert self.text is not None
        bom, body = ("\ufeff", self.text[1:]) if self.text.startswith("\ufeff") else ("", self.text)
        lines = body.split("\n")
        for _ in range(self.random.randint(0, 3)):
            self._edit(lines)
        text = "\n".join(lines)
        choice = self.random.random()
        if choice < 0.1:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        elif choice < 0.15:
            bom = "\ufeff"
        elif choice < 0.25:
            text = "\n".join(line.rstrip() for line in text.split("\n"))
        elif choice < 0.3:
            text = text.rstrip("\n")
        self.text = bom + text

    def _edit(self, lines: list[str]) -> None:
        spans = self.spans(lines)
        choice = self.random.random()
        body_from = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
        if choice < 0.35:
            line = self.fresh("mine")
            self.user_lines.add(line)
            lines.insert(self.random.randint(body_from, len(lines)), line)
        elif choice < 0.45 and body_from > 1:
            line = f"mine{self.counter}: {self.fresh('value').split()[0]}"
            self.counter += 1
            self.user_lines.add(line)
            lines.insert(self.random.choice([1, body_from - 1]), line)
        elif spans:
            start, end, ref = self.random.choice(spans)
            part = lines[start : end + 1]
            if choice < 0.65:
                del lines[start : end + 1]
                self.user_lines -= {line.strip() for line in part}
                if not any(line.startswith(f"<!-- nt:{ref} ") for line in lines):
                    self.deleted.add(ref)
            elif choice < 0.8:
                del lines[start : end + 1]
                at = self.random.randint(min(body_from, len(lines)), len(lines))
                if not any(s < at <= e for s, e, _ in self.spans(lines)):
                    lines[at:at] = part
                else:
                    lines.extend(part)
            elif choice < 0.92:
                line = self.fresh("mine")
                self.user_lines.add(line)
                lines[start + 1 : start + 1] = [line]
            elif choice < 0.95:  # a marker gone: the block is its user's from now on
                gone = self.random.choice([start, end])
                self.user_lines.update(line.strip() for line in lines[start + 1 : end])
                del lines[gone]
            else:
                self.pasted = True
                lines.extend(part)


def run(seed: int) -> None:
    history = History(seed)
    for _ in range(5):
        history.change_library()
        history.export()
        history.edit_file()
    history.export()


@pytest.mark.parametrize("block", range(4))
def test_no_history_loses_a_line_or_brings_back_a_block(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        run(seed)


@pytest.mark.slow
def test_two_thousand_histories() -> None:
    for seed in range(1000, 3000):
        run(seed)


def test_a_file_without_changes_stays_byte_for_byte() -> None:
    history = History(7)
    history.change_library()
    document = history.document()
    text = render_document(document)
    assert merge(document, text).text == text
