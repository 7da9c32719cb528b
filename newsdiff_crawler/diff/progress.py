"""Whether a figure moved on because its story did: a toll, a price, a score, a time."""

from __future__ import annotations

import re
from math import inf

from newsdiff_crawler.diff import progress_words as known
from newsdiff_crawler.diff.figure import Date, Figure
from newsdiff_crawler.text import remembered

_ROUNDING = 0.15  # of a rounded figure
_SHARE = re.compile(r"%|\b(?:pro|per\s?)cent|\bprozent|\bpour\scent|\bpor\sc|\bper\scento")
_ROOM = 0.5  # of a figure that was a bound
_ROUGHLY = 15  # minutes
_NEAR = 80  # characters before and after a figure in which its clause is read
# A relative clause that says of whom the figure is: "30 people who are missing".
_OF_WHOM = re.compile(r"\s\w+,?\s(?:who|that|which|som|die|qui|que)\s")
_APPOSED = re.compile(r",[^,;.]{1,60},")
_FIGURE = re.compile(r"\d")
_OF = re.compile(r"\s*(?:of|out of|av|von|de|sur)\s(?:the\s)?(?=\d)")
_OTHER_FIGURE = re.compile(r"\d+")
_PAST_YEAR = re.compile(r"1[5-9]\d\d|20[01]\d")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# What stands before a year, in languages of which the words of tallies are not known.
_IN_THE_YEAR = re.compile(
    r"\b(?:nel|dal|del|em|desde|ano de|in|sinds|uit|w|od|roku|i|fra|siden|vuonna|vuodesta)\s$"
)
# What decides an amount, and what is measured in months and years, moves in no hour.
_SETTLED = frozenset({"months"})
_TERMS = (" års", " månaders")  # of a sentence


