"""Add numbered annotations to a library, one durable step each, for judging the store from outside.

    python tests/benchmarks/write_annotations.py DIR START COUNT

Adds the annotations START, START+1, ... through the service, moves the reading position between two, and prints
`ACK i`, flushed, once annotation i is durable.
"""

import sys
from dataclasses import replace
from pathlib import Path

from seed_library import note, passage, tags  # the folder of a script is on its path

from newstui.workspace import Workspace


def main(folder: str, start: int, count: int) -> None:
    """Write and acknowledge."""
    with Workspace.open(Path(folder)) as workspace:
        article = workspace.catalog.rows(sort="added")[0].article
        for number in range(start, start + count):
            workspace.annotating.highlight(
                article.id, passage(number), tags=tags(number), note=note(number), color=1 + number % 6
            )
            print(f"ACK {number}", flush=True)
            place = workspace.reading.place(article.id)
            workspace.reading.save_place(replace(place, offset=number % 4000, cursor=number % 4000))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
