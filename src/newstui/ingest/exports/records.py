"""What the exports have in common: rows and records read with limits, times, and articles that are only highlights."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportedNote, ImportFailedError, Source
from newstui.ingest.body import Body
from newstui.ingest.decoding import decode
from newstui.text.hygiene import clean_line
from newstui.text.languages import detect_language

MAX_FIELD = 1 << 20
"""Code points of one field of a table; what follows is left out."""


def load_json(source: Source) -> Any:
    """The JSON of a source.

    Raises:
        ImportFailedError: it is none, or nested too deeply.
    """
    try:
        return json.loads(decode(source.data)[0])
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else "no JSON"
        raise ImportFailedError(f"{source.name}: this is {why}, so it was left out.") from error


def iter_records(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list, if it is one; anything else in it is passed over."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def iter_rows(source: Source) -> Iterator[Mapping[str, str]]:
    """The rows of a CSV file by the lower-case names of its header; a broken end keeps what came before it."""
    text, _ = decode(source.data)
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), strict=False)
    try:
        header = [clean_line(name).casefold() for name in next(reader, [])]
        for row in reader:
            yield {name: value[:MAX_FIELD] for name, value in zip(header, row, strict=False)}
    except csv.Error:
        return


def text_of(record: Mapping[str, Any], *names: str) -> str:
    """The first of some members that is a text or a number, as text."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def texts_of(value: Any, name: str = "") -> tuple[str, ...]:
    """The texts of a list, of objects their member `name`; a text parted by commas is a list too."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list):
        return ()
    found = (each.get(name) if isinstance(each, dict) else each for each in value)
    return tuple(each for each in found if isinstance(each, str) and each.strip())


def parse_time(value: Any) -> str:
    """A moment in UTC (`2024-01-01T10:00:00Z`) from seconds since 1970 or ISO 8601; nothing if it is neither."""
    text = str(value or "").strip()
    try:
        if re.fullmatch(r"\d{9,13}", text):
            seconds = int(text) / (1000 if len(text) > 11 else 1)
            moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
        else:
            moment = datetime.datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def build_stub(importer: str, title: str, notes: Iterable[ImportedNote] = (), **fields: Any) -> ImportedArticle:
    """An article of which an export holds no text: its highlights, else its description or title, stand for it.

    Args:
        importer: the name of the format.
        title: of the article; if there is none, its URL or the first words.
        notes: its highlights.
        **fields: other fields of `ImportedArticle`; `text` is a description.
    """
    notes = tuple(note for note in notes if note.quote.strip() or note.note.strip())
    body = Body()
    quotes = list(dict.fromkeys(note.quote.strip() for note in notes if note.quote.strip()))
    for quote in quotes:
        body.add(quote)
    described = str(fields.pop("text", ""))
    url = str(fields.get("url", ""))
    text = body.text or described or title or url
    language = str(fields.pop("language", "")) or detect_language(text)
    return ImportedArticle(
        title=clean_line(title) or url or text[:80],
        text=text,
        notes=notes,
        language=language,
        importer=importer,
        partial=True,
        **fields,
    )


def refuse_empty(found: int, source: Source, kind: str) -> None:
    """Raise `ImportFailedError` if nothing was found in an export."""
    if not found:
        raise ImportFailedError(f"{source.name}: there is no article in this {kind} export, so it was left out.")
