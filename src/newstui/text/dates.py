"""Dates as they are written, to ISO 8601 of the precision they have; nothing is guessed."""

from __future__ import annotations

import datetime
import re

_NAMES = (
    # English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Polish, Swedish
    "january jan januar jänner janvier enero gennaio janeiro januari ocak stycznia styczeń",
    "february feb februar februari février fevrier febrero febbraio fevereiro şubat subat lutego luty",
    "march mar märz maerz mars marzo março marco maart mart marca marzec",
    "april apr avril abril aprile nisan kwietnia kwiecień",
    "may mai mayo maggio maio mei mayıs mayis maja maj",
    "june jun juni juin junio giugno junho haziran czerwca czerwiec",
    "july jul juli juillet julio luglio julho temmuz lipca lipiec",
    "august aug août aout agosto augustus ağustos agustos sierpnia sierpień augusti",
    "september sep sept septembre septiembre settembre setembro eylül eylul września wrzesień",
    "october oct okt oktober octobre octubre ottobre outubro ekim października październik",
    "november nov novembre noviembre novembro kasım kasim listopada listopad",
    "december dec dez dezember décembre decembre diciembre dicembre dezembro aralık aralik grudnia grudzień",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = r"[^\W\d_]{3,12}"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_ZONE = r"(?:Z|UTC|GMT|[A-Z]{2,4}|[+-]\d{2}:?\d{2}|\([^)]*\))*"
_CLOCK = rf"(?:,?\s*(?:at\s+|T)?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*{_ZONE})?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})(?:-(\d{{1,2}}))?(?:[T ]\d.*)?{_CLOCK}\Z")
_ORDINAL = r"(?:st|nd|rd|th|\.|er|º)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}}){_ORDINAL}\s+(?:de\s+)?({_MONTH})\.?,?\s+(?:de\s+)?(\d{{4}}){_CLOCK}\Z", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}({_MONTH})\.?\s+(\d{{1,2}}){_ORDINAL},?\s+(\d{{4}}){_CLOCK}\Z", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"({_MONTH})\.?,?\s+(?:de\s+)?(\d{{4}})\Z", re.IGNORECASE)
_NAMED = ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2)), (_MONTH_ONLY, (2, 1, 0)))
"""Patterns with a month by name, and which groups are year, month and day (0: it says no day)."""
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_YEAR = re.compile(r"(1[5-9]|20)\d\d\Z")


def parse_published(text: str) -> str:
    """An ISO date (`2016-08-10`, `2016-08`, `2016`) for a date as written, or nothing if it is none.

    Month names of ten languages are known; `03/04/2016` says nothing, for nobody knows which is the month.
    """
    text = " ".join(text.split()).strip(" ,;")
    if not 4 <= len(text) <= 60:
        return ""
    match = _ISO.match(text)
    if match:
        return _iso(match.group(1), match.group(2), match.group(3))
    for pattern, (year, month, day) in _NAMED:
        match = pattern.match(text)
        named = _MONTHS.get(match.group(month).lower()) if match else None
        if match and named:
            return _iso(match.group(year), str(named), match.group(day) if day else None)
    match = _DOTTED.match(text)
    if match:
        return _iso(match.group(3), match.group(2), match.group(1))
    if _YEAR.match(text):
        return text
    import email.utils  # 20 ms, for what is rare in a text

    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _iso(year: str, month: str, day: str | None) -> str:
    try:
        whole = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return whole.isoformat() if day else whole.isoformat()[:7]
