"""Whatever a page looks like, reading it gives an article or a refusal: never anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from newsdiff_crawler.parsing.generic import Generic
from newsdiff_crawler.spiders.bbc import BBC
from newsdiff_crawler.text import normalise
from newsdiff_crawler.times import from_iso
from tests.support.corpus import NOT_OURS, page_of, rows
from tests.support.pages import SAVED_PAGES, mutated

URL = "https://www.bbc.co.uk/news/uk-1"
OWN = [file.read_text("utf-8") for file in SAVED_PAGES if file.stem.startswith("bbc-")]
REAL = [page_of(row).html for row in rows("bbc")[::6]]


def check(article: ParsedPage) -> None:
    """What holds for every article, whatever page it was read from."""
    assert article.title
    assert article.body
    assert article.parser in {parser.name for parser in (*BBC.parsers, Generic)}
    for block in article.blocks():
        assert block.text == normalise(block.text)
        assert block.text.encode("utf-8")
    for moment in (article.published_at, article.modified_at):
        assert moment is None or from_iso(moment)


def read_whatever(page: Page) -> None:
    try:
        article = read(page, BBC.parsers)
    except Refusal:
        return
    check(article)


@settings(max_examples=200)
@given(mutated(OWN))
def test_mutations_of_own_pages(html: str) -> None:
    read_whatever(Page(html, URL))


@pytest.mark.skipif(not REAL, reason=NOT_OURS)
@settings(max_examples=25)
@given(st.data())
def test_mutations_of_real_pages(data: st.DataObject) -> None:
    read_whatever(Page(data.draw(mutated(REAL)), URL))


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from(OWN), st.sampled_from(["utf-8", "x", "utf-16"]))
def test_bytes_of_any_charset(noise: bytes, html: str, charset: str) -> None:
    body = html.encode("cp1252", "replace")
    middle = len(body) // 2
    kind = f"text/html; charset={charset}"
    read_whatever(Page(body[:middle] + noise + body[middle:], URL, content_type=kind))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "@type", "@graph", "@value", "url"]), inner)
    ),
    max_leaves=8,
)
KEYS = ["headline", "author", "datePublished", "dateModified", "url", "mainEntityOfPage", "@type"]


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(KEYS), JSON), JSON)
def test_linked_data_of_any_shape(story: dict[str, object], beside: object) -> None:
    stated = json.dumps([beside, {"@type": "NewsArticle"} | story]).replace("<", "\\u003c")
    head = f'<script type="application/ld+json">{stated}</script>'
    html = (
        head + '<h1 class="story-body__h1">T</h1><div class="story-body__inner"><p>Text</p></div>'
    )
    check(read(Page(html, URL), BBC.parsers))


def article(body: str) -> str:
    return f'<main id="m"><article><h1 id="main-heading">Title</h1>{body}</article></main>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Text</p>" * 10 + "</article>" * 9_000, ["Text"] * 10),
        ("<div>" * 10_000 + "<p>Deep</p>", ["Deep"]),
        ("<ul>" + "<li>One</li>" * 3 + "</ul>", ["One"] * 3),
        ("<p>a\0b</p><p>\ud800c</p>", ["ab", "c"]),
        ("<p>Text<script>alert(1)</script></p><script>Text</script>", ["Text"]),
        ("<p>بدأ <b>الاجتماع</b>.</p>", ["بدأ الاجتماع."]),
        ("<p>会议<em>开始</em>了。</p>", ["会议开始了。"]),
        ("<p>Cut off in the mid", ["Cut off in the mid"]),
    ],
)  # fmt: skip
def test_odd_article_is_read(body: str, expected: list[str]) -> None:
    body_read = read(Page(article(body), URL), BBC.parsers).body
    assert [block.text for block in body_read] == expected


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (article("<p>Text</p>" * 2_000_000), "too_large"),
        (article("<div>" * 50_000), "too_deep"),
        (article(""), "no_text"),
        (article("<script>var text = 'Text'</script><style>p {}</style>"), "no_text"),
        (article("<template><p>Text</p></template><noscript><p>Text</p></noscript>"), "no_text"),
        (article("<p>3 hours ago</p><ul><li>12 comments</li></ul>"), "no_text"),
        ("", "no_parser"),
        ("%PDF-1.4 \0\1\2", "no_parser"),
        ('{"title": "Title"}', "no_parser"),
    ],
)
def test_page_without_an_article_is_refused(html: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(Page(html, URL), BBC.parsers)
    assert caught.value.reason == reason
