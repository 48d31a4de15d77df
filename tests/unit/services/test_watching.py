from pathlib import Path

from newstui.export.markdown import MarkdownOptions
from newstui.services.exporting import Choice, Exporting, ExportOptions
from newstui.services.watching import iter_changes
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY, annotation


def test_a_note_written_elsewhere_is_in_the_folder_after_the_next_look(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as writer:
        sha256 = writer.add_text(BODY)
        writer.commit("x", [ARTICLE.__class__(ARTICLE.id, ARTICLE.title, sha256), annotation("Ada Quill", 1)])
        with Store.open(tmp_path / "library", read_only=True) as reader:
            looks: list[float] = []

            def sleep(seconds: float) -> None:
                looks.append(seconds)
                if len(looks) == 2:
                    writer.commit("x", [annotation("Nothing was lost", 2, note="Seen.")])

            exporting, vault = Exporting(reader), tmp_path / "vault"
            options, choice = ExportOptions(markdown=MarkdownOptions()), Choice((ARTICLE.id,))
            exporting.export(choice, options, vault)
            changed = next(iter_changes(reader, sleep))
            assert len(looks) == 2
            assert [change.id for change in changed.changes] == [annotation("x", 2).id]
            assert exporting.touched(exporting.everything(), options, changed).articles == (ARTICLE.id,)
            assert exporting.touched(Choice(("other",)), options, changed).articles == ()
            (outcome,) = exporting.export(exporting.touched(choice, options, changed), options, vault).files
            assert outcome.counts == {"same": 1, "new": 1}
            assert "Seen." in outcome.path.read_text(encoding="utf-8")
