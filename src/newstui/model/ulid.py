"""Ids as they are written: 128 bits in 26 signs of Crockford's base 32, lower case (https://github.com/ulid/spec)."""

import re

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_AS_PYTHON = str.maketrans(_ALPHABET, "0123456789abcdefghijklmnopqrstuv")
_ULID = re.compile(f"[0-7][{_ALPHABET}]{{25}}")


def is_ulid(text: str) -> bool:
    """Whether a text is an id as newstui makes them."""
    return _ULID.fullmatch(text) is not None


def encode_ulid(number: int) -> str:
    """The id of a number of 128 bits; ids sort as their numbers do."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def decode_ulid(ulid: str) -> int:
    """The number of an id."""
    return int(ulid.translate(_AS_PYTHON), 32)
