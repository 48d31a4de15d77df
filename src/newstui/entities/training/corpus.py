"""Annotated texts as numbers: features of each token, and which tags it may have.

A corpus that annotates a few labels only says of all others neither yes nor no. So a token has not one tag but a set of
them, and training chooses among these (Fernandes and Brefeld 2011); where everything is annotated the set has one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.entities.decoding import LABELS, TAGS
from newstui.entities.features import Extractor
from newstui.entities.gazetteers import load_gazetteer
from newstui.entities.tokens import Tokens, iter_sentences, parse_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newstui.entities.features import Hashes

Row = dict[str, Any]
SHOUTED = 0.12
"""Share of documents that are learned from in capitals too, for headlines are written so."""
PLACES = ("GPE", "LOC", "FAC")
"""What a corpus without countries of their own means by LOC."""


def iter_rows(folder: Path) -> Iterator[tuple[str, Row]]:
    """Documents that a shipped model may learn from, each with the file it is in, always in the same order."""
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line.strip() else {}
            if row.get("train"):
                yield file.relative_to(folder).as_posix(), row


@dataclass(frozen=True)
class Corpus:
    """Documents as arrays: features of all tokens, a set of tags for each as bits, and sentences as ranges of tokens.

    `complete` says of each sentence whether its corpus annotates every label.
    """

    features: Hashes
    allowed: NDArray[np.int64]
    sentences: NDArray[np.int64]
    complete: NDArray[np.bool_]


def build_corpus(rows: Iterable[Row], seed: int = 1) -> Corpus:
    """Features and tags of documents, of some in capitals too."""
    chance = random.Random(seed)  # noqa: S311  # an order, not a secret
    extractor = Extractor(load_gazetteer())
    features: list[Hashes] = []
    allowed: list[NDArray[np.int64]] = []
    sentences: list[tuple[int, int]] = []
    complete: list[bool] = []
    base = 0
    for row in rows:
        text = row["text"]
        shouted = chance.random() < SHOUTED and len(text.upper()) == len(text)
        for version in (text, text.upper()) if shouted else (text,):
            tokens = parse_tokens(version)
            features.append(extractor.extract(tokens))
            allowed.append(allowed_tags(tokens, row))
            found = list(iter_sentences(tokens))
            sentences += [(base + first, base + end) for first, end in found]
            complete += [_is_complete(row)] * len(found)
            base += len(tokens)
    return Corpus(
        np.concatenate(features),
        np.concatenate(allowed),
        np.array(sentences, np.int64),
        np.array(complete, bool),
    )


def allowed_tags(tokens: Tokens, row: Row) -> NDArray[np.int64]:
    """The tags each token may have, as bits: what the row says, and all it does not speak of."""
    whole = _is_complete(row)
    spoken = set(row["labels"]) | (set(PLACES) if "LOC" in row["labels"] else set())
    outside = 1 << TAGS.index("O")
    if not whole:
        outside |= sum(_bits((label,), "BI") for label in LABELS if label not in spoken)
    allowed = np.full(len(tokens), outside, np.int64)
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    for mention in row["mentions"]:
        label = mention["label"]
        if label in LABELS:
            labels = PLACES if label == "LOC" and not whole else (label,)
            first = int(np.searchsorted(ends, mention["start"], "right"))
            end = int(np.searchsorted(starts, mention["end"], "left"))
            allowed[first:end] = _bits(labels, "I")
            allowed[first : min(first + 1, end)] = _bits(labels, "B")
    return allowed


def _is_complete(row: Row) -> bool:
    return set(row["labels"]) >= set(LABELS)


def _bits(labels: Sequence[str], parts: str) -> int:
    return sum(1 << TAGS.index(f"{part}-{label}") for label in labels for part in parts)
