"""Leave one tag out: how often the tag a person gave is among the first three that are suggested.

    python tests/benchmarks/suggestions.py LIBRARY
    python tests/benchmarks/suggestions.py FOLDER/OF/FORTUNES    texts between lines of %, one file a class

A tag counts if another passage carries it too. It is taken off its passage, whose other tags stay given, and asked for;
then it is put back. Beside it: what the three tags used most would have reached.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from newstui.model import Annotation, Article, Span
from newstui.services.annotating import Draft
from newstui.store import new_id
from newstui.workspace import Workspace

MOST = 6000


def build_library(folder: Path, texts: Path) -> None:
    """A library with each text as an article, tagged with the name of its file."""
    found = [
        (file.name, text.strip())
        for file in sorted(texts.iterdir())
        if file.is_file() and "." not in file.name
        for text in file.read_text(errors="replace").split("\n%\n")
    ]
    found = [(name, text) for name, text in found if 40 < len(text) < 500 and name != "ascii-art"]
    random.Random(1).shuffle(found)
    with Workspace.open(folder, create=True) as workspace:
        store = workspace.store
        articles = [Article(new_id(), "", store.add_text(text), 1) for _, text in found[:MOST]]
        store.commit("Import", articles)
        workspace.annotating.highlight_all(
            [
                Draft(article.id, Span(0, len(text)), (name,))
                for article, (name, text) in zip(articles, found, strict=False)
            ]
        )


def left_out(workspace: Workspace) -> Iterator[tuple[Annotation, str]]:
    """Each passage with each of its tags that others carry too."""
    notes = workspace.store.all(Annotation)
    counts = Counter(tag for note in notes for tag in note.tags)
    yield from ((note, tag) for note in notes for tag in note.tags if counts[tag] > 1)


def measure(workspace: Workspace) -> tuple[int, int, int]:
    """Hits among the first three, cases, hits of the most used tags."""
    suggesting = workspace.suggesting
    suggesting.prepare()
    counts = Counter(tag for note in workspace.store.all(Annotation) for tag in note.tags)
    hits = cases = plain = 0
    for note, tag in left_out(workspace):
        given = tuple(other for other in note.tags if other != tag)
        without = replace(note, tags=given)
        suggesting._forget(note.id)
        suggesting._learn(without)
        hits += tag in suggesting.tags_for(note.article, note.span, given=given)
        suggesting._forget(note.id)
        suggesting._learn(note)
        counts[tag] -= 1
        plain += tag in [other for other, _ in counts.most_common() if other not in given][:3]
        counts[tag] += 1
        cases += 1
    return hits, cases, plain


def main(source: Path) -> None:
    """Copy or build a library, and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "library"
        if (source / "annotations.json").exists():
            shutil.copytree(source, folder)
        else:
            build_library(folder, source)
        with Workspace.open(folder) as workspace:
            hits, cases, plain = measure(workspace)
    print(f"{hits} of {cases} among the first three ({hits / cases:.0%}); by use alone {plain} ({plain / cases:.0%})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