class InSentence:
    """A figure, and the sentence that it stands in, in lower case. `before` and `after`: what its
    clause has on both sides of it, up to another figure; "12 of 40 people were hurt" has all of
    it."""

    def __init__(self, figure: Figure, sentence: str, at: int) -> None:
        """`at`: the figure's place in the sentence."""
        self.figure = figure
        self.sentence = sentence.lower()
        end = at + len(figure.shown)
        told = f"{self.sentence[:at]}{known.HERE}{self.sentence[end:]}"
        if _PAST_YEAR.search(told):
            told = known.OF_ANOTHER_YEAR.sub(r"\g<between> ", known.TOLD_ASIDE.sub(" ", told))
        self._others = _OTHER_FIGURE.findall(told)
        before = _APPOSED.sub(" ", self.sentence[max(0, at - _NEAR) : at])
        self._is_room = known.BUILT_FOR.search(before) is not None
        self.before = _last(_FIGURE, _last(known.BREAK, before))
        after = _APPOSED.sub(" ", self.sentence[end : end + _NEAR])
        if of := _OF.match(after):
            after = after[of.end() :].lstrip("0123456789.,")
        after = _OF_WHOM.sub(" ", after, count=1) if _OF_WHOM.match(after) else after
        self.after = _first(known.BREAK, _first(_FIGURE, after))
        if known.OF_THEM.match(self.sentence, end) or known.AMONG_THEM.search(before):
            self.before = before

    def is_said(self, words: re.Pattern[str]) -> bool:
        """Whether a word in its clause says so of it."""
        return _has(words, self.before) or _has(words, self.after)

    def is_left_open(self) -> bool:
        """Whether it is said to be no exact one, or one of the hour."""
        return _has(known.OPEN, self.before) or _has(known.SO_FAR, self.sentence)

    def is_of_a_past_year(self) -> bool:
        """Whether the other figures of its sentence are years that are over, and it tells of no
        more than these: not that of something beside, "a hall that was built in 1974"."""
        past = bool(self._others) and all(map(_PAST_YEAR.fullmatch, self._others))
        return past and not self._reaches_now()

    def is_settled(self, language: str) -> bool:
        """Whether its clause says that it counts what stands or stood then, or it is of a year or a
        span that is over."""
        is_of_then = self._has_a_past_span(language) or self._is_of_then()
        return is_of_then or self._is_of_what_stands() or self.has_a_past_year()

    def _is_of_what_stands(self) -> bool:
        """Whether it counts, measures or sums what does not change by the hour."""
        if self._is_of_what_grows():
            return False
        if self._counts_what_stands() or self._is_room or self.is_said(known.SETTLED):
            return True
        if self.figure.kind == "measure":
            return self._is_of_a_building() or any(map(self.is_said, (known.SIZED, known.SUMMED)))
        is_sum = self.figure.kind == "money" or self.after.startswith(_TERMS)
        return is_sum and self.is_said(known.SUMMED)

    def _counts_what_stands(self) -> bool:
        """Whether it counts the parts or the kin that one has, and not what is done to these."""
        found = known.STANDS.match(self.after)
        is_for_now = known.EVENTS, known.FOR_NOW
        if known.HOLDS.search(self.before):
            return _has(known.VENUE, self.sentence)
        if not found or any(_has(words, self.sentence) for words in is_for_now):
            return False
        if known.BEFALL.match(self.after, found.end()):
            return False
        if found[0].startswith("-") or found[0].endswith(("live", "bor")):
            return True
        has = known.HAS.search(self.before) is not None
        if known.KIN.search(found[0]):
            is_there = known.THERE.match(self.after, found.end()) or _has(known.HOMES, self.before)
            return has and not is_there
        if known.SEATS.search(found[0]) and not _has(known.VENUE, self.sentence):
            return False
        return has or known.IS_OF.search(self.before) is not None

    def _is_of_what_grows(self) -> bool:
        """Whether it measures a queue, a wave, a fire."""
        return self.figure.kind == "measure" and _has(known.GROWING, self.sentence)

    def _is_of_a_building(self) -> bool:
        """Whether it stands right before what was built so, or is what that spans: "the 340-metre
        bridge"."""
        is_built = known.BUILT.match(self.after) or known.SPANS.search(self.before)
        return is_built is not None

    def _has_a_past_span(self, language: str) -> bool:
        """Whether its sentence tells of a span of months that is over, by more than "since"."""
        rest = known.SPAN.sub(" ", self.sentence)
        is_past = rest != self.sentence and _is_past(rest, language)
        return is_past and not _has(known.FUTURE, rest)

    def _is_of_then(self) -> bool:
        """Whether its clause is of a time that was, and its sentence tells of none since."""
        up_to_now = any(_has(words, self.sentence) for words in (known.SINCE, known.SO_FAR))
        return self.is_said(known.THEN) and not up_to_now

    def has_a_past_year(self) -> bool:
        """Whether a year that is over stands beside it in its sentence, and nothing up to now."""
        past = any(map(_PAST_YEAR.fullmatch, self._others))
        return past and not self._reaches_now()

    def _reaches_now(self) -> bool:
        """Whether its sentence tells of the day of the report, or up to it."""
        return _has(known.SINCE, self.sentence) or _has(known.NOW, self.sentence)

    def is_ordinal_counted_on(self) -> bool:
        """Whether it tells the how manieth day, body or round it is of what goes on."""
        return self.figure.kind == "ordinal" and known.NTH.match(self.after) is not None

    def is_over(self, language: str) -> bool:
        """Whether its sentence tells of what is over: a plan may be told in the present."""
        return _is_past(self.sentence, language)

    def may_be_to_come(self) -> bool:
        """Whether it may be the time of what is planned, or of the report."""
        if known.UNTIL.search(self.before):
            return True
        return self.is_to_come() or _has(known.STANDING, self.sentence)

    def is_to_come(self) -> bool:
        """Whether it is the time of what is planned, and not that since when it is so."""
        if _has(known.SINCE, " ".join(self.before.split()[-2:])):
            return False
        return _has(known.FUTURE, self.sentence) or _has(known.SCHEDULED, self.before)


@remembered(256)
def _has(words: re.Pattern[str], text: str) -> bool:
    """Whether a text in lower case has such a word: asked of both versions, which mostly agree."""
    return words.search(text) is not None


def _is_past(text: str, language: str) -> bool:
    return _has(known.PAST.get(language, known.PAST["en"]), text)


def _last(bounds: re.Pattern[str], text: str) -> str:
    ends = [bound.end() for bound in bounds.finditer(text)]
    return text[ends[-1] :] if ends else text


def _first(bounds: re.Pattern[str], text: str) -> str:
    bound = bounds.search(text)
    return text[: bound.start()] if bound else text


def is_future(sentence: str, language: str = "") -> bool:
    """Whether a sentence tells what is to come."""
    text = sentence.lower()
    return _has(known.FUTURE, text) or (language == "fr" and _has(known.FUTURE_IN_FRENCH, text))


def is_open(sentence: str) -> bool:
    """Whether a sentence says that something has not come about so far."""
    return _has(known.NOT_YET, sentence.lower())


def moves(sentence: str) -> bool:
    """Whether a sentence tells of what moves from hour to hour: markets, weather, polls."""
    text = sentence.lower()
    return _has(known.MARKETS, text) or _has(known.RISING, text)


def is_of_a_year_that_is_over(sentence: str) -> bool:
    """Whether a sentence tells what went up or down in a year that is over: "in 2018", but not
    "since 2018" or "the highest since"."""
    text = sentence.lower()
    return _has(known.IN_A_PAST_YEAR, text) and not _has(known.COMPARED, text)


