"""Numbers in sentences."""


def counted(number: int, thing: str) -> str:
    """`1 article`, `1,200 articles`: how many of a thing whose name takes an s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
