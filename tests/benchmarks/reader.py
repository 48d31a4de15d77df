"""How fast the article view is, and what it takes, in a real terminal.

    python tests/benchmarks/reader.py TOOLS DOCS [ROW ...]

TOOLS holds `ptybench.py` and `bench_reader/`, DOCS what its `gendoc.py` writes; libraries are made beside the
documents, each span an annotation, and a copy is opened. Without rows all are measured. What is
compared runs in turns. H is bare Textual, F and R are its full and its one-line repaint.
"""

import importlib
import json
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from newstui.model import Annotation, Article, Span, TextPositionSelector
from newstui.services.annotating import build_target
from newstui.store import Store, new_id, now

SIZE = (100, 30)
TITLE = "Measured"
RUNS = 5
SMALL, LARGE = 10_000, 1_000_000
FIRST = "[p1]"
PLAIN, SPANS, WORST = "none", "spans", "worst"
TEXT_AREA = [
    sys.executable,
    "-c",
    """import sys
from textual.app import App
from textual.widgets import TextArea
class Area(App):
    def compose(self):
        yield TextArea(open(sys.argv[1], encoding="utf-8").read(), read_only=True)
Area().run()""",
]
LONGEST_QUOTE = 1500
QUIET = 12
"""Seconds of silence after which names were looked for, or nobody will wait for them."""


class Bench:
    """The tools, the documents, and what runs on them.

    Args:
        tools: the folder of `ptybench.py`.
        docs: the folder of the documents.
    """

    def __init__(self, tools: Path, docs: Path) -> None:
        sys.path.insert(0, str(tools))
        self._term: Any = importlib.import_module("ptybench").Term
        self._tools = tools / "bench_reader"
        self._docs = docs
        for kind in ("CONFIG", "CACHE", "STATE", "DATA"):  # the libraries are to be this device's own
            os.environ[f"XDG_{kind}_HOME"] = str(docs / "home" / kind)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles newstui at each start
        os.environ["PYTHONPYCACHEPREFIX"] = str(docs / "home" / "bytecode")

    def start(self, command: Sequence[str], text: str) -> tuple[Any, float]:
        """A program in a terminal once it shows a text, and the milliseconds it took to."""
        term = self._term(command, *SIZE)
        shown = term.wait_text(text, start=term.t0)
        assert shown.ok, f"{command} did not show {text}:\n{term.text()}"
        return term, shown.ms(shown.hit)

    @contextmanager
    def hello(self) -> Iterator[Any]:
        """H."""
        yield from self._run([sys.executable, str(self._tools / "hello.py")], "Hello-World")

    @contextmanager
    def floor(self) -> Iterator[Any]:
        """F is its key `j`, R its key `k`."""
        yield from self._run([sys.executable, str(self._tools / "floor.py")], "READY")

    @contextmanager
    def reader(
        self, words: int = LARGE, spans: str = SPANS, quiet: float = 0.4, *, first: bool = False
    ) -> Iterator[Any]:
        """newstui with a document open, once it has been quiet; for the `first` time, nothing is known of it."""
        original = self._library(words, spans)
        copy = original.with_name(f"{original.name}.copy")
        if first or not copy.exists():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(original, copy)
        (copy / "state.json").unlink(missing_ok=True)  # it opens where it begins
        with Store.open(original, read_only=True) as store:
            article = store.ids(Article)[0]
        if first:
            shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        yield from self._run(
            [sys.executable, "-m", "newstui", "--library", str(copy), "open", article], FIRST, quiet
        )  # fmt: skip

    @contextmanager
    def program(self, command: Sequence[str], ending: str) -> Iterator[Any]:
        """Another program with the large document open."""
        yield from self._run([*command, str(self._docs / f"doc_{LARGE}.{ending}")], FIRST)

    def _run(self, command: Sequence[str], text: str, quiet: float = 0.4) -> Iterator[Any]:
        term, _ = self.start(command, text)
        term.settle(quiet, timeout=120)
        try:
            yield term
        finally:
            term.close()

    def _library(self, words: int, spans: str) -> Path:
        folder = self._docs / f"library_{words}_{spans}"
        if not folder.exists():
            text = (self._docs / f"doc_{words}.txt").read_text(encoding="utf-8")
            name = f"spans_{words}{'_worst' if spans == WORST else ''}.json"
            found = json.loads((self._docs / name).read_text(encoding="utf-8")) if spans != PLAIN else []
            with Store.open(folder, create=True) as store:
                article = Article(new_id(), TITLE, store.add_text(text), len(text.split()), now())
                moment = now()
                notes = []
                for number, (start, end, kind) in enumerate(found):
                    target = build_target(article, text, Span(start, min(end, start + LONGEST_QUOTE)))
                    target = replace(target, position=TextPositionSelector(start, end))  # all quotes would be 5 GB
                    note = "worth a look" if number % 20 == 0 else ""
                    color = int(kind[-1]) + 1 if kind[-1].isdecimal() else 6
                    notes.append(Annotation(new_id(), target, (), note, color, moment, moment))
                store.commit("Fill", [article, *notes])
                store.fold()
        return folder


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def measure_opening(bench: Bench) -> None:
    """CPU and memory of opening, over H."""
    found: dict[str, list[tuple[float, float]]] = {}
    for run in range(RUNS + 1):  # the first one warms up
        for name, program in (
            ("H", bench.hello()),
            ("10k", bench.reader(SMALL)),
            ("1M", bench.reader()),
            ("1M without spans", bench.reader(spans=PLAIN)),
        ):
            with program as term:
                used = term.mem()
                if run:
                    found.setdefault(name, []).append((used["cpu_s"], used["rss_mb"]))
    base = [median(column) for column in zip(*found["H"], strict=True)]
    for name, values in found.items():
        cpu, memory = (median(column) for column in zip(*values, strict=True))
        print(f"open {name:18} CPU {cpu:.2f} s, over H {cpu - base[0]:+.2f} s", end="   ")
        print(f"memory {memory:.0f} MB, over H {memory - base[1]:+.0f} MB", flush=True)


