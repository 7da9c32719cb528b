"""Whether a text that stands at several addresses is a story or stands in the place of stories.
Pure functions of the text and of where else it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from newsdiff_crawler.items import FetchedPage
from newsdiff_crawler.store.writing.other_texts import Twin
from newsdiff_crawler.text import words
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.urls import name_one_page

ADDRESSES_OF_A_PLACEHOLDER = 3
# What is longer is told as a story at each of its addresses, until one of them shows another.
LONG = 150  # words
WELL_BEFORE = timedelta(hours=1)
FEWEST_LISTED = 2  # words of a headline: one may be anything
FEWEST_NAMED = 3  # words in an address that say what it is
_LEAST_LETTERS = 4  # of a word that says something
_BEGINNING = 6  # letters; what follows is how a word is inflected
_SLUG = re.compile(r"[\W_]+")
_ENDING = re.compile(r"\.\w{1,5}$")
_PLAIN = str.maketrans("øæłđı", "oaldi")
_SPELT_OUT = re.compile(r"([aou])e|a(?=a)")


def is_placeholder(
    fetched: FetchedPage,
    listed_as: str,
    twins: Sequence[Twin],
    *,
    is_first: bool,
    is_stored: bool = False,
) -> bool:
    """Whether the text at an address is no story: it stands at three addresses or more, and is at
    home at none; or was seen in the place of another story already. Never where the address, or
    its headline in a feed, names it, unless it stands below other headlines too; nor where one
    address had it first. ``is_first``: the address has no text of its own yet.
    ``is_stored``: it has this one as a version."""
    walls = {twin.article_id for twin in twins if twin.shares_body_only}
    if len(walls) + 1 >= ADDRESSES_OF_A_PLACEHOLDER:
        return True
    twins = [twin for twin in twins if not twin.shares_body_only]
    if names_story(fetched.page.title, fetched.moved_from or fetched.url, listed_as):
        return False
    if original(fetched, twins, is_stored=is_stored):
        return False
    others = [twin for twin in twins if not _is_at_home(fetched, twin)]
    # Where a redirect leads is a page in its own right, at its own address.
    is_own_page = is_first and not fetched.moved_from
    if any(twin.number is None and not (is_own_page and twin.was_led) for twin in others):
        return True
    stored = [twin for twin in others if twin.number is not None]
    if len({twin.article_id for twin in stored}) + 1 < ADDRESSES_OF_A_PLACEHOLDER:
        return False
    if not is_first or fetched.words < LONG:
        return True
    names = [listed_as, *(twin.listed_as for twin in stored)]
    return all(_is_listed_otherwise(fetched.page.title, name) for name in names)


def original(
    fetched: FetchedPage, twins: Sequence[Twin], *, is_stored: bool = False
) -> Twin | None:
    """The one article that has a long text as a version, or that had it well before any other
    address showed it: there it is at home, and elsewhere it is that article's."""
    told = [twin for twin in twins if twin.number is not None]
    first = min(told, key=lambda twin: twin.since, default=None)
    if first is None:
        return None
    if (
        not is_stored
        and fetched.words >= LONG
        and {twin.article_id for twin in told} == {first.article_id}
    ):
        return first
    others = [twin.since for twin in twins if twin.article_id != first.article_id]
    earliest = from_iso(min([*others, fetched.fetched_at]))
    return first if from_iso(first.since) + WELL_BEFORE <= earliest else None


def false_versions(fetched: FetchedPage, twins: Sequence[Twin]) -> list[Twin]:
    """The versions that were made of a placeholder: at no address that its headline names."""
    return [twin for twin in twins if twin.number and not _is_at_home(fetched, twin)]


def _is_listed_otherwise(headline: str, listed_as: str) -> bool:
    listed = _telling(words(listed_as))
    return len(listed) >= FEWEST_LISTED and not listed & _telling(words(headline))


def is_one_story_at_two(fetched: FetchedPage, listed_as: str, twin: Twin, words_hash: str) -> bool:
    """Whether an article that has the same text is the same story at another address: both
    addresses look like one page's, or each is listed, or named, as what the headline says."""
    if twin.number is None or twin.words_hash != words_hash:
        return False
    if name_one_page(fetched.url, twin.url):
        return True
    return names_story(fetched.page.title, fetched.url, listed_as) and _is_at_home(fetched, twin)


def is_not_as_listed(fetched: FetchedPage, listed_as: str) -> bool:
    """Whether a short page has nothing of the headline under which a feed lists it, nor of what its
    address says in Latin letters."""
    asked = fetched.moved_from or fetched.url
    if fetched.words >= LONG:
        return False
    told = _telling(words(" ".join(block.text for block in fetched.page.blocks())))
    listed = _telling(words(listed_as))
    if len(listed) >= FEWEST_LISTED:
        return not listed & told
    named = _slug(asked)
    is_latin = sum(word.isascii() for word in told) * 2 > len(told)
    return is_latin and len(named) >= FEWEST_NAMED and not named & told


def leads_back(fetched: FetchedPage) -> bool:
    """Whether a redirect led to a page that would lead back, as a page to log in does."""
    path = urlsplit(fetched.moved_from or "").path
    return len(path) > 1 and path in unquote(urlsplit(fetched.url).query)


def names_story(headline: str, url: str, listed_as: str) -> bool:
    """Whether an address or its headline in a feed names what the headline of a page says: two of
    its words, or all of them."""
    told = _telling(words(headline))
    shared = len(told & (_telling(words(listed_as)) | _slug(url)))
    return shared >= FEWEST_LISTED or 0 < len(told) == shared


def _is_at_home(fetched: FetchedPage, twin: Twin) -> bool:
    """Whether a text belongs to the address that has it, by what that is called; a text that was
    shown at this very address in another's place belongs here."""
    if twin.number is None and twin.url == fetched.url and not fetched.moved_from:
        return True
    return names_story(fetched.page.title, twin.url, twin.listed_as)


def _slug(url: str) -> set[str]:
    """The words of the last part of an address."""
    end = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    end = _ENDING.sub("", end)
    return {word for word in _telling(_SLUG.split(end)) if word.isalpha()}


def _telling(found: Sequence[str]) -> set[str]:
    """The beginnings of words that say something, with accents and without, or spelt out as in
    addresses, all the same: "brücke", "brucke", "bruecke"."""
    decomposed = (unicodedata.normalize("NFKD", word.casefold()) for word in found)
    bare = ("".join(filter(str.isalnum, word)).translate(_PLAIN) for word in decomposed)
    return {
        _SPELT_OUT.sub(r"\1", word)[:_BEGINNING] for word in bare if len(word) >= _LEAST_LETTERS
    }
