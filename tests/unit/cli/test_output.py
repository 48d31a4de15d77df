import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.cli.output import say, say_json
from newstui.text.display import is_harmless

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY_TEXT)
def test_json_lines_keep_the_value_and_hold_nothing_that_acts(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written: list[bytes] = []
        patch.setattr("click.echo", written.append)
        say_json({"title": text})
    line = written[0].decode("utf-8")
    assert json.loads(line) == {"title": text}
    assert is_harmless(line)


def test_printed_text_keeps_its_lines_and_shows_its_controls(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2J\n\tb")
    assert capsys.readouterr().out == "a␛[2J\n\tb\n"


def test_what_no_verb_expected_is_a_sentence_too() -> None:
    code = (
        "import newstui.cli.main, newstui.cli\n"
        "def broken(): raise KeyError('x\\x1b')\n"
        "newstui.cli.main.main = broken\n"
        "newstui.cli.run()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("newstui: Something went wrong")
    assert "Traceback" not in done.stderr
