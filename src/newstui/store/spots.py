"""Where annotations are, as columns read from their lines."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_FLAT = rb'[^][{}"]*+(?:%b[^][{}"]*+)*+' % _STRING
HEAD = re.compile(
    rb'\{(?:"body": (?P<body>\[(?:\{%b\}(?:, )?)*+\]), )?' % _FLAT
    + rb'(?:"changed": "[^"\\]*+", )?(?:"color": (?P<color>\d), )?'
    + rb'(?:"[a-rt-z][a-z]*+": (?:%b|[\d.]++|\{%b\}), )*+(?:"state": "(?P<state>[a-z]++)", )?' % (_STRING, _FLAT)
    + rb'"target": \{"selector": \[\{"end": (?P<end>\d{1,9}), "start": (?P<start>\d{1,9}), "type": "TextPosit'
    + rb'ionSelector"\}'
)
"""The beginning of a line up to the position, every member of which is read as JSON so that no text passes for one."""
UNREAD = 255
"""Stands for a color where there are tags, a note or a state, or where the line is of another shape than newstui's."""


def read_spot(line: bytes) -> tuple[int, int, int]:
    """Where an annotation begins and ends, and its color or `UNREAD`."""
    found = HEAD.match(line)
    if found is None:
        return 0, 0, UNREAD
    body, color, state, end, start = found.groups()
    return int(start), int(end), UNREAD if body is not None or state is not None else int(color or b"0")


@dataclass(slots=True)
class Spots:
    """What `read_spot` says of some annotations."""

    ids: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    colors: bytearray = field(default_factory=bytearray)

    def add(self, line: bytes, id_: str = "") -> None:
        """Take in one more; its id may be known by other means."""
        start, end, color = read_spot(line)
        self.starts.append(start)
        self.ends.append(end)
        self.colors.append(color)
        if id_:
            self.ids.append(id_)

    def ordered(self) -> Spots:
        """The same in the order of the ids."""
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        return Spots(
            [self.ids[row] for row in order],
            array("I", [self.starts[row] for row in order]),
            array("I", [self.ends[row] for row in order]),
            bytearray(self.colors[row] for row in order),
        )
