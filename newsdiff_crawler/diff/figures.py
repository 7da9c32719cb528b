"""The figures of a text by kind and value: numbers, ordinals, sums, measures, ages, scores, clock
times, dates and telephone numbers, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from newsdiff_crawler.diff import calendar_words as calendar
from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.numerals import first_words, read_numeral, scales
from newsdiff_crawler.diff.units import CURRENCIES, MEASURES, PERCENT, SCALED_CURRENCIES

FigureKind = Literal[
    "number", "ordinal", "money", "percent", "measure", "age", "score", "time", "date", "phone",
    "vague",
]  # fmt: skip
# What may give way to what: figures of one family.
_FAMILIES: dict[FigureKind, str] = {
    "number": "amount",
    "ordinal": "amount",
    "money": "amount",
    "percent": "amount",
    "measure": "amount",
    "age": "amount",
    "vague": "amount",
}


class Date(NamedTuple):
    """What is known of a date; 0 where nothing is."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = 0  # from 1, Monday


Value = float | str | Date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `value` and `unit` as they are compared, `shown` as it is written.

    `value`: a number, in base units where `unit` measures; a `Date`; minutes of a time of day; the
    digits of a score or a telephone number; the word of a vague amount, or an age such as "20s".
    `step`: what the last digit is worth in base units. `loose`: a word that often means something
    else ("one", "most"). `counts`: how the word after it begins.
    """

    kind: FigureKind
    value: Value
    unit: str
    shown: str
    start: int
    end: int
    step: float = 0.0
    counts: str = ""
    loose: bool = False

    @property
    def family(self) -> str:
        """Figures of one family may give way to each other: a weekday never to a number."""
        return _FAMILIES.get(self.kind, self.kind)

    def same_as(self, other: Figure) -> bool:
        """Whether both say the same, in another style or unit, or one only says more of it."""
        if self.value == other.value and self.unit == other.unit and self.kind == other.kind:
            return True
        if isinstance(self.value, Date) and isinstance(other.value, Date):
            return all(a == b for a, b in zip(self.value, other.value, strict=True) if a and b)
        if {self.kind, other.kind} == {"time", "number"}:
            return _digits(self.shown) == _digits(other.shown)
        if not (isinstance(self.value, float) and isinstance(other.value, float)):
            return False
        return self.family == other.family and _same_amount(self, other)

    def narrows(self, other: Figure) -> bool:
        """Whether it says more precisely what the other one left open: 26 and "in his 20s"."""
        if other.kind == "vague":
            return self.family == "amount" and self.kind != "vague"
        if other.kind == "age" and isinstance(other.value, str) and isinstance(self.value, float):
            return f"{int(self.value // 10) * 10}s" == other.value
        if not (isinstance(self.value, Date) and isinstance(other.value, Date)):
            return False
        known, left_open = (sum(map(bool, date)) for date in (self.value, other.value))
        return self.same_as(other) and known > left_open


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _same_amount(one: Figure, other: Figure) -> bool:
    assert isinstance(one.value, float)
    assert isinstance(other.value, float)
    if one.unit == other.unit:
        exact = one.step == other.step or one.kind != "measure"
        rounded = max(_CONVERTED * abs(one.value), max(one.step, other.step) / 2)
        room = 1e-9 * abs(one.value) if exact else rounded
        return abs(one.value - other.value) <= room
    bare = one if not one.unit else other if not other.unit else None
    if bare is None or one.value != other.value:
        return False
    dressed = other if bare is one else one
    return dressed.kind not in ("money", "percent") or abs(one.value) >= 1000


_CONVERTED = 0.01  # of a measure: what rounding does to it in another unit
_ITEM = re.compile(r"\d|[^\W\d_]+")
_AMOUNT = re.compile(
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:[.,’']\d{3})+(?!\d)|\d+)"
    r"(?:[.,]\d+)?(?!\d)"
)
_SIGN = re.compile(r"(?:^|[\s(])([-−])\s?(?:[$£€]\s?)?$")
_SYMBOL = re.compile(
    r"((?:US|R|A|C)?\$|[£€¥₹₽₺₴₩]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|Rs)\b)[ \u00a0]?$"
)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|ère|er|ème|e|º|ª|°|:[ae])(?!\w)")
_WORD_AFTER = re.compile(
    r"[\s\u00a0\u202f-]?\s?([^\W\d_]+[²/]?[^\W\d_]*\d?|[%‰°]\s?[CF]?)\b|[\s\u00a0]?([%‰°€£$](?!\d)(?:\s?[CF])?)"
)
_JOINT = re.compile(r"\.(?= [^\W\d])|\s(?:of|de|di)(?=\s)|\s(?:d|di)[’']")  # "Mio. Euro"
_TWO_AFTER = re.compile(
    r"[\s\u00a0]?((?:per|pour|por)\s\w+|percentage\spoints?|points?\sde\spourcentage"
    r"|puntos?\sporcentuale?s?|punt[oi]\spercentual[ei]|pontos?\spercentuais)",
    re.I,
)
_RANGE = re.compile(r"\s?(?:to|and|or|till|och|bis|und|à|[-–—])\s?\d[\d.,]{0,9}(?!\d)")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBER_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.|:[ae])?[ \u00a0](?:(?:de|of|di|d’)[ \u00a0])?([^\W\d_]+)"
)
_YEAR_AFTER = re.compile(r"[.,]?(?: de| del)? (\d{4})(?!\d)")
_DAY_AFTER = re.compile(r"\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.,]\d|\d|%)")
_PHONE = re.compile(
    r"(?:\+\d{1,3}(?:[ .-]?\d{1,5}){2,6}"
    r"|(?:\(\d{1,5}\)[ .-]?)?\d{2,5}(?:[ .\-–/]\d{2,5}){1,5})(?!\w)"
)
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_CALLED = re.compile(r"(?:tel|phone|call|helpline|ring|telefon|hotline|téléphone|teléfono)\b", re.I)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
_DOTTED_CLOCK = re.compile(r"([01]?\d|2[0-4])(?:\.|[ ]?h[ ]?)([0-5]\d)(?!\d)")
_HALF_DAY = re.compile(r"[ \u00a0]?([ap])\.?m\b\.?", re.I)
_HOUR_WORD = re.compile(r"[ \u00a0]?(?:Uhr|uur|o[’']clock|GMT|BST|CET|EST|EDT)\b")
_DOTTED_TIMES = frozenset({"sv", "da", "no", "fi"})
_BEFORE_TIME = re.compile(
    r"(?:\b(?:at|kl\.?|klockan|klo|klokken|kello|alle|ore|um|till|until|from|om)) $", re.I
)
_SCORE = re.compile(r"(\d{1,3})\s?([-–:])\s?(\d{1,3})(?![\d%]|[.,:]\d|\s?(?:%|per|to|million))")
_DECADE = re.compile(r"(?:his|her|their|mid|early|late|i|in)[ -](?:early |mid-?|late )?$", re.I)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|âgée?s? de|à l’âge de|edad de|anni|i åldern|im alter von|leeftijd van|w wieku)"
    r" (?:of )?$",
    re.I,
)
_AGE_AFTER = re.compile(
    r"""[ -]?(?:years?[ -]olds?\b|jahre?\ alt|jährige[rsnm]?\b|jährig\b|år(?:ig|ige|iga|ing)\w*
    |-åring\w*|år\ gam\w+|ans\b(?=\s*[,.)])|jaar\ oud|-jarige\b|-letni\w*|enne\b|-vuotia\w+)""",
    re.VERBOSE | re.I,
)
_APPOSED = re.compile(r"[A-ZÀ-Þ][\w’-]+, $")
_IN_DATES = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|during|last|next|this|early|late|mid|between|and|before"
    r"|after|on|im|seit|bis|ab|anfang|ende|mitte|en|depuis|fin|début|desde|i|sedan|från|till|på|om)"
    r"[ -]$",
    re.I,
)
_COUNTED = re.compile(r"[\s-]+(?:of |the |of the )?([^\W\d_]{3,6})")
_LONE_YEAR = re.compile(r"(?:1[89]|20)\d\d(?![\d.,:/-]?\d|\w| ?[%€$£])")
_BEFORE_DAY = re.compile(r",? (?:the |den |le |der |dem |el |d\. ?)?")
_WORD = re.compile(r"[^\W\d_]+")
_SURNAME = re.compile(r"\s[A-ZÀ-Þ][a-zà-ÿ]")
_HOUR = re.compile(r"([01]?\d|2[0-4])(?![\d.,:/]{0,20}\d)")

_VAGUE = {
    "en": "most many few several some dozens hundreds thousands millions scores handful numerous"
    " dozen couple",
    "de": "viele einige mehrere wenige dutzende hunderte tausende zahlreiche meisten dutzend",
    "fr": "plusieurs beaucoup quelques dizaines centaines milliers nombreux nombreuses plupart",
    "es": "varios varias muchos muchas algunos algunas pocos decenas cientos miles mayoría",
    "it": "molti molte alcuni alcune parecchi decine centinaia migliaia",
    "pt": "vários várias muitos muitas alguns algumas dezenas centenas milhares",
    "nl": "veel enkele meerdere tientallen honderden duizenden",
    "pl": "wiele kilka setki tysiące dziesiątki",
    "sv": "många några flera få tiotals dussintals hundratals tusentals",
    "da": "mange nogle flere få hundredvis tusindvis snesevis",
    "no": "mange noen flere få hundrevis tusenvis titalls",
    "fi": "monta useita satoja tuhansia kymmeniä",
}
# Words for amounts that are left open, of all languages.
VAGUE_WORDS = frozenset(" ".join(_VAGUE.values()).split())
_LOOK_AHEAD = 60  # characters: the longest figure, in words


@dataclass(frozen=True)
class _Vocabulary:
    """What words may begin a figure in one language."""

    days: dict[str, int]
    months: dict[str, int]
    vague: frozenset[str]
    numbers: frozenset[str]

    @property
    def first(self) -> frozenset[str]:
        """All of them."""
        return self.numbers | self.vague | self.days.keys() | self.months.keys()


@lru_cache(maxsize=16)
def _vocabulary(language: str) -> _Vocabulary:
    vague = frozenset(_VAGUE.get(language, "").split())
    days, months = calendar.days(language), calendar.months(language)
    return _Vocabulary(days, months, vague, first_words(language))


@lru_cache(maxsize=16)
def _first_words(language: str) -> frozenset[str]:
    return _vocabulary(language).first


def may_have_figures(text: str, language: str) -> bool:
    """Whether a text may have figures: a digit that no letter precedes, or a word for one."""
    first = _first_words(language)
    return any(item[0].isdigit() or item[0].lower() in first for item in _ITEM.finditer(text))


def figures(text: str, language: str | None = None) -> list[Figure]:
    """The figures of a text in order; none overlaps another.

    >>> [(f.kind, f.value, f.unit) for f in figures("Twelve of 1,500 people paid £2m.", "en")]
    [('number', 12.0, ''), ('number', 1500.0, ''), ('money', 2000000.0, 'GBP')]
    >>> [f.shown for f in figures("Theresa May may call on 3 May at 9.30 p.m.", "en")]
    ['3 May', '9.30 p.m.']
    """
    return list(_read(text, guess(text) if language is None else language))


def _read(text: str, language: str) -> Iterator[Figure]:
    reader = _Reader(text, language)
    first = _first_words(language)
    at = ended = 0
    for item in _ITEM.finditer(text):
        if item.start() < at:
            continue
        if item[0].isdecimal():
            found = reader.in_digits(item.start())
            at = _AMOUNT.match(text, item.start()).end() if not found else at  # type: ignore[union-attr]
        elif item[0].lower() in first:
            found = reader.in_words(item[0], item.start(), item.end())
        else:
            continue
        if found and found.start >= ended:
            yield found
        if found:
            at = ended = found.end


class _Reader:
    """Reads the figure that begins at a place in a text."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._words = _vocabulary(language)

    def in_digits(self, at: int) -> Figure | None:
        """The figure whose first digit stands here; None where it is part of a word."""
        before = self._text[at - 1 : at]
        if before.isalpha() or before == "_":
            return None
        for read in (self._date, self._phone, self._time, self._score):
            if found := read(at):
                return found
        return self._amount(at)

    def in_words(self, word: str, start: int, end: int) -> Figure | None:
        """The figure that begins with a word."""
        lower = word.lower()
        if lower in self._words.days and self._may_be_date(word):
            return self._weekday(lower, start, end)
        if lower in self._words.months and self._may_be_date(word):
            return self._month(word, start, end)
        if lower in self._words.vague:
            return Figure(
                "vague", lower, "", word, start, end, counts=self._counted(end), loose=True
            )
        return self._numeral(start)

    def _may_be_date(self, word: str) -> bool:
        """In languages that write days and months with a capital, they have one."""
        return word[0].isupper() == (self._language in calendar.CAPITALISED) or word[0].isupper()

    def _figure(
        self, kind: FigureKind, value: Value, start: int, end: int, unit: str = "", step: float = 0
    ) -> Figure:
        shown = self._text[start:end].strip()
        return Figure(kind, value, unit, shown, start, end, step, self._counted(end))

    def _counted(self, end: int) -> str:
        match = _COUNTED.match(self._text, end)
        return match[1].lower() if match else ""

    def _date(self, at: int) -> Figure | None:
        text = self._text
        if iso := _ISO_DATE.match(text, at):
            year, month, day = map(int, iso.groups())
            return self._figure("date", Date(year, month, day), at, iso.end())
        if numbers := _NUMBER_DATE.match(text, at):
            day, month, year = (int(numbers[n]) for n in (1, 3, 4))
            day, month = (day, month) if month <= 12 else (month, day)
            year += 2000 if year < 100 else 0
            return self._figure("date", Date(year, month, day), at, numbers.end())
        day_first = _DAY.match(text, at)
        month = self._words.months.get(day_first[2].lower(), 0) if day_first else 0
        if not (day_first and month and 0 < int(day_first[1]) < 32):
            return self._year(at)
        year, end = self._year_after(day_first.end())
        return self._figure("date", Date(year, month, int(day_first[1])), at, end)

    def _year(self, at: int) -> Figure | None:
        """A year that stands alone, after a word that a year follows."""
        year = _LONE_YEAR.match(self._text, at)
        if year and _IN_DATES.search(self._text, max(0, at - 12), at):
            return self._figure("date", Date(int(year[0])), at, year.end())
        return None

    def _year_after(self, end: int) -> tuple[int, int]:
        year = _YEAR_AFTER.match(self._text, end)
        return (int(year[1]), year.end()) if year else (0, end)

    def _weekday(self, day: str, start: int, end: int) -> Figure:
        """A day of the week, with the date that follows it."""
        number = self._words.days[day]
        gap = _BEFORE_DAY.match(self._text, end)
        at = gap.end() if gap else end
        follows = self._date(at) if self._text[at : at + 1].isdigit() else None
        word = _WORD.match(self._text, at)
        if word and word[0].lower() in self._words.months:
            follows = self._month(word[0], at, word.end(), sure=False)
        if follows and isinstance(follows.value, Date) and follows.value.month:
            date = follows.value._replace(weekday=number)
            return self._figure("date", date, start, follows.end)
        return self._figure("date", Date(weekday=number), start, end)

    def _month(self, word: str, start: int, end: int, sure: bool = True) -> Figure | None:
        """A month with the day or the year that follows it; alone only where no name is meant."""
        text, month = self._text, self._words.months[word.lower()]
        day = _DAY_AFTER.match(text, end)
        if day and 0 < int(day[1]) < 32:
            year, end = self._year_after(day.end())
            return self._figure("date", Date(year, month, int(day[1])), start, end)
        year, ended = self._year_after(end)
        if year:
            return self._figure("date", Date(year, month), start, ended)
        if not sure or not self._is_month(word, start, end):
            return None
        return self._figure("date", Date(month=month), start, end)

    def _is_month(self, word: str, start: int, end: int) -> bool:
        """Whether a word for a month that has no number beside it is one: "May" is a verb and a
        name, "Jan" and "April" are names."""
        if len(word) < 4 and word.lower() not in ("may", "mai", "maj", "mei"):
            return False
        if self._language not in calendar.CAPITALISED:
            return word.islower()
        named = _SURNAME.match(self._text, end)
        return (
            word[0].isupper()
            and not named
            and bool(_IN_DATES.search(self._text, max(0, start - 12), start))
        )

    def _phone(self, at: int) -> Figure | None:
        start = at
        while start and self._text[start - 1] in "+(":
            start -= 1
        phone = _AMERICAN.match(self._text, start) or _PHONE.match(self._text, start)
        if not phone:
            return None
        digits = "".join(_digits(phone[0]))
        sure = phone[0][0] in "+(0" or _AMERICAN.fullmatch(phone[0]) is not None
        called = _CALLED.search(self._text, max(0, start - 25), start)
        if not (sure or called) or not 7 <= len(digits) <= 15:
            return None
        return self._figure("phone", digits, start, phone.end())

    def _time(self, at: int) -> Figure | None:
        text = self._text
        clock = _CLOCK.match(text, at) or _DOTTED_CLOCK.match(text, at)
        hour = _HOUR.match(text, at)
        found = clock or hour
        if not found:
            return None
        half = _HALF_DAY.match(text, found.end())
        end = half.end() if half else found.end()
        word = _HOUR_WORD.match(text, end)
        if not (half or word or self._is_clock(found, at)):
            return None
        minutes = float(int(found[1]) % (12 if half else 24) * 60)
        minutes += 12 * 60 if half and half[1] in "pP" else 0
        minutes += int(found[2]) if clock else 0
        end = word.end() if word else end
        return self._figure("time", minutes, at, end)

    def _is_clock(self, found: re.Match[str], at: int) -> bool:
        """Whether digits are a time of day without a word after them that says so."""
        if found.re is _CLOCK:
            return True
        said = _BEFORE_TIME.search(self._text, max(0, at - 10), at)
        if found.re is not _DOTTED_CLOCK:
            return said is not None and said[0].lower().startswith(("k", "ore", "alle"))
        if "h" in found[0]:
            return True
        usual = self._language in _DOTTED_TIMES and len(found[0]) == 5
        return bool(said or usual) and not self._measures(found.end())

    def _measures(self, end: int) -> bool:
        """Whether a unit follows."""
        word, _ = self._unit(end)
        return (
            word in MEASURES or word in CURRENCIES or word in PERCENT
            or word in scales(self._language)
        )  # fmt: skip

    def _score(self, at: int) -> Figure | None:
        score = _SCORE.match(self._text, at)
        if not score or (score[2] == ":" and len(score[3]) == 2) or self._symbol(at)[0]:
            return None
        value = f"{int(score[1])}-{int(score[3])}"
        return self._figure("score", value, at, score.end())

    def _symbol(self, at: int) -> tuple[str, int]:
        """The currency whose sign stands before a number, and where it begins."""
        sign = _SYMBOL.search(self._text, max(0, at - 5), at)
        if not sign:
            return "", at
        return CURRENCIES.get(sign[1].lower(), sign[1]), sign.start()

    def _amount(self, at: int) -> Figure | None:
        text = self._text
        number = _AMOUNT.match(text, at)
        if not number:
            return None
        value, step = _value(number[0], self._language)
        currency, start = self._symbol(at)
        if sign := _SIGN.search(text, max(0, start - 3), start):
            value, start = -value, sign.start(1)
        age = self._age(value, at, number.end())
        if age:
            return age
        if ordinal := _ORDINAL_END.match(text, number.end()):
            return self._figure("ordinal", value, start, ordinal.end())
        return self._with_unit(value, step, start, number.end(), currency)

    def _age(self, value: float, at: int, end: int) -> Figure | None:
        text = self._text
        decade = text[end : end + 1] == "s" and value % 10 == 0 and value < 100
        if decade and _DECADE.search(text, max(0, at - 20), at):
            return self._figure("age", f"{int(value)}s", at, end + 1)
        if after := _AGE_AFTER.match(text, end):
            return self._figure("age", value, at, after.end(), "years")
        apposed = _APPOSED.search(text, max(0, at - 25), at) and text[end : end + 1] in (
            ",",
            ".",
            ")",
        )
        if 0 < value < 115 and (apposed or _AGE_BEFORE.search(text, max(0, at - 16), at)):
            return self._figure("age", value, at, end, "years")
        return None

    def _with_unit(
        self, value: float, step: float, start: int, end: int, currency: str = ""
    ) -> Figure:
        """A number with the words after it that multiply it or say what it measures."""
        word, after = self._unit(end)
        if (factor := self._factor(word, currency)) and factor > 1:
            value, step, end = value * factor, step * factor, after
            joint = _JOINT.match(self._text, end)
            word, after = self._unit(joint.end() if joint else end)
        if word in SCALED_CURRENCIES:
            factor, currency = SCALED_CURRENCIES[word]
            value, end = value * factor, after
        if currency or word in CURRENCIES:
            end = end if currency and CURRENCIES.get(word) != currency else after
            return self._figure("money", value, start, end, currency or CURRENCIES[word])
        if word in PERCENT:
            return self._figure("percent", value, start, after, "%")
        if word in MEASURES:
            measured, factor = MEASURES[word]
            value, step = round(value * factor, 9), step * factor
            return self._figure("measure", value, start, after, measured, step)
        return self._begins_range(value, step, start, end) or self._figure(
            "number", value, start, end
        )

    def _begins_range(self, value: float, step: float, start: int, end: int) -> Figure | None:
        """The figure whose unit stands after the other end of a range: 70 to 200 kilometres."""
        other = _RANGE.match(self._text, end)
        word, _ = self._unit(other.end()) if other else ("", end)
        if word in PERCENT:
            return self._figure("percent", value, start, end, "%")
        if word not in MEASURES:
            return None
        measured, factor = MEASURES[word]
        value, step = round(value * factor, 9), step * factor
        return self._figure("measure", value, start, end, measured, step)

    def _factor(self, word: str, currency: str) -> float:
        if word in ("m", "k", "b") and currency:
            return {"k": 1e3, "m": 1e6, "b": 1e9}[word]
        return scales(self._language).get(word, 0)

    def _unit(self, end: int) -> tuple[str, int]:
        """The word or sign after a number in lower case, and where it ends; "" and `end` if there
        is none."""
        if two := _TWO_AFTER.match(self._text, end):
            words = " ".join(two[1].lower().split())
            if words in PERCENT or words in MEASURES:
                return words, two.end()
        word = _WORD_AFTER.match(self._text, end)
        if not word:
            return "", end
        return (word[1] or word[2]).lower().replace(" ", ""), word.end()

    def _numeral(self, start: int) -> Figure | None:
        """A number in words."""
        ahead = self._text[start : start + _LOOK_AHEAD]
        found = list(re.finditer(r"[^\W\d_]+", ahead))
        words = [word[0].lower() for word in _unbroken(found, ahead)]
        numeral = read_numeral(words, self._language)
        if numeral is None:
            return None
        end = start + found[numeral.length - 1].end()
        if numeral.ordinal:
            return self._figure("ordinal", numeral.value, start, end)
        if age := _AGE_AFTER.match(self._text, end):
            return self._figure("age", numeral.value, start, age.end(), "years")
        figure = self._with_unit(numeral.value, 1, start, end)
        loose = numeral.one and figure.kind == "number"
        return figure if not loose else _loosened(figure)


