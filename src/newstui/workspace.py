"""The composition root: opens a library, builds the services over it, closes them; nothing else."""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newstui import paths
from newstui.config import Config, load_config
from newstui.store import Store

if TYPE_CHECKING:
    from newstui.services.annotating import Annotating
    from newstui.services.catalog import Catalog
    from newstui.services.codebook import Codebook
    from newstui.services.collecting import Collecting
    from newstui.services.comparing import Comparing
    from newstui.services.completing import Completing
    from newstui.services.correcting import Correcting
    from newstui.services.counting import Counting
    from newstui.services.dossiers import Dossiers
    from newstui.services.exporting import Exporting
    from newstui.services.history import History
    from newstui.services.importing import Importing
    from newstui.services.line_history import LineHistory
    from newstui.services.linking import Linking
    from newstui.services.maintaining import Maintaining
    from newstui.services.marks import Marks
    from newstui.services.mending import Mending
    from newstui.services.moving import Moving
    from newstui.services.novelty import Novelty
    from newstui.services.occurring import Occurring
    from newstui.services.pages import Pages
    from newstui.services.reading import Reading
    from newstui.services.reanchoring import Reanchoring
    from newstui.services.recognition import Recognition
    from newstui.services.searching import Searching
    from newstui.services.suggesting import Suggesting
    from newstui.services.tagging import Tagging
    from newstui.services.views import Views


