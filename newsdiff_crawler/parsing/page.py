"""One HTML page, parsed once: its tree, and what it states about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdiff_crawler.parsing import linked_data
from newsdiff_crawler.parsing.charset import decode
from newsdiff_crawler.parsing.refusal import Refusal

# The largest of several hundred news pages has 3.2 million characters.
MAX_CHARACTERS = 10_000_000
# A tree takes time in the square of its depth and of the attributes of a tag: 10,000 elements
# deep is 0.1 s, 100,000 deep 25 s.
MAX_DEPTH = 12_000
MAX_ATTRIBUTES = 5_000
_WINDOW = 25_000
# Tags, but for elements that hold nothing or are often left open.
_TAG = re.compile(
    r"<(/?)(?!(?:area|br|col|hr|img|input|link|meta|source|wbr|p|li|td|th|tr|dt|dd|option|path|use"
    r"|rect|circle|line|polygon)\b)[a-zA-Z]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


class Page:
    """A page as it came. Each part is parsed when it is first needed, and once.

    ``url`` is where the page is, ``asked_url`` what was requested: they differ after a redirect.
    Bytes are decoded by `charset.decode`. `tree` raises `Refusal` for a page that is too large or
    too deep to be news.
    """

    def __init__(
        self, html: str | bytes, url: str, *, asked_url: str = "", content_type: str | None = None
    ) -> None:
        if isinstance(html, bytes):
            html = decode(html, content_type)
        self.html = html
        self.url = url
        self.asked_url = asked_url or url

    @cached_property
    def tree(self) -> LexborHTMLParser:
        _check_size(self.html)
        return LexborHTMLParser(self.html)

    def all(self, selector: str) -> list[LexborNode]:
        """The elements that a CSS selector matches, in page order; for an empty one, none."""
        return self.tree.css(selector) if selector else []

    def first(self, selector: str) -> LexborNode | None:
        """The first of `all`, or None."""
        return self.tree.css_first(selector) if selector else None

    def meta_all(self, name: str) -> list[str]:
        """Contents of the page's ``<meta>`` of that name, property or itemprop."""
        return self._metas.get(name.lower(), [])

    def meta(self, *names: str) -> str:
        """The first content that is not empty, of the names in this order; or ``""``."""
        return next((text for name in names for text in self.meta_all(name) if text), "")

    @cached_property
    def _stating(self) -> list[LexborNode]:
        """The elements that state something, collected in one walk over the page."""
        return self.all('meta[content], script[type*="ld+json" i]')

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        contents: dict[str, list[str]] = {}
        for node in self._stating:
            if node.tag != "meta":
                continue
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name")
            if name := name or attributes.get("itemprop"):
                content = (attributes["content"] or "").strip()
                contents.setdefault(name.lower(), []).append(content)
        return contents

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """The JSON-LD objects of the page: lists and ``@graph`` flattened, broken ones left out."""
        scripts = (node for node in self._stating if node.tag == "script")
        return linked_data.objects(script.text() for script in scripts)

    @cached_property
    def story(self) -> dict[str, Any]:
        """The JSON-LD object that describes this page's article, or an empty one."""
        return linked_data.story(self.linked_data, self.addresses, self._headlines())

    def _headlines(self) -> Iterator[str]:
        yield self.meta("og:title")
        for node in self.all("h1, title"):
            yield node.text()

    @cached_property
    def language(self) -> str:
        """The language that the page states, as ``en-GB``; ``""`` for none."""
        root = self.tree.root
        stated = root.attributes.get("lang") if root else None
        return stated or self.meta("og:locale", "content-language", "inLanguage")

    @cached_property
    def site_names(self) -> list[str]:
        """What the site is called, as the page states it, and by its host. A person who publishes
        is no site."""
        publisher = self.story.get("publisher")
        is_person = isinstance(publisher, dict) and "Person" in linked_data.types(publisher)
        sites = [item for item in self.linked_data if "WebSite" in linked_data.types(item)]
        stated = map(linked_data.text_of, sites if is_person else [publisher, *sites])
        metas = (self.meta(name) for name in ("og:site_name", "application-name"))
        host = self.host.removeprefix("www.")
        return [name for name in (*stated, *metas, host, host.partition(".")[0]) if name]

    @property
    def host(self) -> str:
        """Of the page's own URL, without port."""
        return urlsplit(self.url).hostname or ""

    @property
    def addresses(self) -> list[str]:
        """The page's own URL, and the canonical one that it states."""
        return [self.url, self.canonical_url or self.url]

    @cached_property
    def canonical_url(self) -> str | None:
        """The URL that the page states as its own, absolute; None if it states none."""
        link = self.first('link[rel="canonical"][href]')
        stated = (link.attributes["href"] if link else None) or self.meta("og:url")
        return _absolute(self.url, stated)


def _absolute(base: str, stated: str) -> str | None:
    try:
        url = urljoin(base, stated.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    usable = stated.strip() and parts.scheme in ("http", "https") and parts.hostname
    return url if usable else None


def _check_size(html: str) -> None:
    if len(html) > MAX_CHARACTERS:
        raise Refusal("too_large", f"page of {len(html):,} characters: too large for an article")
    if html.count("<") > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise Refusal("too_deep", f"page nested more than {MAX_DEPTH:,} elements deep")
    if any(len(_QUOTED.sub("", tag).split()) > MAX_ATTRIBUTES for tag in _long_tags(html)):
        raise Refusal("too_deep", f"page with a tag of more than {MAX_ATTRIBUTES:,} attributes")


def _depth(html: str) -> int:
    """The deepest nesting there can be, unclosed elements counted as open to the end."""
    deepest = depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _long_tags(html: str) -> Iterator[str]:
    """Tags longer than two windows: there is a window in which no tag begins."""
    at = 0
    while at < len(html):
        if html.find("<", at, at + _WINDOW) < 0:
            start = html.rfind("<", 0, at)
            end = html.find("<", at)
            at = len(html) if end < 0 else end
            tag = html[start:at].partition(">")[0] if start >= 0 else ""
            if len(tag) > _WINDOW:
                yield tag
        at += _WINDOW
