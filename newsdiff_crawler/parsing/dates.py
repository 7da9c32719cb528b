"""From dates as pages write them to UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from dateutil import parser, tz

from newsdiff_crawler.text import MARKS, remembered
from newsdiff_crawler.times import to_iso

_ZONE_NAME = re.compile(r"UTC|[A-Z][A-Za-z_]*(?:/[A-Z][A-Za-z_-]*)+")
_YEARS = range(1990, 2100)
_LONGEST = 80
_CACHE_SIZE = 64
# Two values for what a text leaves out. If they lead to different days, the text names no day.
_FILLINGS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - no zone is the point
# Abbreviations that newspapers print. ET and the like are the zone, with or without summer time;
# of those with several meanings, the one that most newspapers have.
_PLACES = {
    name: place
    for place, names in {
        "America/St_Johns": "NST NDT",
        "America/Halifax": "AST ADT",
        "America/New_York": "ET EST EDT",
        "America/Chicago": "CT CST CDT",
        "America/Denver": "MT MDT",
        "America/Phoenix": "MST",
        "America/Los_Angeles": "PT PST PDT",
        "America/Anchorage": "AKST AKDT",
        "Pacific/Honolulu": "HST",
        "America/Sao_Paulo": "BRT",
        "America/Argentina/Buenos_Aires": "ART",
        "America/Bogota": "COT",
        "America/Lima": "PET",
        "Europe/Lisbon": "WET WEST",
        "Europe/London": "BST",
        "Europe/Berlin": "CET CEST MEZ MESZ HNEC HAEC",
        "Europe/Athens": "EET EEST OEZ OESZ",
        "Europe/Istanbul": "TRT",
        "Europe/Moscow": "MSK",
        "Africa/Lagos": "WAT",
        "Africa/Maputo": "CAT",
        "Africa/Johannesburg": "SAST",
        "Africa/Nairobi": "EAT",
        "Asia/Jerusalem": "IDT",
        "Asia/Dubai": "GST",
        "Asia/Karachi": "PKT",
        "Asia/Kolkata": "IST",
        "Asia/Kathmandu": "NPT",
        "Asia/Bangkok": "ICT",
        "Asia/Jakarta": "WIB",
        "Asia/Singapore": "SGT",
        "Asia/Kuala_Lumpur": "MYT",
        "Asia/Hong_Kong": "HKT",
        "Asia/Manila": "PHT",
        "Asia/Tokyo": "JST",
        "Asia/Seoul": "KST",
        "Australia/Perth": "AWST",
        "Australia/Adelaide": "ACST ACDT",
        "Australia/Brisbane": "AEST",
        "Australia/Sydney": "AET AEDT",
        "Pacific/Auckland": "NZST NZDT",
    }.items()
    for name in names.split()
}
# Countries whose newspapers write English.
_DAY_FIRST_IN_ENGLISH = frozenset(
    ["uk", "au", "nz", "ie", "in", "pk", "za", "ng", "ke", "sg", "my"]
)
# How the names of months begin, in the languages of Europe, in Arabic and in Hindi.
_MONTHS = [
    re.compile(stems, re.IGNORECASE)
    for stems in (
        "jan|jän|sau|जन|ene|gen|sty|led|oca|ian|tammi|янв|січ|ιαν|يناير",
        "fe|fé|vas|फ|lut|úno|şub|helmi|фев|лют|φεβ|فبراير",
        "mar|mär|machi|kov|मार्च|mrt|maart|bře|már|maalis|мар|бер|μαρ|مارس",
        "apr|avr|bal|अप्|abr|kwi|dub|nis|ápr|huhti|апр|кві|απρ|أبريل|ابريل",
        "ma[ijgy]|mei|geg|मई|kvě|máj|touko|май|мая|тра|μα[ϊΐι]|مايو",
        "jun|juin|bir|जून|giu|cze|červn|červen$|haz|jún|iun|kesä|июн|чер|ιουν|يونيو",
        "jul|juil|lie|जुल|lug|lip|červenc|tem|júl|iul|heinä|июл|лип|ιουλ|يوليو",
        "aug|agu|rugp|अग|août|aout|ago|sie|srp|ağu|elo|авг|сер|αυγ|أغسطس",
        "sep|set|rugs|सित|wrz|zář|eyl|szept|syys|сен|вер|σεπ|سبتمبر",
        "o[ckt]t|out|spa|अक|paź|říj|eki|loka|окт|жов|οκτ|أكتوبر",
        "nov|noi|lap|नव|lis|kas|marras|ноя|лис|νο[εέ]|نوفمبر",
        "de[czs]|déc|दिस|dic|dez|gru|pro|ara|joulu|дек|гру|δεκ|ديسمبر",
    )
]
_DAY_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:\.|er|º)?\s+(?:d[ei]\s+)?((?:[^\W\d]|[{MARKS}]){{2,}})\.?,?\s+"
    r"(?:del?\s+)?(\d{4})\b"
)
_DAY_IN_LITHUANIAN = re.compile(r"\b(\d{4})\s?m\.\s+([^\W\d]{3,})\s+(\d{1,2})\s?d\b\.?")
_DAY_IN_VIETNAMESE = re.compile(r"\b(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})\b", re.I)
_DAY_IN_SLASHES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_DAY_IN_FIGURES = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_DAY_IN_SIGNS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s?[:.hH時点时시]\s?(\d{2})(?:[分분]|(:\d{2}))?(?!\d)")
_AFTERNOON = re.compile(r"오후|午後|下午|\bp\.?\s?m\b|\bμ\.?μ\b", re.IGNORECASE)
_ZONE = re.compile(r"[+-]\d{2}:?\d{2}\b|\b(?!AM\b|PM\b)[A-Z]{2,5}\b")
_ASIDE = re.compile(r"\([^()]*\)")  # "(Central European Summer Time)", as JavaScript writes it
_YEAR_FIRST = re.compile(r"\D*\d{4}")
_FROM_GREENWICH = re.compile(r"\b(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")


def to_utc(stated: Any, zone: str = "UTC", *, day_first: bool = False) -> str | None:
    """``2026-11-22T20:15:00Z`` for a date as a page states it; None if it names no moment.

    A text without a zone is in ``zone`` (an IANA name); one with a zone that is not known names no
    moment. A day without a time is its midnight. Numbers are seconds since 1970, or milliseconds.
    ``day_first``: 3/4/2026 is in April. Years outside 1990-2099 give None.
    """
    moment = _read(stated, day_first)
    return _as_utc(moment, _named(zone)) if moment else None


def first_moment(
    stated: Iterable[object],
    zone: str = "UTC",
    *,
    day_first: bool = False,
    beside: Iterable[object] = (),
) -> str | None:
    """The first of several statements that names a moment, as `to_utc` gives it.

    One without a zone has that of another statement, of these or of those ``beside``, that names
    the same time of day, or that is the same moment if this one is in UTC. Where ``zone`` is UTC,
    which is to say unknown, it has that of any other statement.
    """
    moments = (moment for date in stated if (moment := _read(date, day_first)))
    first = next((moment for moment in moments if _as_utc(moment, timezone.utc)), None)
    if first is None:
        return None
    if first.tzinfo is None:
        others = [*moments, *filter(None, (_read(date, day_first) for date in beside))]
        first = first.replace(tzinfo=_zone_beside(first, others, zone))
    return _as_utc(first, timezone.utc)


def is_day_first(language: str, zone: str = "UTC", host: str = "") -> bool:
    """Whether 3/4/2026 is in April: everywhere but in America, and on the Philippines.

    ``language``: of the page, as ``en-GB``; ``""`` for unknown. English without a country, or no
    language, is American unless ``zone`` or the end of ``host`` says otherwise.
    """
    tongue, _, country = language.casefold().replace("_", "-").partition("-")
    if country or tongue not in ("", "en"):
        return (tongue, country) not in (("en", "us"), ("en", "ph"), ("fil", ""), ("fil", "ph"))
    abroad = zone != "UTC" and not zone.startswith("America/")
    return abroad or host.rpartition(".")[2] in _DAY_FIRST_IN_ENGLISH


def _zone_beside(moment: datetime, others: Sequence[datetime], zone: str) -> tzinfo | None:
    """The zone of a moment that was stated without one."""
    offsets = [(other, offset) for other in others if (offset := other.utcoffset()) is not None]
    for other, offset in offsets:
        if _is_same_clock(other, moment):
            return timezone(offset)
    if any(_is_same_clock(other - offset, moment) for other, offset in offsets):
        return timezone.utc
    if zone == "UTC" and offsets and (moment.hour or moment.minute):
        return timezone(offsets[0][1])
    return _named(zone)


def _is_same_clock(one: datetime, other: datetime) -> bool:
    """To the minute, whatever the zones."""
    return one.replace(tzinfo=None, second=0) == other.replace(tzinfo=None, second=0)


def _as_utc(moment: datetime, zone: tzinfo | None) -> str | None:
    try:
        placed = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return to_iso(placed) if placed.year in _YEARS else None
    except (ValueError, OverflowError):
        return None


def _read(stated: Any, day_first: bool) -> datetime | None:
    """A moment as it is stated, with a zone or without; None for anything else."""
    stated = _plain(stated)
    try:
        if isinstance(stated, str):
            return _from_text(stated, day_first) if len(stated) <= _LONGEST else None
        return _from_number(stated) if _is_number(stated) else None
    except (ValueError, OverflowError, TypeError, ArithmeticError, OSError, LookupError):
        return None  # dateutil lets all of these out


def _plain(stated: Any) -> Any:
    """The value of a date in a list or an object of JSON-LD."""
    for _ in range(3):
        if isinstance(stated, list) and stated:
            stated = stated[0]
        elif isinstance(stated, dict):
            stated = stated.get("@value")
    if isinstance(stated, str) and stated.isascii() and stated.isdigit():
        return float(stated) if len(stated) in (10, 13) else stated
    return stated


def _is_number(stated: Any) -> bool:
    return isinstance(stated, int | float) and not isinstance(stated, bool)


def _from_number(stated: float) -> datetime:
    seconds = stated / 1000 if stated > 1e11 else stated
    return datetime.fromtimestamp(int(seconds), timezone.utc)


@remembered(_CACHE_SIZE)  # a page states a date in several places
def _from_text(stated: str, day_first: bool) -> datetime | None:
    text = _FROM_GREENWICH.sub(_as_offset, _ASIDE.sub("", stated.replace("МСК", "MSK")).strip())
    if moment := _from_iso(text):
        return moment
    try:
        return _from_words(_with_figures_turned(text), day_first)
    except parser.ParserError:
        reworded = _in_english(text)
        return _from_words(reworded, day_first) if reworded != text else None


def _as_offset(found: re.Match[str]) -> str:
    """dateutil takes GMT+2 for west of Greenwich."""
    return f"{found[1]}{int(found[2]):02}{found[3] or '00'}"


def _from_iso(text: str) -> datetime | None:
    """The most common form, at a twentieth of dateutil's cost."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _with_figures_turned(text: str) -> str:
    """Days with full stops come first everywhere: 10.9.2026 is in September."""
    return _DAY_IN_FIGURES.sub(r"\3-\2-\1", text)


