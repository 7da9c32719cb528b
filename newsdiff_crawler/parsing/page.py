"""One HTML page, parsed once: its tree, and what it states about itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdiff_crawler.parsing import linked_data
from newsdiff_crawler.parsing.charset import decode
from newsdiff_crawler.parsing.size import check_size
from newsdiff_crawler.parsing.streamed import settle


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
        self._found: dict[str, list[LexborNode]] = {}  # by selector: a search takes time

    @cached_property
    def tree(self) -> LexborHTMLParser:
        check_size(self.html)
        tree = LexborHTMLParser(self.html)
        settle(tree)
        return tree

    def all(self, selector: str) -> list[LexborNode]:
        """The elements that a CSS selector matches, in page order; for an empty one, none."""
        if selector not in self._found:
            self._found[selector] = self.tree.css(selector) if selector else []
        return self._found[selector]

    def first(self, selector: str) -> LexborNode | None:
        """The first of `all`, or None."""
        if selector in self._found:
            return next(iter(self._found[selector]), None)
        first = self.tree.css_first(selector) if selector else None
        if first is None:
            self._found[selector] = []
        return first

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
