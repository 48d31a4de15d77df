"""The user's own shapes of Markdown: Jinja2 templates in a sandbox, whose values are escaped unless they say otherwise.

A template is one file of parts, each a block of Jinja2 and each of them optional: `name` (of the file), `head`,
`highlight` and `digest` (a passage in a file of many articles). Front matter and markers are newstui's, so whatever a
template writes can be exported again. What stands outside the parts is not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from newstui import paths
from newstui.errors import NotFoundError, UsageError
from newstui.export.digests import passage_block
from newstui.export.documents import Document
from newstui.export.escaping import block_quote, clean, escape, escape_cell, escape_heading, escape_inline, obsidian_tag
from newstui.export.front_matter import yaml_string
from newstui.export.markdown import (
    MARKER,
    MarkdownOptions,
    block_text,
    build_document,
    escape_tag,
    link_lines,
    note_text,
    wiki_name,
)
from newstui.export.naming import slugify
from newstui.export.sheet import Sheet, is_orphan, link_to
from newstui.model import Annotation

SUFFIX = ".md.j2"
PARTS = ("name", "head", "highlight", "digest")
SHIPPED = Path(__file__).parent / "shipped"
_LARGEST = 10_000
"""What a template may multiply by: no longer texts and no greater numbers are made of short ones."""


class _Marked(str):
    """Markdown that stands as it is."""

    __slots__ = ()


def _finalize(value: Any) -> str:
    """What `{{ value }}` writes: Markdown as it is, everything else so that it reads back as its text."""
    return value if isinstance(value, _Marked) else escape(str(value), alone=False)


class _Sandbox(ImmutableSandboxedEnvironment):
    """An environment without files, without the model's methods, and without ways to make a text that fills memory."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers of a size that a template can need."""
        numbers = all(isinstance(side, int | float) and abs(side) <= _LARGEST for side in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} is for numbers up to {_LARGEST}")
        return super().call_binop(context, operator, left, right)


