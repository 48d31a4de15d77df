"""Random histories of a vault: a library that changes, a user who writes, renames, moves and deletes notes."""

import random
import re
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.export.markdown import MarkdownOptions
from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.services.exporting import Exporting, ExportOptions
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY


class History:
    """One library of two articles, and one vault."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)
        self.vault = folder / "vault"
        self.store = Store.open(folder / "library", create=True)
        sha256 = self.store.add_text(BODY)
        self.articles = [replace(ARTICLE, id=f"01k9x7f0v2j6r4s8t3w5y7z9x{end}", text=sha256) for end in "78"]
        self.store.commit("x", self.articles)
        self.exporting = Exporting(self.store)
        self.mine: set[str] = set()
        self.counter = 0

    def change_library(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            notes = list(self.store.all(Annotation))
            choice = self.random.random()
            if choice < 0.6 or not notes:
                self.counter += 1
                article = self.random.choice(self.articles)
                start = self.random.randrange(len(BODY) - 20)
                target = build_target(self.store.get(Article, article.id), BODY, Span(start, start + 15))
                note = self.random.choice(["", "A note.", "*Two*\n\n<!-- nt:end {} -->"])
                self.store.commit("x", [Annotation(f"01k9x7f0v2j6r4s8t3w5h{self.counter:05d}", target, note=note)])
            elif choice < 0.8:
                self.store.commit("x", [replace(self.random.choice(notes), note=f"Changed {self.counter}.")])
            else:
                self.store.commit("x", remove=[self.random.choice(notes)])

    def export(self) -> None:
        flavor = MarkdownOptions(self.random.choice(["plain", "obsidian", "logseq", "pandoc"]))
        options = ExportOptions(markdown=flavor, names=False)
        first = self.exporting.export(self.exporting.everything(), options, self.vault)
        again = self.exporting.export(self.exporting.everything(), options, self.vault)
        assert first.failed == 0
        assert {outcome.status for outcome in again.files} <= {"same"}, "a second export changes a file"
        texts = [path.read_bytes().decode("utf-8") for path in self.vault.rglob("*.md")]
        lines = {line.strip() for text in texts for line in text.split("\n")}
        assert self.mine <= lines, f"lost: {self.mine - lines}"
        ids = Counter(found[1] for text in texts if (found := re.search(r"^id: (\w+)", text, re.MULTILINE)))
        assert not ids or max(ids.values()) == 1, "a note was doubled"
        assert not list(self.vault.rglob(".newstui-*")), "something was left over"

    def live(self) -> None:
        """What the user does in the vault between two exports."""
        for path in sorted(self.vault.rglob("*.md")):
            choice = self.random.random()
            self.counter += 1
            if choice < 0.3:
                line = f"mine {self.counter}"
                self.mine.add(line)
                content = path.read_bytes()
                path.write_bytes(content + f"\n{line}\n".encode())
            elif choice < 0.5:
                folder = self.vault / self.random.choice(["", "a", "a/b"])
                folder.mkdir(parents=True, exist_ok=True)
                path.rename(folder / f"renamed {self.counter}.md")
            elif choice < 0.6:
                path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            elif choice < 0.65:
                self.mine -= {line.strip() for line in path.read_bytes().decode("utf-8").split("\n")}
                path.unlink()
            elif choice < 0.75:
                stranger = path.with_name(f"theirs {self.counter}.md")
                self.mine.add(f"own {self.counter}")
                stranger.write_bytes(f"# Own\n\nown {self.counter}\n".encode())


def run(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(seed, Path(folder))
        with history.store:
            for _ in range(5):
                history.change_library()
                history.export()
                history.live()
            history.export()


@pytest.mark.parametrize("seed", range(8))
def test_no_history_of_a_vault_loses_a_line_or_doubles_a_note(seed: int) -> None:
    run(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_two_thousand_histories_of_a_vault(block: int) -> None:
    for seed in range(100 + block * 100, 200 + block * 100):
        run(seed)
