"""What kind of change a passage is: developed, made precise, spelt anew, corrected with a note, or
altered in place. And which text only grew, or was rewritten.

After the fact, style and narrative updates of NewsEdits 2.0 (Spangher et al., arXiv 2411.18811), as
far as rules can tell them. One of these, *altered*, accuses in public: it is given where a settled
fact is another one in a sentence that otherwise stayed, and in doubt never.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from newsdiff_crawler.diff import law
from newsdiff_crawler.diff.calendar_words import ALL_WORDS, is_day
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figure import Figure
from newsdiff_crawler.diff.found import Found, sentence_at
from newsdiff_crawler.diff.kinds_of_text import kinds_of_text
from newsdiff_crawler.diff.lexicon import (
    ATTRIBUTIONS,
    DEGREES,
    HEDGES,
    NEWSROOMS,
    SPEECH_VERBS,
    negations,
)
from newsdiff_crawler.diff.model import Evidence, LabelName
from newsdiff_crawler.diff.notice_scope import NoticeScope, after_notices, are_told
from newsdiff_crawler.diff.place_names import CITIES, COUNTRIES, REGION
from newsdiff_crawler.diff.progress import (
    InSentence,
    has_moved_on,
    has_year,
    is_future,
    is_made_exact,
    is_of_a_year_that_is_over,
    is_open,
    is_settled,
    is_within,
    is_year,
    moves,
    moves_by,
    tells_of_indices,
    tells_of_shares,
)
from newsdiff_crawler.diff.quotations import QUOTED_WORDS, quotations
from newsdiff_crawler.diff.same_name import (
    are_two_cities,
    are_two_countries,
    is_inflected,
    is_respelling,
    is_said_in_full,
)
from newsdiff_crawler.diff.spelling import (
    Told,
    are_forms,
    counted,
    is_one_name,
    is_telling,
    without_forms,
    without_joined,
)
from newsdiff_crawler.text import sentences, words

_STAYED = 0.6  # of a sentence's other words, kept: less, and it was written anew
_STAYED_IN_MEANING = 0.85  # where a word or two turned the sentence
_FEWEST_KEPT = 3  # words
_SCALE = 1000  # of millions, in billions
_DIGITS = re.compile(r"\d+")
_RANGE = re.compile(r"\s?(?:to|and|or|till|och|bis|und|à|[-–—])\s?[\d$£€]")
_MOST_JUDGED = 100  # passages of a diff
_MOST_NOTICES = 20  # of a diff
_SLOT = 3  # words that may give way together with a name, or be cut from a quotation
_QUOTE_KEPT = 0.6  # of the words of a quoted sentence: with fewer it is another one
_MOST_SENTENCES = 30  # of a quotation
_PLACE_NOUNS_TEXT = """
    town village city suburb district staden byn orten förorten stadsdelen byen stadt dorf ort
    ville village ciudad pueblo città paese cidade stad dorp
"""
_PLACE_NOUNS = frozenset(_PLACE_NOUNS_TEXT.split())
_OF_QUOTATIONS: tuple[LabelName, ...] = ("altered", "developed", "spelling")
_STATED = 20  # characters before an opposite in which its verb is looked for
_WAS_TEXT = "was were is are var är war waren ist sind était étaient est estaba era"
_WAS = frozenset(_WAS_TEXT.split())
# What somebody or something may be today and not tomorrow, right behind it.
_STATE = re.compile(
    r"""\s*(?:not\s|inte\s|nicht\s|pas\s)?(?:in\s(?:force|effect|place|operation|service)|i\skraft
    |in\skraft|en\svigueur|en\svigor|open|closed|shut|alive|dead|working|running|öppe[nt]|öppna
    |stängda?|stängt|avstängda?|offen|geschlossen|gesperrt|ouverte?s?|fermée?s?|abiert[oa]s?
    |cerrad[oa]s?)\b""",
    re.VERBOSE,
)
_TENSES_TEXT = """
    have has had having been was were is are habe haben hat hatte hatten gehabt war waren ist sind
    gewesen worden wurde wurden avons ont avait avaient avions été était étaient sommes sont
    hemos han había habían sido estado fue fueron era eran har hade haft varit var är