def _environment(*, literal: bool) -> _Sandbox:
    """The sandbox; in the `literal` one values are written as they are, for names of files."""
    made = _Sandbox(
        undefined=StrictUndefined, finalize=str if literal else _finalize, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.clear()
    for name in ("format", "center", "pprint", "xmlattr", "urlize", "map", "tojson"):
        made.filters.pop(name, None)
    made.filters.update(
        raw=lambda value: _Marked(clean(str(value))),
        inline=lambda value: _Marked(escape_inline(str(value))),
        heading=lambda value: _Marked(escape_heading(str(value))),
        cell=lambda value: _Marked(escape_cell(str(value))),
        blockquote=lambda value: _Marked(block_quote(str(value))),
        tag=lambda value: _Marked("#" + escape_tag(str(value))),
        wiki=lambda value: _Marked(f"[[{wiki_name(str(value))}]]"),
        yaml=lambda value: _Marked(yaml_string(str(value))),
        slug=lambda value: slugify(str(value)),
        tagname=lambda value: obsidian_tag(str(value)),
        join=lambda values, by=", ": _joined(values, by),
    )
    return made


def _joined(values: Any, by: str) -> str:
    """Values after each other; Markdown if all of them are."""
    items = list(values)
    text = by.join(str(item) for item in items)
    return _Marked(text) if items and all(isinstance(item, _Marked) for item in items) else text


@dataclass(frozen=True, slots=True)
class Template:
    """One template, ready to write: where it is from, and its parts, with names of files as they are."""

    file: str
    markdown: JinjaTemplate
    literal: JinjaTemplate

    def name(self, sheet: Sheet) -> str:
        """The name of an article's file without suffix; empty if the template leaves it to newstui."""
        return " ".join(self._render(self.literal, "name", _article_values(sheet), "").split())

    def build_document(self, sheet: Sheet, options: MarkdownOptions) -> Document:
        """An article's file: front matter and markers by newstui, head and highlights by the template.

        Raises:
            UsageError: the template fails on this article; the sentence names its line.
        """
        made = build_document(sheet, options, self._block)
        head = self._render(self.markdown, "head", _article_values(sheet), made.head)
        return Document(made.id, head + "\n", made.blocks, made.front, made.tags, made.orphan_heading)

    def passage(self, sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
        """A passage in a digest."""
        usual = passage_block(sheet, annotation, ref, options)
        return self._render(self.markdown, "digest", _values(sheet, annotation, ref, options), usual)

    def _block(self, sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
        usual = block_text(sheet, annotation, ref, options)
        return self._render(self.markdown, "highlight", _values(sheet, annotation, ref, options), usual)

    def _render(self, template: JinjaTemplate, part: str, values: Mapping[str, Any], usual: str) -> str:
        block = template.blocks.get(part)
        if block is None:
            return usual
        try:
            try:
                text = "".join(block(template.new_context(dict(values))))
            except Exception:  # a template can fail in any way; Jinja2 finds its line
                template.environment.handle_exception()
        except RecursionError as error:
            raise UsageError(f"{self.file}: the template calls itself without end.") from error
        except Exception as error:
            line = _line_of(error, self.file)
            raise UsageError(f"{self.file}, line {line}: {_reason(error)}; nothing was written by it.") from error
        return MARKER.sub("&lt;!--", text).strip("\n")


def load_template(name: str) -> Template:
    """A template by its path, or by its name among the user's own (`templates/` beside config.toml) and the shipped.

    Raises:
        NotFoundError: there is none.
        UsageError: it cannot be understood; the sentence names the line.
    """
    file = find_template(name)
    try:
        source = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{file}: the template cannot be read ({reason}).") from error
    return parse_template(source, str(file))


def parse_template(source: str, file: str) -> Template:
    """A template from its text.

    Raises:
        UsageError: it cannot be understood, or has none of the parts; the sentence names the line.
    """
    markdown, literal = _compile(source, file, literal=False), _compile(source, file, literal=True)
    unknown = sorted(set(markdown.blocks) - set(PARTS))
    if unknown or not markdown.blocks:
        what = f"there is no part {unknown[0]!r}" if unknown else "it has no parts"
        named = re.search(rf"block\s+{re.escape(unknown[0])}\b", source) if unknown else None
        line = source.count("\n", 0, named.start()) + 1 if named else 1
        raise UsageError(f"{file}, line {line}: {what}; there are {', '.join(PARTS)}, each as {{% block head %}}.")
    return Template(file, markdown, literal)


def template_names() -> list[str]:
    """The templates that can be asked for by name."""
    folders = (paths.config_dir() / "templates", SHIPPED)
    return sorted({path.name.removesuffix(SUFFIX) for folder in folders for path in folder.glob(f"*{SUFFIX}")})


def find_template(name: str) -> Path:
    """The file of a template.

    Raises:
        NotFoundError: there is none.
    """
    path = paths.expand_home(name)
    if path.is_file():
        return path
    if "/" not in name and "\\" not in name:
        for folder in (paths.config_dir() / "templates", SHIPPED):
            if (folder / f"{name}{SUFFIX}").is_file():
                return folder / f"{name}{SUFFIX}"
    known = ", ".join(template_names())
    raise NotFoundError(f"There is no template {name!r}; give a file, or one of {known}.")


def _compile(source: str, file: str, *, literal: bool) -> JinjaTemplate:
    environment = _environment(literal=literal)
    try:
        code = environment.compile(source, file, file)
    except TemplateSyntaxError as error:
        raise UsageError(f"{file}, line {error.lineno}: {error.message}.") from error
    except (RecursionError, MemoryError, OverflowError, ValueError) as error:
        raise UsageError(f"{file}: the template is too deep or too large to be understood.") from error
    return JinjaTemplate.from_code(environment, code, {}, None)


def _line_of(error: BaseException, file: str) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return (error.message or "it cannot be done").rstrip(".")
    return f"{type(error).__name__}: {error}".rstrip(".")


def _article_values(sheet: Sheet) -> dict[str, Any]:
    """What a template may use of an article: texts and tuples of texts, nothing with methods of ours."""
    article = sheet.article
    known = {
        "id": article.id,
        "title": article.title or "Untitled",
        "subtitle": article.subtitle,
        "author": article.author,
        "source": article.source,
        "site": article.site,
        "place": article.place,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "tags": article.tags,
        "words": article.words,
        "key": sheet.key,
        "link": _Marked(link_to(article.id)),
        "highlights": len(sheet.annotations),
    }
    return {"article": known}


def _values(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> dict[str, Any]:
    """What a template may use of a highlight."""
    lost = is_orphan(annotation)
    note = note_text(sheet, annotation, options)
    return _article_values(sheet) | {
        "quote": annotation.quote,
        "note": _Marked(note) if options.raw_notes else annotation.note,
        "tags": annotation.tags,
        "names": () if lost else tuple(sheet.names_in(annotation)),
        "color": sheet.color_name(annotation),
        "ref": _Marked(f"nt-{ref}"),
        "link": _Marked(link_to(sheet.article.id, ref)),
        "links": _Marked("".join(link_lines(sheet, annotation))),
        "paragraph": sheet.paragraph_at(annotation.span.start),
        "percent": sheet.percent_at(annotation.span.start),
        "lost": lost,
        "created": annotation.created,
        "modified": annotation.modified,
    }
