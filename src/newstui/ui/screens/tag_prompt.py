"""Tags for several things at once, typed into one row: `syria, diplomacy, -old`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.services.tagging import Tagging
    from newstui.ui.widgets.prompt import PromptRow

PLACEHOLDER = "syria, diplomacy, -old; commas between"


def parse_tags(typed: str) -> tuple[list[str], list[str]]:
    """The tags to give and those to take off."""
    names = [name.strip() for name in typed.split(",") if name.strip()]
    return [n for n in names if not n.startswith("-")], [n[1:] for n in names if n.startswith("-") and n[1:].strip()]


def shown_tags(add: list[str], drop: list[str]) -> str:
    """`#syria -#old`."""
    return " ".join([*("#" + name for name in add), *("-#" + name for name in drop)])


def suggest(tagging: Tagging, prompt: PromptRow) -> None:
    """Show at the right end the tag that may be meant."""
    *given, typed = [part.strip() for part in prompt.text.split(",")]
    found = tagging.suggest(typed.lstrip("-"), given=given, limit=1) if typed else []
    prompt.remark(f"↓ #{found[0].name} {found[0].count or 'new'}" if found else "")


def take_suggestion(tagging: Tagging, prompt: PromptRow) -> None:
    """Complete the tag that is being typed."""
    *given, typed = [part.strip() for part in prompt.text.split(",")]
    found = tagging.suggest(typed.lstrip("-"), given=given, limit=1)
    if found:
        sign = "-" if typed.startswith("-") else ""
        prompt.text = ", ".join([*given, sign + found[0].name]) + ", "
