"""Words of a text as a recognizer sees them: so fine that every name begins and ends at one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?:[A-Z]\.)+[A-Z](?![\w.])                          # U.S without its last stop
    | (?:[^\W\d_]\.){2,}                                  # U.S., J.K., e.g.
    | (?:St|Mt|Ft|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Brig|Capt|Sgt|Adm|Cmdr|Gov|Sen|Rep|Rev|Hon|Jr|Sr|Inc|Ltd|Corp|Co
       |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No)\.(?!\w)
    | (?<![\w.])[A-Z]\.(?=\s[A-Z])                         # the initial of a middle name
    | ['’][sS](?!\w)                                      # the possessive
    | \d+(?:[.,:]\d+)*                                    # 1,000.50 and 10:30
    | [^\W\d_](?:[\w\u0300-\u036f]|['’](?![sS](?!\w))(?=[^\W\d_]))*   # O'Rourke, Shi'ite, F16
    | [^\s]                                               # a sign
    """,
    re.VERBOSE,
)
_SENTENCE_END = frozenset(".!?")
_OPENING = frozenset("\"'“‘«([—–-:•*")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens in parallel lists.

    `starts` and `ends` are code points. `opens` says whether a token may begin a sentence, so that its capital says
    nothing. `breaks` says whether a blank line, or a line's end, stands before it: no name reaches over one.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    opens: list[bool]
    breaks: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return index > 0 and self.ends[index - 1] == self.starts[index]


def parse_tokens(text: str) -> Tokens:
    """Cut a text into tokens, in linear time."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    opens: list[bool] = []
    breaks: list[bool] = []
    fresh, last = True, 0
    for word, start, end in zip(words, starts, ends, strict=True):
        broken = not last or text.find("\n", last, start) >= 0
        if broken:
            fresh = True
        opens.append(fresh)
        breaks.append(broken)
        if word in _SENTENCE_END or word == "…":
            fresh = True
        elif not (word in _OPENING or (fresh and not word[0].isalnum())):
            fresh = False
        last = end
    return Tokens(text, words, starts, ends, opens, breaks)


def iter_sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Ranges of tokens that hold about a sentence each: cut at line ends and after full stops."""
    begin = 0
    for index in range(1, len(tokens)):
        ended = tokens.words[index - 1] in _SENTENCE_END and tokens.words[index] not in "”’\"')"
        if tokens.breaks[index] or ended:
            yield begin, index
            begin = index
    if begin < len(tokens):
        yield begin, len(tokens)
