"""What all publishers' parsers share. A parser is mostly a table of CSS selectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newsdiff_crawler.items import Block, BlockKind, ParsedPage
from newsdiff_crawler.parsing import boilerplate, foreign, linked_data, notices
from newsdiff_crawler.parsing.blocks import (
    EVERYWHERE,
    INLINE,
    Marked,
    Piece,
    kinds_everywhere,
    read_pieces,
    shown_text,
    text_of,
)
from newsdiff_crawler.parsing.bylines import clean_names, without
from newsdiff_crawler.parsing.dates import first_moment, is_day_first
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.text import normalise

_NOT_PLAIN = frozenset({"blockquote", "figcaption", "header", "li", "tr"})
_FEW = 3  # containers in which it is cheaper to search than in the page

# The hooks that look in the whole page, and those that look in the body alone.
HEAD = ("layout", "title", "kicker", "standfirst", "authors", "published", "modified")
BODY = ("drop", "own", "paragraph", "list_item", "subheading", "quote", "caption")


def is_selector(css: str) -> bool:
    """Whether lexbor knows it."""
    try:
        LexborHTMLParser("").css(css)
    except SelectolaxError:
        return False
    return True


class Parser:
    """One layout of one publisher. Subclass it, give it a name and selectors, and override a hook
    for what no selector can say. A parser holds no state: one is used for many pages.

    A selector is CSS as lexbor knows it; an empty one matches nothing. Never select by names
    that a build makes up (``ssrcss-1ocoo3l``): they change weekly.
    """

    #: Publisher and year of the layout, as ``bbc/2024``. Stored with every version.
    name: ClassVar[str] = ""
    #: Matches on every page of this layout, and on no page of the publisher's others.
    layout: ClassVar[str] = ""
    #: IANA zone of dates without one.
    zone: ClassVar[str] = "UTC"

    #: Hooks whose selectors match on most pages, where there are any: one that matches on none of
    #: many is a fault, though what it should find may be stated elsewhere.
    watched: ClassVar[tuple[str, ...]] = ("title", "standfirst", "authors", "published")

    #: The first match is the headline.
    title: ClassVar[str] = "h1"
    #: The line above the headline that belongs to it, as in German papers: "Kicker: headline".
    kicker: ClassVar[str] = ""
    #: The first match is the standfirst. What the page only states in its head is none.
    standfirst: ClassVar[str] = ""
    #: Each match is a byline. Without matches: the authors that the JSON-LD states.
    authors: ClassVar[str] = ""
    #: Elements with the date in ``datetime`` or as text. Without matches: what the page states.
    published: ClassVar[str] = ""
    modified: ClassVar[str] = ""

    #: Each match holds text of the story; one inside another is read once.
    body: ClassVar[str] = "article"
    #: Inside ``body``: elements to leave out, with all that they hold, beside those that `foreign`
    #: finds on the pages of all publishers.
    drop: ClassVar[str] = ""
    #: Inside ``body``: elements that are the story's although `foreign` would leave them out.
    own: ClassVar[str] = ""
    #: Inside ``body``: which elements are blocks of which kind. If an element matches several,
    #: the last kind counts.
    paragraph: ClassVar[str] = "p"
    list_item: ClassVar[str] = "li"
    subheading: ClassVar[str] = "h2, h3, h4"
    quote: ClassVar[str] = "blockquote"
    caption: ClassVar[str] = "figcaption"
    #: Whether text outside of all those makes paragraphs too, however short (pages of the 2000s).
    loose: ClassVar[bool] = False

    def fits(self, page: Page) -> bool:
        """Whether the page has this layout."""
        return page.first(self.layout) is not None

    def parse(self, page: Page) -> ParsedPage:
        """What the page says. Whether it is an article at all is for `guards` to judge."""
        published, modified = self.read_published(page), self.read_modified(page)
        return ParsedPage(
            title=normalise(self.read_title(page)),
            standfirst=normalise(self.read_standfirst(page)),
            authors=clean_names(self.read_authors(page)),
            body=[block for block in self.read_body(page) if self.keep(block)],
            published_at=self._moment(page, published, modified),
            modified_at=self._moment(page, modified, published),
            parser=self.name,
            canonical_url=page.canonical_url,
            unmatched=tuple(
                hook for hook, css in self.watched_selectors().items() if page.first(css) is None
            ),
        )

    @classmethod
    def selectors(cls) -> dict[str, str]:
        """All that it has, by hook."""
        return {hook: css for hook in (*HEAD, *BODY, "body") if (css := getattr(cls, hook))}

    @classmethod
    def watched_selectors(cls) -> dict[str, str]:
        """The selectors that should match on most pages, by hook."""
        return {hook: css for hook in cls.watched if (css := getattr(cls, hook))}

    # The hooks.

    def read_title(self, page: Page) -> str:
        """The headline that the page shows, or else the one that it states."""
        title, kicker = shown_text(page.first(self.title)), shown_text(page.first(self.kicker))
        shown = f"{kicker}: {title}" if kicker and title else title
        return shown or linked_data.text_of(page.story.get("headline")) or page.meta("og:title")

    def read_standfirst(self, page: Page) -> str:
        return shown_text(page.first(self.standfirst))

    def read_authors(self, page: Page) -> list[str]:
        """Bylines as they are shown, to be cleaned into names, or else the authors that the page
        states. A newspaper that states itself as the author names nobody."""
        shown = [shown_text(node) for node in page.all(self.authors)]
        stated = linked_data.authors_of(page.story)
        return shown or without(clean_names(stated), page.site_names)

    def read_published(self, page: Page) -> list[object]:
        """Dates in any form that `dates.to_utc` takes. The first that names a moment counts."""
        in_meta = page.meta("article:published_time", "og:article:published_time")
        return [*_dates(page, self.published), page.story.get("datePublished"), in_meta]

    def read_modified(self, page: Page) -> list[object]:
        """Like `read_published`."""
        in_meta = page.meta("article:modified_time", "og:article:modified_time")
        return [*_dates(page, self.modified), page.story.get("dateModified"), in_meta]

    def read_body(self, page: Page) -> list[Block]:
        """All blocks in reading order."""
        containers = outermost(page.all(self.body), self.body)
        # A search takes time for each element: a story is a small part of a page.
        within = containers if len(containers) <= _FEW else page.all(":root")
        kinds = self._kinds(within)
        plain = self._plain(within, kinds)
        kinds.update(dict.fromkeys(plain, "paragraph"))
        left_out = below(within, self.drop)
        dropped, own = _ids(left_out), _ids(below(within, self.own))
        inline = _ids(node for node in left_out if node.tag in INLINE)
        title = page.first(self.title)
        pieces: list[Piece] = []
        for container in containers:
            if pieces and _is_another_story(container, title):
                break
            hidden = boilerplate.hidden_in(container) | inline
            pieces += read_pieces(container, Marked(kinds, dropped, own, hidden, plain))
        return with_notices(
            [piece.block for piece in foreign.judge(pieces, self.loose)], containers
        )

    def keep(self, block: Block) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a block is text of the story, for what no selector can say."""
        return True

    def _kinds(self, within: list[LexborNode]) -> dict[int, BlockKind]:
        """Which elements are blocks of which kind, by ``mem_id``, of these and all below them."""
        selectors: list[tuple[BlockKind, str]] = [
            ("paragraph", self.paragraph),
            ("list_item", self.list_item),
            ("subheading", self.subheading),
            ("quote", self.quote),
            ("caption", self.caption),
        ]
        kinds = {node.mem_id: kind for kind, css in selectors for node in below(within, css)}
        for container in within:
            kinds_everywhere(container.css(EVERYWHERE), kinds)
        return kinds

    def _plain(self, within: list[LexborNode], kinds: Mapping[int, BlockKind]) -> set[int]:
        """The paragraphs that no selector names, by ``mem_id``: additions may stand in such."""
        others = below(within, "" if self.paragraph == "p" else "p")
        return _ids(node for node in others if node.mem_id not in kinds and _is_plain(node))

    def _moment(self, page: Page, dates: list[object], beside: list[object]) -> str | None:
        day_first = is_day_first(page.language, self.zone, page.host)
        return first_moment(dates, self.zone, day_first=day_first, beside=beside)


