"""Train the recognizer of names on annotated texts.

    python tests/benchmarks/train_recognizer.py OUT.npz FILE.jsonl...  [--without-fold N] [--iterations 10]

FILE holds a document a line: `text`, `mentions` of `start, end, label`, `train`, `fold`. Only rows that may be trained
on are used, without those of the fold left out. Takes a few minutes on one core.
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np

from newstui.entities.features import Extractor
from newstui.entities.gazetteers import load_gazetteer
from newstui.entities.perceptron import LABELS, TAGS, Model, allowed_transitions, decode
from newstui.entities.tokens import Tokens, iter_sentences, parse_tokens

SHOUTED = 0.12
"""Share of documents that are trained on in capitals too: headlines are."""


def gold_tags(tokens: Tokens, mentions: list[dict[str, object]]) -> np.ndarray:
    """The tag of each token."""
    tags = np.zeros(len(tokens), np.int16)
    for mention in mentions:
        if mention["label"] not in LABELS:
            continue
        inside = [
            at
            for at, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
            if start < int(str(mention["end"])) and end > int(str(mention["start"]))
        ]
        for number, at in enumerate(inside):
            tags[at] = TAGS.index(f"{'I' if number else 'B'}-{mention['label']}")
    return tags


def load_sentences(
    paths: list[Path], without_fold: int | None, seed: int
) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Features and tags of all tokens, and the ranges of sentences in them."""
    chance = random.Random(seed)
    extractor = Extractor(load_gazetteer())
    features, tags, sentences, base = [], [], [], 0
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not row["train"] or row["fold"] == without_fold:
                continue
            texts = [row["text"]]
            if chance.random() < SHOUTED and len(row["text"].upper()) == len(row["text"]):
                texts.append(row["text"].upper())
            for text in texts:
                tokens = parse_tokens(text)
                features.append(extractor.extract(tokens))
                tags.append(gold_tags(tokens, row["mentions"]))
                sentences += [(base + first, base + last) for first, last in iter_sentences(tokens)]
                base += len(tokens)
    return np.concatenate(features), np.concatenate(tags), sentences


def train(
    features: np.ndarray, tags: np.ndarray, sentences: list[tuple[int, int]], iterations: int, seed: int
) -> Model:
    """An averaged model; features that occur once are left out."""
    keys, inverse, counts = np.unique(features, return_inverse=True, return_counts=True)
    kept = counts >= 2
    number = np.where(kept, np.cumsum(kept) - 1, kept.sum())
    places = number[inverse.reshape(features.shape)]
    size = int(kept.sum())
    weights = np.zeros((size + 1, len(TAGS)), np.float32)
    total = np.zeros_like(weights)
    fixed = allowed_transitions()
    moves = np.zeros_like(fixed)
    moves_total = np.zeros_like(fixed)
    chance = random.Random(seed)
    step = 1
    for iteration in range(iterations):
        started, wrong = time.time(), 0
        chance.shuffle(sentences)
        for first, last in sentences:
            rows, gold = places[first:last], tags[first:last]
            guess = np.array(decode(weights[rows].sum(axis=1), moves + fixed))
            for at in np.flatnonzero(guess != gold):
                wrong += 1
                used = rows[at]
                weights[used, gold[at]] += 1
                weights[used, guess[at]] -= 1
                total[used, gold[at]] += step
                total[used, guess[at]] -= step
            if (guess != gold).any():
                for tag_row, sign in ((gold, 1), (guess, -1)):
                    before = np.concatenate(([0], tag_row[:-1]))
                    np.add.at(moves, (before, tag_row), sign)
                    np.add.at(moves_total, (before, tag_row), sign * step)
                weights[size] = total[size] = 0
            step += 1
        print(f"iteration {iteration + 1}: {wrong} wrong of {len(tags)}, {time.time() - started:.0f} s", flush=True)
    averaged = weights - total / step  # the mean over all steps, without keeping each
    follow = (moves - moves_total / step + fixed).astype(np.float32)
    return Model(keys[kept].astype(np.uint32), averaged[:size].astype(np.float32), follow)


def prune(model: Model, least: float) -> Model:
    """The model without features whose weights are all small."""
    strong = np.abs(model.weights).max(axis=1) > least
    return Model(model.keys[strong], model.weights[strong], model.transitions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--without-fold", type=int)
    parser.add_argument("--iterations", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prune", type=float, default=0.6)
    given = parser.parse_args()
    read = time.time()
    data = load_sentences(given.files, given.without_fold, given.seed)
    print(f"{len(data[1])} tokens, {len(data[2])} sentences, {time.time() - read:.0f} s", flush=True)
    model = prune(train(*data, given.iterations, given.seed), given.prune)
    model.save(given.out)
    print(f"{len(model.keys)} features, {given.out.stat().st_size} bytes")
