"""The parser for any article page: by what it states about itself, and by its structure."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import html as lxml_html
from lxml.etree import _Element, strip_elements
from rapidfuzz import fuzz
from selectolax.lexbor import LexborNode
from trafilatura.utils import line_processing, trim

from newsdiff_crawler.items import Block, BlockKind, ParsedPage
from newsdiff_crawler.parsing import boilerplate, foreign, linked_data, promotions
from newsdiff_crawler.parsing.blocks import (
    EVERYWHERE,
    Marked,
    is_hidden,
    kinds_everywhere,
    read_blocks,
    read_pieces,
    shown_text,
    text_of,
)
from newsdiff_crawler.parsing.bylines import clean_names, without
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser, with_notices
from newsdiff_crawler.parsing.refusal import Refusal
from newsdiff_crawler.parsing.story import Texts, find_story
from newsdiff_crawler.text import normalise

# It warns of pages without a text and names neither source nor page; what came of it, we say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# A shown headline must be at least this much like a stated one (rapidfuzz's 0 to 100).
_ALIKE = 60
_SHORTEST_HEADLINE = 15  # characters; shorter ones count for less
_LONGEST_HEADLINE = 300
_MOST_HEADINGS = 20
_OUTSIDE_STORY = frozenset({"a", "aside", "dialog", "footer", "form", "nav"})
_CARD_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PARTS = re.compile(r"(\s+[|–—\-:·•»]+\s+)")  # of a title: headline, section, site
_MARKUP = re.compile(r"<(?:p|br|div)\b")
# A shown paragraph of at least so many characters shows whether a stated text is of the same story.
_CHARACTERISTIC = 40
_MOST_CHARACTERISTIC = 20
_SHORTEST_STORY = 250  # characters; for a shorter text, other ways are tried too
_LARGEST = 1_000_000  # characters of a page that trafilatura may read
# Paragraphs of one: a helper of it takes time in the square of short ones. Of the pages that come
# so far, the largest known has 760.
_MOST_PARAGRAPHS = 1_200
_PARAGRAPH = re.compile(
    r"<(?:p|div|li|t[dhr]|d[dt]|h[1-6]|br|pre|option|optgroup|blockquote|ul|dl|table|caption|center"
    r"|col|form|fieldset|legend|textarea)\b",
    re.IGNORECASE,
)
_STANDFIRST = range(25, 1000)  # characters
_BOXES = "h1, h2, h3, p, div:not(:has(div, p, h1, h2, h3))"
_DATES = (
    "article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dc.date", "pubdate", "date",
)  # fmt: skip
_LINKED_HEADINGS = "//*[self::h2 or self::h3 or self::h4][a]|//a[h2 or h3 or h4]"
_LINKED_HEADINGS_IN = _LINKED_HEADINGS.replace("//", ".//")
_TEASER_BOXES = frozenset({"div", "li", "article", "section"})
_KIND_OF: dict[str, BlockKind] = {
    "p": "paragraph",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "subheading"),
    "li": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
}
_BLOCKS = f"p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption, {EVERYWHERE}"
_KINDS: dict[str, BlockKind] = {
    "p": "paragraph",
    "item": "list_item",
    "head": "subheading",
    "quote": "quote",
}


class Generic(Parser):
    """Reads pages that no publisher's own parser fits."""

    name = "generic/2"
    watched: ClassVar[tuple[str, ...]] = ()
    authors = "[rel~=author], [itemprop~=author]"
    published = "time[itemprop=datePublished], time[pubdate]"

    def fits(self, page: Page) -> bool:  # noqa: ARG002 - any page
        return True

    def parse(self, page: Page) -> ParsedPage:
        parsed = super().parse(page)
        first = parsed.body[0].text if len(parsed.body) > 1 else ""
        if len(first) >= _SHORTEST_HEADLINE and parsed.title.startswith(first):
            # The shown headline, if it is no <h1>.
            parsed = replace(parsed, title=first, body=parsed.body[1:])
        return replace(parsed, standfirst=_standfirst(page, parsed))

    def read_title(self, page: Page) -> str:
        stated = _stated_headlines(page)
        shown = _without_sites(shown_text(headline_of(page)), page.site_names)
        return shown or next(iter(stated), "") or super().read_title(page)

    def read_authors(self, page: Page) -> list[str]:
        shown = (text_of(node) for node in page.all(self.authors) if not _heads_card(node))
        statements = (
            linked_data.authors_of(page.story),
            page.meta_all("author"),
            list(islice(shown, 1)),
        )
        named = (without(clean_names(names), page.site_names) for names in statements)
        return next(filter(None, named), [])

    def read_published(self, page: Page) -> list[object]:
        stated = [page.story.get("datePublished"), *map(page.meta, _DATES)]
        # A search takes time: what is stated and names a moment counts first anyway.
        return (
            stated if self._moment(page, stated, []) else [*stated, *super().read_published(page)]
        )

    def read_body(self, page: Page) -> list[Block]:
        """What the page shows, or what it states if that is far more, or what trafilatura reads if
        both are short."""
        shown = self._shown(page)
        stated = _stated_body(page)
        if _length(shown) >= max(_SHORTEST_STORY, _length(stated) / 2):
            return shown
        if _length(stated) >= _SHORTEST_STORY and _is_same_story(shown, stated):
            return stated
        if _length(shown) >= _SHORTEST_STORY:
            return shown
        extracted = _by_trafilatura(page)
        return extracted if _length(extracted) >= 2 * _length(shown) else shown

    def _shown(self, page: Page) -> list[Block]:
        story = find_story(page, headline_of(page))
        if story is None:
            return []
        kinds = _kinds_in(story.container) | dict.fromkeys(story.captions, "caption")
        dropped = story.dropped | {node.mem_id for node in page.all(self.drop)}
        hidden = dropped | boilerplate.hidden_in(story.container)
        pieces = read_pieces(story.container, Marked(kinds, hidden=hidden))
        blocks = [piece.block for piece in foreign.judge(pieces, story.loose)]
        return with_notices(blocks, [story.container]) if blocks else []


