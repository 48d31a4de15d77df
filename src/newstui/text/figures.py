"""Numbers in sentences."""

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert (2019), https://doi.org/10.1016/j.jml.2019.104047."""


def minutes(words: float) -> int:
    """About how long so many words take to be read, in whole minutes, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))


def counted(number: int, thing: str) -> str:
    """`1 article`, `1,200 articles`: how many of a thing whose name takes an s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
