"""Verbs that bring two libraries, or two versions of one, together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from newstui import paths
from newstui.cli.output import say_json, warn
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError

DRIVER = "newstui merge-driver %O %A %B"


@click.command()
@click.argument("other", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="What was merged as JSON.")
@click.pass_obj
def merge_command(session: Session, other: Path, as_json: bool) -> None:
    r"""Take in the articles and notes of another library, or of another copy of this one.

    Of what both have the later version stays, with the tags and notes of both; only what was deleted there, and not
    changed here since, is deleted here. One `newstui undo` takes all of it back.

    \b
    newstui merge /media/laptop/library
    """
    done = session.open().maintaining.merge(other)
    if as_json:
        say_json({"added": done.added, "changed": done.changed, "deleted": done.deleted, "doubled": done.doubled})
    else:
        warn(f"Merged {other}: {done}.")


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, metavar="[BASE OURS THEIRS]")
@click.option("--install", is_flag=True, help="Set it up in the git repository the library is in.")
@click.pass_obj
def merge_driver_command(session: Session, files: tuple[Path, ...], install: bool) -> None:
    r"""Merge two versions of articles.json or annotations.json for git; the result replaces OURS.

    Without it git keeps the lines of both sides, which newstui merges when it opens the library.

    \b
    newstui merge-driver --install
    """
    if install:
        _install(paths.find_library(session.library))
        return
    if len(files) != 3:
        raise UsageError("merge-driver takes three files, BASE OURS THEIRS, or --install.")
    from newstui.store.driver import merge_files

    warn(f"Merged: {merge_files(*files)}.")


def _install(library: Path) -> None:
    """Tell git, in this clone only, to merge the files of the library with newstui."""

    def git(*words: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603  # fixed words, and a folder the user named
                ["git", "-C", str(library), *words],  # noqa: S607  # the user's own git
                capture_output=True, text=True, check=True,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise NotFoundError("git is not installed, so there is nothing to set up.") from error
        except subprocess.CalledProcessError as error:
            raise NotFoundError(f"{library} is not in a git repository: {error.stderr.strip()}") from error
        return done.stdout.strip()

    top = Path(git("rev-parse", "--show-toplevel"))
    folder = library.resolve().relative_to(top.resolve()).as_posix()
    attributes = Path(git("rev-parse", "--git-path", "info/attributes"))
    attributes = attributes if attributes.is_absolute() else library / attributes
    git("config", "merge.newstui.name", "newstui")
    git("config", "merge.newstui.driver", f"{_quoted(sys.argv[0])} {DRIVER.partition(' ')[2]}")
    prefix = "" if folder == "." else f"{folder}/"
    wanted = [f"{prefix}{name} merge=newstui" for name in ("articles.json", "annotations.json")]
    known = attributes.read_text(encoding="utf-8").splitlines() if attributes.exists() else []
    missing = [line for line in wanted if line not in known]
    if missing:
        attributes.parent.mkdir(parents=True, exist_ok=True)
        attributes.write_text("\n".join([*known, *missing]) + "\n", encoding="utf-8")
    warn(f"git merges the files of {library} with newstui now, in this clone.")


def _quoted(program: str) -> str:
    """The program as git's shell is to call it."""
    import shlex

    if not program.endswith("newstui"):  # started as a module
        return f"{shlex.quote(sys.executable)} -m newstui"
    return shlex.quote(str(Path(program).resolve()))
