from collections.abc import Mapping

import pytest

from newstui.export.documents import Block, Document, render_document
from newstui.export.front_matter import Value
from newstui.export.merging import Merged, merge

FRONT: Mapping[str, Value] = {"newstui": 1, "id": "x9", "title": "T", "tags": ("newstui",)}


def document(*blocks: Block, tags: tuple[str, ...] = ("newstui",)) -> Document:
    return Document("x9", "# T\n\n## Highlights\n", blocks, {**FRONT, "tags": tags}, tags)


A, B, C = Block("aaaa", "> one"), Block("bbbb", "> two"), Block("cccc", "> three")
WRITTEN = render_document(document(A, B))


def stable(new: Document, old: str) -> Merged:
    merged = merge(new, old)
    assert merge(new, merged.text).text == merged.text
    return merged


def test_nothing_changed() -> None:
    merged = stable(document(A, B), WRITTEN)
    assert merged.text == WRITTEN
    assert merged.counts == {"same": 2}


def test_changed_in_newstui_untouched_here() -> None:
    merged = stable(document(A, Block("bbbb", "> two\n\nnote")), WRITTEN)
    assert "> two\n\nnote\n<!-- /nt:bbbb -->" in merged.text
    assert merged.counts == {"same": 1, "updated": 1}


def test_deleted_in_newstui_untouched_here() -> None:
    merged = stable(document(A), WRITTEN)
    assert merged.text == render_document(document(A))
    assert merged.counts == {"same": 1, "removed": 1}


def test_edited_here() -> None:
    mine = WRITTEN.replace("> two", "> two\n\nmy thought")
    merged = stable(document(A, B), mine)
    assert merged.text == mine
    assert merged.counts == {"same": 1, "kept": 1}


def test_edited_on_both_sides_keeps_the_users_and_says_so() -> None:
    mine = WRITTEN.replace("> two", "> two\n\nmy thought")
    merged = stable(document(A, Block("bbbb", "> two!")), mine)
    assert merged.text == mine
    assert merged.counts == {"same": 1, "conflict": 1}
    assert "bbbb" in merged.remarks[0]


def test_both_texts_of_a_conflict_on_request() -> None:
    mine = WRITTEN.replace("> two", "> mine")
    new = document(A, Block("bbbb", "> two!"))
    merged = merge(new, mine, conflicts="both")
    assert "> mine\n\n> two!\n<!-- /nt:bbbb -->" in merged.text
    assert merge(new, merged.text, conflicts="both").text == merged.text


def test_deleted_in_newstui_and_edited_here_loses_only_its_markers() -> None:
    merged = stable(document(A), WRITTEN.replace("> two", "> two\n\nmy thought"))
    assert "> two\n\nmy thought\n" in merged.text
    assert "nt:bbbb" not in merged.text
    assert merged.counts == {"same": 1, "kept": 1}


def test_a_block_the_user_deleted_stays_out_until_it_is_asked_for() -> None:
    start = WRITTEN.index("<!-- nt:aaaa")
    mine = WRITTEN[:start] + WRITTEN[WRITTEN.index("<!-- nt:bbbb") :]
    merged = stable(document(A, B), mine)
    assert merged.text == mine
    assert merged.counts == {"same": 1, "left out": 1}
    assert merge(document(A, B), mine, restore=True).text == WRITTEN


@pytest.mark.parametrize("blocks", [(A, B, C), (A, C, B), (C, A, B)])
def test_a_new_block_stands_in_text_order(blocks: tuple[Block, ...]) -> None:
    merged = stable(document(*blocks), WRITTEN)
    assert merged.text == render_document(document(*blocks))
    assert merged.counts == {"same": 2, "new": 1}


def test_a_moved_block_stays_where_it_was_put() -> None:
    swapped = render_document(document(B, A))
    assert stable(document(A, Block("bbbb", "> two!")), swapped).text.index("bbbb") < swapped.index("aaaa")


def test_a_block_pasted_twice_is_left_to_the_user() -> None:
    block = WRITTEN[WRITTEN.index("<!-- nt:bbbb") : WRITTEN.index("<!-- nt:end")]
    mine = WRITTEN + block
    merged = stable(document(A, Block("bbbb", "> two!")), mine)
    assert merged.text.count("> two\n") == 2
    assert "> two!" not in merged.text
    assert merged.counts == {"same": 1, "conflict": 1}


def test_a_lost_closing_marker_is_a_conflict_and_loses_nothing() -> None:
    mine = WRITTEN.replace("<!-- /nt:aaaa -->\n", "")
    merged = stable(document(Block("aaaa", "> one!"), B), mine)
    assert "> one\n" in merged.text
    assert "> one!" not in merged.text
    assert merged.counts == {"same": 1, "conflict": 1}


def test_a_block_of_another_note_pasted_here_stays() -> None:
    foreign = WRITTEN + "\n<!-- nt:zzzz 00000000 -->\n> from elsewhere\n<!-- /nt:zzzz -->\n"
    assert stable(document(A, B), foreign).text == foreign


def test_line_breaks_and_byte_order_mark_of_the_file_stay() -> None:
    mine = "\ufeff" + WRITTEN.replace("\n", "\r\n")
    assert stable(document(A, B), mine).text == mine
    merged = stable(document(A, B, C), mine)
    assert merged.text == "\ufeff" + render_document(document(A, B, C)).replace("\n", "\r\n")


def test_blanks_an_editor_stripped_are_no_edit() -> None:
    block = Block("aaaa", "> one\n>\n> two  ")
    stripped = "\n".join(line.rstrip() for line in render_document(document(block)).split("\n"))
    assert stable(document(block), stripped).counts == {"same": 1}


def test_a_file_without_front_matter_gets_one_and_keeps_its_text() -> None:
    merged = stable(document(A), "# My own file\n\ntext")
    assert merged.text.startswith("---\nnewstui: 1\n")
    assert "# My own file\n\ntext\n" in merged.text
    assert merged.counts == {"new": 1}


def test_a_lost_last_line_is_written_again() -> None:
    mine = WRITTEN[: WRITTEN.index("<!-- nt:end")]
    assert stable(document(A, B), mine).text == WRITTEN


def test_orphans_come_under_their_own_heading() -> None:
    gone = Block("gggg", "> gone", orphan=True)
    merged = stable(document(A, B, gone), WRITTEN)
    assert merged.text.index("> two") < merged.text.index("## No longer in the text") < merged.text.index("> gone")


def test_tags_of_the_user_stay_and_those_of_newstui_go() -> None:
    old = render_document(document(A, tags=("a", "newstui")))
    mine = old.replace("tags: [a, newstui]", "tags: [newstui, a, mine]\nrating: 5")
    text = stable(document(A, tags=("b", "newstui")), mine).text
    assert "tags: [newstui, mine, b]\nrating: 5\n" in text


def test_a_last_line_cannot_be_closed_from_within() -> None:
    text = render_document(document(A, tags=("--> <!-- nt:end",)))
    assert text.rstrip("\n").split("\n")[-1].count("-->") == 1
    assert merge(document(A, tags=("--> <!-- nt:end",)), text).text == text
