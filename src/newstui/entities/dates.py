"""Dates and sums of money by rule, after the conventions of OntoNotes: without preposition, article or part of day."""

import re
from collections.abc import Iterator

from newstui.model import Mention, Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_NUMBER = (
    r"(?:\d+|a few|several|many|a couple of|couple of|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty)"
)
_UNIT = r"(?:day|week|weekend|month|quarter|year|decade|century|season)"
_PART = r"(?:early|late|mid|Early|Late|Mid)"
_HOLIDAY = (
    r"(?:Christmas(?: Eve| Day)?|New Year(?:['’]s)?(?: Eve| Day)|Easter(?: Sunday| Monday)?|Good Friday|Thanksgiving"
    r"|Ramadan|Eid al-(?:Fitr|Adha)|Independence Day|Memorial Day|Labor Day|Halloween|Passover|Yom Kippur"
    r"|Valentine['’]s Day)"
)
_DAY_RANGE = rf"{_DAY}(?:\s?[–-]\s?{_DAY}|\s(?:and|to)\s{_DAY})?"

_DATE = re.compile(
    rf"""(?<![\w$€£])(?:
      (?:{_WEEKDAY},?\s)?(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?(?!\w)
    | (?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY_RANGE}(?!\w)(?!\.\d)(?:,?\s{_YEAR}(?!\w))?
    | (?:(?:{_PART}|end\sof|beginning\sof)[\s-])?{_MONTH},?\s(?:of\s)?(?:{_YEAR}|(?:this|last|next)\syear)(?!\w)
    | {_YEAR}-\d\d-\d\d(?!\w)
    | (?:{_PART}|[Ee]arlier|[Ll]ater)\s(?:this|last|next|that)\s(?:{_UNIT}|{_WEEKDAY}|{_MONTH}|{_SEASON})(?!\w)
    | (?:[Ll]ast|[Tt]his|[Nn]ext|[Tt]hat)\s(?:{_UNIT}|{_WEEKDAY}|{_MONTH}|{_SEASON})(?!\w)
    | (?:past|last|next|coming)\s{_NUMBER}\s{_UNIT}s(?!\w)
    | (?:recent|coming)\s{_UNIT}s(?!\w)
    | {_NUMBER}\s{_UNIT}s?\s(?:ago|later|earlier)(?!\w)
    | a\s{_UNIT}\s(?:ago|later|earlier)(?!\w)
    | (?:{_PART}[\s-])(?:{_MONTH}|{_YEAR}s?|{_SEASON})(?!\w)
    | (?:{_SEASON}\s(?:of\s)?){_YEAR}(?!\w)
    | (?:1[5-9]|20)\d0s(?!\w)
    | \d{{1,2}}(?:st|nd|rd|th)[\s-][Cc]entury(?!\w)
    | {_YEAR}\s?[–-]\s?(?:{_YEAR}|\d\d)(?!\w)
    | {_HOLIDAY}(?!\w)
    | {_WEEKDAY}s?(?!\w)
    | (?:same|previous|following)\s(?:day|week|month|year)(?!\w)
    | (?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)(?!\w)
    | (?:January|February|April|June|July|August|September|October|November|December)(?!\w)
    | (?<=[Ii]n\s)(?:March|May)(?!\w) | (?<=[Ss]ince\s)(?:March|May)(?!\w) | (?<=[Uu]ntil\s)(?:March|May)(?!\w)
    | (?<![.,\d])(?:19[3-9]\d|20[0-4]\d)(?!\w|[.,]\d|[-–]\w|\s(?:people|troops|soldiers|police|percent|dollars|U\.S\.))
    )""",
    re.VERBOSE,
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|m|bn|tn)"
_AMOUNT = rf"\d+(?:[.,]\d+)*(?:[\s-]{_SCALE}(?!\w))?(?:[mbk]n?(?!\w))?"
_CURRENCY = (
    r"(?:U\.S\.\s|US\s|Canadian\s|Australian\s|Hong\sKong\s)?(?:dollars?|euros?|pounds?(?:\ssterling)?|yen|yuan|rubles?|roubles?"
    r"|rupees?|francs?|pesos?|cents|riyals?|dinars?|lira|won(?!\sthe)|kronor|shekels?|USD|EUR|GBP)(?!\w)"
)
_MONEY = re.compile(
    rf"""(?<!\w)(?:
      (?:US|C|A|HK|NZ|R)?[$€£¥]\s?{_AMOUNT}(?!\w)
    | {_AMOUNT}[\s-]{_CURRENCY}
    | (?:hundreds|thousands|millions|billions)\sof\s(?:dollars|euros|pounds|yen|rubles)(?!\w)
    | (?:one|two|three|four|five|six|seven|eight|nine|ten)\s{_SCALE}\s{_CURRENCY}
    )""",
    re.VERBOSE,
)


_TIME_WORD = re.compile(
    r"""\d|(?i:\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to|birth|holi)?days?|tonight|tomorrow|weeks?|weekends?
    |months?|quarters?|years?|decades?|seasons?|centur(?:y|ies)|\w+ties|millennium|period|era|times|past|future|fiscal
    |spring|summer|autumn|fall|winter|night|morning|evening|eve|advent|christmas|easter|epiphany|lent|ramadan|eid|hajj
    |ashura|passover|purim|hanukkah|yom|rosh|diwali|nowruz|thanksgiving|halloween
    |january|february|march|april|may|june|july|august|september|october|november|december
    |(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec))\b)""",
    re.VERBOSE,
)


def may_be_date(words: str) -> bool:
    """Whether words have a figure or a word of time in them, without which nothing is a date: `Safeway` is none."""
    return _TIME_WORD.search(words) is not None


def iter_dates(text: str) -> Iterator[Mention]:
    """Dates, in text order, calendar ones and those relative to the article."""
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match.group().startswith("the "):
            start += 4
        yield Mention(Span(start, end), "DATE", source="rule")


def iter_money(text: str) -> Iterator[Mention]:
    """Amounts with their currency, in text order."""
    for match in _MONEY.finditer(text):
        yield Mention(Span(*match.span()), "MONEY", source="rule")
