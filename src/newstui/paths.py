"""Where files live: the user's folders (XDG on Linux) and what is shipped with the package."""

import hashlib
import os
from pathlib import Path

SAMPLE_LIBRARY = "library"
SHIPPED_THEMES = "themes"


def _user_dir(kind: str) -> Path:
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_dir")("newstui", appauthor=False))


def data_dir() -> Path:
    """The folder of the user's default library."""
    return _user_dir("data")


def config_dir() -> Path:
    """The folder of `config.toml`, `keys.toml` and the user's themes."""
    return _user_dir("config")


def cache_dir() -> Path:
    """The folder of what can be deleted at any time."""
    return _user_dir("cache")


def library_cache_dir(library: Path) -> Path:
    """The folder of what is kept about one library outside of it, under a name made from its path."""
    place = str(library.resolve()).encode("utf-8", "surrogateescape")
    return cache_dir() / hashlib.blake2b(place, digest_size=8).hexdigest()


def state_dir() -> Path:
    """The folder of this device's id and of the log."""
    return _user_dir("state")


def shipped_dir(name: str) -> Path:
    """A folder shipped with newstui: inside the installed package, or in the source tree of an editable install.

    Args:
        name: `SAMPLE_LIBRARY` or `SHIPPED_THEMES`.
    """
    package = Path(__file__).resolve().parent
    installed = package / "_sample" / name
    return installed if installed.is_dir() else package.parent.parent / name


def expand_home(typed: str | os.PathLike[str]) -> Path:
    """A path as someone typed it, with `~` and `~name` as the folders they stand for; as it is if nobody has the name.

    While `~name` is being typed, most of its beginnings are nobody's. No system has a path with a NUL in it.
    """
    path = Path(os.fspath(typed).replace("\0", "␀"))
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def find_library(given: str | os.PathLike[str] | None = None, start: Path | None = None) -> Path:
    """The library to open: the one given, `$NEWSTUI_LIBRARY`, a `library/` in or above `start`, else the user's own.

    Args:
        given: what `--library` said.
        start: where the search upwards begins (the current folder).
    """
    if given is None:
        given = os.environ.get("NEWSTUI_LIBRARY") or None
    if given is not None:
        return expand_home(given)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        candidate = folder / "library"
        if (candidate / "articles.json").is_file():
            return candidate
    return data_dir() / "library"
