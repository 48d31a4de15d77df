"""What a durable note costs, against SQLite and against TinyDB as it comes.

    python tests/benchmarks/storage.py 1000 10000 [--tinydb]

For each size: a library of so many articles and annotations, the same in SQLite (`journal_mode=WAL` and
`synchronous=FULL`) and, if asked, in default TinyDB; notes are committed in random order among the three, and medians
and ratios printed.
"""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seed_library import make_annotation, make_article  # the folder of a script is on its path

from newstui.model import Annotation, Article
from newstui.store import Store
from newstui.store.codec import encode

REPEATS = 25


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(size: int, folder: Path, *, with_tinydb: bool) -> dict[str, float]:
    """Medians in milliseconds: a commit in each, opening and listing."""
    library = folder / "library"
    with Store.open(library, create=True) as store:
        first = make_article(store, 0)
        articles = [first] + [
            Article(f"{number:026}", f"Report {number}", first.text, 120) for number in range(1, size)
        ]
        body = store.text(first.text)
        notes = [make_annotation(articles[number // 10], body, number) for number in range(1, size + 1)]
        store.commit("Seed", [*articles, *notes])
        store.fold()
    database = sqlite3.connect(folder / "notes.sqlite", isolation_level=None)
    database.executescript(
        "pragma journal_mode=wal; pragma synchronous=full; create table notes(id text primary key, doc text)"
    )
    database.execute("begin")
    records: list[Article | Annotation] = [*articles, *notes]
    database.executemany("insert into notes values(?, ?)", [(r.id, json.dumps(encode(r))) for r in records])
    database.execute("commit")
    store = Store.open(library)
    tiny = _tinydb(folder, records) if with_tinydb else None
    works: dict[str, Callable[[], object]] = {
        "newstui": lambda: store.commit("Note", [make_annotation(first, body, random.randrange(1, 4000))]),
        "sqlite": lambda: database.execute(
            "insert into notes values(?, ?)",
            (random.randbytes(13).hex(), json.dumps(encode(make_annotation(first, body, 7)))),
        ),
    }
    if tiny is not None:
        works["tinydb"] = lambda: tiny.insert(encode(make_annotation(first, body, 7)))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(REPEATS if not with_tinydb else 8):
        for name in random.sample(list(works), len(works)):
            times[name].append(timed(works[name]))
    result = {f"commit {name}": statistics.median(found) for name, found in times.items()}
    store.close()
    result["open newstui"] = statistics.median(timed(lambda: _list(library)) for _ in range(3))
    result["open sqlite"] = statistics.median(timed(lambda: _list_sqlite(folder / "notes.sqlite")) for _ in range(3))
    with Store.open(library, read_only=True) as reader:
        lookups = [timed(lambda: reader.annotations_of(articles[1].id)) for _ in range(99)]
    result["notes of one article"] = statistics.median(lookups)
    return result


def _list(library: Path) -> int:
    with Store.open(library, read_only=True) as store:
        return len(store.all(Article)) + len(store.all(Annotation))


def _list_sqlite(path: Path) -> int:
    database = sqlite3.connect(path)
    found = [json.loads(row[0]) for row in database.execute("select doc from notes")]
    database.close()
    return len(found)


def _tinydb(folder: Path, records: list[Article | Annotation]) -> Any:
    from tinydb import TinyDB

    tiny = TinyDB(folder / "tiny.json")
    tiny.insert_multiple([encode(record) for record in records])
    return tiny


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--tinydb", action="store_true")
    given = parser.parse_args()
    for wanted in given.sizes:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
            found = measure(wanted, Path(scratch), with_tinydb=given.tinydb)
        print(wanted, {name: round(value, 3) for name, value in found.items()})
        print("   commit vs sqlite", round(found["commit newstui"] / found["commit sqlite"], 2),
              " open vs sqlite", round(found["open newstui"] / found["open sqlite"], 2))  # fmt: skip
        if "commit tinydb" in found:
            print("   times faster than tinydb", round(found["commit tinydb"] / found["commit newstui"], 1))
