"""Score the recognizer on documents it has not seen: five folds over all annotated texts.

    python tests/benchmarks/score_recognizer.py FOLDER SCORER.py [--folds 0,1,2,3,4]

FOLDER is what the training takes, SCORER a module with `score(recognize, rows, labels, errors, fine)`. For each fold a
model is trained as the shipped one is, on the rows that may be trained on of the other folds, and finds names in all
rows of the fold. Takes a quarter of an hour on one core.
"""

import argparse
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numba

from newstui.entities.recognizers import DefaultRecognizer
from newstui.entities.tagging import Tagger
from newstui.entities.training.corpus import build_corpus, iter_rows
from newstui.entities.training.learning import Options, train
from newstui.model import Mention

CORE = ["PERSON", "ORG", "LOC", "NORP"]


def iter_all(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows with the file they are in, those that must not be trained on too."""
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield file.relative_to(folder).as_posix(), json.loads(line)


def main() -> None:
    """Train five times, find, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--folds", default="0,1,2,3,4")
    given = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", given.scorer)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    found: dict[str, list[Mention]] = {}
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fold in (int(number) for number in given.folds.split(",")):
        corpus = build_corpus(row for _, row in iter_rows(given.folder) if row["fold"] != fold)
        recognizer = DefaultRecognizer(Tagger(train(corpus, Options(), numba.njit)))
        for file, row in iter_all(given.folder):
            if row["fold"] == fold:
                found[row["text"]] = recognizer.recognize(row["text"])
                rows[file].append(row)
                if file.startswith("annotated/"):
                    rows["annotated/"].append(row)
                    rows["newswire"].extend([row] if "newswire" in file else [])
        print(f"fold {fold} done", flush=True)
    for name, group in sorted(rows.items()):
        print(name, scorer.score(found.__getitem__, group, CORE)["micro_strict"])
    fine = scorer.score(found.__getitem__, rows["annotated/"], None, 0, True)["labels"]
    print({label: figures["strict"] for label, figures in fine.items()})


if __name__ == "__main__":
    main()
