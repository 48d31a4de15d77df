"""The child's side of a recognizer in a process of its own: lines of JSON in, lines of JSON out.

    python -m newstui.entities.serving SPEC

For each `{"text": ...}` it answers `{"mentions": [[start, end, label, score], ...]}`, or `{"problem": ...}`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

Row = tuple[int, int, str, float | None]
Find = Callable[[str], list[Row]]
LABEL_OF = {
    **{name: name for name in ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "DATE", "MONEY")},
    "PER": "PERSON",
    "person": "PERSON",
    "organization": "ORG",
    "country or city": "GPE",
    "location": "LOC",
    "nationality": "NORP",
    "event": "EVENT",
    "date": "DATE",
    "money": "MONEY",
}
"""newstui's labels for those of others; what is not here is not asked for."""
PROMPTS = ("person", "organization", "country or city", "location", "nationality", "event", "date", "money")
WORDS = 250
"""Words that GLiNER is given at a time: of more than 296 some of its models read only the beginning."""
SURE = 0.5
"""Score from which GLiNER's answers count."""


def load(spec: str) -> Find:
    """What finds mentions, by its spec.

    Raises:
        Exception: whatever keeps it from being loaded.
    """
    kind, _, argument = spec.partition(":")
    if kind == "rules":
        return _load_rules(argument)
    if kind == "spacy":
        return _load_spacy(argument)
    if kind == "gliner":
        return _load_gliner(argument)
    return _load_plugin(spec)


def _load_rules(argument: str) -> Find:
    rules: list[tuple[re.Pattern[str], str]] = [(re.compile(rule), label) for rule, label in json.loads(argument)]

    def find(text: str) -> list[Row]:
        found: list[Row] = []
        for rule, label in rules:
            found += [(*match.span(), label, None) for match in rule.finditer(text) if match.group()]
        return _apart(found)

    return find


def _load_spacy(pipeline: str) -> Find:
    import spacy

    try:
        nlp = spacy.load(pipeline, exclude=["parser", "lemmatizer", "tagger", "attribute_ruler"])
    except OSError as error:
        if os.sep in pipeline:
            raise ValueError(f"there is no pipeline of spaCy in {pipeline!r}") from error
        raise ValueError(
            f"spaCy has no pipeline {pipeline!r}; `python -m spacy download {pipeline}` gets it"
        ) from error

    def find(text: str) -> list[Row]:
        parts = list(_iter_parts(text, 100_000))
        documents = nlp.pipe((text[start:end] for start, end in parts), batch_size=16)
        return [
            (start + entity.start_char, start + entity.end_char, LABEL_OF[entity.label_], None)
            for (start, _), document in zip(parts, documents, strict=True)
            for entity in document.ents
            if entity.label_ in LABEL_OF
        ]

    return find


def _load_gliner(folder: str) -> Find:
    from gliner import GLiNER

    if not os.path.isdir(folder):  # noqa: PTH112  # so early, pathlib is one import more
        raise ValueError(f"there is no folder {folder!r} with a model")
    model = GLiNER.from_pretrained(folder, local_files_only=True)

    def find(text: str) -> list[Row]:
        found: list[Row] = []
        for start, end in _iter_parts(text, 0):
            words = [match.span() for match in re.finditer(r"\w+(?:[-_]\w+)*|\S", text[start:end])]
            for first in range(0, len(words), WORDS):
                low = start + words[first][0]
                high = start + words[min(first + WORDS, len(words)) - 1][1]
                answers = model.predict_entities(text[low:high], list(PROMPTS), threshold=SURE)
                found += [(low + a["start"], low + a["end"], LABEL_OF[a["label"]], a["score"]) for a in answers]
        return _apart(found)

    return find


def _load_plugin(name: str) -> Find:
    from importlib.metadata import entry_points

    found = list(entry_points(group="newstui.recognizers", name=name))
    if not found:
        raise ValueError("no package that is installed has a recognizer of that name")
    recognizer = found[0].load()()

    def find(text: str) -> list[Row]:
        return [(each.start, each.end, each.label, each.score) for each in recognizer.recognize(text)]

    return find


def _iter_parts(text: str, least: int) -> Iterator[tuple[int, int]]:
    """Ranges of whole lines, each as short as can be but of so many code points at least; blank ones are left out."""
    begin = 0
    for match in re.finditer(r"\n+|\Z", text):
        if match.end() - begin >= least or match.end() == len(text):
            if text[begin : match.start()].strip():
                yield begin, match.start()
            begin = match.end()


def _apart(rows: list[Row]) -> list[Row]:
    """Rows that do not overlap: of two that do, the one that begins first, then the longer."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda each: (each[0], -each[1])):
        if not kept or kept[-1][1] <= row[0]:
            kept.append(row)
    return kept


def main() -> None:
    """Answer until standard input ends; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    find: Find | None = None
    for line in sys.stdin:
        answer: dict[str, Any]
        try:
            if find is None:
                find = load(sys.argv[1])
            answer = {"mentions": find(json.loads(line)["text"])}
        except ImportError as error:
            answer = {"problem": f"the package {error.name} is not installed."}
        except Exception as error:  # whatever a model raises is an answer here
            answer = {"problem": f"{str(error).splitlines()[0] if str(error) else type(error).__name__}."}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
