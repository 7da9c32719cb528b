"""A parser is a table of selectors; what it does with them is shared."""

from __future__ import annotations

import pytest

from newsdiff_crawler.items import Block, ParsedPage
from newsdiff_crawler.parsing import Page, Parser, Refusal, choose, read

URL = "https://herald.example/story/1"


class Herald2024(Parser):
    name = "herald/2024"
    layout = "main.story"
    zone = "Europe/London"
    standfirst = ".lede"
    authors = ".by"
    published = "time"
    body = ".text"
    drop = "aside"


class Herald2012(Parser):
    name = "herald/2012"
    layout = "#story"
    body = "#story"
    loose = True

    def keep(self, block: Block) -> bool:
        return not block.text.startswith("Share")


PARSERS = [Herald2024, Herald2012]

STORY = """
<link rel="canonical" href="/story/one"><title>Bridge - The Herald</title>
<main class="story"><h1>Bridge <i>closed</i></h1><p class="lede">For a week.</p>
<span class="by">By Ann Lee and Bo Chan</span>
<time datetime="2024-07-01T12:00">3 hours ago</time>
<div class="text"><p>First.</p><aside><p>Related</p></aside>
<div class="text"><h2>Why</h2></div></div>
<nav><p>Most read</p></nav><div class="text"><ul><li>One</li></ul><blockquote>Two</blockquote></div>
</main>"""


def page(body: str, head: str = "") -> Page:
    return Page(f"<html><head>{head}</head><body>{body}</body></html>", URL)


def test_whole_article() -> None:
    assert read(page(STORY), PARSERS) == ParsedPage(
        title="Bridge closed",
        standfirst="For a week.",
        authors=["Ann Lee", "Bo Chan"],
        body=[
            Block("paragraph", "First."),
            Block("subheading", "Why"),
            Block("list_item", "One"),
            Block("quote", "Two"),
        ],
        published_at="2024-07-01T11:00:00Z",
        parser="herald/2024",
        canonical_url="https://herald.example/story/one",
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<p>Bridges</p><b>All closed</b>", "Bridges: All closed"),
        ("<b>All closed</b>", "All closed"),
        ("<p>Bridges</p>", "As stated"),
    ],
)
def test_a_kicker_belongs_to_the_headline(heading: str, title: str) -> None:
    class Zeitung(Herald2012):
        kicker, title = "h1 p", "h1 b"

    stated = '<meta property="og:title" content="As stated">'
    article = read(page(f'<div id="story"><h1>{heading}</h1>Text</div>', stated), [Zeitung])
    assert article.title == title


def test_what_the_page_does_not_show_is_taken_from_what_it_states() -> None:
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tom &amp; Jo",'
        '"author": [{"name": "Ann Lee"}, "Bo Chan"], "datePublished": "2012-01-02T03:04:05Z",'
        '"dateModified": "soon"}</script>'
        '<meta property="article:modified_time" content="2012-02-03T00:00:00Z">'
    )
    article = read(page('<div id="story">Text</div>', stated), PARSERS)
    assert article.title == "Tom & Jo"
    assert article.authors == ["Ann Lee", "Bo Chan"]
    assert article.published_at == "2012-01-02T03:04:05Z"
    assert article.modified_at == "2012-02-03T00:00:00Z"


def test_a_newspaper_that_states_itself_as_author_names_nobody() -> None:
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Herald"},'
        ' {"name": "Ann Lee"}], "publisher": {"name": "Herald"}}</script>'
    )
    article = read(page('<h1>A</h1><div id="story">Text</div>', stated), PARSERS)
    assert article.authors == ["Ann Lee"]


@pytest.mark.parametrize("prefix", ["", "og:"])
def test_times_are_taken_from_either_kind_of_meta(prefix: str) -> None:
    head = "".join(
        f'<meta property="{prefix}article:{name}_time" content="2024-02-0{day}T00:00:00Z">'
        for day, name in enumerate(("published", "modified"), start=1)
    )
    article = read(page('<div id="story"><h1>Title</h1>Text</div>', head), PARSERS)
    assert article.published_at == "2024-02-01T00:00:00Z"
    assert article.modified_at == "2024-02-02T00:00:00Z"


def test_a_relative_time_is_no_time() -> None:
    assert (
        read(page(STORY.replace(' datetime="2024-07-01T12:00"', "")), PARSERS).published_at is None
    )


def test_keep_has_the_last_word_on_a_block() -> None:
    article = read(page('<h1>A</h1><div id="story">Text<br><br>Share this</div>'), PARSERS)
    assert article.body == [Block("paragraph", "Text")]


def test_newest_parser_that_fits_reads() -> None:
    both = page('<h1>A</h1><main class="story"><div id="story" class="text"><p>T</p></div></main>')
    assert read(both, PARSERS).parser == "herald/2024"


def test_preferred_parser_reads_where_it_still_fits() -> None:
    both = page('<h1>A</h1><main class="story"><div id="story" class="text"><p>T</p></div></main>')
    assert read(both, PARSERS, prefer="herald/2012").parser == "herald/2012"
    assert read(page(STORY), PARSERS, prefer="herald/2012").parser == "herald/2024"


def test_parser_without_layout_fits_nothing() -> None:
    with pytest.raises(Refusal, match="no parser fits"):
        choose(page("<h1>A</h1>"), [Parser])


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<h1>A</h1><p>Text</p>", "no_parser"),
        ('<div id="story">Text</div>', "no_title"),
        ('<h1>A</h1><div id="story"></div>', "no_text"),
        ('<h1>A</h1><div id="story"><h2>Only a heading</h2></div>', "no_text"),
        ("", "no_parser"),
    ],
)
def test_page_without_an_article_is_refused(html: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(page(html), PARSERS)
    assert (caught.value.reason, caught.value.outcome) == (reason, "failed")


def test_bot_check_is_blocked() -> None:
    assert Refusal("bot_check", "bot check").outcome == "blocked"
