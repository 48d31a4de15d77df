"""Articles and highlights as JSON Lines without loss: what goes out can come in again, equal."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from newstui.errors import UsageError
from newstui.export.sheet import Sheet
from newstui.model import Annotation, Article

VERSION = 1
_R = TypeVar("_R")


def iter_lines(sheets: Iterable[Sheet], load_text: Callable[[str], str]) -> Iterator[str]:
    """One JSON object a line: an article with its body, its earlier texts, its highlights; the first names the format.

    Args:
        sheets: the articles.
        load_text: gives an earlier revision by its hash.
    """
    yield _line({"newstui": VERSION})
    for sheet in sheets:
        yield _line({"kind": "article", **dataclasses.asdict(sheet.article), "body": sheet.body})
        for sha256 in sheet.article.earlier:
            yield _line({"kind": "text", "body": load_text(sha256)})
        for annotation in sheet.annotations:
            yield _line({"kind": "annotation", **dataclasses.asdict(annotation)})


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: articles with their bodies, highlights, and earlier texts of the articles."""

    articles: tuple[tuple[Article, str], ...]
    annotations: tuple[Annotation, ...]
    texts: tuple[str, ...] = ()


def parse_lines(text: str, where: str) -> Loaded:
    """Read what `iter_lines` wrote.

    Raises:
        UsageError: a line is not of this format, or of a newer version; it names the line.
    """
    articles, annotations, texts = [], [], []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise TypeError("not an object")
            kind = record.pop("kind", "")
            if kind == "article":
                articles.append(build_article(record))
            elif kind == "text":
                texts.append(str(record["body"]))
            elif kind == "annotation":
                annotations.append(_build(Annotation, record))
            elif record.get("newstui", VERSION + 1) > VERSION:
                raise TypeError("of a newer version, or of another program")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise UsageError(f"{where}, line {number}, is not an export of newstui ({error}).") from error
    return Loaded(tuple(articles), tuple(annotations), tuple(texts))


def build_article(record: Mapping[str, Any]) -> tuple[Article, str]:
    """An article and its body from one object.

    Raises:
        TypeError, KeyError, ValueError: it is none.
    """
    body = record["body"]
    if not isinstance(body, str):
        raise TypeError(f"a text was expected, not {body!r}")
    return _build(Article, record), body


def _build(kind: type[_R], record: Mapping[str, Any]) -> _R:
    """A dataclass from plain values; unknown members are passed over."""
    hints = get_type_hints(kind)
    return kind(**{name: _convert(hints[name], value) for name, value in record.items() if name in hints})


def _convert(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_convert(get_args(hint)[0], item) for item in value)
    if type(None) in get_args(hint):
        return None if value is None else _convert(get_args(hint)[0], value)
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise TypeError(f"an object was expected, not {value!r}")
        return _build(cast("type[Any]", hint), value)
    if issubclass(hint, StrEnum):
        return hint(value)
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise TypeError(f"{hint.__name__} was expected, not {value!r}")
    return value
