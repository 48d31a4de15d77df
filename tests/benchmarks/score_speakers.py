"""Score who says what is quoted, on 180 quotations of the annotated news, labeled by hand.

    python tests/benchmarks/score_speakers.py FOLDER [--models 'fold{}.npz']

FOLDER is what the training takes. `speakers.tsv` beside this file names a quotation a line: document, start, end, and a
word of the speaker's name; `-` where nobody is named, or the words in quotation marks are not speech; with `-/NAME`
either is right. With `--models` a document's names are found by the model of its fold, which has not seen it.
"""

import argparse
import json
from functools import cache
from pathlib import Path

from newstui.entities.linking import link
from newstui.entities.model import load_model
from newstui.entities.quotations import attribute
from newstui.entities.recognizers import DefaultRecognizer, default_recognizer
from newstui.entities.tagging import Tagger


def main() -> None:
    """Find speakers, and print precision, recall, and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", default="")
    given = parser.parse_args()
    rows = {}
    for file in given.folder.glob("annotated/*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["id"]] = row

    @cache
    def recognizer(fold: int) -> DefaultRecognizer:
        return DefaultRecognizer(Tagger(load_model(Path(given.models.format(fold)))))

    right = wrong = named = 0
    for line in Path(__file__).with_name("speakers.tsv").read_text(encoding="utf-8").splitlines():
        id_, start, end, speaker = line.split("\t")
        text, fold = rows[id_]["text"], rows[id_]["fold"]
        mentions = (recognizer(fold) if given.models else default_recognizer()).recognize(text)
        entities = {entity.key: entity for entity in link(mentions, text)}
        found = next(
            each for each in attribute(text, list(entities.values())) if each.span.start == int(start)
        )  # the marks are found by rule, the same every time
        entity = entities.get(found.speaker)
        names = {entity.name, *entity.aliases} if entity else set()
        allowed = speaker.split("/")
        named += "-" not in allowed
        if entity is None:
            continue
        hit = any(word != "-" and word in name for word in allowed for name in names)
        right += hit
        wrong += not hit
        if not hit:
            print(f"{id_} {start}-{end}: {entity.name}, not {speaker}")
    precision, recall = right / (right + wrong), right / named
    print(f"right {right}, wrong {wrong}, named {named}: precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main()
