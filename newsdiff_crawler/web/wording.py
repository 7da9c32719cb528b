"""Facts in words: times, counts, and when an article is checked next."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.reading.records import ArticleFacts
from newsdiff_crawler.store.reading.source_health import RunFacts
from newsdiff_crawler.store.trouble import WORST_SHARE
from newsdiff_crawler.text import count_of
from newsdiff_crawler.times import from_iso, readable_time

_NOT_AGAIN = {
    "gone": "It will not be checked again: the page is gone from its source.",
    "retired": "It will not be checked again: it has stopped changing.",
}
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "byline": "Byline",
    "figures": "Figures",
    "names": "Names",
    "quotes": "Quotes",
    "attribution": "Attribution",
    "meaning": "Meaning",
    "correction": "Correction added",
    "clarification": "Clarification added",
    "update": "Said to be updated",
    "note": "Editor’s note added",
    "withdrawn": "Notice removed",
    "corrected": "Corrected with a note",
    "altered": "Altered without a note",
    "developed": "Developed",
    "precise": "Made precise",
    "spelling": "Spelling",
    "grew": "Grew",
    "rewritten": "Rewritten",
}
PLACEHOLDER = "A page that stood in the story’s place, not the story"
_STATED_BY = {
    "canonical": "its page names this address",
    "guid": "a feed lists both under one name",
    "former": "it was found here before",
}
_ADDRESS = re.compile(r"https?://\S+")
_ABSENT = re.compile(r"absent since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")
_EVENTS = {
    "gone": "Gone from its source",
    "back": "Back at its source",
    "moved": "Moved to another address",
    "blocked": "Blocked: its source no longer let us read it",
    "hidden": "Taken down here",
    "shown": "Shown here again",
    "reverted again": "An earlier text came back once more",
    "captured": "Another text in between, which we did not see: captured by the Internet Archive",
    "source changed": "Followed under another source’s name from here on",
}


def share_of(part: int, whole: int) -> str:
    """``12 %``; ``< 1 %`` for a small part, and a dash if the whole is 0."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    return "< 1 %" if 0 < percent < 1 else f"{percent:.0f} %"


@lru_cache(maxsize=2000)
def short_time(moment: str) -> str:
    """``22 Apr 2025, 14:33``."""
    at = from_iso(moment)
    return f"{at.day} {at:%b %Y, %H:%M}"


def why_not_checked(article: ArticleFacts) -> str | None:
    """Why there is no next check; None if there is one."""
    if article.next_check_at is not None:
        return None
    return _NOT_AGAIN.get(article.state, "No further check is planned.")


def is_overdue(article: ArticleFacts, now: datetime) -> bool:
    """Whether the next check was due before ``now``."""
    return article.next_check_at is not None and from_iso(article.next_check_at) < now


def minor_text(change: Change) -> str:
    """Why a change is not counted; ``""`` for a real change."""
    if change.is_placeholder:
        return PLACEHOLDER
    return {
        None: "",
        "cosmetic": "Cosmetic",
        "reverted": f"Back to the text of version {change.reverts_to}",
        "page": "The page’s doing: a box beside the story, or a redesign",
        "held": "Held back until it is clear whether the site or its stories changed",
        "parser": "Read in a new way by us; the article may not have changed",
    }[change.minor]


def stated_by(how: str) -> str:
    """Who says that an address is an article's."""
    return _STATED_BY.get(how, how)


def event_text(kind: str) -> str:
    """What an event means to a reader."""
    return _EVENTS.get(kind, kind.capitalize())


def event_address(detail: str) -> str:
    """The address with which the detail of an event begins; empty where it begins with none."""
    address = _ADDRESS.match(detail)
    return address[0] if address else ""


def event_detail(detail: str) -> str:
    """The detail of an event for a reader: ``absent since ...`` with a readable time, and without
    the address with which it begins."""
    detail = detail.removeprefix(event_address(detail)).lstrip()
    absent = _ABSENT.fullmatch(detail)
    return f"absent since {readable_time(absent[1])}" if absent else detail


def fit_text(run: RunFacts | None) -> str:
    """Whether our parsers still fit a source's pages, by a crawl that checked some."""
    received = (run.checks or 0) - (run.blocked or 0) if run else 0
    if run is None or not received:
        return "Not known: no page has come lately"
    failed = run.failed or 0
    if failed > received * WORST_SHARE:
        return f"No longer fits: {failed:,} of {count_of(received, 'page')} could not be read"
    read = f"{received - failed:,} of {count_of(received, 'page')} could be read"
    if run.read_generically:
        return f"No longer fits all: {read}, {run.read_generically:,} only by the generic parser"
    return f"Fits: {read}"