def _kinds_in(container: LexborNode) -> dict[int, BlockKind]:
    """Which elements are blocks of which kind, by ``mem_id``, in one search: each takes time."""
    found = [(node, _KIND_OF.get(node.tag or "")) for node in container.css(_BLOCKS)]
    kinds = {node.mem_id: kind for node, kind in found if kind}
    return kinds_everywhere((node for node, kind in found if not kind), kinds)


def headline_of(page: Page) -> LexborNode | None:
    """The element with the story's headline, if the page shows one."""
    return _headline(page, _stated_headlines(page))


@lru_cache(1)  # the title and the body are read of one page after the other
def _stated_headlines(page: Page) -> tuple[str, ...]:
    headlines = (
        linked_data.text_of(page.story.get("headline")),
        page.meta("og:title"),
        page.meta("twitter:title"),
        text_of(page.first("title:not(svg title)")),
    )
    logos = [text_of(node) for node in page.all("h1")[:_MOST_HEADINGS] if _is_logo(node, page)]
    sites = [*page.site_names, *logos]
    return tuple(_without_sites(normalise(text), sites) for text in headlines if text.strip())


@lru_cache(1)
def _headline(page: Page, stated: tuple[str, ...]) -> LexborNode | None:
    """The heading that is most like a stated headline, or else the first ``<h1>`` of the story:
    what is stated may be older, or written for search engines. Others are logos, sections, log-ins.
    """
    headings = [node for node in page.all("h1")[:_MOST_HEADINGS] if _may_be_headline(node, page)]
    likeness = {node.mem_id: _likeness(node, stated) for node in headings}
    likely = [node for node in headings if likeness[node.mem_id] >= _ALIKE]
    if likely:
        return max(likely, key=lambda node: likeness[node.mem_id])
    parts = {part for text in stated for part in (text, *_PARTS.split(text))}
    if any(normalise(node.text()) in parts for node in page.all("h2")[:_MOST_HEADINGS]):
        return None
    least = 1 if len(headings) == 1 else _SHORTEST_HEADLINE
    for places in (("article",), ("article", "main"), ("article", "main", "body")):
        for node in headings:
            if len(shown_text(node)) >= least and _is_within(node, places):
                return node
        least = _SHORTEST_HEADLINE
    return headings[0] if len(headings) == 1 and not stated else None


def _may_be_headline(node: LexborNode, page: Page) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if is_hidden(above):
            return False
        above = above.parent
    return not _is_logo(node, page)


def _is_logo(node: LexborNode, page: Page) -> bool:
    """Whether a heading is the name of the site, or leads to its front page."""
    if not without([shown_text(node)], page.site_names):
        return True
    link = node if node.tag == "a" else node.css_first("a[href]") or node.parent
    leads_to = (link.attributes.get("href") or "") if link and link.tag == "a" else ""
    return bool(leads_to) and urlsplit(urljoin(page.url, leads_to)).path in ("", "/")


def _heads_card(node: LexborNode) -> bool:
    """Whether a name is all of a heading: it heads the card of an author, and is no byline."""
    above = node.parent
    is_heading = above is not None and above.tag in _CARD_HEADINGS
    return is_heading and above is not None and text_of(above) == text_of(node)


def _is_within(node: LexborNode, places: tuple[str, ...]) -> bool:
    """Whether a heading stands in one of these elements, and leads to no other page."""
    if node.css_first("a[href]"):
        return False
    above = node.parent
    while above is not None and above.tag not in _OUTSIDE_STORY:
        if above.tag in places:
            return True
        above = above.parent
    return False


def _without_sites(title: str, sites: list[str]) -> str:
    """A stated title without the site's name before or after it."""
    parts = _PARTS.split(title)
    others = set(without(parts[::2], sites))
    kept = [at for at in range(0, len(parts), 2) if parts[at] in others]
    return "".join(parts[kept[0] : kept[-1] + 1]) if kept else title


