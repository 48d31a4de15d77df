"""The verbs of the command line as a table: what each is for, and where it lives; nothing is imported to list them."""

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any

import click

from newstui.errors import NewstuiError
from newstui.text.display import visible


def load_target(target: str) -> Any:
    """Import what `module:attribute` names; so the command line can start the screens without depending on them."""
    module, _, attribute = target.partition(":")
    return getattr(importlib.import_module(module), attribute)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its name, `module:attribute` of its click command, and a line for the help."""

    name: str
    target: str
    summary: str

    @property
    def module(self) -> str:
        """The module it is imported from, at first use."""
        return self.target.partition(":")[0]

    def exists(self) -> bool:
        """Whether its module is part of this installation."""
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> click.Command:
        """Import the command."""
        command = load_target(self.target)
        assert isinstance(command, click.Command)
        _keep_examples(command)
        return command


def _keep_examples(command: click.Command) -> None:
    r"""Let click see the control character that keeps a paragraph as it is, where the raw docstring writes `\b`."""
    command.help = command.help and command.help.replace("\\b\n", "\b\n")
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _keep_examples(below)


SECTIONS: dict[str, tuple[Verb, ...]] = {
    "Read": (
        Verb("open", "newstui.cli.reading:open_command", "open an article, or a passage of it, in the reader"),
        Verb("read", "newstui.cli.printing:command", "print an article, wrapped, for `less -R` or a pipe"),
        Verb("import", "newstui.cli.importing:command", "take in files, folders, addresses, standard input"),
        Verb("page", "newstui.cli.pages:command", "print all about an article or a tag: notes, tags, names, links"),
        Verb("importers", "newstui.cli.importing:importers_command", "list the formats that can be imported"),
    ),
    "Find": (
        Verb("list", "newstui.cli.searching:list_command", "list the articles a query finds"),
        Verb("views", "newstui.cli.views:command", "list, save and remove queries under a name"),
        Verb("search", "newstui.cli.searching:search_command", "search text, titles, quotes, notes and tags"),
        Verb("notes", "newstui.cli.noting:notes_command", "list highlights and notes"),
        Verb("marks", "newstui.cli.marks:command", "list the places of the library that capitals lead to"),
        Verb("collections", "newstui.cli.collecting:command", "list and change named folders of articles"),
        Verb("compare", "newstui.cli.comparing:command", "show edited copies of a story, and what differs"),
        Verb("tags", "newstui.cli.codebook:tags_command", "list, change, count, describe and exchange tags"),
        Verb("entities", "newstui.cli.entities:command", "list the people, organizations and places in the articles"),
        Verb("entity", "newstui.cli.entities:entity_command", "show one of them, or correct what is known of it"),
    ),
    "Mark": (
        Verb("highlight", "newstui.cli.noting:highlight_command", "mark the words you quote, with tags and a note"),
        Verb("note", "newstui.cli.noting:note_command", "show, write or edit the note of a highlight"),
        Verb("tag", "newstui.cli.tagging:tag_command", "add tags to articles or highlights, or take them off"),
        Verb("history", "newstui.cli.history:history_command", "list what can be taken back, by name and time"),
        Verb("undo", "newstui.cli.history:undo_command", "take back the last change, several, or all since a step"),
        Verb("redo", "newstui.cli.history:redo_command", "make undone changes again"),
        Verb("mend", "newstui.cli.mending:command", "put blanks between sentences that are glued together"),
        Verb("reanchor", "newstui.cli.reanchoring:command", "find highlights again whose text has changed"),
    ),
    "Take out": (
        Verb("export", "newstui.cli.exporting:command", "write highlights as Markdown and other formats"),
    ),
    "Look after": (
        Verb("check", "newstui.cli.maintaining:check_command", "check that every text and highlight is there"),
        Verb("backup", "newstui.cli.maintaining:backup_command", "keep a copy of today's notes, or list those kept"),
        Verb("restore", "newstui.cli.maintaining:restore_command", "put back the notes of another day"),
        Verb("index", "newstui.cli.indexing:command", "bring the search index up to date beforehand"),
        Verb("fold", "newstui.cli.maintaining:fold_command", "write what the journal holds into the JSON files"),
        Verb("merge", "newstui.cli.merging:merge_command", "take in another library, or another copy of this one"),
        Verb("merge-driver", "newstui.cli.merging:merge_driver_command", "merge versions of the library for git"),
        Verb("demo-library", "newstui.cli.demo:command", "make a library of any size to try things on"),
    ),
    "Set up": (
        Verb("config", "newstui.cli.settings:config_command", "show, check or edit the settings"),
        Verb("keys", "newstui.cli.settings:keys_command", "print the keys"),
        Verb("themes", "newstui.cli.settings:themes_command", "list the themes"),
    ),
}  # fmt: skip

EXAMPLES = """\
  newstui                                        open the reader where you were
  newstui import wire/*.txt --tag inbox          take in some files
  newstui list 'is:unread erdogan'               what is there to read about
  newstui highlight z9x7 --quote 'a move against NATO' --tag nato
  newstui notes tag:nato                         what you marked
  newstui export 'highlights:>0' --to ~/notes    one Markdown file an article
"""


class VerbGroup(click.Group):
    """A group whose verbs are imported at first use; failures become one sentence and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs of this installation, in the order of the help."""
        return [verb.name for verbs in SECTIONS.values() for verb in verbs if verb.exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one verb."""
        for verbs in SECTIONS.values():
            for verb in verbs:
                if verb.name == cmd_name and verb.exists():
                    return verb.load()
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or fail with the nearest ones."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 2, 0.6)
            hint = f" Did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
            raise click.UsageError(error.message + hint, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by purpose, then examples."""
        for title, verbs in SECTIONS.items():
            rows = [(verb.name, verb.summary) for verb in verbs if verb.exists()]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        with formatter.section("Examples"):
            formatter.write(EXAMPLES)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; a failure is a sentence on standard error, an interrupt ends with 130."""
        try:
            return super().invoke(ctx)
        except NewstuiError as error:
            click.echo(f"newstui: {visible(str(error))}", err=True)
            raise click.exceptions.Exit(error.exit_status) from error
        except click.UsageError as error:
            raise click.UsageError(visible(error.format_message()), error.ctx) from error
        except (KeyboardInterrupt, click.Abort) as interrupt:
            raise click.exceptions.Exit(130) from interrupt
