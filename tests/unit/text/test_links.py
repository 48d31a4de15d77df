"""Addresses in a text."""

import pytest

from newstui.text.links import iter_links, link_at


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a. Then", ["https://example.org/a"]),
        ("(https://example.org/a_(b)) and www.rudaw.net, too", ["https://example.org/a_(b)", "www.rudaw.net"]),
        ("“http://x.org/?q=1&r=ü”", ["http://x.org/?q=1&r=ü"]),
        ("me@www.example.org, https://, www. and http:", []),
    ],
)
def test_an_address_ends_before_the_punctuation_of_its_sentence(text: str, links: list[str]) -> None:
    assert [link.slice(text) for link in iter_links(text)] == links


def test_the_address_under_an_offset() -> None:
    text = "Go to https://example.org/a now.\nwww.rudaw.net"
    assert [bool(link_at(text, offset)) for offset in (0, 6, 26, 27, 33)] == [False, True, True, False, True]