class Workspace:
    """One open library and what can be done with it; each service is built when it is first used."""

    def __init__(self, store: Store, config: Config | None = None) -> None:
        self.store = store
        self.config = config or Config()

    @classmethod
    def open(cls, path: Path | None = None, *, read_only: bool = False, create: bool = False) -> Self:
        """Open a library; without a path the one `paths.find_library` names, seeded from the sample on first use.

        Raises:
            NewstuiError: it is missing, no library, or damaged.
        """
        config, problems = load_config(paths.config_dir() / "config.toml")
        folder = paths.find_library(path or config.library or None)
        if path is None and folder == paths.data_dir() / "library" and not folder.exists():
            seed_library(folder)
        workspace = cls(Store.open(folder, read_only=read_only, create=create), config)
        workspace.store.warnings[:0] = problems
        return workspace

    @cached_property
    def annotating(self) -> Annotating:
        """Highlights, tags on them, notes."""
        from newstui.services.annotating import Annotating

        return Annotating(self.store)

    @cached_property
    def catalog(self) -> Catalog:
        """The list of articles."""
        from newstui.services.catalog import Catalog

        return Catalog(self.store, lambda query, cancelled: self.searching.matches(query, cancelled))

    @cached_property
    def codebook(self) -> Codebook:
        """What tags mean, and changes of a tag over the whole library."""
        from newstui.services.codebook import Codebook

        return Codebook(self.store, self.tagging.index)

    @cached_property
    def collecting(self) -> Collecting:
        """Named folders of articles."""
        from newstui.services.collecting import Collecting

        return Collecting(self.store)

    @cached_property
    def completing(self) -> Completing:
        """What may follow in a query."""
        from newstui.services.completing import Completing

        return Completing(self.store, self.config, self.tagging, self.searching.names)

    @cached_property
    def correcting(self) -> Correcting:
        """What the user says about names."""
        from newstui.services.correcting import Correcting

        return Correcting(self.store)

    @cached_property
    def comparing(self) -> Comparing:
        """Edited copies of a story, and what differs."""
        from newstui.services.comparing import Comparing

        return Comparing(self.store)

    @cached_property
    def counting(self) -> Counting:
        """How often tags were used, and together."""
        from newstui.services.counting import Counting

        return Counting(self.store)

    @cached_property
    def dossiers(self) -> Dossiers:
        """Names in the articles, and what they mean."""
        from newstui.services.dossiers import Dossiers

        return Dossiers(self.store, self.recognition)

    @cached_property
    def exporting(self) -> Exporting:
        """Markdown and other formats."""
        from newstui.services.exporting import Exporting

        return Exporting(self.store, lambda: self.dossiers, self.config.colors)

    @cached_property
    def marks(self) -> Marks:
        """Places under letters."""
        from newstui.services.marks import Marks

        return Marks(self.store)

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        from newstui.services.history import History

        return History(self.store)

    @cached_property
    def importing(self) -> Importing:
        """What comes into the library."""
        from newstui.services.importing import Importing

        return Importing(self.store, lambda: self.reanchoring)

    @cached_property
    def linking(self) -> Linking:
        """Links between passages."""
        from newstui.services.linking import Linking

        return Linking(self.store)

    @cached_property
    def maintaining(self) -> Maintaining:
        """Checks and backups."""
        from newstui.services.maintaining import Maintaining

        return Maintaining(self.store)

    @cached_property
    def occurring(self) -> Occurring:
        """Every occurrence of a word or a name."""
        from newstui.services.occurring import Occurring

        return Occurring(self.store, self.dossiers)

    @cached_property
    def mending(self) -> Mending:
        """Glued sentences."""
        from newstui.services.mending import Mending

        return Mending(self.store)

    @cached_property
    def moving(self) -> Moving:
        """Highlights go to another article that has their words."""
        from newstui.services.moving import Moving

        return Moving(self.store, self.catalog)

    @cached_property
    def pages(self) -> Pages:
        """The page of a tag, and of an article."""
        from newstui.services.pages import Pages

        return Pages(self.store, self.tagging.index, self.codebook, self.dossiers, self.linking)

    @cached_property
    def reading(self) -> Reading:
        """Bodies and places in them."""
        from newstui.services.reading import Reading

        return Reading(self.store)

    @cached_property
    def reanchoring(self) -> Reanchoring:
        """Highlights find their passages again after a text has changed."""
        from newstui.services.reanchoring import Reanchoring

        return Reanchoring(self.store)

    @cached_property
    def recognition(self) -> Recognition:
        """Finding names in texts."""
        from newstui.services.recognition import Recognition

        return Recognition(self.store, spec=self.config.recognizer)

    @cached_property
    def novelty(self) -> Novelty:
        """What an article names for the first time."""
        from newstui.services.novelty import Novelty

        return Novelty(self.store, self.searching.names, self.dossiers)

    @cached_property
    def searching(self) -> Searching:
        """The index over everything, and the query language."""
        from newstui.services.index_files import index_folder
        from newstui.services.indexing import LibraryIndex
        from newstui.services.names import NameIndex
        from newstui.services.searching import Searching

        index = LibraryIndex(self.store, index_folder(self.store.path))
        names = NameIndex(self.store, lambda cancelled: self.dossiers.index(cancelled=cancelled))
        return Searching(self.store, self.config, names, index)

    @cached_property
    def suggesting(self) -> Suggesting:
        """Tags a passage may want, by how tags were used."""
        from newstui.services.suggesting import Suggesting

        return Suggesting(self.store)

    @cached_property
    def search_history(self) -> LineHistory:
        """The searches of this device."""
        from newstui.services.line_history import LineHistory

        return LineHistory(paths.state_dir() / "searches")

    @cached_property
    def command_history(self) -> LineHistory:
        """The commands that were typed on this device."""
        from newstui.services.line_history import LineHistory

        return LineHistory(paths.state_dir() / "commands")

    @cached_property
    def tagging(self) -> Tagging:
        """What tags there are, and which one may be meant."""
        from newstui.services.tagging import Tagging

        return Tagging(self.store)

    @cached_property
    def views(self) -> Views:
        """Queries kept under a name."""
        from newstui.services.views import Views

        return Views(self.store, lambda query: len(self.catalog.rows(query)))

    def close(self) -> None:
        """Write what is to be written and give the library back."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def seed_library(folder: Path) -> None:
    """Copy the sample library that newstui ships to where there is none yet."""
    shipped = paths.shipped_dir(paths.SAMPLE_LIBRARY)
    left_out = shutil.ignore_patterns(".lock", "journal", "backups", "damaged", "state.json")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(shipped, folder, ignore=left_out)
