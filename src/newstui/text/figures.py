"""Numbers and times in sentences."""

from datetime import datetime

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert (2019), https://doi.org/10.1016/j.jml.2019.104047."""


def minutes(words: float) -> int:
    """About how long so many words take to be read, in whole minutes, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))


def counted(number: int, thing: str) -> str:
    """`1 article`, `1,200 articles`: how many of a thing whose name takes an s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def local_time(moment: str) -> str:
    """A UTC time in ISO 8601 as the clock on the wall had it, to the minute; 16 characters."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return f"{moment[:16].replace('T', ' '):<16}"


def within(label: str) -> str:
    """A label as it stands within a sentence: `import 1 article`, but `NORP now: Swiss`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
