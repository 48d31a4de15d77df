"""How long the thread of the screen is kept from its work while notes are saved and while the library is folded.

    python tests/benchmarks/blocking.py ARTICLES

A coroutine on the loop of the running program asks to be woken every millisecond; how late it is, in milliseconds, is
printed as median, 99th percentile and maximum: while nothing happens, while 300 notes are committed one after the
other, and while the JSON files are written.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from newstui.model import Article, Span
from newstui.paths import SAMPLE_LIBRARY, shipped_dir
from newstui.services.demo import build_library
from newstui.store import Store
from newstui.ui.app import NewstuiApp
from newstui.ui.desk import Desk
from newstui.ui.keymap import load_default_keymap
from newstui.workspace import Workspace


async def late_while(work: Callable[[], object], desk: Desk) -> list[float]:
    """Milliseconds each wake-up came late while the writing thread works."""
    found = []
    done = desk.write(work)
    while not done.done():
        started = time.perf_counter()
        await asyncio.sleep(0.001)
        found.append((time.perf_counter() - started - 0.001) * 1000)
    done.result()
    return found


async def measure(folder: Path) -> None:
    """Print a line for each kind of work."""
    with Workspace.open(folder) as workspace:
        desk = Desk(workspace, workspace.config, load_default_keymap())
        article = workspace.store.all(Article)[0]

        def notes() -> None:
            for number in range(300):
                workspace.annotating.highlight(article.id, Span(number, number + 9), note=f"note {number}")

        async with NewstuiApp(desk).run_test(size=(100, 30)) as pilot:
            await pilot.pause(1)
            for name, work in (
                ("nothing", lambda: time.sleep(2)),
                ("300 notes", notes),
                ("fold", workspace.store.fold),
            ):
                late = sorted(await late_while(work, desk))
                p99 = late[int(len(late) * 0.99)]
                said = f"median {statistics.median(late):.2f}  p99 {p99:.2f}  max {late[-1]:.2f}"
                print(f"{name:10} {len(late):5} looks  {said}")
        desk.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch) / "library"
        with Store.open(shipped_dir(SAMPLE_LIBRARY), read_only=True) as sample:
            texts = [sample.text(one.text) for one in sample.all(Article)]
        with Store.open(library, create=True) as made:
            build_library(made, texts, int(sys.argv[1]))
        asyncio.run(measure(library))
