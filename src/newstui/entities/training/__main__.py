"""Train the recognizer that newstui ships.

    python -m newstui.entities.training FOLDER [OUT]

FOLDER holds annotated documents, `*.jsonl` in it and below: a row is one document with `text`, `mentions` of `start`,
`end`, `label`, `labels` (what its corpus annotates) and `train`; only rows whose `train` is true are used. OUT is the
file to write, the shipped model if it is not given. Needs numba (`pip install newstui[train]`); takes about two minutes
on one core, and gives the same bytes every time.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from newstui.entities.lists import digest_of_lists
from newstui.entities.training.corpus import Row, build_corpus, iter_rows
from newstui.entities.training.learning import Options, train


def build_manifest(folder: Path, rows: Sequence[tuple[str, Row]], options: Options) -> dict[str, Any]:
    """What a model was trained on: of each file its hash, the documents used, their licenses and sources."""
    of_file: dict[str, list[Row]] = defaultdict(list)
    for file, row in rows:
        of_file[file].append(row)
    return {
        "files": {
            file: {
                "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest(),
                "documents": len(found),
                "words": sum(len(row["text"].split()) for row in found),
                "licenses": dict(Counter(str(row["licence"]) for row in found)),
            }
            for file, found in of_file.items()
        },
        "lists": digest_of_lists(),
        "options": asdict(options),
    }


def main() -> None:
    """Train, and write the model."""
    import numba

    parser = argparse.ArgumentParser(prog="python -m newstui.entities.training", description=__doc__)
    parser.add_argument("folder", type=Path)
    shipped = Path(str(files("newstui.entities") / "data" / "model.npz"))
    parser.add_argument("out", type=Path, nargs="?", default=shipped)
    given = parser.parse_args()
    rows = list(iter_rows(given.folder))
    options = Options()
    model = train(build_corpus(row for _, row in rows), options, numba.njit)
    with given.out.open("wb") as file:
        model.save(file, build_manifest(given.folder, rows, options))
    size = given.out.stat().st_size
    print(f"{len(rows)} documents, {len(model.keys)} features, {size} bytes")  # noqa: T201  # a command of its own


if __name__ == "__main__":
    main()
