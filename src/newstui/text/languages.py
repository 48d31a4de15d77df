"""The language of a text, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": "the of and to in is that for on was with as it by at from are be this have",
    "de": "der die und das den von zu mit ist des im nicht ein eine auf für dem sich auch wird",
    "fr": "le la les des et en du une est pour que dans qui par sur au pas plus avec ne",
    "es": "el la los de que y en las del se por con una para su al como más pero es",
    "it": "il di che la e un per non una della del sono con si le alla dei anche più nel",
    "pt": "o de que e do da em um para com não uma os no se na por mais as dos",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er ook om bij naar",
    "sv": "och att det som en på är av för med den till inte om ett har de var från vi",
    "da": "og at det en den til af er på med for der ikke som et har de fra han blev",
    "pl": "i w na z się nie do to że jest o jak po za przez od ale dla są ma",
    "tr": "ve bir bu için ile da de olarak olan daha çok kadar sonra gibi en ne ise göre ancak her",
    "ro": "și în de la cu pe nu o un este din care să au mai pentru ca fost sunt al",
    "cs": "a se na v je že s z do o i to pro ve jako za by ale po jsou",
    "hu": "a az és hogy nem is egy ez meg de volt csak mint már még el ki ha vagy van",
    "fi": "ja on ei että se oli hän ovat mutta kun niin myös joka tai sen ole voi vain kuin ollut",
    "id": "yang dan di untuk dengan pada ini dari dalam tidak itu akan ke juga adalah oleh telah ada",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_language)
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]")),
    ("ar", re.compile(r"[\u0620-\u064a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_NOT_LATIN = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4000
"""Code points that are looked at."""


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language, or nothing where it cannot be told."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return ""
    for language, script in _SCRIPTS if _NOT_LATIN.search(sample) else ():
        share = len(script.findall(sample)) / letters
        if share > (0.02 if language in ("ja", "fa", "uk") else 0.3):
            return language
    counts = Counter(_WORD.findall(sample.lower()))
    scores: Counter[str] = Counter()
    for word, count in counts.items():
        for language in _LANGUAGES.get(word, ()):
            scores[language] += count
    best = max(_WORDS, key=lambda language: scores[language])
    return best if scores[best] >= max(2, 0.04 * sum(counts.values())) else ""
