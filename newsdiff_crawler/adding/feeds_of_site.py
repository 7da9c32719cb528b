"""Where a site says that its feeds are: in the head of its pages, and in robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from newsdiff_crawler.parsing import Page
from newsdiff_crawler.urls import normal

MOST = 10
_TYPES = ("rss+xml", "atom+xml", "feed+json", "rdf+xml")
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|reacties", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?![a-z])")
_NEWS = re.compile(r"news", re.IGNORECASE)


def feeds_of_page(page: Page) -> list[str]:
    """The addresses in ``<link rel=alternate>`` of a page, the first ones; not of comments."""
    links = [node.attributes for node in page.all("link[rel~=alternate][href]")]
    return _usable(
        page.url,
        (
            link["href"] or ""
            for link in links
            if (link.get("type") or "").lower().endswith(_TYPES)
            and not _COMMENTS.search(f"{link.get('title')} {link['href']}")
        ),
    )


def language_of(page: Page) -> str:
    """The language that a page states, without its country; empty where it states none."""
    stated = _LANGUAGE.match(page.language.lower())
    return stated[1] if stated else ""


def sitemaps_of_robots(robots: str) -> list[str]:
    """The sitemaps that a robots.txt names, those for news first."""
    parted = (line.partition(":") for line in robots.splitlines())
    stated = (value.split() for name, _, value in parted if name.strip().lower() == "sitemap")
    named = _usable("", (address for address, *_ in filter(None, stated)))
    return sorted(named, key=lambda url: not _NEWS.search(url))


def _usable(base: str, addresses: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for address in addresses:
        try:
            found[normal(urljoin(base, address))] = None
        except ValueError:
            continue
        if len(found) == MOST:
            break
    return [*found]
