"""What start-up and the list of articles cost at any size, beside bare Textual programs in the same run.

    python tests/benchmarks/lists.py TOOLS [--sizes 1000 10000 100000] [--rounds 5] [--libraries DIR]

TOOLS is the folder with `ptybench.py` and `bench_reader/` (`hello.py` is H, `floor.py` gives R, a key that repaints one
row, and F, one that repaints the screen). Needs pyte and psutil or /proc. Each round starts H, R and newstui on each
size in turn; printed are medians. The search index is built before, as it is on a second start. Rows:

    start    CPU seconds to the usable list and 0.4 quiet seconds behind it, over those of H; seconds to the first rows
    memory   MB over H then, and once the search index is loaded
    list key milliseconds to the last byte of `j`, over R, at once after the start and when the index is loaded
    page key the same of page down, over F
    filter   milliseconds from a letter to the list of what it finds, the first letter and the slowest of the others
    quit     seconds from `q` to the end, over H
    store    MB that a store takes with all articles listed, in a process of its own
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newstui.model import Article
from newstui.paths import SAMPLE_LIBRARY, shipped_dir
from newstui.services.demo import build_library
from newstui.store import Store

SIZE = (100, 30)
WORD = "wire"
PREPARED = 4.0
"""Seconds after the start when an index that is complete has been loaded."""
STORE = """
import resource, sys
from pathlib import Path
import newstui.workspace
from newstui.services.catalog import Catalog
from newstui.model import Article
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with newstui.workspace.Workspace.open(Path(sys.argv[1]), read_only=True) as workspace:
    rows = workspace.catalog.rows()
    titles = sum(len(row.article.title) for row in rows)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def make_library(folder: Path, articles: int) -> Path:
    """A library of so many made-up articles, made once, with its search index."""
    library = folder / f"made-{articles}"
    if not (library / "articles.json").exists():
        with Store.open(shipped_dir(SAMPLE_LIBRARY), read_only=True) as sample:
            texts = [sample.text(one.text) for one in sample.all(Article)]
        with Store.open(library, create=True) as made:
            build_library(made, texts, articles)
            made.fold()
        with Store.open(library) as made:
            made.fold()  # drops the journal of the making, as any second session does
    subprocess.run(
        [sys.executable, "-m", "newstui", "--library", str(library), "index"], check=True, capture_output=True
    )
    return library


def measure_hello(term: Any, tools: Path) -> dict[str, float]:
    """H: start, memory, quit."""
    hello = term([sys.executable, str(tools / "bench_reader" / "hello.py")], *SIZE)
    hello.wait_text("Hello-World", start=hello.t0)
    hello.settle(0.4)
    about = hello.mem()
    return {"cpu": about["cpu_s"], "memory": about["rss_mb"], "quit": leave(hello)}


def measure_floor(term: Any, tools: Path) -> dict[str, float]:
    """R and F."""
    floor = term([sys.executable, str(tools / "bench_reader" / "floor.py")], *SIZE)
    floor.wait_text("READY", start=floor.t0)
    floor.settle(0.4)
    found = {"row": floor.bench("k", 20)["last_med"], "page": floor.bench("j", 20)["last_med"]}
    leave(floor)
    return found


def measure_newstui(term: Any, library: Path, articles: int) -> dict[str, float]:
    """Everything about one start of newstui."""
    program = term([sys.executable, "-m", "newstui", "--library", str(library)], *SIZE)
    begun = time.perf_counter()
    shown = program.wait_text(f"1 of {articles:,}", start=program.t0)
    program.settle(0.4)
    about = program.mem()
    found = {"wall": shown.ms(shown.hit), "cpu": about["cpu_s"], "memory": about["rss_mb"]}
    found["key at once"] = program.bench("j", 20)["last_med"]
    program.settle(0.4, start=begun)
    time.sleep(max(0.0, PREPARED - (time.perf_counter() - begun)))
    program.settle(0.4)
    found["memory later"] = program.mem()["rss_mb"]
    keys = program.bench("j", 20)
    found["key"], found["key p95"] = keys["last_med"], keys["last_p95"]
    found["page"] = program.bench("pgdn", 20)["last_med"]
    program.key("=")
    program.settle(0.2)
    typed = ""
    letters = []
    for letter in WORD:
        typed += letter
        done = program.key(letter, until=shows(f"= {typed} "))
        letters.append(done.ms(done.hit) or float("nan"))
        program.settle(0.1)
    found["filter first"], found["filter"] = letters[0], max(letters[1:])
    program.key("esc")
    program.settle(0.3)
    found["quit"] = leave(program)
    return found


