"""The process that reads formats a hostile file may misuse: `python -m newstui.ingest.worker MEGABYTES`.

Standard input holds tasks: a line of JSON (`origin`, `url`, `charset`, `format`, `size`) and so many bytes. For each,
standard output gets a line of JSON for every article and one more with `end` and, if it went wrong, `error`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from newstui.ingest.article import ImportedArticle, ImportedNote, ImportFailedError, Limits, Source
from newstui.ingest.registry import find_format, read_articles
from newstui.model import Block


def encode_article(article: ImportedArticle) -> dict[str, Any]:
    """An article as JSON."""
    return asdict(article)


def decode_article(fields: dict[str, Any]) -> ImportedArticle:
    """An article from JSON; its texts are cleaned once more, for what comes from the worker is not trusted."""
    blocks = tuple(Block(**block) for block in fields.pop("blocks"))
    notes = tuple(ImportedNote(**{**note, "tags": tuple(note["tags"])}) for note in fields.pop("notes"))
    for name in ("author", "tags", "warnings", "collections"):
        fields[name] = tuple(fields[name])
    return ImportedArticle(**fields, blocks=blocks, notes=notes)


def main() -> None:
    """Answer tasks until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    limit_memory(int(sys.argv[1]))
    for answer in _answers(sys.stdin.buffer):
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than this, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (ImportError, ValueError, OSError):
        return  # the limit on time is left


def _answers(tasks: BinaryIO) -> Iterator[dict[str, Any]]:
    while line := tasks.readline():
        task = json.loads(line)
        source = Source(tasks.read(task["size"]), task["origin"], task["url"], task["charset"])
        try:
            for article in read_articles(find_format(source, task["format"]), source, Limits()):
                yield encode_article(article)
            yield {"end": True}
        except ImportFailedError as error:
            yield {"end": True, "error": str(error)}
        except MemoryError:
            yield {"end": True, "error": f"{source.name}: it needs too much memory, so it was left out."}
            return
        except Exception as error:  # whatever a library raises over a broken file is that file's failure
            yield {"end": True, "error": f"{source.name}: it cannot be read ({type(error).__name__})."}


if __name__ == "__main__":
    main()
