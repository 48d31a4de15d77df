"""What a durable note, opening, and memory cost, against SQLite and against TinyDB as it comes.

    python tests/benchmarks/storage.py 1000 10000 [--tinydb]

For each size: a library of so many articles and as many annotations, the same in SQLite (`journal_mode=WAL` and
`synchronous=FULL`) and, if asked, in default TinyDB; notes are committed in random order among the three, libraries
opened in turn, and medians and ratios printed. `list` is what the list of articles needs, every article and how many
highlights it has; `all` is every article and every annotation.
"""

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from seed_library import make_annotation, make_article  # the folder of a script is on its path

from newstui.model import Annotation, Article
from newstui.store import Store
from newstui.store.codec import encode

REPEATS = 25


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds that work takes."""
    started = clock()
    work()
    return (clock() - started) * 1000


def build(size: int, library: Path) -> tuple[Sequence[Article], Sequence[Annotation], str]:
    """A library, folded; its articles, annotations, and the body they share."""
    with Store.open(library, create=True) as store:
        first = make_article(store, 0)
        articles = [first] + [
            Article(
                f"{number:026}", f"Report {number} on what the harbor wrote to the wire", first.text, 120, first.added,
                source="Harbor Gazette", published="1998-05-17", url=f"https://wire.example/1998/05/{number}",
            )
            for number in range(1, size)
        ]  # fmt: skip
        body = store.text(first.text)
        notes = [make_annotation(articles[number // 100 * 10], body, number) for number in range(1, size + 1)]
        store.commit("Seed", [*articles, *notes])
        store.fold()
    return articles, notes, body


def measure(size: int, folder: Path, *, with_tinydb: bool) -> dict[str, float]:
    """Medians in milliseconds, memory in MB."""
    library, file = folder / "library", folder / "notes.sqlite"
    articles, notes, body = build(size, library)
    database = _sqlite(file, [*articles, *notes])
    tiny = _tinydb(folder, [*articles, *notes]) if with_tinydb else None
    store = Store.open(library)
    works: dict[str, Callable[[], object]] = {
        "newstui": lambda: store.commit("Note", [make_annotation(articles[0], body, random.randrange(1, 4000))]),
        "sqlite": lambda: database.execute(
            "insert into notes values(?, ?, ?)",
            (random.randbytes(13).hex(), articles[0].id, json.dumps(encode(make_annotation(articles[0], body, 7)))),
        ),
    }
    if tiny is not None:
        works["tinydb"] = lambda: tiny.insert(encode(make_annotation(articles[0], body, 7)))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(REPEATS if not with_tinydb else 8):
        for name in random.sample(list(works), len(works)):
            times[name].append(timed(works[name]))
    store.close()
    result = {f"commit {name}": statistics.median(found) for name, found in times.items()}
    opens: dict[str, list[float]] = {}
    both: dict[str, Callable[[], int]] = {
        "list newstui": lambda: _list(library),
        "list sqlite": lambda: _list_sqlite(file),
        "all newstui": lambda: _all(library),
        "all sqlite": lambda: _all_sqlite(file),
    }
    for _ in range(5):
        for name in both:
            opens.setdefault(name, []).append(timed(both[name], time.process_time))
    result |= {name: statistics.median(found) for name, found in opens.items()}
    with Store.open(library, read_only=True) as reader:
        lookups = [timed(lambda: reader.annotations_of(articles[10].id)) for _ in range(99)]
    result["notes of one article"] = statistics.median(lookups)
    result["memory"] = _memory(library)
    return result


def _list(library: Path) -> int:
    with Store.open(library, read_only=True) as store:
        return len(store.all(Article)) + sum(store.count_annotations().values())


def _all(library: Path) -> int:
    with Store.open(library, read_only=True) as store:
        return len(store.all(Article)) + len(store.all(Annotation))


def _sqlite(path: Path, records: Sequence[Article | Annotation]) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "pragma journal_mode=wal; pragma synchronous=full;"
        "create table notes(id text primary key, article text, doc text); create index by_article on notes(article)"
    )
    database.execute("begin")
    database.executemany(
        "insert into notes values(?, ?, ?)",
        [(r.id, r.article if isinstance(r, Annotation) else None, json.dumps(encode(r))) for r in records],
    )
    database.execute("commit")
    return database


def _list_sqlite(path: Path) -> int:
    database = sqlite3.connect(path)
    found = [json.loads(row[0]) for row in database.execute("select doc from notes where article is null")]
    counts = dict(database.execute("select article, count(*) from notes where article is not null group by article"))
    database.close()
    return len(found) + len(counts)


def _all_sqlite(path: Path) -> int:
    database = sqlite3.connect(path)
    found = [json.loads(row[0]) for row in database.execute("select doc from notes")]
    database.close()
    return len(found)


def _tinydb(folder: Path, records: Sequence[Article | Annotation]) -> Any:
    from tinydb import TinyDB

    tiny = TinyDB(folder / "tiny.json")
    tiny.insert_multiple([encode(record) for record in records])
    return tiny


_HELD = """
import sys
from pathlib import Path
from newstui.model import Article
from newstui.store import Store

def held():
    pages = next(line for line in open('/proc/self/status') if line.startswith('VmRSS'))
    return int(pages.split()[1]) / 1024

before = held()
store = Store.open(Path(sys.argv[1]), read_only=True)
articles = store.all(Article)
print(held() - before)
"""


def _memory(library: Path) -> float:
    """Megabytes that a process grows by when it opens the library and lists its articles."""
    done = subprocess.run([sys.executable, "-c", _HELD, str(library)], capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--tinydb", action="store_true")
    given = parser.parse_args()
    for wanted in given.sizes:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
            found = measure(wanted, Path(scratch), with_tinydb=given.tinydb)
        print(wanted, {name: round(value, 3) for name, value in found.items()})
        print("   against sqlite:", ", ".join(
            f"{name} {found[f'{name} newstui'] / found[f'{name} sqlite']:.2f}" for name in ("commit", "list", "all")
        ))  # fmt: skip
        if "commit tinydb" in found:
            print("   times faster than tinydb", round(found["commit tinydb"] / found["commit newstui"], 1))
