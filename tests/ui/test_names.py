"""Names on the screen: corrected in a few keys, gathered in a dossier, merged when someone says so."""

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newstui import paths
from newstui.config import load_config
from newstui.model import Article, Correction, Mention, Span
from newstui.services.recognition import Recognition
from newstui.store import new_id
from newstui.ui.desk import Desk
from newstui.ui.screens.dossier import DossierScreen
from newstui.ui.screens.reader import ReaderScreen
from tests.ui.pilots import OpenApp, paste, press, screen_text

KNOWN = (("Ireland", "GPE"), ("Cyrus Field", "PERSON"), ("C. Field", "PERSON"), ("London", "GPE"), ("Valentia", "GPE"))


class Names:
    """Stands for the recognizer: it knows a few names."""

    name, version, labels = "known", "1", frozenset({"PERSON", "GPE"})

    def recognize(self, text: str) -> list[Mention]:
        found = []
        for name, label in KNOWN:
            at = text.find(name)
            while at >= 0:
                found.append(Mention(Span(at, at + len(name)), label, 1.0))
                at = text.find(name, at + 1)
        return sorted(found, key=lambda mention: mention.start)


@pytest.fixture(autouse=True)
def wires(desk: Desk, tmp_path: Path) -> Article:
    workspace = desk.workspace
    workspace.__dict__["recognition"] = Recognition(workspace.store, Names(), tmp_path / "cache")
    return next(each for each in workspace.store.all(Article) if each.title.startswith("Wires"))


