"""The two invented newspapers: their addresses, and the HTML of their pages.

Around each story is the boilerplate of real pages: menus, related links, what others read, and
times that differ at each request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from newsdiff_crawler.demo.stories import harbour_gazette, meridian_post
from newsdiff_crawler.demo.story import Edition, Story
from newsdiff_crawler.items import Block
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class Setting:
    """What a page has besides its story's text. ``request`` counts requests from 1."""

    url: str
    section: str
    published: datetime
    modified: datetime
    others: Sequence[tuple[str, str]]  # URL and headline of the paper's other stories
    request: int


@dataclass(frozen=True)
class Paper:
    """One newspaper. ``name`` is its spider's name."""

    name: str
    title: str
    host: str
    stories: Sequence[Story]
    layout: Callable[[Edition, Setting], str]
    confirms: bool  # answers 304 to clients that have the page

    @property
    def feed(self) -> str:
        return f"http://{self.host}/feed.xml"

    def url(self, story: Story) -> str:
        """A story's address."""
        return f"http://{self.host}/{story.section.lower()}/{story.slug}"


def gazette_page(edition: Edition, setting: Setting) -> str:
    """A page of the Harbour Gazette: plain elements, times in the page itself."""
    text = [_element(block) for block in edition.body]
    also = f'<aside class="also"><h2>Also in the Gazette</h2>{_links(setting)}</aside>'
    standfirst = edition.of_kind("standfirst")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(edition.of_kind("headline"))} - The Harbour Gazette</title>
<link rel="canonical" href="{setting.url}">
</head>
<body>
<header><a href="/">The Harbour Gazette</a>
<nav><ul><li>Port Ellery</li><li>Islands</li><li>Council</li><li>Tides</li></ul></nav></header>
<main>
<article class="story">
<p class="section">{setting.section}</p>
<h1>{escape(edition.of_kind("headline"))}</h1>
{f'<p class="standfirst">{escape(standfirst)}</p>' if standfirst else ""}
<p class="byline">By {escape(edition.of_kind("byline"))}</p>
<p class="times"><time class="published" datetime="{to_iso(setting.published)}"></time>
<time class="modified" datetime="{to_iso(setting.modified)}"></time>
{setting.request} minutes ago</p>
<div class="text">
{text[0]}
{also}
{"".join(text[1:])}
<p class="share">Share this story with {setting.request + 40} others</p>
</div>
</article>
<section class="most-read"><h2>Most read</h2>{_links(setting)}</section>
</main>
<footer><p>The Harbour Gazette, Fish Street, Port Ellery. Tides: high water 06.{setting.request:02}
</p></footer>
</body>
</html>
"""


def post_page(edition: Edition, setting: Setting) -> str:
    """A page of the Meridian Post: marked blocks, and the facts in JSON-LD."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": edition.of_kind("headline"),
        "author": [{"@type": "Person", "name": edition.of_kind("byline")}],
        "datePublished": to_iso(setting.published),
        "dateModified": to_iso(setting.modified),
    }
    text = "\n".join(f'<div data-block="text">{_element(block)}</div>' for block in edition.body)
    standfirst = edition.of_kind("standfirst")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(edition.of_kind("headline"))} | Meridian Post</title>
<meta property="og:url" content="{setting.url}?ref=share">
<script type="application/ld+json">{json.dumps(facts)}</script>
</head>
<body>
<div data-part="menu"><a href="/">Meridian Post</a> <a href="/city">City</a> <a href="/life">Life
</a> <span>{setting.request} new since you were here</span></div>
<div data-part="story">
<div data-block="kicker">{setting.section} &middot; {setting.request} minutes ago</div>
<div data-block="headline"><h1>{escape(edition.of_kind("headline"))}</h1></div>
{f'<div data-block="lead"><p>{escape(standfirst)}</p></div>' if standfirst else ""}
<div data-block="author"><span>{escape(edition.of_kind("byline"))}</span></div>
{text}
<div data-block="related"><h2>Read next</h2>{_links(setting)}</div>
<div data-block="newsletter"><p>{setting.request + 900} people get our letter at six.</p></div>
</div>
<div data-part="popular"><h2>Others are reading</h2>{_links(setting)}</div>
</body>
</html>
"""


WALL = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Before you go on</title></head>
<body>
<form method="post" action="/consent">
<h1>We value your privacy</h1>
<p>We and our 814 partners store and access information on your device, such as cookies and
unique identifiers, to show you the news and to find out what else you might like.</p>
<button name="answer" value="all">Accept all</button>
<button name="answer" value="some">Manage options</button>
</form>
</body>
</html>
"""

TAGS = {
    "paragraph": "<p>{}</p>",
    "subheading": "<h2>{}</h2>",
    "list_item": "<ul><li>{}</li></ul>",
    "caption": "<figure><figcaption>{}</figcaption></figure>",
}


def _element(block: Block) -> str:
    return TAGS[block.kind].format(escape(block.text))


def _links(setting: Setting) -> str:
    turn = setting.request % max(len(setting.others), 1)
    ranked = [*setting.others[turn:], *setting.others[:turn]]
    items = (f'<li><a href="{url}">{escape(title)}</a></li>' for url, title in ranked)
    return f"<ol>{''.join(items)}</ol>"


GAZETTE = Paper(
    name="harbour_gazette",
    title="The Harbour Gazette",
    host="www.harbour-gazette.example",
    stories=harbour_gazette.STORIES,
    layout=gazette_page,
    confirms=True,
)
POST = Paper(
    name="meridian_post",
    title="Meridian Post",
    host="www.meridian-post.example",
    stories=meridian_post.STORIES,
    layout=post_page,
    confirms=False,
)
PAPERS = (GAZETTE, POST)
