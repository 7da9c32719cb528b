"""What an entry of RSS, RDF or Atom says, in the forms in which it is said."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from lxml import etree

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.parsing.dates import to_utc
from newsdiff_crawler.parsing.feed_markup import Entry, local_name, text_of
from newsdiff_crawler.parsing.marks import mark_of, without_tags

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified", "created")
_OF_OTHERS = ("source", "image", "author", "channel")  # whose links are none of an entry's
_HTML_TYPES = ("", "text/html", "application/xhtml+xml", "html", "xhtml")


def read_entry(entry: Entry) -> FeedEntry | None:
    """An article; None where no link leads to it."""
    url = next(filter(None, _addresses(entry)), "")
    if not url:
        return None
    title = entry.text("title")
    guid = entry.text("guid", "id") or entry.element.get(_ABOUT, "").strip()
    summary = entry.text("description", "summary") or entry.text("content")
    stated = [*entry.children(*_DATES), *entry.foreign(*_DATES)]
    dates = {text: to_utc(text) or "" for text in map(text_of, stated)}
    told = sorted({moment or text for text, moment in dates.items()})
    newest = max(dates.values(), default="")
    return FeedEntry(url, mark_of([guid, *told], [title, summary]), plain(title), guid, newest)


def plain(title: str) -> str:
    """A headline without markup, however often that was escaped."""
    return " ".join(unescape(without_tags(unescape(title))).split())


def _addresses(entry: Entry) -> Iterator[str]:
    """The entry's own address, by all that may state it, the best first. FeedBurner links to its
    own counter, and states the article's link beside it."""
    for element in [*entry.foreign("origlink"), *entry.children("link")]:
        if not _attribute(element, "href"):
            yield _address(entry, _text_or_tail(element), element)
    links = [each for each in _links(entry) if _attribute(each, "href")]
    for element in sorted(
        (each for each in links if "alternate" in _relations(each)),
        key=lambda element: _strangeness(element, entry.language()),
    ):
        yield _address(entry, _attribute(element, "href"), element)
    yield from _named_addresses(entry)
    for element in links:
        is_own = not {"canonical", "self"}.isdisjoint(_relations(element))
        if is_own and _attribute(element, "type") in _HTML_TYPES:
            yield _address(entry, _attribute(element, "href"), element)
    for element in entry.children("content"):
        yield _address(entry, element.get("src", ""), element)
    for element in entry.children("id"):
        yield _web_address(text_of(element))
    for element in entry.element.iter("{*}link"):  # in one that was not closed
        if local_name(element.getparent()) not in _OF_OTHERS:
            yield _web_address(element.text or "")


def _named_addresses(entry: Entry) -> Iterator[str]:
    """What names an entry of RSS is its address, unless it says that it is not."""
    for element in entry.children("guid"):
        stated = _attribute(element, "ispermalink").lower()
        if stated == "true":
            yield _address(entry, text_of(element), element)
        elif stated != "false":
            yield _web_address(text_of(element))
    yield _web_address(entry.element.get(_ABOUT, ""))


def _links(entry: Entry) -> Iterator[etree._Element]:
    """Links with attributes: Atom's own, or those in RSS."""
    return (each for each in entry.element if local_name(each) == "link")


def _relations(link: etree._Element) -> list[str]:
    """Of a link; registered ones may be written as IANA's addresses."""
    stated = _attribute(link, "rel").lower().split()
    return [each.rpartition("/")[2] for each in stated] or ["alternate"]


def _strangeness(link: etree._Element, language: str) -> int:
    """How unlike a page for our reader's screen and in the feed's language a link's end is."""
    other_type = link.get("type", "").partition(";")[0].strip().lower() not in _HTML_TYPES
    other_media = link.get("media", "").lower() not in ("", "all", "screen")
    stated = link.get("hreflang", "").lower()
    other_language = bool(stated and language) and _primary(stated) != _primary(language)
    return 4 * other_type + 2 * other_language + other_media


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0]


def _text_or_tail(link: etree._Element) -> str:
    """A link that was closed at once has its address behind it."""
    return text_of(link) or _web_address((link.tail or "").strip())


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(v) for key, v in element.items() if str(key).lower() == name), "").strip()


def _address(entry: Entry, link: str | None, element: etree._Element) -> str:
    return entry.address(link, element) if link and link.strip() else ""


def _web_address(text: str) -> str:
    return text.strip() if text.strip().startswith(("https://", "http://")) else ""