async def marked(pilot: Pilot[None]) -> list[tuple[str, str]]:
    """The names that the reader marks, once they are found."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    for _ in range(40):
        await pilot.pause(0.02)
    mentions = screen.view.marks.mentions.overlapping(0, len(screen.view.text))
    return [(mention.span.slice(screen.view.text), mention.label) for _, _, mention in mentions]


async def test_the_name_under_the_cursor_is_none_and_then_is_again(
    open_app: OpenApp, desk: Desk, wires: Article
) -> None:
    async with open_app(start=wires.id) as pilot:
        assert ("Ireland", "GPE") in await marked(pilot)
        await press(pilot, "]", "e", "M", *"not", "enter")
        assert ("Ireland", "GPE") not in await marked(pilot)
        await press(pilot, "u")
        assert ("Ireland", "GPE") in await marked(pilot)


async def test_selected_words_are_a_name_in_the_whole_library(open_app: OpenApp, desk: Desk, wires: Article) -> None:
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "w", "v", "i", "w", "M", *"org library", "enter")
        assert ("cable", "ORG") in await marked(pilot)
    (said,) = desk.workspace.store.all(Correction)
    assert (said.action, said.surface, said.article, said.target) == ("add", "cable", "", None)


async def test_one_mention_is_of_another_kind(open_app: OpenApp, desk: Desk, wires: Article) -> None:
    async with open_app(start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "]", "e", "M", *"loc here", "enter")
        assert ("Ireland", "LOC") in await marked(pilot)
    (said,) = desk.workspace.store.all(Correction)
    assert said.target is not None


async def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(
    open_app: OpenApp, desk: Desk, wires: Article
) -> None:
    async with open_app(start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "]", "e", "M", *"ship", "enter")
        assert "says nothing about a name" in screen_text(pilot)
    assert not desk.workspace.store.all(Correction)


async def test_enter_alone_changes_no_name_and_all_the_words_are_offered(
    open_app: OpenApp, desk: Desk, wires: Article
) -> None:
    async with open_app(size=(80, 24), start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "]", "e", "M")
        assert "not, person, org, gpe, loc, norp, fac, event, date, money, = NAME" in screen_text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
    assert not desk.workspace.store.all(Correction)


async def test_kinds_of_names_are_switched_on_and_off_and_stay_so(
    open_app: OpenApp, desk: Desk, wires: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "config_dir", lambda: tmp_path / "settings")
    async with open_app(start=wires.id) as pilot:
        assert {label for _, label in await marked(pilot)} == {"PERSON", "GPE"}
        await press(pilot, "z", "E", *["backspace"] * 30, *"gp date", "enter")
        assert {label for _, label in await marked(pilot)} == {"GPE"}
        await press(pilot, "z", "E", *" ships", "enter")
        assert "Which kinds?" in screen_text(pilot)
    assert load_config(tmp_path / "settings" / "config.toml")[0].layers == ("GPE", "DATE")


async def test_a_word_is_taken_into_a_name_and_given_back(open_app: OpenApp, desk: Desk, wires: Article) -> None:
    async with open_app(start=wires.id) as pilot:
        names = await marked(pilot)
        assert ("Cyrus Field", "PERSON") in names
        await press(pilot, "/", *"Cyrus", "enter", ">")
        text = desk.workspace.reading.text(wires.id)
        longer = text[text.index("Cyrus Field") :].split()[:3]
        assert (" ".join(longer), "PERSON") in await marked(pilot)
        await press(pilot, "<", "<")
        assert ("Cyrus", "PERSON") in await marked(pilot)
        await press(pilot, "u", "u", "u")
        assert await marked(pilot) == names


async def test_the_ends_of_a_name_are_moved_by_any_motion_for_the_whole_library(
    open_app: OpenApp, desk: Desk, wires: Article
) -> None:
    async with open_app(start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "/", *"Cyrus", "enter", "M", *"ends", "enter")
        assert "M elsewhere too" in screen_text(pilot)
        await press(pilot, "o", "w", "M", *"nowhere", "enter")
        assert "is no place" in screen_text(pilot)
        assert not desk.workspace.store.all(Correction)
        await press(pilot, "M", *"lib", "enter")
        assert ("Field", "PERSON") in await marked(pilot)
    (said,) = desk.workspace.store.all(Correction)
    assert (said.action, said.surface, said.into, said.article, said.target) == (
        "bounds", "Cyrus Field", "Field", "", None,
    )  # fmt: skip


async def test_bounds_that_leave_the_name_are_refused(open_app: OpenApp, desk: Desk, wires: Article) -> None:
    async with open_app(start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "/", *"Cyrus", "enter", "B", ")", ")", "o", ")", "enter")
        assert "another place" in screen_text(pilot)
    assert not desk.workspace.store.all(Correction)


async def test_the_dossier_of_the_name_under_the_cursor_leads_to_its_places(
    open_app: OpenApp, desk: Desk, wires: Article, tmp_path: Path
) -> None:
    async with open_app(size=(100, 30), start=wires.id) as pilot:
        await marked(pilot)
        await press(pilot, "]", "e", "D")
        assert isinstance(pilot.app.screen, DossierScreen)
        shown = screen_text(pilot)
        assert "GPE IE · 1 in 1" in shown
        assert "marked" in shown
        assert "with" in shown
        await press(pilot, "x", *["backspace"] * 12)
        await paste(pilot, str(tmp_path / "ireland.md"))
        await press(pilot, "enter")
        assert (tmp_path / "ireland.md").read_text(encoding="utf-8").startswith("# Ireland")
        await press(pilot, "a", *"Valentia", "enter")
        assert "also" in screen_text(pilot)
        await press(pilot, "G", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_the_name_under_the_cursor_says_its_full_name(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    article = Article(new_id(), "Both", store.add_text("C. Field is the short name of Cyrus Field."))
    store.commit("Import", [article])
    async with open_app(size=(100, 30), start=article.id) as pilot:
        await marked(pilot)
        await press(pilot, "l")
        assert "PERSON C. Field = Cyrus Field · 2 here" in screen_text(pilot)


async def test_a_name_the_library_has_not_had_before_has_a_dot_where_it_first_stands(
    open_app: OpenApp, desk: Desk
) -> None:
    workspace = desk.workspace
    body = "London slept in London.\n\nC. Field woke in London, and C. Field slept."
    later = Article(new_id(), "Later", workspace.store.add_text(body), added="2099-01-01T00:00:00Z")
    workspace.store.commit("Import", [later])
    workspace.recognition.run(workspace.store.all(Article))
    async with open_app(start=later.id) as pilot:
        await marked(pilot)
        dotted = [row for row in screen_text(pilot).splitlines() if "●" in row]
        assert len(dotted) == 1
        assert "C. Field woke" in dotted[0]
        await press(pilot, "]", "e", "]", "e")
        assert "PERSON C. Field · 2 here · new here" in screen_text(pilot)
        await press(pilot, "g", "e")
        shown = screen_text(pilot)
        assert "1 new here" in shown
        listed = [row for row in shown.splitlines() if "●" in row and "PERSON" in row]
        assert len(listed) == 1
        assert "● C. Field" in listed[0]
        assert shown.index("London") < shown.index("C. Field")
        await press(pilot, "O", "O", "O")
        shown = screen_text(pilot)
        assert "by newest" in shown
        assert shown.index("C. Field") < shown.index("London")


async def test_names_alike_are_merged_only_when_someone_says_so(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    store.commit("Import", [Article(new_id(), "More", store.add_text("C. Field is back in London."))])
    async with open_app(size=(100, 30)) as pilot:
        await press(pilot, "g", "e", "S")
        assert "C. Field" in screen_text(pilot)
        assert not store.all(Correction)
        await press(pilot, "M")
        assert "No two names" in screen_text(pilot)
    assert desk.workspace.dossiers.find("Cyrus Field").mentions == 2


async def test_marked_names_are_merged_into_the_one_under_the_cursor(open_app: OpenApp, desk: Desk) -> None:
    async with open_app(size=(100, 30)) as pilot:
        await press(pilot, "g", "e", "space", "j", "M")
        (said,) = desk.workspace.store.all(Correction)
        assert said.action == "merge"


async def test_names_of_what_comes_in_are_looked_for_beside_the_keys(open_app: OpenApp, desk: Desk) -> None:
    workspace = desk.workspace
    async with open_app() as pilot:
        article = Article(new_id(), "New", workspace.store.add_text("London sleeps."))
        workspace.store.commit("Import", [article])
        await press(pilot, "j")
        assert workspace.recognition.pending([article]) == []


async def test_the_list_of_names_says_how_far_the_search_for_them_is(
    open_app: OpenApp, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newstui.ui.screens.looking.EVERY", 0)
    go_on, seen = threading.Event(), []

    class Slow(Names):
        def recognize(self, text: str) -> list[Mention]:
            seen.append(text)
            if len(seen) > 1:
                go_on.wait(10)
            return super().recognize(text)

    workspace = desk.workspace
    workspace.__dict__["recognition"] = Recognition(workspace.store, Slow(), tmp_path / "slow")
    try:
        async with open_app() as pilot:
            await press(pilot, "g")
            await pilot.press("e")
            for _ in range(100):
                await pilot.pause(0.02)
                if len(seen) > 1:
                    break
            await pilot.pause(0.05)
            assert "Looking for names: 1 of 4 articles." in screen_text(pilot)
            go_on.set()
            await press(pilot)
            assert "Cyrus Field" in screen_text(pilot)
            assert "Looking for names" not in screen_text(pilot)
    finally:
        go_on.set()
