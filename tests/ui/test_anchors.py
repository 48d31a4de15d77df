"""The list of highlights whose text changed: accept, attach, detach."""

from textual.pilot import Pilot

from newstui.ingest.article import Source
from newstui.model import AnchorState, Annotation, Article
from newstui.ui.desk import Desk
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.anchors import AnchorsScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.screens.versions import VersionsScreen
from tests.ui.pilots import OpenApp, press, screen_text

GONE = "Nobody on the quay could say who had paid."
STORY = f"A story\n\nThe harbor opened on Monday after nine days of strike.\n\n{GONE}"


def revise(desk: Desk) -> list[Annotation]:
    """An article with two highlights of which one changes and one is gone, but for words much like it."""
    importing, annotating = desk.workspace.importing, desk.workspace.annotating
    url = "https://example.org/story"
    importing.run([Source(STORY.encode(), "/x/s.txt", url)])
    article = next(each for each in desk.workspace.store.all(Article) if each.url)
    made = [
        annotating.highlight_quote(article.id, quote, note="kept")[0] for quote in ("after nine days of strike", GONE)
    ]
    changed = STORY.replace("nine days", "nine long days").replace(
        GONE, "The owners were silent, and few ships came. A clerk who was on the quay would not say who had paid."
    )
    importing.run([Source(changed.encode(), "/x/s.txt", url)])
    return [desk.workspace.catalog.annotation(each.id) for each in made]


async def shown(pilot: Pilot[None], words: str) -> None:
    """Wait for what workers find."""
    for _ in range(200):
        if words in screen_text(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{words!r} is not in\n{screen_text(pilot)}")


async def test_a_new_place_is_accepted_and_a_lost_one_attached_by_a_key(open_app: OpenApp, desk: Desk) -> None:
    first, second = revise(desk)
    assert (first.state, second.state) == (AnchorState.CHANGED, AnchorState.ORPHAN)
    async with open_app(size=(100, 30)) as pilot:
        await press(pilot, "g", "m")
        assert isinstance(pilot.app.screen, AnchorsScreen)
        await shown(pilot, "1 gone · 1 moved or changed")
        await shown(pilot, "“after nine days of strike”")
        await shown(pilot, "“after nine long days of strike”")
        await shown(pilot, "perhaps, 1 of")
        await press(pilot, "a")
        attached = desk.workspace.catalog.annotation(second.id)
        assert attached.state is AnchorState.SAME
        assert "who had paid" in attached.quote
        assert attached.note == "kept"
        await press(pilot, "a")
        assert desk.workspace.catalog.annotation(first.id).state is AnchorState.SAME
        assert "Every highlight stands on the words" in screen_text(pilot)
        await press(pilot, "u", "u")
        assert desk.workspace.catalog.annotation(second.id).state is AnchorState.ORPHAN


async def test_the_reader_and_the_list_show_what_moved_changed_or_is_gone(open_app: OpenApp, desk: Desk) -> None:
    first, _ = revise(desk)
    async with open_app(size=(100, 30)) as pilot:
        row = next(line for line in screen_text(pilot).splitlines() if "A story" in line)
        assert "!" in row.split()[:3], "the list says that a highlight lost its words"
        pilot.app.post_message(OpenPassage(first.article, annotation_id=first.id))
        await shown(pilot, "1 gone, 1 moved or changed: gm")
        marked = next(line for line in screen_text(pilot).splitlines() if "The harbor opened" in line)
        assert marked.split()[0].startswith("!")
        await shown(pilot, "changed, gm lists it")
        desk.workspace.reanchoring.accept([first.id])
        await press(pilot, "g", "m", "escape")
        await shown(pilot, "1 gone: gm")
        assert " !" not in screen_text(pilot)


async def test_wrong_words_are_detached_and_enter_shows_the_passage(open_app: OpenApp, desk: Desk) -> None:
    first, _ = revise(desk)
    async with open_app(size=(100, 30)) as pilot:
        await press(pilot, "g", "m", "j", "D")
        assert desk.workspace.catalog.annotation(first.id).state is AnchorState.ORPHAN
        await shown(pilot, "perhaps, 1 of")
        await press(pilot, "g", "g", "c", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_the_versions_of_an_article_and_what_differs(open_app: OpenApp, desk: Desk) -> None:
    revise(desk)
    article = next(each for each in desk.workspace.store.all(Article) if each.url)
    async with open_app(size=(100, 30)) as pilot:
        pilot.app.post_message(OpenPassage(article.id))
        await shown(pilot, "nine long days")
        await press(pilot, "g", "c")
        assert isinstance(pilot.app.screen, VersionsScreen)
        await shown(pilot, "1 revision ago")
        await shown(pilot, "nine {+long +}days")
        await shown(pilot, "[-Nobody")


async def test_a_lost_highlight_that_nothing_is_like_says_how_it_is_attached(open_app: OpenApp, desk: Desk) -> None:
    url = "https://example.org/story"
    desk.workspace.importing.run([Source(STORY.encode(), "/x/s.txt", url)])
    article = next(each for each in desk.workspace.store.all(Article) if each.url)
    desk.workspace.annotating.highlight_quote(article.id, GONE)
    desk.workspace.importing.run([Source(STORY.replace(GONE, "Rain fell.").encode(), "/x/s.txt", url)])
    async with open_app(size=(80, 24)) as pilot:
        await press(pilot, "g", "m")
        await shown(pilot, "nothing in the text is like it")
        for key in "ca":
            await press(pilot, key)
            assert "newstui reanchor REF --quote WORDS` attaches it" in screen_text(pilot)