def _likeness(node: LexborNode, stated: tuple[str, ...]) -> float:
    """How well a shown headline matches the best of the stated ones (0 to 100). Less if it is a
    small part of it: the site's name is in most of them."""
    shown = shown_text(node).casefold()[:_LONGEST_HEADLINE]
    whole = [text.casefold()[:_LONGEST_HEADLINE] for text in stated]
    parts = (min(1.0, 1.5 * len(shown) / len(text)) for text in whole)
    alike = (
        fuzz.partial_ratio(shown, text) * part for text, part in zip(whole, parts, strict=True)
    )
    return max(alike, default=0.0) * min(1.0, len(shown) / _SHORTEST_HEADLINE)


def _standfirst(page: Page, article: ParsedPage) -> str:
    """What stands between headline and body: the page's description, or else the first paragraph,
    or else the first heading. Boilerplate does not count."""
    first = article.body[0].text if article.body else ""
    described = _descriptions(page)
    texts = Texts(page)
    candidates: dict[str, str] = {}  # by tag
    after_headline = False
    for node in page.all(_BOXES):
        text = normalise(texts.of(node))
        if text == first:
            return candidates.get("p") or candidates.get("h2") or ""
        if after_headline and text in described:
            return text
        may_be = node.tag in ("p", "h2") and len(text) in _STANDFIRST and after_headline
        if may_be and not _is_boilerplate(node, texts):
            candidates.setdefault(node.tag or "", text)
        after_headline = after_headline or text == article.title
    return ""


def _descriptions(page: Page) -> set[str]:
    stated = (
        page.meta("description"),
        page.meta("og:description"),
        linked_data.text_of(page.story.get("description")),
    )
    return {text for text in map(normalise, stated) if len(text) in _STANDFIRST}


def _is_boilerplate(node: LexborNode, texts: Texts) -> bool:
    text = texts.of(node)
    links = [texts.of(link) for link in node.css("a")]
    return (
        boilerplate.is_in_boilerplate(node)
        or _follows_linked_heading(node)
        or promotions.is_link(text, links)
        or foreign.is_foreign_text(text)
    )


def _follows_linked_heading(node: LexborNode) -> bool:
    """Whether the element before is a headline with a link: this is a teaser, then."""
    before = node.prev
    while before is not None and before.tag == "-text":
        before = before.prev
    is_heading = before is not None and before.tag in ("h2", "h3", "h4")
    return is_heading and before is not None and before.css_first("a[href]") is not None


def _stated_body(page: Page) -> list[Block]:
    """The text in the JSON-LD, a paragraph for each line; in some pages it is markup."""
    text = linked_data.text_of(page.story.get("articleBody"))
    if _MARKUP.search(text):
        return _blocks_of_markup(Page(text, page.url))
    lines = (normalise(line) for line in text.splitlines())
    return [Block("paragraph", line) for line in lines if line]


def _blocks_of_markup(text: Page) -> list[Block]:
    try:
        body = text.tree.body
    except Refusal:
        return []
    return read_blocks(body) if body else []


def _is_same_story(shown: list[Block], stated: list[Block]) -> bool:
    """Whether a stated text has a long paragraph of the shown one; True if that has none. Some
    pages state the text of another story."""
    long = [block.text for block in shown if len(block.text) >= _CHARACTERISTIC]
    whole = " ".join(block.text for block in stated)
    return not long or any(text in whole for text in long[:_MOST_CHARACTERISTIC])


def _by_trafilatura(page: Page) -> list[Block]:
    """The slow way, for pages without a useful structure; empty if it fails."""
    if len(page.html) > _LARGEST or len(_PARAGRAPH.findall(page.html)) > _MOST_PARAGRAPHS:
        return []
    try:
        tree = lxml_html.document_fromstring(page.html)
        strip_elements(tree, "script", with_tail=False)  # it believes whatever JSON-LD says
        _strip_teasers(tree)
        document = trafilatura.bare_extraction(tree, include_comments=False)
    except Exception:  # it raises many kinds, for pages that it cannot read
        return []
    finally:
        for kept in (trim, line_processing):  # a thousand texts, however long
            kept.cache_clear()
    body = getattr(document, "body", None)
    return list(_blocks_of(body)) if body is not None else []


def _strip_teasers(tree: _Element) -> None:
    """Takes out each box with one linked headline: a dozen of them are longer than a story."""
    for box in {heading.getparent() for heading in tree.xpath(_LINKED_HEADINGS)}:
        if (
            box is not None
            and len(box.xpath(_LINKED_HEADINGS_IN)) == 1
            and box.tag in _TEASER_BOXES
        ):
            box.clear()


def _blocks_of(body: _Element) -> Iterator[Block]:
    for element in body.iter(*_KINDS):
        text = normalise("".join(element.itertext()))
        if text and not foreign.is_foreign_text(text):
            yield Block(_KINDS[element.tag], text)


def _length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


PARSERS: tuple[type[Parser], ...] = (Generic,)
