"""Everything of ours that reads text from outside, each as a function of one text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from html import escape
from pathlib import Path

from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

from newsdiff_crawler import social_card
from newsdiff_crawler import text as texts
from newsdiff_crawler.adding.feeds_of_site import (
    feeds_of_page,
    perhaps_feeds,
    sitemaps_of_robots,
)
from newsdiff_crawler.adding.opml import read_opml
from newsdiff_crawler.crawling import placeholders
from newsdiff_crawler.diff import compare, names, notices, quotations, render, summarise
from newsdiff_crawler.diff.figures import figures
from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.render.terminal import as_table
from newsdiff_crawler.diff.render.unified import as_patch
from newsdiff_crawler.diff.shown import shown_pieces
from newsdiff_crawler.diff.timestamps import is_timestamp
from newsdiff_crawler.fetching.headers import retry_after
from newsdiff_crawler.items import Block, ParsedPage
from newsdiff_crawler.parsing import (
    Page,
    Parser,
    boilerplate_text,
    bylines,
    dates,
    formulas,
    guards,
    linked_data,
    promotions,
    read,
)
from newsdiff_crawler.parsing.charset import decode, is_garbled
from newsdiff_crawler.parsing.feeds import read_feed
from newsdiff_crawler.parsing.generic import Generic
from newsdiff_crawler.parsing.marks import mark_of
from newsdiff_crawler.parsing.stub import stub_target
from newsdiff_crawler.parsing.syndication import plain
from newsdiff_crawler.store.reading import search_terms
from newsdiff_crawler.telling import words
from newsdiff_crawler.telling.message import Message, one_line
from newsdiff_crawler.telling.passage import passage_of
from newsdiff_crawler.telling.secrets import Secret
from newsdiff_crawler.text import normalise
from newsdiff_crawler.urls import clean
from newsdiff_crawler.web.excerpts import beginning, excerpt
from tests.support.pages import SAVED_PAGES
from tests.traps import ours

Reader = Callable[[str], object]

URL = "https://news.example/2026/03/01/story"
NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)
STORY = "The mill by the river burned for three days before the rain came. " * 6
AROUND = (
    "<html><head>{head}</head><body><article><h1>Aa b c d e f</h1>{body}</article></body></html>"
)


def _headers(text: str) -> None:
    value = text.encode("utf-8", "replace")
    retry_after(Response(URL, headers={"Retry-After": value}), NOW)
    Page(f"<p>{STORY}</p>".encode(), URL, content_type=text).tree  # noqa: B018


def _terms(text: str) -> None:
    terms = search_terms.parse_query(text)
    search_terms.expression(terms)
    search_terms.stands_in(text, terms)
    excerpt(search_terms.marked(text, search_terms.parse_query("a* aa* b")))
    beginning(text)


def _robots(text: str) -> None:
    from newsdiff_crawler.fetching.robots import MAX_SIZE

    rules = ProtegoRobotParser(text.encode("utf-8", "replace")[:MAX_SIZE], None)
    rules.allowed(f"{URL}/{'a' * 200}", "newsdiff")
    rules.crawl_delay("newsdiff")


def _normalised(read: Reader) -> Reader:
    return lambda text: read(normalise(text))


# Text as it stands, once it was read.
NORMALISED: dict[str, Reader] = {
    "formulas": lambda text: formulas.kind_of([text], text),
    "promotions": lambda text: (
        promotions.is_promotion(text, [text[: len(text) // 2]]), promotions.is_label(text),
        promotions.is_weak_label(text),
    ),
    "boilerplate": lambda text: [
        boilerplate_text.is_boilerplate_text(Block(kind, text))
        for kind in ("paragraph", "list_item", "subheading")
    ],
    "notices": notices.notice_of,
    "names": lambda text: names.KnownNames([text], guess(text), names.Words()).names(text),
    "figures": figures,
    "quotations": quotations.quotations,
    "time stamps": is_timestamp,
    "placeholders": lambda text: placeholders.names_story(text, f"{URL}/{text}", text),
}  # fmt: skip
TEXTS: dict[str, Reader] = {
    **{name: _normalised(read) for name, read in NORMALISED.items()},
    "normalise": normalise,
    "hashes": lambda text: (
        texts.content_hash([text]), texts.words_hash([text]), texts.text_key([text, text]),
        texts.body_key([text]),
    ),
    "words": lambda text: (texts.words(text), texts.count_words(text)),
    "sentences": lambda text: (texts.sentences(text), texts.ends_as_sentence(text)),
    "urls": lambda text: clean(f"http://{text}"),
    "urls, path": lambda text: clean(f"http://news.example/{text}"),
    "dates": lambda text: (dates.to_utc(text), dates.first_moment([text, text])),
    "garbled": is_garbled,
    "bylines": lambda text: bylines.without(bylines.clean_names([text]), [text]),
    "search terms": _terms,
    "watched words": lambda text: words.spread(text).count(words.looked_for("a a")),
    "a service's words": lambda text: Secret("https://a.a/aaaa").hidden_in(text),
    "a message": lambda text: [
        (message.as_text(), message.as_html(), message.as_data())
        for message in [Message("n", "w", "2026-03-01T00:00:00Z", one_line(text), text=text)]
    ],
}  # fmt: skip
# Answers and parts of them, as they come.
ANSWERS: dict[str, Reader] = {
    "headers": _headers,
    "robots.txt": _robots,
    "OPML": lambda text: [
        *read_opml(f'<outline text="{text}" xmlUrl="{text}"/>'.encode("utf-8", "replace"))
    ],
    "OPML, all": lambda text: [*read_opml(f"<opml><outline {text}>".encode("utf-8", "replace"))],
    "OPML, as it comes": lambda text: [*read_opml(text.encode("utf-8", "replace") + b"<outline>")],
    "feeds of a page": lambda text: [
        read(Page(f"<link rel=alternate {text}><a href='{text}'>", URL))
        for read in (feeds_of_page, perhaps_feeds)
    ],
    "sitemaps of robots.txt": lambda text: (
        sitemaps_of_robots(f"Sitemap: {text}", URL), sitemaps_of_robots(text, URL),
    ),
    "charset": lambda text: decode(text.encode("utf-16-le", "surrogatepass"), text[:100]),
    "charset, declared": lambda text: decode(f"<meta {text}".encode("utf-8", "replace") + b"\xff"),
    "stub": lambda text: stub_target(text, URL),
    "JSON-LD": lambda text: linked_data.story(linked_data.objects([text]), [URL], [text]),
    "JSON-LD, list": lambda text: linked_data.story(linked_data.objects([f"[{text}{{}}]"]), [URL]),
    "feed": lambda text: read_feed(text.encode("utf-8", "replace"), URL),
    "feed, entries": lambda text: read_feed(
        f"<rss><channel>{text}</channel></rss>".encode("utf-8", "replace"), URL
    ),
    "feed, root": lambda text: read_feed(
        f"<rss {text}><item><link>{URL}</link></item></rss>".encode("utf-8", "replace"), URL
    ),
    "feed, head": lambda text: read_feed(
        f"<?xml version='1.0'?>{text}<rss><item><link>{URL}</link></item></rss>".encode(
            "utf-8", "replace"
        ),
        URL,
    ),
    "feed, summary": lambda text: read_feed(
        f"<rss><item><title>{escape(text)}</title><link>{URL}</link><pubDate>{escape(text)}</pubDate>"
        f"<description><![CDATA[{text}]]></description></item></rss>".encode("utf-8", "replace"),
        URL,
    ),
    "feed, an entry": lambda text: read_feed(
        f"<feed><entry><link href='{URL}'/>{text}</entry></feed>".encode("utf-8", "replace"), URL
    ),
    "sitemap": lambda text: read_feed(
        f"<urlset>{text}</urlset>".encode("utf-8", "replace"), URL
    ),
    "sitemap, index": lambda text: read_feed(
        f"<sitemapindex>{text}</sitemapindex>".encode("utf-8", "replace"), URL
    ),
    "sitemap, lines": lambda text: read_feed(f"{URL}\n{text}".encode("utf-8", "replace"), URL),
    "JSON Feed": lambda text: read_feed(
        f'{{"version":"https://jsonfeed.org/version/1.1","items":[{text}{{}}]}}'.encode(
            "utf-8", "replace"
        ),
        URL,
    ),
    "a feed's title": plain,
    "a feed's mark": lambda text: mark_of([text], [text]),
}  # fmt: skip


def read_page(html: str, parsers: tuple[type[Parser], ...]) -> None:
    """All that is done with a page before it is compared."""
    page = Page(html, URL)
    try:
        article = read(page, parsers)
    finally:
        guards.find_wall(page)
        _ = page.site_names, page.language, page.addresses
    check_article(article)


def check_article(article: ParsedPage) -> None:
    blocks = article.blocks()
    texts.text_key([block.text for block in blocks])
    texts.content_hash(block.text for block in blocks)


_HTML: dict[str, Callable[[str], str]] = {
    "raw": lambda text: text,
    "body": lambda text: AROUND.format(head="", body=f"{text}<p>{STORY}</p>"),
    "body, escaped": lambda text: AROUND.format(head="", body=f"<p>{STORY}</p><p>{escape(text)}"),
    "headline": lambda text: AROUND.format(
        head=f"<title>{escape(text)}</title><meta property=og:title content='{escape(text)}'>",
        body=f"<h1>{escape(text)}</h1><p>{STORY}</p>",
    ),
    "byline and dates": lambda text: AROUND.format(
        head="".join(
            f"<meta name='{name}' content='{escape(text)}'>"
            for name in ("author", "article:published_time", "og:url", "og:site_name", "keywords")
        ),
        body=f"<a rel=author>{escape(text)}</a><time pubdate>{escape(text)}</time><p>{STORY}</p>",
    ),
    "JSON-LD": lambda text: AROUND.format(
        head=f'<script type="application/ld+json">{text}</script>', body=f"<p>{STORY}</p>"
    ),
    "stated story": lambda text: AROUND.format(
        head='<script type="application/ld+json">'
        + json.dumps(
            {"@type": "NewsArticle"}
            | dict.fromkeys(("headline", "articleBody", "author", "datePublished", "url"), text)
            | {"publisher": {"name": text}, "mainEntityOfPage": text, "description": text}
        ).replace("<", "\\u003c")
        + "</script>",
        body=f"<h1>{escape(text)}</h1><p>Short.</p>",
    ),
    "script": lambda text: AROUND.format(head="", body=f"<script>{text}</script><p>{STORY}</p>"),
    "comment": lambda text: AROUND.format(head="", body=f"<!--{text}--><p>{STORY}</p>"),
    "attribute": lambda text: AROUND.format(
        head="", body=f"<div class='{escape(text)}' id='{escape(text)}'><p>{STORY}</p></div>"
    ),
    "below": lambda text: f"{AROUND.format(head='', body=f'<p>{STORY}</p>')}{text}",
    "list": lambda text: AROUND.format(head="", body=f"<p>{STORY}</p><ul>{text}</ul>"),
    "tag": lambda text: AROUND.format(head="", body=f"<p {text}>{STORY}</p>"),
}


def _in_first_paragraph(html: str, text: str) -> str:
    before, opening, after = html.rpartition("<p")
    return f"{before}<p>{text}</p>{opening}{after}"


def _generic(html: Callable[[str], str]) -> Reader:
    return lambda text: read_page(html(text), (Generic,))


def _known(page: Path) -> Reader:
    html = page.read_text("utf-8")
    return lambda text: read_page(_in_first_paragraph(html, text), ours.PARSERS)


# The generic parser, which reads in most ways, with the text in every place of a page.
PLACES: dict[str, Reader] = {f"page, {place}": _generic(html) for place, html in _HTML.items()}
# The parser of each layout that we have a page of.
SAVED: dict[str, Reader] = {
    f"page, {page.stem}": _known(page)
    for page in SAVED_PAGES
    if not page.stem.startswith("generic")
}


def _compared(before: list[Block], after: list[Block]) -> None:
    """A change, as it is judged and shown."""
    diff = compare(before, after)
    summarise(diff)
    render.as_html(diff)
    render.as_json(diff)
    as_patch(diff)
    as_table(diff)
    passage_of(diff)


def _edited(text: str) -> str:
    """Another word and another sign here and there."""
    step = max(1, len(text) // 40)
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    return " new 7 ".join(pieces)


def _blocks(text: str) -> list[Block]:
    """Short paragraphs, of words of the text."""
    words = normalise(text).split(" ")
    size = 3 if len(words) > 3 else 1
    found = [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
    return [Block("paragraph", each) for each in found if each]


DIFFS: dict[str, Reader] = {
    "diff, headline": lambda text: _compared(
        [Block("headline", normalise(text))], [Block("headline", normalise(_edited(text)))]
    ),
    "diff, edited": lambda text: _compared(
        [Block("paragraph", STORY), Block("paragraph", normalise(text))],
        [Block("paragraph", STORY), Block("paragraph", normalise(_edited(text)))],
    ),
    "diff, added": lambda text: _compared(
        [Block("paragraph", STORY)],
        [Block("paragraph", STORY), Block("paragraph", normalise(text))],
    ),
    "diff, halves": lambda text: _compared(
        [Block("paragraph", normalise(text[: len(text) // 2]))],
        [Block("paragraph", normalise(text[len(text) // 3 :]))],
    ),
    "diff, blocks": lambda text: _compared(
        _blocks(text), [Block("paragraph", "New words."), *_blocks(_edited(text))]
    ),
    "cards": lambda text: social_card.draw(
        text,
        shown_pieces(
            compare([Block("headline", normalise(text))], [Block("headline", f"New {text}")])
        ),
        text,
    ),
    "diff, one to many": lambda text: _compared(
        [Block("paragraph", normalise(text))], _blocks(_edited(text))
    ),
}
