"""Ids as URIs, and back: the 26 characters of an id are the 128 bits of a UUID."""

import re
from urllib.parse import quote, unquote

from newstui.model.ulid import decode_ulid, encode_ulid, is_ulid

_UUID = re.compile(r"urn:uuid:([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})", re.IGNORECASE)
_OTHER = "urn:newstui:"


def to_uri(id_: str) -> str:
    """`urn:uuid:...` for an id of newstui, `urn:newstui:...` for any other name."""
    if is_ulid(id_):
        digits = f"{decode_ulid(id_):032x}"
        return f"urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
    return _OTHER + quote(id_.encode("utf-8", "replace"), safe="")


def from_uri(uri: str) -> str:
    """The id behind a URI of `to_uri`; empty for any other URI."""
    match = _UUID.fullmatch(uri)
    if match is None:
        return unquote(uri.removeprefix(_OTHER)) if uri.startswith(_OTHER) else ""
    return encode_ulid(int("".join(match.groups()), 16))
