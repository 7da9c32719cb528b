"""The figures of a text by kind and value: numbers, ordinals, sums, measures, ages, scores, clock
times, dates and telephone numbers, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff import calendar_words as calendar
from newsdiff_crawler.diff import figure_forms as forms
from newsdiff_crawler.diff import shares
from newsdiff_crawler.diff.figure import Date, Figure, FigureKind, Value, digits_of
from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.numerals import read_numeral, scales
from newsdiff_crawler.diff.units import CURRENCIES, FAHRENHEIT, MEASURES, PERCENT, SCALED_CURRENCIES

_OF_SHARES = 6.0  # per cent: what a share in words leaves open
_YOUNGEST, _OLDEST = 20, 100  # years of a decade of life
_ROLE = 50  # characters before an age in which a role is read
_LOOK_AHEAD = 60  # characters: the longest figure, in words


def may_have_figures(text: str, language: str) -> bool:
    """Whether a text may have figures: a digit that no letter precedes, or a word for one."""
    first = forms.first_of(language)
    return any(item[0].isdigit() or item[0].lower() in first for item in forms.ITEM.finditer(text))


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
    first = forms.first_of(language)
    at = ended = 0
    for item in forms.ITEM.finditer(text):
        if item.start() < at:
            continue
        if item[0].isdecimal():
            found = reader.in_digits(item.start())
            at = forms.AMOUNT.match(text, item.start()).end() if not found else at  # type: ignore[union-attr]
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
        self._words = forms.vocabulary(language)

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
            if self._text[end + 1 : end + 2].isdecimal():
                return None  # "some 31,000"
            return Figure(
                "vague", lower, "", word, start, end, counts=self._counted(end), loose=True
            )
        if share := shares.share_at(self._text, start, self._language):
            return self._figure("percent", share[0], start, share[1], "%", _OF_SHARES)
        minutes = shares.hour(lower, self._language)
        if minutes is not None and word.islower():
            return self._figure("time", float(minutes), start, end)
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
        match = forms.COUNTED.match(self._text, end)
        return match[1].lower() if match else ""

    def _date(self, at: int) -> Figure | None:
        text = self._text
        if iso := forms.ISO_DATE.match(text, at):
            year, month, day = map(int, iso.groups())
            return self._figure("date", Date(year, month, day), at, iso.end())
        if numbers := forms.NUMBER_DATE.match(text, at):
            day, month, year = (int(numbers[n]) for n in (1, 3, 4))
            day, month = (day, month) if month <= 12 else (month, day)
            year += 2000 if year < 100 else 0
            return self._figure("date", Date(year, month, day), at, numbers.end())
        day_first = forms.DAY.match(text, at)
        month = self._words.months.get(day_first[2].lower(), 0) if day_first else 0
        if not (day_first and month and 0 < int(day_first[1]) < 32):
            return self._year(at)
        year, end = self._year_after(day_first.end())
        return self._figure("date", Date(year, month, int(day_first[1])), at, end)

    def _year(self, at: int) -> Figure | None:
        """A year that stands alone, after a word that a year follows."""
        year = forms.LONE_YEAR.match(self._text, at)
        if year and forms.IN_DATES.search(self._text, max(0, at - 12), at):
            return self._figure("date", Date(int(year[0])), at, year.end())
        return None

    def _year_after(self, end: int) -> tuple[int, int]:
        year = forms.YEAR_AFTER.match(self._text, end)
        return (int(year[1]), year.end()) if year else (0, end)

    def _weekday(self, day: str, start: int, end: int) -> Figure:
        """A day of the week, with the date that follows it."""
        number = self._words.days[day]
        gap = forms.BEFORE_DAY.match(self._text, end)
        at = gap.end() if gap else end
        follows = self._date(at) if self._text[at : at + 1].isdigit() else None
        word = forms.WORD.match(self._text, at)
        if word and word[0].lower() in self._words.months:
            follows = self._month(word[0], at, word.end(), sure=False)
        if follows and isinstance(follows.value, Date) and follows.value.month:
            date = follows.value._replace(weekday=number)
            return self._figure("date", date, start, follows.end)
        return self._figure("date", Date(weekday=number), start, end)

    def _month(self, word: str, start: int, end: int, sure: bool = True) -> Figure | None:
        """A month with the day or the year that follows it; alone only where no name is meant."""
        text, month = self._text, self._words.months[word.lower()]
        day = forms.DAY_AFTER.match(text, end)
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
        named = forms.SURNAME.match(self._text, end)
        return (
            word[0].isupper()
            and not named
            and bool(forms.IN_DATES.search(self._text, max(0, start - 12), start))
        )

    def _phone(self, at: int) -> Figure | None:
        start = at
        while start and self._text[start - 1] in "+(":
            start -= 1
        phone = forms.AMERICAN.match(self._text, start) or forms.PHONE.match(self._text, start)
        if not phone:
            return None
        digits = "".join(digits_of(phone[0]))
        sure = phone[0][0] in "+(0" or forms.AMERICAN.fullmatch(phone[0]) is not None
        called = forms.CALLED.search(self._text, max(0, start - 25), start)
        if not (sure or called) or not 7 <= len(digits) <= 15:
            return None
        return self._figure("phone", digits, start, phone.end())

    def _time(self, at: int) -> Figure | None:
        text = self._text
        clock = forms.CLOCK.match(text, at) or forms.DOTTED_CLOCK.match(text, at)
        hour = forms.HOUR.match(text, at)
        found = clock or hour
        if not found:
            return None
        half = forms.HALF_DAY.match(text, found.end())
        end = half.end() if half else found.end()
        word = forms.HOUR_WORD.match(text, end)
        if not (half or word or self._is_clock(found, at)):
            return None
        minutes = float(int(found[1]) % (12 if half else 24) * 60)
        minutes += 12 * 60 if half and half[1] in "pP" else 0
        minutes += int(found[2]) if clock else 0
        end = word.end() if word else end
        return self._figure("time", minutes, at, end)

    def _is_clock(self, found: re.Match[str], at: int) -> bool:
        """Whether digits are a time of day without a word after them that says so."""
        if found.re is forms.CLOCK:
            return True
        said = forms.BEFORE_TIME.search(self._text, max(0, at - 10), at)
        if found.re is not forms.DOTTED_CLOCK:
            return said is not None and said[0].lower().startswith(("k", "ore", "alle"))
        if "h" in found[0]:
            return True
        usual = self._language in forms.DOTTED_TIMES and len(found[0]) == 5
        return bool(said or usual) and not self._measures(found.end())

    def _measures(self, end: int) -> bool:
        """Whether a unit follows."""
        word, _ = self._unit(end)
        return (
            word in MEASURES or word in CURRENCIES or word in PERCENT
            or word in scales(self._language)
        )  # fmt: skip

    def _score(self, at: int) -> Figure | None:
        score = forms.SCORE.match(self._text, at)
        if not score or (score[2] == ":" and len(score[3]) == 2) or self._symbol(at)[0]:
            return None
        value = f"{int(score[1])}-{int(score[3])}"
        return self._figure("score", value, at, score.end())

    def _symbol(self, at: int) -> tuple[str, int]:
        """The currency whose sign stands before a number, and where it begins."""
        sign = forms.SYMBOL.search(self._text, max(0, at - 5), at)
        if not sign:
            return "", at
        return CURRENCIES.get(sign[1].lower(), sign[1]), sign.start()

    def _amount(self, at: int) -> Figure | None:
        text = self._text
        number = forms.AMOUNT.match(text, at)
        if not number:
            return None
        value, step = _value(number[0], self._language)
        currency, start = self._symbol(at)
        if sign := forms.SIGN.search(text, max(0, start - 3), start):
            value, start = -value, sign.start(1)
        age = self._age(value, at, number.end())
        if age:
            return age
        if ordinal := forms.ORDINAL_END.match(text, number.end()):
            return self._figure("ordinal", value, start, ordinal.end())
        return self._with_unit(value, step, start, number.end(), currency)

    def _age(self, value: float, at: int, end: int) -> Figure | None:
        text = self._text
        if value % 10 == 0 and 10 <= value < 100:
            in_english = forms.DECADE.search(text, max(0, at - 20), at)
            if text[end : end + 1] == "s" and in_english:
                return self._figure("age", f"{int(value)}s", at, end + 1)
            if decade := forms.DECADE_AFTER.match(text, end):
                return self._figure("age", f"{int(value)}s", at, decade.end())
        if after := forms.AGE_AFTER.match(text, end):
            return self._figure("age", value, at, after.end(), "years")
        apposed = forms.APPOSED.search(text, max(0, at - 25), at) and text[end : end + 1] in (
            ",",
            ".",
            ")",
        )
        of_role = forms.AGE_APPOSED.match(text, end) and forms.OF_ROLE.search(
            text, max(0, at - _ROLE), at
        )
        alone = forms.AGE_ALONE.search(text, max(0, at - 12), at) and forms.AGE_ENDS.match(
            text, end
        )
        if 0 < value < 115 and (
            alone or apposed or of_role or forms.AGE_BEFORE.search(text, max(0, at - 16), at)
        ):
            return self._figure("age", value, at, end, "years")
        return None

    def _is_decade(self, figure: Figure) -> bool:
        """Whether a round number in words is that of somebody's years: "in de dertig"."""
        before = forms.DECADE_IN_WORDS.get(self._language)
        assert isinstance(figure.value, float)
        is_round = figure.value % 10 == 0 and _YOUNGEST <= figure.value < _OLDEST
        at = max(0, figure.start - 20)
        return bool(before and is_round and before.search(self._text, at, figure.start))

    def _with_unit(
        self, value: float, step: float, start: int, end: int, currency: str = ""
    ) -> Figure:
        """A number with the words after it that multiply it or say what it measures."""
        word, after = self._unit(end)
        if (factor := self._factor(word, currency)) and factor > 1:
            value, step, end = value * factor, step * factor, after
            joint = forms.JOINT.match(self._text, end)
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
            value = value - 32 if word in FAHRENHEIT else value
            value, step = round(value * factor, 9), step * factor
            return self._figure("measure", value, start, after, measured, step)
        return self._begins_range(value, step, start, end) or self._figure(
            "number", value, start, end
        )

    def _begins_range(self, value: float, step: float, start: int, end: int) -> Figure | None:
        """The figure whose unit stands after the other end of a range: 70 to 200 kilometres."""
        other = forms.RANGE.match(self._text, end)
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
        for short, speed in forms.SPEEDS.items():
            if found := speed.match(self._text, end):
                return short, found.end()
        if two := forms.TWO_AFTER.match(self._text, end):
            words = " ".join(two[1].lower().split())
            if words in PERCENT or words in MEASURES:
                return words, two.end()
        word = forms.WORD_AFTER.match(self._text, end)
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
        if age := forms.AGE_AFTER.match(self._text, end):
            return self._figure("age", numeral.value, start, age.end(), "years")
        figure = self._with_unit(numeral.value, 1, start, end)
        if figure.kind == "number" and self._is_decade(figure):
            return self._figure("age", f"{int(numeral.value)}s", start, end)
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
