"""Where a site says that its feeds are: in its pages, and in robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urljoin

from newsdiff_crawler.parsing import Page
from newsdiff_crawler.urls import is_web_page, normal, site_of

MOST = 10
_TYPES = ("rss+xml", "atom+xml", "feed+json", "rdf+xml")
_PERHAPS = ("application/json", "application/xml", "text/xml", "")  # of feeds, and of much else
_FEED = re.compile(r"(?<![a-z])(?:rss|atom|feeds?)(?![a-z])", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|reacties", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?![a-z])")
_NEWS = re.compile(r"news", re.IGNORECASE)


def feeds_of_page(page: Page) -> list[str]:
    """The addresses in ``<link rel=alternate>`` of a page, the first ones; not of comments."""
    typed = ((link, kind) for link, kind in _alternates(page) if kind.endswith(_TYPES))
    return _usable(_base(page), (link["href"] or "" for link, _ in typed))


def perhaps_feeds(page: Page) -> list[str]:
    """Addresses of a page that may be feeds: those of links without the type of one, and what it
    links to on its own site under such a name."""
    untyped = (
        link["href"] or ""
        for link, kind in _alternates(page)
        if kind in _PERHAPS and not link.get("hreflang")
    )
    base, site = _base(page), site_of(page.url)
    hrefs = (node.attributes["href"] or "" for node in page.all("a[href]"))
    called_so = _usable(base, (href for href in hrefs if _FEED.search(href)))
    own = (url for url in called_so if is_web_page(url, [site]) and not _COMMENTS.search(url))
    return [*dict.fromkeys([*_usable(base, untyped), *own])]


def _alternates(page: Page) -> Iterator[tuple[dict[str, str | None], str]]:
    """Links to other forms of a page, with their type."""
    for node in page.all("link[rel~=alternate i][href]"):
        link = node.attributes
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if not _COMMENTS.search(f"{link.get('title')} {link['href']}"):
            yield link, kind


def _base(page: Page) -> str:
    """What the page's links are seen from."""
    stated = page.first("base[href]")
    return _joined(page.url, (stated.attributes["href"] or "") if stated else "") or page.url


def language_of(page: Page) -> str:
    """The language that a page states, without its country; empty where it states none."""
    stated = _LANGUAGE.match(page.language.lower())
    return stated[1] if stated else ""


def sitemaps_of_robots(robots: str, url: str) -> list[str]:
    """The sitemaps that the robots.txt at an address names, those for news first."""
    parted = (line.partition(":") for line in robots.splitlines())
    stated = (value.split() for name, _, value in parted if name.strip().lower() == "sitemap")
    named = _usable(url, (address for address, *_ in filter(None, stated)))
    return sorted(named, key=lambda url: not _NEWS.search(url))


def _usable(base: str, addresses: Iterable[str]) -> list[str]:
    joined = (_joined(base, address) for address in addresses)
    return [*islice(dict.fromkeys(filter(None, joined)), MOST)]


def _joined(base: str, address: str) -> str:
    """Empty where it is none."""
    try:
        return normal(urljoin(base, address))
    except ValueError:
        return ""