def _in_english(text: str) -> str:
    """Day, time of day and zone of a text in another language, as dateutil knows them."""
    text = _DAY_IN_LITHUANIAN.sub(r"\3 \2 \1", text)
    text = _DAY_IN_VIETNAMESE.sub(r"\1.\2.\3", text)
    if signs := _DAY_IN_SIGNS.search(text):
        day, at = "-".join(signs.groups()), signs
    elif words := _DAY_IN_WORDS.search(text):
        day, at = f"{words[3]}-{_month(words[2])}-{words[1]}", words
    elif figures := _DAY_IN_FIGURES.search(text):
        day, at = f"{figures[3]}-{figures[2]}-{figures[1]}", figures
    elif slashes := _DAY_IN_SLASHES.search(text):
        day, at = slashes[0], slashes
    else:
        return text
    rest = f"{text[: at.start()]} {text[at.end() :]}"
    clock, zone = _CLOCK.search(rest), _ZONE.search(rest)
    if clock is None:
        return text if any(map(str.isdigit, rest)) else day
    noon = 12 if _AFTERNOON.search(rest) and int(clock[1]) < 12 else 0
    time = f"{int(clock[1]) + noon}:{clock[2]}{clock[3] or ''}"
    return f"{day} {time} {zone[0] if zone else ''}"


def _month(name: str) -> int:
    """From 1; 0 for a word that is no month."""
    numbers = (number for number, stems in enumerate(_MONTHS, 1) if stems.match(name))
    return next(numbers, 0)


def _from_words(text: str, day_first: bool) -> datetime | None:
    first, second = (_parse(text, filling, day_first) for filling in _FILLINGS)
    return first if first.date() == second.date() else None


def _parse(text: str, filling: datetime, day_first: bool) -> datetime:
    day_first = day_first and not _YEAR_FIRST.match(text)
    moment: datetime = parser.parse(text, default=filling, tzinfos=_zone, dayfirst=day_first)
    return moment


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is None:
        return None
    return _named(_PLACES[name])  # KeyError: no moment


def is_zone(name: str) -> bool:
    """Whether a time zone is called so, as ``Europe/Oslo``."""
    return bool(_ZONE_NAME.fullmatch(name)) and _named(name) is not None


def _named(zone: str) -> tzinfo | None:
    place = tz.gettz(zone)
    return place if isinstance(place, tzinfo) else None