def shows(query: str) -> Callable[[Any], bool]:
    """Whether the first row names a query, which it does once the list shows what the query finds."""
    return lambda term: query in term.screen.display[0]


def leave(program: Any) -> float:
    """Seconds until the program has ended."""
    begun = time.perf_counter()
    program.send(b"q")
    program.wait_exit(10)
    took = time.perf_counter() - begun
    program.close()
    return took


def store_memory(library: Path) -> float:
    """MB that a store takes with all articles listed."""
    done = subprocess.run([sys.executable, "-c", STORE, str(library)], check=True, capture_output=True, text=True)
    return float(done.stdout)


class Medians:
    """The figures of all rounds, by program, as they are printed."""

    def __init__(self, rounds: dict[str, list[dict[str, float]]]) -> None:
        self.rounds = rounds

    def of(self, who: str, what: str) -> float:
        """A median."""
        return statistics.median(each[what] for each in self.rounds[who])

    def over(self, who: str, what: str, floor: str, of: str) -> str:
        """Milliseconds, and over a floor."""
        found = self.of(who, what)
        return f"{found:.1f} ({found / self.of('floor', floor):.1f} {of})"

    def column(self, who: str) -> list[str]:
        """The cells of one size, in the order of `ROWS`."""
        cpu, memory, quits = (self.of("hello", what) for what in ("cpu", "memory", "quit"))
        return [
            f"{self.of(who, 'cpu') / cpu:.2f} H",
            f"{self.of(who, 'cpu'):.2f} s",
            f"{self.of(who, 'wall') / 1000:.2f} s",
            f"{self.of(who, 'memory') - memory:.0f} MB",
            f"{self.of(who, 'memory later') - memory:.0f} MB",
            f"{self.of(who, 'store'):.0f} MB",
            self.over(who, "key at once", "row", "R"),
            self.over(who, "key", "row", "R"),
            f"{self.of(who, 'key p95'):.1f}",
            self.over(who, "page", "page", "F"),
            f"{self.of(who, 'filter first'):.0f} ms",
            f"{self.of(who, 'filter'):.0f} ms",
            f"{self.of(who, 'quit'):.2f} s ({self.of(who, 'quit') / quits:.1f} H)",
        ]


ROWS = (
    "start, CPU over H", "start, CPU", "start, first rows", "memory over H", "  index loaded", "store, all listed",
    "list key at once, ms", "list key, ms", "  p95", "page key, ms", "filter, first letter", "  slowest other",
    "quit",
)  # fmt: skip


def report(rounds: dict[str, list[dict[str, float]]], sizes: list[int]) -> None:
    """Print the medians as a table."""
    medians = Medians(rounds)
    print(f"{'':22}" + "".join(f"{size:>16,}" for size in sizes))
    for name, *cells in zip(ROWS, *(medians.column(str(size)) for size in sizes), strict=True):
        print(f"{name:22}" + "".join(f"{cell:>16}" for cell in cells))
    h, memory = medians.of("hello", "cpu"), medians.of("hello", "memory")
    row, page = medians.of("floor", "row"), medians.of("floor", "page")
    print(f"H {h:.2f} s CPU, {memory:.0f} MB   R {row:.1f} ms   F {page:.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tools", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--libraries", type=Path, help="where the made-up libraries are kept; else they go at the end")
    asked = parser.parse_args()
    sys.path.insert(0, str(asked.tools))
    from ptybench import Term  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.libraries or Path(scratch)
        for name in ("CACHE", "STATE", "CONFIG", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        libraries = {size: make_library(folder, size) for size in asked.sizes}
        rounds: dict[str, list[dict[str, float]]] = defaultdict(list)
        for number in range(asked.rounds + 1):  # the first compiles and fills the page cache
            found = {"hello": measure_hello(Term, asked.tools), "floor": measure_floor(Term, asked.tools)}
            found |= {str(size): measure_newstui(Term, library, size) for size, library in libraries.items()}
            for who, figures in found.items() if number else ():
                rounds[who].append(figures)
        for size, library in libraries.items():
            listed = store_memory(library)
            for figures in rounds[str(size)]:
                figures["store"] = listed
    report(rounds, asked.sizes)


if __name__ == "__main__":
    main()
