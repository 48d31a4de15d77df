"""Signs as ASCII: one for one, and nothing else touched."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from newstui.ui.glyphs import FRAMES, QUOTES, GlyphFilter, locale_has_signs


@pytest.mark.parametrize("table", [FRAMES, QUOTES])
def test_every_sign_becomes_one_ascii_sign(table: dict[int, int]) -> None:
    assert all(key > 127 and value < 128 for key, value in table.items())


def test_letters_stay_and_the_style_with_them() -> None:
    style = Style(bold=True)
    segments = [Segment("▌●★ “Çavuşoğlu” – ¹ 日本…", style), Segment("plain", style)]
    assert GlyphFilter(FRAMES, QUOTES).apply(segments, Color(0, 0, 0)) == [
        Segment('>*! "Çavuşoğlu" - 1 日本.', style),
        Segment("plain", style),
    ]
    assert GlyphFilter(FRAMES).apply(segments, Color(0, 0, 0))[0].text == ">*! “Çavuşoğlu” – 1 日本…"


@pytest.mark.parametrize(
    ("named", "signs"), [("", True), ("C", True), ("de_DE.UTF-8", True), ("de_DE.ISO-8859-15", False)]
)
def test_a_locale_that_names_another_character_set_has_no_signs(
    named: str, signs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", named)
    assert locale_has_signs() is signs