def with_notices(blocks: list[Block], containers: list[LexborNode]) -> list[Block]:
    """The blocks of a story, and the corrections that stand beside it."""
    read = {block.text for block in blocks}
    above, below = notices.beside(containers)
    return [
        *(notice for notice in above if notice.text not in read),
        *blocks,
        *(notice for notice in below if notice.text not in read),
    ]


def _is_another_story(container: LexborNode, title: LexborNode | None) -> bool:
    """Whether a container has a headline that is not this story's: sites append the next one."""
    headline = container.css_first("h1")
    return headline is not None and title is not None and headline.mem_id != title.mem_id


def _is_plain(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag not in _NOT_PLAIN:
        above = above.parent
    return above is None


def _ids(nodes: Iterable[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}


def _dates(page: Page, selector: str) -> list[str]:
    return [node.attributes.get("datetime") or text_of(node) for node in page.all(selector)]


def below(nodes: list[LexborNode], selector: str) -> list[LexborNode]:
    """What a selector matches among some nodes and all under them; nothing for an empty one. The
    selector may name elements above them."""
    return [match for node in nodes for match in node.css(selector)] if selector else []


def outermost(nodes: list[LexborNode], selector: str) -> list[LexborNode]:
    """Of the nodes that ``selector`` matched, in page order, those that are inside no other."""
    inner: set[int] = set()
    outer: list[LexborNode] = []
    for node in nodes:
        if node.mem_id not in inner:
            outer.append(node)
            inner.update(nested.mem_id for nested in node.css(selector))
    return outer
