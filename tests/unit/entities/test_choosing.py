"""The user's own names and rules, and recognizers in a process of their own: what fails is a sentence."""

import json
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from newstui.entities import apart
from newstui.entities.apart import Apart, Preferred, RecognizerFailedError
from newstui.entities.choosing import build_recognizer
from newstui.entities.recognizers import default_recognizer
from newstui.entities.serving import load
from newstui.entities.user_files import load_user_files

TEXT = "Helena Brandt met the Harbor Club in Geneva about case AB-1234."
PLUGIN = """
from newstui.model import Mention, Span
class Finder:
    def recognize(self, text):
        return [Mention(Span(at, at + 5), "ORG", 0.9) for at in {places}]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    for folder in ("gazetteers", "rules"):
        (tmp_path / folder).mkdir()
    return tmp_path


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Install a package with a recognizer called `finder`."""

    def do(places: str) -> None:
        monkeypatch.syspath_prepend(str(tmp_path))
        (tmp_path / "finder_plugin.py").write_text(PLUGIN.format(places=places), encoding="utf-8")
        about = tmp_path / "finder_plugin-1.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Name: finder-plugin\nVersion: 1\n", encoding="utf-8")
        (about / "entry_points.txt").write_text("[newstui.recognizers]\nfinder = finder_plugin:Finder\n", "utf-8")

    return do


def test_names_and_rules_of_the_user_count_more_than_the_model(settings: Path) -> None:
    (settings / "gazetteers" / "clubs.tsv").write_text("# mine\nHarbor Club\torg\tthe Club\n", encoding="utf-8")
    (settings / "rules" / "cases.toml").write_text(
        "[[rule]]\nlabel = 'EVENT'\nexpression = '[A-Z]{2}-\\d+'\n", encoding="utf-8"
    )
    recognizer = build_recognizer("", settings)
    found = {(mention.span.slice(TEXT), mention.label, mention.source) for mention in recognizer.recognize(TEXT)}
    assert ("Harbor Club", "ORG", "gazetteer") in found
    assert ("AB-1234", "EVENT", "rule") in found
    assert recognizer.version != default_recognizer().version


def test_a_bad_line_is_one_sentence_and_the_rest_works(settings: Path) -> None:
    (settings / "gazetteers" / "a.tsv").write_text("Harbor Club\torg\nno label here\n", encoding="utf-8")
    (settings / "rules" / "b.toml").write_text(
        "[[rule]]\nlabel='ORG'\nexpression='('\n[[rule]]\nlabel='ORG'\nexpression='x+'", encoding="utf-8"
    )
    (settings / "rules" / "c.toml").write_text("[[", encoding="utf-8")
    files = load_user_files(settings)
    assert files.names == (("Harbor Club", "ORG"),)
    assert files.rules == (("x+", "ORG"),)
    assert [f"{place}" for place in ("a.tsv, line 2", "b.toml, rule 1", "c.toml, it is no TOML")] == [
        next(place for place in ("a.tsv, line 2", "b.toml, rule 1", "c.toml, it is no TOML") if place in problem)
        for problem in files.problems
    ]


def test_a_rule_that_never_ends_is_stopped_and_left_out(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (settings / "rules" / "slow.toml").write_text("[[rule]]\nlabel='ORG'\nexpression='(a+)+b'", encoding="utf-8")
    monkeypatch.setattr("newstui.entities.choosing.RULES_PATIENCE", 0.5)
    recognizer = build_recognizer("", settings)
    assert recognizer.recognize("Geneva " + "a" * 60) == default_recognizer().recognize("Geneva " + "a" * 60)
    assert "left out" in " ".join(recognizer.problems)  # type: ignore[attr-defined]  # only those with files have them


def test_a_plug_in_answers_from_a_process_of_its_own(install: Callable[[str], None]) -> None:
    install("[0, 10]")
    finder = Apart("finder")
    try:
        assert [(mention.start, mention.end, mention.source) for mention in finder.recognize(TEXT)] == [
            (0, 5, "finder"),
            (10, 15, "finder"),
        ]
    finally:
        finder.close()


@pytest.mark.parametrize("places", ["[0, 2]", "[70]", "1 / 0"])
def test_a_bad_answer_is_one_sentence_and_the_own_names_stand(install: Callable[[str], None], places: str) -> None:
    install(places)
    finder = Apart("finder")
    try:
        both = Preferred(finder, default_recognizer())
        assert both.recognize(TEXT) == default_recognizer().recognize(TEXT)
        assert len(both.problems) == 1
    finally:
        finder.close()


@pytest.mark.parametrize(
    ("spec", "says"), [("spacy:none", "spacy"), ("gliner:/nowhere", "gliner"), ("nobody", "no package")]
)
def test_what_is_not_installed_is_said(spec: str, says: str) -> None:
    missing = Apart(spec)
    try:
        with pytest.raises(RecognizerFailedError, match=says):
            missing.recognize(TEXT)
    finally:
        missing.close()


@pytest.mark.skipif(find_spec("spacy") is None, reason="spaCy is an extra")
def test_a_real_pipeline_of_spacy_answers_from_its_folder(tmp_path: Path) -> None:
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Otto Lang"}, {"label": "CARDINAL", "pattern": "two"}])
    pipeline.to_disk(tmp_path / "pipeline")
    with closing(Apart(f"spacy:{tmp_path / 'pipeline'}")) as found:
        text = "😀 Otto Lang has two boats.\n\n" * 40_000
        assert [(m.span.slice(text), m.label, m.source) for m in found.recognize(text)] == [
            ("Otto Lang", "PERSON", "spacy")
        ] * 40_000  # more than the million characters that spaCy takes at a time
    missing = closing(Apart(f"spacy:{tmp_path / 'nothing'}"))
    with missing as none, pytest.raises(RecognizerFailedError, match="no pipeline of spaCy in"):
        none.recognize("Otto Lang")


def test_a_process_that_dies_is_said_and_started_anew(install: Callable[[str], None]) -> None:
    install("__import__('os')._exit(3) or []")
    finder = Apart("finder")
    for _ in range(2):
        with pytest.raises(RecognizerFailedError, match="ended"):
            finder.recognize(TEXT)


def test_rules_in_one_process() -> None:
    rules = [["Gen.*", "GPE"], ["eneva", "ORG"], ["x*", "ORG"]]
    find = load(f"rules:{json.dumps(rules)}")
    assert find("in Geneva") == [(3, 9, "GPE", None)]
    assert apart.PATIENCE > apart.RULES_PATIENCE
