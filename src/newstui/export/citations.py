"""Articles as references: BibTeX, CSL-JSON, and a line for a quotation."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newstui.export.escaping import clean
from newstui.export.sheet import link_to
from newstui.model import Article

_BIBTEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "&%$#_{}"},
}  # fmt: skip
_STOP_WORDS = frozenset(re.findall(r"\w+", """
    a an the and or of in on at to for by with from le la les der die das el los las un une
"""))  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def citation_keys(articles: Sequence[Article]) -> dict[str, str]:
    """Article id -> a key such as `rudaw2016turkey`: author or source, year, first word of the title.

    Keys are stable: of several articles with the same key the oldest in the library keeps it bare, the next get a
    letter.
    """
    keys: dict[str, str] = {}
    used: set[str] = set()
    for article in sorted(articles, key=lambda each: each.id):
        base = _key(article)
        key, number = base, 0
        while key in used:
            number += 1
            key = base + _letters(number)
        used.add(key)
        keys[article.id] = key
    return keys


def _key(article: Article) -> str:
    names = article.author or ((article.source or article.site),)
    name = _ascii_words(names[0])
    year = article.published[:4] if article.published[:4].isdigit() else ""
    title = [word for word in _ascii_words(article.title) if word not in _STOP_WORDS]
    return (name[-1] if name else "") + year + (title[0] if title else "") or "untitled"


def _ascii_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", folded))


def _letters(number: int) -> str:
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out


def build_bibtex(articles: Sequence[Article], keys: Mapping[str, str] | None = None) -> str:
    """One `@online` entry an article; titles and names in braces, so that nothing recases or splits them.

    Args:
        articles: in the order wanted.
        keys: of the whole library, so that they do not depend on what is exported (`citation_keys`).
    """
    keys = keys or citation_keys(articles)
    entries = []
    for article in articles:
        fields = {
            "title": f"{{{_bibtex(article.title)}}}",
            "subtitle": f"{{{_bibtex(article.subtitle)}}}" if article.subtitle else "",
            "author": " and ".join(f"{{{_bibtex(name)}}}" for name in article.author),
            "organization": _bibtex(article.source or article.site),
            "date": article.published,
            "location": _bibtex(article.place),
            "url": _bibtex_url(article.url),
            "urldate": article.added[:10],
            "langid": _bibtex(article.language),
        }
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        entries.append(f"@online{{{keys[article.id]},\n{''.join(lines)}}}\n")
    return "\n".join(entries)


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in " ".join(clean(text).split()))


def _bibtex_url(url: str) -> str:
    return re.sub(r"[{}\\\s%#]", lambda char: "\\" + char[0] if char[0] in "%#" else f"\\%{ord(char[0]):02X}", url)


def build_csl(articles: Sequence[Article], keys: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """CSL-JSON items (`article-newspaper`), as pandoc and Zotero read them; `keys` as for `build_bibtex`."""
    keys = keys or citation_keys(articles)
    return [_csl_item(article, keys[article.id]) for article in articles]


def _csl_item(article: Article, key: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": "article-newspaper", "title": " ".join(article.title.split())}
    if article.author:
        item["author"] = [{"literal": name} for name in article.author]
    optional = {
        "issued": _csl_date(article.published),
        "container-title": article.source or article.site,
        "publisher-place": article.place,
        "URL": article.url,
        "accessed": _csl_date(article.added),
        "language": article.language,
    }
    item.update({name: value for name, value in optional.items() if value})
    return item


def _csl_date(date: str) -> dict[str, list[list[int]]] | None:
    match = _DATE.match(date)
    return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else None


def cite(article: Article, quote: str) -> str:
    """A quotation with its source, for the clipboard: the words, then who, what, where and when on a line."""
    parts: Iterable[str] = (
        ", ".join(article.author),
        f"“{article.title}”" if article.title else "",
        article.source or article.site,
        article.published,
        article.url or link_to(article.id),
    )
    return f"“{quote}”\n— " + ", ".join(part for part in parts if part)