def _loosened(figure: Figure) -> Figure:
    return Figure(
        figure.kind, figure.value, figure.unit, figure.shown, figure.start, figure.end,
        counts=figure.counts, loose=True,
    )  # fmt: skip


def _unbroken(words: Sequence[re.Match[str]], text: str) -> Iterator[re.Match[str]]:
    """The words with only a space or a hyphen between them."""
    last = None
    for word in words:
        if last and text[last.end() : word.start()] not in (" ", "-", "\u00a0"):
            return
        yield word
        last = word


def _value(digits: str, language: str) -> tuple[float, float]:
    """A number in digits, and what its last digit is worth.

    A separator before three digits groups them, where the language has it so or another follows.
    """
    digits = re.sub(r"[ \u00a0\u202f’']", "", digits)
    decimal = "." if language in ("en", "") else ","
    marks = re.findall(r"[.,]", digits)
    if marks:
        last = digits[max(digits.rfind("."), digits.rfind(",")) :]
        grouped = len(last) == 4 and (last[0] != decimal or (not language and len(set(marks)) == 1))
        if grouped and not digits.startswith("0"):
            digits = re.sub(r"[.,]", "", digits)
        else:
            whole, part = re.sub(r"[.,]", "", digits[: -len(last)]), last[1:]
            return float(f"{whole or 0}.{part}"), 10.0 ** -len(part)
    return float(digits), 1.0
