"""Themes: every one that is shipped can be read by everybody, and a broken file says where it is broken."""

from itertools import combinations
from pathlib import Path

import pytest

from newstui import paths
from newstui.ui.themes import ENTITY_ROLES, SLOTS, load_themes, parse_theme

SHIPPED = load_themes([paths.shipped_dir(paths.SHIPPED_THEMES)])
COMPUTED = [name for name, file in SHIPPED.files.items() if not file.ansi]
"""Themes whose colors are their own, so that they can be computed with."""
Rgb = tuple[float, float, float]
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))


def linear(color: str) -> Rgb:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def times(matrix: tuple[tuple[float, ...], ...], rgb: Rgb) -> Rgb:
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in matrix)
    return x, y, z


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light, dark = sorted((times(XYZ, linear(color))[1] for color in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Rgb) -> Rgb:
    white = times(XYZ, (1, 1, 1))
    clipped = times(XYZ, (min(1, max(0, rgb[0])), min(1, max(0, rgb[1])), min(1, max(0, rgb[2]))))
    f = [
        q ** (1 / 3) if q > 0.008856 else 7.787 * q + 16 / 116
        for q in (a / b for a, b in zip(clipped, white, strict=True))
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(one: str, other: str, vision: str) -> float:
    """CIE 1976 color difference as seen by an eye."""
    first, second = (lab(times(VISIONS[vision], linear(color))) for color in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


@pytest.mark.parametrize("name", COMPUTED)
def test_text_can_be_read_on_everything_it_can_lie_on(name: str) -> None:
    colors, least = SHIPPED.colors(name), 7.0 if name == "contrast" else 4.5
    grounds = ["background", "surface", "panel", "cursor-row", "selection"]
    highlights = [f"highlight-{slot}" for slot in range(1, SLOTS + 1)]
    texts = ["foreground", *(f"entity-{role}" for role in ENTITY_ROLES)]
    others = ["muted", "primary", "secondary", "warning", "error"]
    pairs = [(text, ground) for text in texts for ground in grounds + highlights]
    pairs += [(text, ground) for text in others for ground in grounds[:4]]
    pairs += [("hit-text", "hit"), ("hit-text", "hit-current")]
    assert [pair for pair in pairs if contrast(colors[pair[0]], colors[pair[1]]) < least] == []


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", COMPUTED)
def test_highlights_are_told_apart_by_every_eye_and_from_the_page(name: str, vision: str) -> None:
    colors = SHIPPED.colors(name)
    highlights = [colors[f"highlight-{slot}"] for slot in range(1, SLOTS + 1)]
    assert min(difference(a, b, vision) for a, b in combinations(highlights, 2)) >= 12
    assert min(difference(color, colors["background"], vision) for color in highlights) >= 10
    assert min(difference(color, colors["selection"], vision) for color in highlights) >= 12


def test_all_shipped_themes_are_in_order() -> None:
    assert SHIPPED.problems == ()
    assert {"ink", "paper", "sepia", "contrast", "cb-safe", "ansi"} <= set(SHIPPED.files)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "not valid TOML"),
        ("dark = true", "needs a name"),
        ('name = "x"\n[ui]\nbackground = "no color"', "ui.background = 'no color' is no color"),
        ('name = "x"\n[ui]\nsparkle = "#ffffff"', "ui.sparkle is no part of a theme"),
        ('name = "x"\nhighlights = ["#fff", "#000", "#111", "#222", "#333", "#444", "#555"]', "highlights[7]"),
        ('name = "x"\n[reader]\nhit = "$primary"', "is no color"),
    ],
)
def test_what_is_wrong_in_a_theme_is_said_with_its_place(text: str, sentence: str) -> None:
    problems = parse_theme(text, "/x/my.toml")[1]
    assert len(problems) == 1
    assert problems[0].startswith("/x/my.toml: ")
    assert sentence in problems[0]


def test_one_bad_file_never_takes_the_others_with_it(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "good.toml").write_text('name = "mine"\ninherit = "ink"\n[ui]\naccent = "#ff0000"', encoding="utf-8")
    found = load_themes([paths.shipped_dir(paths.SHIPPED_THEMES), tmp_path, tmp_path / "none"])
    assert found.colors("mine")["accent"] == "#ff0000"
    assert found.colors("mine")["muted"] == found.colors("ink")["muted"]
    assert len(found.problems) == 1


def test_the_ansi_theme_sets_every_role_and_only_to_colors_of_the_terminal() -> None:
    colors = SHIPPED.colors("ansi")
    assert {role: color for role, color in colors.items() if not color.startswith("ansi_")} == {}
    theme = SHIPPED.build("ansi")
    assert theme.ansi
    assert not SHIPPED.build("ink").ansi
