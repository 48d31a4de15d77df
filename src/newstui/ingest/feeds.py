"""Feeds: RSS and Atom by feedparser, JSON Feed by hand; an article for each entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.body import Body
from newstui.ingest.decoding import decode
from newstui.ingest.markup import read_markup
from newstui.ingest.plain import title_of
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line
from newstui.text.languages import detect_language


class FeedImporter:
    """Every entry of a feed that has a text."""

    name = "feed"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The articles of a feed, in its order."""
        if len(source.data) > limits.page_bytes or b"<!ENTITY" in source.data:
            raise ImportFailedError(f"{source.name}: this feed is too large or defines entities, so it was left out.")
        entries = list(_json_entries(source) if source.data.lstrip()[:1] == b"{" else _xml_entries(source))
        if not entries:
            raise ImportFailedError(f"{source.name}: there is no entry with a text in this feed, so it was left out.")
        yield from entries


def _xml_entries(source: Source) -> Iterator[ImportedArticle]:
    import feedparser

    try:
        parsed = feedparser.parse(source.data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it forgives nearly everything, and raises anything over the rest
        why = type(error).__name__
        raise ImportFailedError(f"{source.name}: this feed is damaged ({why}), so it was left out.") from error
    name = str(parsed.feed.get("title", ""))
    language = str(parsed.feed.get("language", ""))
    for entry in parsed.entries:
        content = max((str(part.get("value", "")) for part in entry.get("content", ())), key=len, default="")
        body = read_markup(content or str(entry.get("summary", "")))
        dated = str(entry.get("published") or entry.get("updated") or entry.get("created") or "")
        tags = tuple(str(tag.get("term") or "") for tag in entry.get("tags", ()))
        title, link, author = (str(entry.get(name, "")) for name in ("title", "link", "author"))
        label = clean_line(title) or link or clean_line(author)
        if not body.parts:
            body.add(label)
        if body.parts:
            yield _article(source, name, language, body, title or label, link, dated, author, tags)


def _json_entries(source: Source) -> Iterator[ImportedArticle]:
    try:
        feed = json.loads(decode(source.data)[0])
        items = [item for item in feed["items"] if isinstance(item, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ImportFailedError(f"{source.name}: this is no JSON Feed ({error}), so it was left out.") from error
    for item in items:
        body = read_markup(str(item["content_html"])) if item.get("content_html") else Body()
        for line in str(item.get("content_text") or "").split("\n") if not body.parts else ():
            body.add(clean_line(line))
        authors = item.get("authors") or [item.get("author") or {}]
        author = str(authors[0].get("name", "")) if authors and isinstance(authors[0], Mapping) else ""
        if body.parts:
            yield _article(
                source, str(feed.get("title", "")), str(item.get("language") or feed.get("language") or ""), body,
                str(item.get("title") or ""), str(item.get("url") or item.get("external_url") or ""),
                str(item.get("date_published") or ""), author, tuple(map(str, item.get("tags") or ())),
            )  # fmt: skip


def _article(
    source: Source,
    feed: str,
    language: str,
    body: Body,
    title: str,
    url: str,
    dated: str,
    author: str,
    tags: tuple[str, ...],
) -> ImportedArticle:
    return ImportedArticle(
        title=clean_line(title) or title_of(source, body.text),
        text=body.text,
        blocks=tuple(body.blocks),
        author=(author,) if author else (),
        source=feed,
        published=parse_published(dated),
        url=url,
        language=language[:2].lower() or detect_language(body.text),
        tags=tags,
        importer="feed",
    )