def tells_of_shares(sentence: str) -> bool:
    """Whether a sentence tells by how much markets, polls or the like moved."""
    text = sentence.lower()
    return _has(known.MARKETS, text) and _SHARE.search(text) is not None


def moves_by(sentence: str) -> bool:
    """Whether a sentence says that something went up or down, or where it stands."""
    text = sentence.lower()
    return _has(known.RISING, text) or _has(known.UP_OR_DOWN, text)


def tells_of_indices(sentence: str) -> bool:
    """Whether a sentence tells of whole markets, and not of a company."""
    return _has(known.INDICES, sentence.lower())


def is_made_exact(before: InSentence, after: InSentence) -> bool:
    """Whether a figure that was rounded gave way to one near it that is not: "about 30", "32"."""
    old, new = before.figure, after.figure
    if not (isinstance(old.value, float) and isinstance(new.value, float) and old.value):
        return False
    was_rounded = _has(known.ROUNDED, before.before) and not _has(known.ROUNDED, after.before)
    is_near = abs(new.value - old.value) <= _ROUNDING * abs(old.value)
    return was_rounded and is_near and old.unit in ("", new.unit)


def is_within(before: InSentence, after: InSentence) -> bool:
    """Whether a figure that was a bound gave way to one within it that is none: "over 10", "12";
    not a span ("over five years"), which is told so on both sides."""
    old, new = before.figure.value, after.figure.value
    if not (isinstance(old, float) and isinstance(new, float)):
        return False
    (low, high), others = _bounds(before), _bounds(after)
    is_exact = others[0] > others[1]
    return is_exact and low <= new <= high and before.figure.unit == after.figure.unit


def _bounds(told: InSentence) -> tuple[float, float]:
    """Between which values a figure is by the words before it; up to half of it apart. A figure
    that has no such word has no room."""
    value = told.figure.value
    assert isinstance(value, float)
    if _has(known.AT_LEAST, told.before):
        return value, value * (1 + _ROOM)
    return (value * (1 - _ROOM), value) if _has(known.AT_MOST, told.before) else (inf, -inf)


def is_tally(before: InSentence, after: InSentence, language: str) -> bool:
    """Whether a figure is counted on, by words in its clause. One that falls was counted anew, or
    was wrong: nobody can tell. One of a year that is over moves no more."""
    tallies = known.TALLIES.get(language, known.TALLIES["en"])
    both = (before, after)
    if _is_settled(before.figure, after.figure):
        return False
    is_counted = before.figure.unit == "duration" or any(each.is_said(tallies) for each in both)
    return is_counted and not all(each.is_of_a_past_year() for each in both)


def is_settled(before: InSentence, after: InSentence, language: str) -> bool:
    """Whether a figure that did not move on is one that stands. An amount is only where its clause
    says so, or in its words another unit was meant: of all others the world may have made more."""
    old, new = before.figure, after.figure
    kinds = {old.kind, new.kind}
    if "time" in kinds or "date" in kinds:
        return (has_year(old) and has_year(new)) or all(
            each.is_over(language) and not each.may_be_to_come() for each in (before, after)
        )
    if old.family != "amount" or not kinds.isdisjoint(("age", "ordinal")):
        return True
    if _is_settled(old, new) or (old.value == new.value and old.unit != new.unit):
        return True
    if is_tally(before, after, language):
        return False
    if any(each.is_left_open() and not each.has_a_past_year() for each in (before, after)):
        return False
    return _are_shares(old, new) or all(each.is_settled(language) for each in (before, after))


def _are_shares(old: Figure, new: Figure) -> bool:
    """Whether both are parts of a whole in words: half, a third."""
    shown = old.shown + new.shown
    return (
        old.kind == new.kind == "percent"
        and not any(map(str.isdigit, shown))
        and "per" not in shown
    )


def has_year(figure: Figure) -> bool:
    """Whether a figure is a year that is over, or has one."""
    return _PAST_YEAR.search(figure.shown) is not None


def is_year(before: InSentence, after: InSentence) -> bool:
    """Whether figures are years, of whatever language their sentence is."""
    return all(
        _YEAR.fullmatch(each.figure.shown) and _IN_THE_YEAR.search(each.before)
        for each in (before, after)
    )


