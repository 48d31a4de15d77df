"""The keymap: every key that is shown does something on the screen that shows it."""

import pytest

from newstui.ui.actions import ACTIONS
from newstui.ui.dispatch import Commands, KeyBuffer, Miss, Pending, Stroke
from newstui.ui.keymap import load_default_keymap
from newstui.ui.screens.anchors import anchors_commands
from newstui.ui.screens.annotation_editor import editor_commands
from newstui.ui.screens.asking import ask_commands
from newstui.ui.screens.batch import batch_commands
from newstui.ui.screens.dossier import dossier_commands
from newstui.ui.screens.entities import entities_commands
from newstui.ui.screens.export import export_commands
from newstui.ui.screens.help import help_commands
from newstui.ui.screens.history import history_commands
from newstui.ui.screens.importing import import_commands
from newstui.ui.screens.info import info_commands
from newstui.ui.screens.library.commands import library_commands
from newstui.ui.screens.list_screen import filter_commands
from newstui.ui.screens.marks import marks_commands
from newstui.ui.screens.notes import notes_commands
from newstui.ui.screens.occurrences import occurrences_commands
from newstui.ui.screens.page import page_commands
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.screens.search import search_commands
from newstui.ui.screens.suggestions import suggestion_commands
from newstui.ui.screens.tags import tags_commands
from newstui.ui.screens.versions import versions_commands
from newstui.ui.screens.views import views_commands

KEYMAP = load_default_keymap()
TABLES: list[tuple[str, Commands]] = [  # type: ignore[type-arg]  # of any screen
    ("library", library_commands),
    ("filterbox", library_commands),
    ("filterbox", filter_commands),
    ("filterbox", help_commands),
    ("reader", ReaderScreen.commands),
    ("select", ReaderScreen.commands),
    ("findbox", ReaderScreen.commands),
    ("notes", notes_commands),
    ("tags", tags_commands),
    ("anchors", anchors_commands),
    ("marks", marks_commands),
    ("versions", versions_commands),
    ("batch", batch_commands),
    ("occurrences", occurrences_commands),
    ("history", history_commands),
    ("page", page_commands),
    ("entities", entities_commands),
    ("dossier", dossier_commands),
    ("suggestions", suggestion_commands),
    ("views", views_commands),
    ("searchbox", search_commands),
    ("tagbox", editor_commands),
    ("noteedit", editor_commands),
    ("form", export_commands),
    ("form", import_commands),
    ("form", info_commands),
    ("form", ask_commands),
]


@pytest.mark.parametrize(("context", "table"), TABLES)
def test_every_key_of_a_context_does_something_on_its_screens(context: str, table: Commands) -> None:  # type: ignore[type-arg]  # of any screen
    actions = {action for _, action in KEYMAP.tree(context).items()}
    assert {action for action in actions if table.find(action) is None} == set()


def test_every_action_that_is_bound_is_described_and_every_context_is_used() -> None:
    bound = {action for table in KEYMAP.tables.values() for action in table.values()}
    assert bound <= set(ACTIONS)
    assert {context for context, _ in TABLES} == set(KEYMAP.contexts)


def feed(context: str, *keys: str) -> list[Stroke | Pending | Miss]:
    buffer = KeyBuffer(KEYMAP.tree(context), typing=context in KEYMAP.typing)
    return [buffer.feed(key) for key in keys]


def test_counts_sequences_and_characters_after_them() -> None:
    assert feed("reader", "1", "2", "j")[-1] == Stroke("down", 12)
    assert feed("reader", "g", "g") == [Pending("g"), Stroke("top")]
    assert feed("reader", "c", "3")[-1] == Stroke("highlight_in_color_slot", None, "3")
    assert feed("reader", "4", "0", "%")[-1] == Stroke("goto_percent", 40)
    assert feed("reader", "0")[-1] == Stroke("line_start")
    assert feed("reader", "g", "escape")[-1] == Miss("g escape")
    assert feed("reader", "g", "Q")[-1] == Miss("g Q")
    assert feed("searchbox", "1")[-1] == Miss("")
