"""What a newspaper says to its readers of its own affairs: offers, appeals, invitations, calls for
letters.

No single word tells: a story may be about newsletters, and columns say "you". Signs do together,
for each is rare in reports. The words: `appeal_words`. Pure functions on texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsdiff_crawler.parsing.appeal_words import (
    AFFAIR,
    DISCLOSED,
    DO,
    DONE,
    FORMAL,
    HERE,
    OTHERS,
    OWN,
    PRICE,
    REPORTED,
    SUBSCRIBED,
    TAKE,
    WE,
    YOU,
)
from newsdiff_crawler.parsing.words import (
    QUESTION_MARKS,
    Said,
    ends_as_question,
    ends_as_sentence,
    is_spaceless,
    sentences_of,
)

LONGEST = 280  # characters of an appeal
_SHORT = 200  # of one with a link that may lead anywhere
_SHORTEST = 150  # of one without a link
_LONGEST_CALL = 14  # words of a link
_FEW = 5
_BUTTON = 35
_SENTENCE = 40  # characters of a sentence that must have a sign of its own
_OF_ITSELF = AFFAIR.bit | OWN.bit | SUBSCRIBED.bit | WE.bit
_CONTACT = re.compile(r"\w@[\w-]+\.\w|(?<![\w@])@\w{3,}|\+\d[\d ()-]{7,}")


@dataclass(frozen=True)
class Signs:
    """What a text has of an appeal. ``does``: it tells to do something; ``you`` and ``we``: it
    speaks of them; ``affair``: of what newspapers offer; ``price``: of one, or of none;
    ``contact``: an address; ``leads``: a link that tells to do something, names an affair or ends
    the text, and ``linked``: any."""

    does: bool = False
    you: bool = False
    we: bool = False
    affair: bool = False
    price: bool = False
    contact: bool = False
    leads: bool = False
    linked: bool = False

    def __or__(self, other: Signs) -> Signs:
        return Signs(*(getattr(self, name) or getattr(other, name) for name in _NAMES))

    @property
    def is_addressed(self) -> bool:
        return self.does or self.you


def _tells(said: Said) -> bool:
    """Whether a sentence begins by telling to do something, or ends so."""
    begins = TAKE.begins(said) or DO.begins(said)
    return begins or DONE.any(said) or TAKE.within(said) or DO.within(said)


_NAMES = tuple(Signs.__dataclass_fields__)


@lru_cache(256)  # a box within a box has the same texts
def signs_of(text: str, links: tuple[str, ...] = ()) -> Signs:
    """Quotations do not count."""
    said = Said(text)
    is_own = OWN.any(said)
    return Signs(
        does=_tells(said) or any(map(_calls, links)),
        you=YOU.any(said) or bool(FORMAL.search(said.text)),
        we=WE.any(said) or is_own,
        affair=AFFAIR.any(said) or is_own,
        price=bool(PRICE.search(said.text)),
        contact=bool(_CONTACT.search(said.text)),
        leads=any(map(_leads, links)) or ends_in_link(text, links),
        linked=bool(links),
    )


def _calls(link: str) -> bool:
    """Whether a link begins by telling to do something, and is no part of a sentence."""
    words = Said(link).words
    if " " not in link or not words or link[0].islower():
        return False
    return TAKE.at(words, 0) or DO.at(words, 0)


def _leads(link: str) -> bool:
    said = Said(link)
    if not 0 < len(said.words) <= _LONGEST_CALL:
        return False
    is_here = len(said.words) <= _FEW and HERE.any(said)
    return "@" in link or "//" in link or is_here or _calls(link) or AFFAIR.any(said)


def is_call(text: str) -> bool:
    """Whether a text is what stands on a button that leads to an offer."""
    said = Said(text) if len(text) <= _BUTTON else Said("")
    return bool(said.words) and TAKE.at(said.words, 0)


def is_appeal(text: str, links: Sequence[str] = ()) -> bool:
    """Whether a paragraph is nothing but an appeal to readers, or an offer."""
    if len(text) > LONGEST or not (links or len(text) <= _SHORTEST or "@" in text or "+" in text):
        return False
    said = Said(text)
    asks = bool(links) and _asks(text, links)
    # A word may have another at its beginning in the text, and none in the link.
    offers = any(AFFAIR.any(Said(link)) for link in links)
    if not (asks or offers or said.may_have(_OF_ITSELF)):  # as nearly all
        return False
    if REPORTED.any(said) or OTHERS.any(said):
        return False
    if asks or SUBSCRIBED.any(said):
        return True
    offers = offers or ((links or len(text) > _SHORTEST) and AFFAIR.any(said))
    if not (offers or WE.any(said) or OWN.any(said)):
        return False
    found = signs_of(text, tuple(links))
    return _appeals(text, found) and _are_fit(sentences_of(text), found)


def is_invitation(text: str, links: Sequence[str] = ()) -> bool:
    """Whether an appeal tells to do something about an affair of "ours": sure enough of what is
    seldom one."""
    if not is_appeal(text, links):  # as nearly all
        return False
    found = signs_of(text, tuple(links))
    return found.does and found.we and found.affair


def _asks(text: str, links: Sequence[str]) -> bool:
    """Whether a question stands before a sentence that is little more than a link, which tells to
    do something: "Seen it? Tell us."."""
    if len(text) > _SHORT or not any(mark in text for mark in QUESTION_MARKS):
        return False
    *before, last = sentences_of(text)
    if not before or not ends_as_question(before[-1]):
        return False
    link = links[-1]
    is_most = link in last and len(link) <= _BUTTON and 2 * len(link) >= len(last)
    return is_most and _leads(link)


def _appeals(text: str, found: Signs) -> bool:
    if found.leads or (found.contact and (found.you or found.we)):
        is_label = len(text) <= _SHORTEST or not ends_as_sentence(text)
        is_told = found.does or (found.you and found.we)
        return is_told or (found.we and found.affair and is_label)
    if not (found.we and found.affair):
        return False
    if found.linked and (found.does or (found.you and len(text) <= _SHORT)):
        return True
    return len(text) <= _SHORTEST and (found.does or DISCLOSED.any(Said(text)))


def _are_fit(sentences: Sequence[str], whole: Signs) -> bool:
    """Whether each of several sentences speaks to somebody or of "us", or is too short to report
    anything."""
    parts = [(len(each) <= _SENTENCE, signs_of(each)) for each in sentences]
    is_ours = whole.you or whole.we
    return len(parts) == 1 or all(
        each.is_addressed or each.we or (is_short and (is_ours or each.affair))
        for is_short, each in parts
    )


def _speaks(sentence: str) -> bool:
    """Whether a sentence has a part in an offer."""
    found = signs_of(sentence)
    return len(sentence) <= _SENTENCE or found.is_addressed or found.we or found.affair


def is_offer(texts: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether a box with these texts, and their links, is one: most of what it says is. One
    without a link or an address is none."""
    found = Signs()
    for text, links in texts:
        found |= signs_of(text, tuple(links))
    return _offers(found) and _most_speak([text for text, _ in texts])


def _offers(found: Signs) -> bool:
    if found.leads or found.contact:
        about = found.affair or found.price or found.we
        return (found.is_addressed and about) or (found.we and found.affair)
    sells = found.we and found.price
    return found.linked and found.affair and (found.is_addressed or sells)


def _most_speak(texts: Iterable[str]) -> bool:
    sentences = [part for text in texts for part in sentences_of(text)]
    spoken = sum(len(part) for part in sentences if _speaks(part))
    return 2 * spoken >= sum(map(len, sentences))


def ends_in_link(text: str, links: Sequence[str]) -> bool:
    """Whether a short link stands at the end, after a sentence, and is none itself."""
    link = links[-1] if links else ""
    if not text.endswith(link) or not 2 < len(link) <= _BUTTON or ends_as_sentence(link):
        return False
    is_words = " " in link or is_spaceless(link)
    return bool(is_words) and ends_as_sentence(text[: -len(link)].rstrip(" >»→–|-"))
