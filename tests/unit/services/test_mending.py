"""Glued sentences are mended as a revision: seen before, undone after, and kept when the file comes again."""

from pathlib import Path

from newstui.model import Article
from newstui.store import Store
from newstui.workspace import Workspace

STORY = "A headline\n\nThe talks ended on Wednesday.Turkish envoys left.“Nothing was signed,” said www.gazette.com one."


def test_blanks_are_put_in_highlights_follow_and_the_file_changes_nothing_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True):
        pass
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    with Workspace.open(tmp_path / "library") as workspace:
        workspace.importing.run([tmp_path / "a.txt"])
        article = workspace.store.all(Article)[0]
        note = workspace.annotating.highlight_quote(article.id, "Nothing was signed")[0]
        preview = workspace.mending.preview(article.id)
        assert "Wednesday. Turkish envoys left. “Nothing" in preview
        assert "www.gazette.com" in preview
        assert workspace.mending.mend(article.id) is not None
        mended = workspace.store.all(Article)[0]
        assert workspace.reading.text(mended) == preview
        assert mended.earlier == (article.text,)
        assert workspace.catalog.annotation(note.id).span.slice(preview) == "Nothing was signed"
        assert workspace.mending.mend(article.id) is None
        workspace.importing.run([tmp_path / "a.txt"])
        assert workspace.store.all(Article)[0] == mended
        assert workspace.history.undo() == "Mend 2 glued sentences"
        assert workspace.store.all(Article)[0] == article
