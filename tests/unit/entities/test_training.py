"""The shipped model says what it was made of, and training makes the same of the same texts."""

import io
import json
from importlib.resources import files
from pathlib import Path

from newstui.entities.decoding import TAGS
from newstui.entities.lists import digest_of_lists
from newstui.entities.model import load_manifest
from newstui.entities.tokens import parse_tokens
from newstui.entities.training.corpus import allowed_tags, build_corpus, iter_rows
from newstui.entities.training.learning import Options, train

DATA = Path(str(files("newstui.entities") / "data"))
TEXT = "Minister Helena Brandt spoke in Geneva. The minister met Otto Lang in Bonn. Later Brandt left Geneva."


def row(**more: object) -> dict[str, object]:
    names = [("Helena Brandt", "PERSON"), ("Geneva", "GPE"), ("Otto Lang", "PERSON"), ("Bonn", "GPE")]
    mentions = [
        {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "label": label} for name, label in names
    ]
    labels = ["PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "DATE", "MONEY"]
    return {"text": TEXT, "mentions": mentions, "labels": labels, "train": True, "fold": 0, "licence": "MIT"} | more


def sources() -> list[list[str]]:
    lines = (DATA / "SOURCES.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def test_every_shipped_list_has_a_source_and_a_license() -> None:
    shipped = {file.name for file in DATA.iterdir() if file.suffix in (".txt", ".tsv", ".npz")} - {"SOURCES.tsv"}
    assert {name for name, _, _ in sources()} == shipped
    assert all(len(line) == 3 and all(line) for line in sources())


def test_the_model_names_the_files_it_was_trained_on_and_fits_the_lists_beside_it() -> None:
    manifest = load_manifest()
    credited = {source.split(":")[0] for name, source, _ in sources() if name == "model.npz"}
    assert set(manifest["files"]) == credited
    assert manifest["lists"] == digest_of_lists()


def test_the_manifest_is_true_of_the_texts(shared: Path) -> None:
    import hashlib

    folder = shared / "data/entities"
    counted: dict[str, int] = {}
    for file, _ in iter_rows(folder):
        counted[file] = counted.get(file, 0) + 1
    manifest = load_manifest()["files"]
    assert counted == {file: each["documents"] for file, each in manifest.items()}
    for file, each in manifest.items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == each["sha256"]
        assert not any("SA" in license_ or "NC" in license_ for license_ in each["licenses"])


def test_only_rows_that_may_be_trained_on_are_read(tmp_path: Path) -> None:
    rows = [row(), row(train=False, text="never")]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    assert [each["text"] for _, each in iter_rows(tmp_path)] == [TEXT]


def test_a_corpus_that_marks_persons_only_says_nothing_of_dates() -> None:
    partial = row(labels=["PERSON"], mentions=[{"start": 9, "end": 22, "label": "PERSON"}])
    allowed = allowed_tags(parse_tokens(TEXT), partial)
    assert allowed[1] == 1 << TAGS.index("B-PERSON")
    assert allowed[0] & 1 << TAGS.index("B-DATE")
    assert not allowed[0] & 1 << TAGS.index("B-PERSON")


def test_the_same_texts_give_the_same_bytes_and_a_model_that_knows_them() -> None:
    from newstui.entities.tagging import Tagger

    options = Options(passes=4, left_out=0.0, seeds=(1,), least=1)
    stored = []
    for _ in range(2):
        model = train(build_corpus([row(), row()]), options)
        file = io.BytesIO()
        model.save(file, {"files": {}})
        stored.append(file.getvalue())
    assert stored[0] == stored[1]
    _, mentions = Tagger(model).find(TEXT)
    assert ("Otto Lang", "PERSON") in {(mention.span.slice(TEXT), mention.label) for mention in mentions}