def _say_key(name: str, found: dict[str, Any], floor: dict[str, Any], more: str = "") -> None:
    ratio = found["last_med"] / floor["last_med"]
    print(f"{name:34} {found['last_med']:6.1f} ms  p95 {found['last_p95']:6.1f}  {ratio:.2f} x floor", end="  ")
    print(f"{found['bytes_med']} B{more}", flush=True)


def measure_pages(bench: Bench) -> None:
    """Page and row keys against F, at rest and while names are looked for."""
    with bench.floor() as floor, bench.reader(SMALL, quiet=2.5) as small, bench.reader(quiet=QUIET) as large:
        for key, name in (("pgdn", "page"), ("C-e", "row")):
            full = floor.bench("j", 30)
            first, few = small.bench(key, 12), large.bench(key, 30)
            _say_key("F", full, full)
            _say_key(f"{name} at 10k words", first, full)
            _say_key(f"{name} at 1M words", few, full, f"  {few['last_med'] / first['last_med']:.2f} x 10k words")
    with bench.floor() as floor, bench.reader(first=True) as large:
        _say_key("page while all is looked through", large.bench("pgdn", 60), floor.bench("j", 60))


def measure_steps(bench: Bench) -> None:
    """A selection that grows by words, small and large, with and without spans, against R, in CPU too."""
    for spans in (PLAIN, SPANS):
        with bench.floor() as floor, bench.reader(spans=spans, quiet=QUIET) as term:
            for name, keys, step in (("small", "50%v", "w"), ("of half the text", "G", "b")):
                term.send(keys.encode())
                term.settle(0.5)
                line, least = _cpu_of(floor, "k", 150)
                found, taken = _cpu_of(term, step, 150)
                _say_key(f"select by words, {name}, {spans}", found, line, f"  CPU {taken / least:.2f} x floor")


def _cpu_of(term: Any, key: str, times: int) -> tuple[dict[str, Any], float]:
    """What a key takes, and the CPU seconds of all of them."""
    before = term.mem()["cpu_s"]
    found = term.bench(key, times)
    return found, term.mem()["cpu_s"] - before


def measure_peers(bench: Bench) -> None:
    """CPU to open a million words, beside Textual's text area and epy, if that is installed."""
    found: dict[str, list[float]] = {}
    for _ in range(3):
        programs = {"newstui": bench.reader(), "H": bench.hello(), "TextArea": bench.program(TEXT_AREA, "txt")}
        if shutil.which("epy"):
            programs["epy"] = bench.program(["epy"], "epub")
        for name, program in programs.items():
            with program as term:
                found.setdefault(name, []).append(term.mem()["cpu_s"])
    ours = median(found["newstui"])
    for name, values in found.items():
        print(
            f"open 1M words in {name:9} CPU {median(values):.2f} s, {median(values) / ours:.1f} x newstui", flush=True
        )


def measure_jumps(bench: Bench) -> None:
    """To the end and back, to a percentage, to the next hit, against F."""
    with bench.floor() as floor, bench.reader(quiet=QUIET) as term:
        full = floor.bench("j", 30)
        ends = [term.key(key).row()["last_ms"] for key in ("G", "home") * 5]
        ratio = median(ends) / full["last_med"]
        print(f"{'to the end and back':34} {median(ends):6.1f} ms  {ratio:.2f} x floor", flush=True)
        for typed in (b"/", b"Sorrel Vane", b"\r"):
            term.send(typed)
            term.settle(1.0)
        _say_key("next hit", term.bench("n", 30), full)


