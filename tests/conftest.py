"""What every test relies on: an empty home, no colors forced from outside, no library by accident."""

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples at every run; `--hypothesis-profile=search` looks further.
settings.register_profile("same", max_examples=40, derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("same")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case with bytes or long text by its number: an archive built in another second has other bytes."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 60) else None


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in ("NO_COLOR", "NEWSTUI_LIBRARY", "TMUX", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def shared() -> Path:
    """The folder of measuring data, beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the measuring data is not beside this checkout")
    return SHARED
