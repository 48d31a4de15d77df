"""`python -m newstui.entities`: the names of the text on standard input, as JSON on standard output.

The reader finds the names of a long text in a process of its own, so that they cost no key a moment.
"""

import json
import sys

from newstui import paths
from newstui.entities.choosing import build_recognizer


def main() -> None:
    """Write `[[start, end, label, score, source], ...]` for a text in UTF-8."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    rows = [
        [m.start, m.end, m.label, m.score, m.source] for m in build_recognizer("", paths.config_dir()).recognize(text)
    ]
    sys.stdout.write(json.dumps(rows))


if __name__ == "__main__":
    main()
