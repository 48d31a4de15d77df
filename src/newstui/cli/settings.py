"""Verbs about settings, keys and themes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from newstui import paths
from newstui.cli.output import say, say_json, warn
from newstui.cli.verbs import load_target
from newstui.config import Config, explain_config, load_config
from newstui.errors import NotFoundError, UsageError


@click.group(invoke_without_command=True)
@click.pass_context
def config_command(context: click.Context) -> None:
    r"""Show the settings in use; check or edit the file they come from.

    \b
    newstui config             all settings, as they are now and what each is for
    newstui config path        the file; it need not exist
    newstui config check       what in it, in keys.toml and in your themes was not taken, and why
    newstui config edit
    """
    if context.invoked_subcommand is None:
        config, _ = load_config(_file())
        say(explain_config(config).rstrip())


@config_command.command("path")
def path_command() -> None:
    """Print where the settings are."""
    say(str(_file()))


@config_command.command("check")
def check_command() -> None:
    """Say what in your files was not taken; exit status 1 if there is anything."""
    config, problems = load_config(_file())
    problems += load_target("newstui.ui.patches:load_keymap")(config.preset, paths.config_dir() / "keys.toml").problems
    problems += load_target("newstui.ui.themes:load_all_themes")().problems
    for problem in problems:
        warn(problem)
    if problems:
        raise click.exceptions.Exit(1)


@config_command.command("edit")
def edit_command() -> None:
    """Open the file in your editor ($VISUAL or $EDITOR), then check it."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_text(explain_config(Config()), encoding="utf-8")
    click.edit(filename=str(file))
    for problem in load_config(file)[1]:
        warn(problem)


def _file() -> Path:
    return paths.config_dir() / "config.toml"


@click.command()
@click.argument("context", required=False)
@click.option("--check", is_flag=True, help="Say what of your keys.toml was not taken; exit status 1 if anything.")
@click.option("--print-default", is_flag=True, help="Print the keymap that newstui ships, to copy lines from.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def keys_command(context: str | None, check: bool, print_default: bool, as_json: bool) -> None:
    r"""Print the keys of the reader, by the screen they work on.

    Your own keys go into keys.toml beside config.toml, in tables as in the shipped keymap; "" unbinds, a list is a
    macro, and the table remap goes by id. In config.toml, preset = "less" or "newsboat" begins from other keys.

    \b
    newstui keys
    newstui keys reader
    newstui keys --check
    newstui keys --print-default
    """
    if print_default:
        say(files("newstui.ui").joinpath("keymap.toml").read_text(encoding="utf-8").rstrip())
        return
    keymap = load_target("newstui.ui.patches:load_keymap")(
        load_config(_file())[0].preset, paths.config_dir() / "keys.toml"
    )
    for problem in keymap.problems:
        warn(problem)
    if check:
        if keymap.problems:
            raise click.exceptions.Exit(1)
        return
    if context is not None and context not in keymap.contexts:
        raise UsageError(f"There is no context {context!r}; take one of {', '.join(keymap.contexts)}.")
    describe = load_target("newstui.ui.actions:describe_action")
    for name in keymap.contexts if context is None else [context]:
        if not as_json:
            say(name)
        tables = {
            (keys, action): table for table in keymap.contexts[name] for keys, action in keymap.tables[table].items()
        }
        for (keys, action), table in tables.items():
            title = describe(action).title
            if as_json:
                say_json({"context": name, "keys": keys, "id": f"{table}.{action}", "action": action, "title": title})
            else:
                say(f"  {keys:<14} {f'{table}.{action}':<34} {title}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def themes_command(as_json: bool) -> None:
    """List the themes, shipped ones and yours; a file of yours with the same name wins."""
    folders = (paths.shipped_dir(paths.SHIPPED_THEMES), paths.config_dir() / "themes")
    found = {file.stem: file for folder in folders for file in sorted(folder.glob("*.toml"))}
    if not found:
        raise NotFoundError(f"There are no themes in {folders[0]} or {folders[1]}.")
    current = load_config(_file())[0].theme
    for name, file in sorted(found.items()):
        if as_json:
            say_json({"name": name, "path": str(file), "current": name == current})
        else:
            say(f"{'*' if name == current else ' '} {name}")
