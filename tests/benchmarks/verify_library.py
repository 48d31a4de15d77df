"""Look what of the numbered annotations is in a library, for judging the store from outside.

    python tests/benchmarks/verify_library.py DIR

Opens the library the ordinary way and prints JSON: `ids`, the numbers >= 0 that are there; `bad`, those there with
wrong content; `before`, how many seeded ones are there. Exit status 1 if it does not open.
"""

import json
import sys
from pathlib import Path

from seed_library import note, passage, tags  # the folder of a script is on its path

from newstui.errors import NewstuiError
from newstui.model import Annotation, Article
from newstui.workspace import Workspace


def is_right(found: Annotation, number: int, body: str) -> bool:
    """Whether an annotation is as it was written."""
    span = passage(number)
    return (
        found.span == span
        and found.tags == tags(number)
        and found.note == note(number)
        and found.color == 1 + abs(number) % 6
        and found.target.quote.exact == span.slice(body)
    )


def main(folder: str) -> int:
    """Print what is there."""
    try:
        workspace = Workspace.open(Path(folder))
    except NewstuiError as error:
        print(error, file=sys.stderr)
        return 1
    with workspace:
        ids, bad, before = [], [], 0
        for found in workspace.store.all(Annotation):
            number = int(found.note.split(":")[0].removeprefix("annotation "))
            body = workspace.store.text(workspace.store.get(Article, found.article).text)
            if not is_right(found, number, body):
                bad.append(number)
            if number < 0:
                before += 1
            else:
                ids.append(number)
    print(json.dumps({"ids": sorted(ids), "bad": sorted(bad), "before": before}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