def has_moved_on(before: InSentence, after: InSentence, language: str) -> bool:
    """Whether the story, and not the paper, made one figure of another: it was counted on, it is
    one that moves, or was left open. What says so stands in the clause of the figure: in "killed 3
    in a hall for 200", only the three are a toll.

    >>> from newsdiff_crawler.diff.figures import figures
    >>> texts = "It killed 12 people in a hall for 200.", "It killed 14 people in a hall for 300."
    >>> old, new = ([InSentence(f, text, f.start) for f in figures(text, "en")] for text in texts)
    >>> [has_moved_on(*pair, "en") for pair in zip(old, new)]
    [True, False]
    """
    old, new = before.figure, after.figure
    if "age" in (old.kind, new.kind) or "phone" in (old.kind, new.kind):
        return False
    if is_future(before.sentence, language) and not is_future(after.sentence, language):
        return True
    if old.kind == new.kind == "score":
        return _rose_in_score(old, new) and not _is_final(before, after)
    if "time" in (old.family, new.family) or "date" in (old.family, new.family):
        return _is_moved_date(before, after)
    if _is_settled(old, new):
        return False
    if all(each.is_ordinal_counted_on() for each in (before, after)) and _rises(old, new):
        return not before.has_a_past_year()
    if _is_rank_that_moves(before) and _is_rank_that_moves(after):
        return not before.has_a_past_year()
    return _is_amount_that_moved(before, after, language)


def _is_settled(old: Figure, new: Figure) -> bool:
    """Whether figures are spans of months or years, or a year."""
    return not _SETTLED.isdisjoint((old.unit, new.unit)) or bool(_YEAR.fullmatch(new.shown))


def _is_amount_that_moved(before: InSentence, after: InSentence, language: str) -> bool:
    both = (before, after)
    old, new = before.figure, after.figure
    if all(each.is_of_a_past_year() for each in both):
        return False
    falls = _rises(new, old)
    if any(each.is_said(known.RISING) or (each.is_left_open() and not falls) for each in both):
        return True
    if any(_has(known.THIS_YEAR, each.sentence) for each in both) and _rises(old, new):
        return True
    if _is_of_markets(before) or all(each.is_said(known.FEWER) for each in both):
        return True
    if all(_has(known.FUTURE, each.before) for each in both):
        return True
    if old.kind == new.kind == "money":
        grows = any(each.is_said(known.COLLECTED) for each in both) and _rises(old, new)
        return old.unit == new.unit and (grows or all(each.is_said(known.PRICED) for each in both))
    return is_tally(before, after, language) and _rises(old, new)


def _is_of_markets(told: InSentence) -> bool:
    """Whether a figure is of what the world moves. Sums, shares and points in a sentence about
    markets are, wherever it says so."""
    if told.figure.kind in ("money", "percent", "measure"):
        return _has(known.MARKETS, told.sentence)
    return told.is_said(known.MARKETS)


def _is_final(before: InSentence, after: InSentence) -> bool:
    """Whether a score is the one that a match ended with."""
    sentences = before.sentence, after.sentence
    is_played = any(_has(known.PLAYING, each) for each in sentences)
    return not is_played and all(_has(known.FINAL, each) for each in sentences)


def _is_moved_date(before: InSentence, after: InSentence) -> bool:
    """Whether what is to come was put off, or a clock time is that of the report."""
    old, new = before.figure, after.figure
    if old.kind == new.kind == "time":
        if _is_told_roughly(before, after):
            return True
        of_the_hour = (known.STILL, known.MARKETS, known.RISING)
        if all(any(_has(w, each.sentence) for w in of_the_hour) for each in (before, after)):
            return True
    to_come = all(each.is_to_come() for each in (before, after))
    return to_come and _is_later(old, new)


def _is_told_roughly(before: InSentence, after: InSentence) -> bool:
    """Whether one time of day tells another to the hour or so: 21:54, "just before 22"."""
    old, new = before.figure.value, after.figure.value
    if not (isinstance(old, float | int) and isinstance(new, float | int)):
        return False
    return abs(old - new) <= _ROUGHLY and any(_has(known.NEARLY, e.before) for e in (before, after))


def _is_rank_that_moves(each: InSentence) -> bool:
    """Whether an ordinal is a place in what goes on."""
    ranked = each.figure.kind == "ordinal" and each.is_said(known.RANKED)
    return (
        ranked and not _has(known.FINISHED, each.sentence) and not _has(known.FINAL, each.sentence)
    )


def _rises(old: Figure, new: Figure) -> bool:
    if not (isinstance(old.value, float | int) and isinstance(new.value, float | int)):
        return False
    return new.value > old.value


def _rose_in_score(old: Figure, new: Figure) -> bool:
    one, other = (list(map(int, re.findall(r"\d+", figure.shown))) for figure in (old, new))
    return len(one) == len(other) and all(a <= b for a, b in zip(one, other, strict=True))


def _is_later(old: Figure, new: Figure) -> bool:
    if isinstance(old.value, Date) and isinstance(new.value, Date):
        return old.value < new.value
    return _rises(old, new)