"""
# Of verbs that tell nothing but when.
_TENSES = frozenset(_TENSES_TEXT.split())
_QUOTING = tuple("\"'“”‘’„«»")  # after one of these, a capital makes no name
_BESIDE = 25  # characters in which a name has its verb of speech
# A place, whatever follows behind its comma: "died in Lyon, her family said".
_WHERE = re.compile(r"\b(?:in|near|i|nära|bei|à|en|em|na|we?|te|nær)\s$")
# Who did, or has, what is told of, whoever says so: "written by Bo Ek, the judge said".
_DONE_BY = re.compile(
    r"\b(?:(?:owned|written|built|founded|run|led|directed|painted|designed|composed|bought|made"
    r"|managed|funded|produced|drawn|sung|employed|hired|killed|coached|developed|chaired|headed)\sby"
    r"|(?:ägs|skriven|skrivet|byggd|grundad|grundat|ledd|målad|ritad|köpt|regisserad)\sav"
    r"|(?:écrite?|fondée?|construite?|détenue?|dirigée?|réalisée?|peinte?|rachetée?)\spar"
    r"|(?:escrit|fundad|construid|dirigid|pintad|comprad)[oa]\spor)\s(?:the\s)?$"
)
# What a place of the hour has before it: it was another one an hour later.
_ON_ITS_WAY = re.compile(
    r"""\b(?:(?:mov(?:ed|es|ing)|heading|headed|bound|making|drifting|sailing|marching|advanc\w+|en
        \sroute|on\s(?:his|her|its|their|the)\sway)\s(?:on\s)?(?:to|for|towards?|on)
    |(?:near(?:s|ed|ing)|approach(?:es|ed|ing)|closing\sin\son)
    |(?:go(?:es)?|went|going|continu\w+|rag(?:es|ed|ing)|resum\w+)\s(?:on\s)?(?:in|near|around)
    |(?:[Hh]e|[Ss]he|[Tt]hey)\s(?:is|are)\s(?:now\s)?in
    |(?:flyttade(?:s|n)?|flyttas|på\sväg|rör\ssig|drar)\s(?:till|mot|in\söver)
    |(?:fortsätter|fortsatte|pågår|pågick)\s(?:i|vid|runt)|närmar\ssig|närmade\ssig
    |(?:auf\sdem\sWeg|unterwegs|zieht|zog|bewegt\ssich)\s(?:nach|auf|in\sRichtung)
    |(?:dauern|dauerten|gehen|gingen)\s(?:in|bei)|nähert\ssich|näherte\ssich
    |(?:se\sdirige(?:ait)?|en\sroute)\s(?:vers|pour)|s[’']approch\w+\sde
    |(?:se\spoursuiv\w+|continu\w+)\s(?:à|dans)
    |(?:se\sdirig\w+|camino|rumbo)\sa|se\sacerca\w*\sa|(?:siguen|continúan|continuaban)\sen)
    \s(?:the\s|la\s|le\s)?$""",
    re.VERBOSE,
)
# What says of a name or a party, right before it, that it is ahead so far.
_AHEAD = re.compile(
    r"""(?:[’']s)?\s(?:\w+\s)?(?:(?:leads|lead|is\sleading|is\sahead|are\sahead|trails)\s?
    (?:in|with|by|after|at|on|narrowly|[,.])|leder|har\sledningen|führt|liegt\svorn|mène|lidera)\b""",
    re.VERBOSE,
)
_BEFORE_PLACE = 40  # characters in which it is read
_TOLD_TO = re.compile(r"\b(?:told|tells|till|gegenüber|sagte|auprès de|à)\s(?:the\s|la\s|l[’'])?$")
KINDS: tuple[LabelName, ...] = (
    "corrected", "altered", "developed", "precise", "spelling", "grew", "rewritten",
)  # fmt: skip


def kinds(
    changes: Sequence[BlockChange],
    found: Mapping[LabelName, Sequence[Found]],
    notices: Sequence[tuple[LabelName, str]],
    language: str,
) -> dict[LabelName, list[Evidence]]:
    """The passages of a diff by the kind of change that they are; what is none is left out.
    `notices`: the texts in which the newer version says what was changed, each with its label."""
    texts = {text for _, text in notices}
    told = [NoticeScope.of(name, text) for name, text in notices[:_MOST_NOTICES]]
    by_kind: dict[LabelName, list[Evidence]] = {}
    judged: list[tuple[LabelName, Found, LabelName]] = []
    for label, items in found.items():
        kinds_of_items = [(item, _kind(label, item, language)) for item in items[:_MOST_JUDGED]]
        moved_on = [item for item, kind in kinds_of_items if kind == "developed"]
        has_days = any(kind == "altered" and _is_of_a_day(item) for item, kind in kinds_of_items)
        others = _sentences_of(kinds_of_items) if has_days else frozenset()
        for item, kind in kinds_of_items:
            if kind == "altered" and label == "figures" and _moved_with(item, moved_on):
                kind = "developed"  # here too, where nothing says so
            elif others and _is_of_a_day(item) and item.sentences()[1][0] in others:
                kind = None  # of another day's report
            if item.is_exchange and are_told(item, told):
                kind = "corrected"
            if kind:
                judged.append((label, item, kind))
    altered = [(label, item) for label, item, kind in judged if kind == "altered"]
    after = iter(after_notices(altered, told))
    for _, item, kind in judged:
        if now := next(after) if kind == "altered" and told else kind:
            by_kind.setdefault(now, []).append(item.evidence)
    for change in changes:
        for kind, evidence in (
            () if change.text_after() in texts else kinds_of_text(change, language)
        ):
            by_kind.setdefault(kind, []).append(evidence)
    return by_kind


def _moved_with(item: Found, others: Sequence[Found]) -> bool:
    """Whether a figure moved on as others did that say so: it is the same elsewhere; or, but for
    ages and years, in one sentence with them."""
    values = _values(item)
    if any(_values(other) == values for other in others):
        return True
    assert item.figures
    if any(figure.kind == "age" or has_year(figure) for figure in item.figures):
        return False
    sentence = item.sentences()[1][0]
    return any(other.sentences()[1][0] == sentence for other in others)


def _is_of_a_day(item: Found) -> bool:
    """Whether figures are a day, a time or a place in an order, of no year."""
    return item.figures is not None and all(
        figure.kind in ("date", "time", "ordinal") and not has_year(figure)
        for figure in item.figures
    )


def _sentences_of(judged: Sequence[tuple[Found, LabelName | None]]) -> frozenset[str]:
    """The newer sentences in which a figure is another one that may have moved."""
    return frozenset(
        item.sentences()[1][0] for item, kind in judged if kind != "altered" and item.is_exchange
    )


def _values(item: Found) -> tuple[object, ...]:
    return tuple((each.value, each.unit) for each in item.figures or ())


def _kind(label: LabelName, item: Found, language: str) -> LabelName | None:
    """The kind of an exchange; None for what came or went alone, or with its whole sentence."""
    if not item.is_exchange:
        return None
    if label == "quotes":  # headlines quote in short, and shorten otherwise as they like
        is_headline = item.change.kind == "headline"
        if is_headline or not _is_term(item.evidence):
            return None if is_headline else _kind_of_quotation(item.evidence, language)
    if label == "names" and _kind_of_name(item) == "spelling":
        return "spelling"  # also in a sentence written anew
    (before, at), (after, to) = item.sentences()
    if not _stayed(before, after, item):
        return None
    if label == "figures":
        assert item.figures
        old, new = item.figures
        places = InSentence(old, before, at), InSentence(new, after, to)
        return _kind_of_figure(item, *places, language)
    if label == "quotes":
        return "altered"
    if label == "meaning":
        return _kind_of_meaning(item, before, after)
    return _kind_of_name(item)


def _is_term(evidence: Evidence) -> bool:
    """Whether a word or two between marks gave way to others: “a shame” to “a pity”."""
    sides = (evidence.before, evidence.after)
    return all(counted(side).total() < QUOTED_WORDS for side in sides)


def _stayed(before: str, after: str, item: Found) -> bool:
    """Whether a sentence is the same one but for the passage."""
    old, new = counted(before), counted(after)
    old -= counted(item.evidence.before)
    new -= counted(item.evidence.after)
    kept, longer = (old & new).total(), max(old.total(), new.total())
    if item.change.kind == "headline":
        return kept == longer > 0
    if item.sort:
        return kept >= _STAYED_IN_MEANING * longer > 0
    fewest = 1 if item.change.kind in ("subheading", "caption") else _FEWEST_KEPT
    return kept >= min(fewest, longer) and kept >= _STAYED * longer > 0


def _kind_of_figure(
    item: Found, before: InSentence, after: InSentence, language: str
) -> LabelName | None:
    old, new = before.figure, after.figure
    if new.narrows(old):
        return "precise"
    if old.loose or new.loose or _is_range(item):
        return None
    if is_made_exact(before, after):
        return "precise"
    if not old.unit and new.unit and re.match(rf"{re.escape(old.shown)}\W", new.shown):
        return None  # its unit had been forgotten
    if has_moved_on(before, after, language):
        return "developed"
    if is_within(before, after):
        return "precise"
    if is_year(before, after) or _is_of_another_scale(old, new):
        return "altered"
    return "altered" if is_settled(before, after, language) else None


def _is_of_another_scale(old: Figure, new: Figure) -> bool:
    """Whether a sum was written in millions for billions: in the same digits."""
    if old.unit != new.unit or not old.family == new.family == "amount":
        return False
    if not (isinstance(old.value, float | int) and isinstance(new.value, float | int)):
        return False
    digits = [_DIGITS.findall(each.shown) for each in (old, new)]
    less, more = sorted((old.value, new.value))
    return digits[0] == digits[1] and less > 0 and isclose(more, _SCALE * less)


def _is_range(item: Found) -> bool:
    """Whether a figure begins a range, whose unit stands after the other end."""
    assert item.figures
    sides = zip(item.change.texts(), item.figures, strict=True)
    return any(_RANGE.match(text, figure.end) for text, figure in sides)


def _kind_of_meaning(item: Found, before: str, after: str) -> LabelName | None:
    """Only what turned a settled statement; that something became more or less sure is none,
    and who bears a title may have won it."""
    told = before, after
    if item.figures and item.figures[1].narrows(item.figures[0]):
        return "precise"
    if item.sort in ("hedge", "title", "amount", "pronoun"):
        return None
    if item.sort == "negation" and item.change.kind == "headline":
        return None  # in few words, a later state of the story
    if item.sort == "law":
        sides = item.evidence.before, item.evidence.after
        old, new = (law.stage_of(words(side.casefold())) for side in sides)
        return "developed" if old and new and law.has_moved_on(old, new) else "altered"
    if item.sort == "charge" and not all(map(is_of_a_year_that_is_over, told)):
        sides = item.evidence.before, item.evidence.after
        gone, come = (words(side.casefold()) for side in sides)
        goes_on = law.may_be_another(words(after.casefold()), gone, come)
        if goes_on and not DEGREES.isdisjoint(come) and DEGREES.isdisjoint(gone):
            return None  # a lesser suspicion may be the older one, told in full
        return "developed" if goes_on else "altered"
    if item.sort == "party" and _is_ahead(item):
        return "developed"
    is_over = all(map(is_of_a_year_that_is_over, told))
    moved = item.sort == "opposite" and ((any(map(moves, told)) and not is_over) or _is_state(item))
    moved |= item.sort in ("opposite", "negation") and not is_over and _was_state(item)
    came_true = (is_future(before) and not is_future(after)) or (
        is_open(before) and not is_open(after)
    )
    return "developed" if moved or came_true else "altered"


def _is_state(item: Found) -> bool:
    """Whether an opposite is what somebody or something is, has done or does now: the world may
    have turned it."""
    text, at = item.change.text_after(), item.at[1]
    before = words(text[max(0, at - _STATED) : at].casefold())[-1:]
    return before in (["is"], ["are"], ["has"], ["have"]) or item.evidence.after.endswith("poses")


def _was_state(item: Found) -> bool:
    """Whether a state that lasts a while was told of the day: "was open", "was not in force"."""
    before, after = item.change.texts()
    begins = item.at
    was = words(after[max(0, begins[1] - _STATED) : begins[1]].casefold())
    sides = before[begins[0] :], after[begins[1] :]
    return not _WAS.isdisjoint(was) and all(_STATE.match(side) for side in sides)


def _kind_of_name(item: Found) -> LabelName | None:
    old, new = item.evidence.before, item.evidence.after
    if (
        item.piece
        and _is_called_place(item.piece.after)
        and not _is_called_place(item.piece.before)
    ):
        return "precise"
    goes_on = all(map(_is_under_way, item.change.texts(), item.at)) or _is_ahead(item)
    if goes_on and not all(is_of_a_year_that_is_over(told) for told, _ in item.sentences()):
        return "developed"
    if are_two_countries(old, new):
        return "altered"
    if is_inflected(old, new):
        return None
    is_inside = old.lower() in COUNTRIES and new.lower() in CITIES
    is_inside |= bool(REGION.fullmatch(old)) and not REGION.fullmatch(new)
    if is_said_in_full(old, new) or is_inside:
        return "precise"
    if is_respelling(old, new) or is_one_name(old, new):
        return "spelling"
    if _is_another_share(item):
        return None
    one, other = counted(old), counted(new)
    if not one & other and all(map(_is_source, (old, new), item.change.texts(), item.at)):
        return "altered" if _is_speaker(item) else "developed"
    as_long = one.total() == other.total()
    of_one = as_long and are_forms(one, other) and not are_two_cities(old, new)
    if of_one or not _is_in_its_place(item):
        return None
    return "altered"


def _is_under_way(text: str, at: int) -> bool:
    """Whether a place is where something goes on, or on its way: "talks moved to Geneva"."""
    return _ON_ITS_WAY.search(text, max(0, at - _BEFORE_PLACE), at) is not None


def _is_ahead(item: Found) -> bool:
    """Whether somebody leads a count or a match that goes on: it may be another one by now."""
    shown = item.evidence.before, item.evidence.after
    sides = zip(item.change.texts(), item.at, shown, strict=True)
    return all(_AHEAD.match(text, at + len(name)) for text, at, name in sides)


def _is_another_share(item: Found) -> bool:
    """Whether another share or the like is spoken of, for it moved by another figure; an index may
    have moved as much."""
    told = [sentence for sentence, _ in item.sentences()]
    old, new = map(_DIGITS.findall, told)
    if not (all(map(tells_of_shares, told)) and all(map(moves_by, told))):
        return False
    return old != new or all(map(tells_of_indices, told))


def _is_called_place(text: str) -> bool:
    """Whether a passage says what sort of place a name is of: "the town of Alcanar"."""
    return not _PLACE_NOUNS.isdisjoint(words(text))


def _is_in_its_place(item: Found) -> bool:
    """Whether none of two names is the first word of what is quoted, and both are sure."""
    sides = zip(item.change.texts(), item.at, strict=True)
    return item.piece is not None and not any(text.endswith(_QUOTING, 0, at) for text, at in sides)


def _is_speaker(item: Found) -> bool:
    """Whether two people, and no newsrooms, are said to have said the same words."""
    names = item.evidence.before, item.evidence.after
    if any(" " not in name or not NEWSROOMS.isdisjoint(words(name.casefold())) for name in names):
        return False
    before, after = ({q.said for q in quotations(text)} for text in item.change.texts())
    return bool(before) and before == after and _is_in_its_place(item)


def _is_source(name: str, text: str, at: int) -> bool:
    """Whether a name is that of whoever says so: "according to AFP", "AFP reports"."""
    if not NEWSROOMS.isdisjoint(words(name.casefold())):
        return True
    before = text[max(0, at - _BESIDE) : at]
    if _DONE_BY.search(before):
        return False
    if _WHERE.search(before) and text.startswith(",", at + len(name)):
        return False
    around = words(f"{before} {text[at : at + len(name) + _BESIDE]}".casefold())
    if not ATTRIBUTIONS.isdisjoint(around):
        return True
    said = words(sentence_at(text, at)[0].casefold())
    return _TOLD_TO.search(before) is not None and not SPEECH_VERBS.isdisjoint(said)


def _kind_of_quotation(evidence: Evidence, language: str) -> LabelName | None:
    """The kind of a sentence that has other words, the gravest of all. A quotation that was cut, or
    quoted at more length, is none, nor are other sentences of it."""
    found = {_kind_of_sentence(*pair, language) for pair in _paired_sentences(evidence)}
    return next((kind for kind in _OF_QUOTATIONS if kind in found), None)


def _kind_of_sentence(old: Counter[str], new: Counter[str], language: str) -> LabelName | None:
    """The kind of a sentence of a quotation, given its words; none where only its grammar was put
    right."""
    gone, come = without_forms(*without_joined(old - new, new - old))
    denied = negations(language)
    if not gone or not come:  # its marks, the order of its words, or it was cut
        small = max(gone.total(), come.total()) <= _SLOT
        denies = not denied.isdisjoint(gone.keys() | come.keys())
        return "altered" if small and denies else None
    if abs(gone.total() - come.total()) > 2 * _SLOT:
        return None  # cut, or quoted at more length, on the way
    if is_future(" ".join(gone)) and not is_future(" ".join(come)):
        return "developed"
    if denied.isdisjoint(gone) != denied.isdisjoint(come):
        return "altered"
    is_anew = (old & new).total() < _QUOTE_KEPT * max(old.total(), new.total())
    if is_anew and not HEDGES.isdisjoint(gone) and HEDGES.isdisjoint(come):
        return None  # more is known by now
    if all(map(_are_days, (gone, come))) and not all(map(_are_weekdays, (gone, come))):
        return None  # "yesterday", "on Friday"
    if _TENSES.issuperset(gone) and _TENSES.issuperset(come):
        return None  # another tense: "haben Glück gehabt", "hatten Glück"
    telling = [[w for w in side if is_telling(w) and w not in denied] for side in (gone, come)]
    if all(any(word[0].isdigit() for word in side) for side in (gone, come)):
        return "altered"
    if not all(telling):
        return "spelling" if is_one_name(*map("".join, (gone, come))) else None
    return "altered"


def _are_days(side: Counter[str]) -> bool:
    """Whether words say no more than on which day."""
    return any(map(is_day, side)) and all(is_day(word) or not is_telling(word) for word in side)


def _are_weekdays(side: Counter[str]) -> bool:
    return any(word in ALL_WORDS for word in side)


def _paired_sentences(evidence: Evidence) -> Iterator[tuple[Counter[str], Counter[str]]]:
    """The words of each sentence of a quotation that the other version of it has in nearly the same
    words, and those there."""
    old, new = sentences(evidence.before), sentences(evidence.after)
    gone = [counted(each) for each in old if each not in new][:_MOST_SENTENCES]
    left = [counted(each) for each in new if each not in old][:_MOST_SENTENCES]
    for before in gone:
        likely = [
            after
            for after in left
            if (before & after).total() >= _QUOTE_KEPT * max(before.total(), after.total())
            or Told(before).is_told_anew(Told(after))
        ]
        if likely:
            after = max(likely, key=lambda each: (before & each).total())
            left.remove(after)
            yield before, after