def measure_resize(bench: Bench) -> None:
    """Resizing against H, and whether the first word stays."""
    found: dict[str, list[float]] = {"H": [], "1M": []}
    kept = []
    with bench.hello() as hello, bench.reader(quiet=QUIET) as term:
        term.key("pgdn")
        for columns in (84, 100, 70, 100, 60, 100):
            first = _first_offset(term)
            found["H"].append(hello.resize(columns, 30).row()["last_ms"])
            found["1M"].append(term.resize(columns, 30).row()["last_ms"])
            kept.append(_first_offset(term) == first)
    base, ours = median(found["H"]), median(found["1M"])
    print(f"resize H {base:.0f} ms, 1M words {ours:.0f} ms (bar {2 * base + 150:.0f}), first word kept {sum(kept)}/6")


def _first_offset(term: Any) -> str:
    """The first word of the first row of text that begins a paragraph-independent word."""
    rows = [line.strip(" ▎▍▌│┃▪⁰¹²³⁴⁵⁶⁷⁸⁹") for line in term.text().split("\n")[1:-2]]
    return next((row.split()[0] for row in rows if row), "")


def measure_deeds(bench: Bench) -> None:
    """Adding a highlight where 50,000 are, and copying 100 KB."""
    with bench.reader(quiet=QUIET, first=True) as term:
        term.send(b"50%")
        term.settle(0.5)
        added = []
        for _ in range(10):
            term.key("}")
            added.append(term.key("c1", quiet=0.3).row()["last_ms"])
        print(f"add a highlight with 50k there     {median(added):6.1f} ms  most {max(added):.1f}")
    with bench.reader(quiet=QUIET, first=True) as term:
        taken = []
        for _ in range(5):
            term.key("v")
            chosen = term.key("244}", quiet=0.15).row()["last_ms"]
            copied = term.key("y", quiet=0.15).row()["last_ms"]
            taken.append((chosen, copied))
        size = len(term.clipboard[-1]) if term.clipboard else 0
        chosen, copied = (median(column) for column in zip(*taken, strict=True))
        print(f"select and copy {size // 1000} KB           {chosen:6.1f} + {copied:.1f} ms")


def measure_worst(bench: Bench) -> None:
    """A page key with one highlight over all, 100 of half the length and 50,000 nested, against none."""
    found = {}
    with bench.reader(spans=PLAIN, quiet=QUIET) as none, bench.reader(spans=WORST, quiet=QUIET) as worst:
        for where in ("", "49%"):
            for name, term in (("without spans", none), ("worst spans", worst)):
                term.send(where.encode())
                term.settle(0.5)
                found[name] = term.bench("pgdn", 20)
            for name, result in found.items():
                _say_key(f"page at {where or '0%'}, {name}", result, found["without spans"])


def measure_floods(bench: Bench) -> None:
    """60 keys at once."""
    with bench.reader(quiet=QUIET) as term:
        for key in ("pgdn", "down", "w"):
            result = term.flood(key, 60).row()
            print(f"60 x {key:5} at once: settled after {result['last_ms']:.0f} ms, {result['frames']} frames")


def measure_leaving(bench: Bench) -> None:
    """Quitting against H."""
    found: dict[str, list[float]] = {"H": [], "1M": []}
    for _ in range(RUNS):
        for name, program, key in (("H", bench.hello(), b"q"), ("1M", bench.reader(quiet=QUIET), b"\x11")):
            with program as term:
                term.send(key)
                found[name].append(term.wait_exit()["ms"])
    base, ours = median(found["H"]), median(found["1M"])
    print(f"quit H {base:.0f} ms, 1M words {ours:.0f} ms, over H {ours - base:+.0f} ms")


ROWS: dict[str, Callable[[Bench], None]] = {
    "open": measure_opening,
    "page": measure_pages,
    "step": measure_steps,
    "jump": measure_jumps,
    "peer": measure_peers,
    "resize": measure_resize,
    "deed": measure_deeds,
    "worst": measure_worst,
    "flood": measure_floods,
    "quit": measure_leaving,
}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    tools, docs, *rows = sys.argv[1:]
    os.environ.pop("NO_COLOR", None)
    bench = Bench(Path(tools).resolve(), Path(docs).resolve())
    for row in rows or ROWS:
        ROWS[row](bench)


if __name__ == "__main__":
    main()
