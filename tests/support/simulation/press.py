"""The scripted newsroom's server: what it answers at a minute, and what it answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from tests.support.newsroom import CutOff, Reset, feed, page, redirect
from tests.support.simulation.script import (
    HOUR,
    Script,
    ScriptedStory,
    Text,
    TroubleKind,
    trouble_at,
)

SITE = "http://valley.example"
FEED = f"{SITE}/feed.xml"
HANGS = "X-Hangs"  # for the crawls, an answer with this header is none at all
RETRY_AFTER = HOUR
LOGIN, OTHER, DEAD = "/login", "/news/other", "/news/never-was"
_SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo dal mor nes pir tus wen".split()  # noqa: SIM905
_PATH = re.compile(r"/news/story-(\d+)(?:-moved-(\d+))?")

# What the answer to a check is: a text, or "not modified", or the kind of a trouble.
Served = Text | str
NOT_MODIFIED = "not modified"

TROUBLES: dict[TroubleKind, Answer] = {
    "absent": page("<h1>Nothing here</h1>", 404),
    "removed": page("<h1>Nothing here</h1>", 410),
    "refused": page("<h1>No</h1>", 403),
    "too many requests": page("<h1>Later</h1>", 429, retry_after=str(60 * RETRY_AFTER)),
    "out of service": page("<h1>Later</h1>", 503),
    "broken": page("<h1>Oh</h1>", 500),
    "cut off": CutOff(b"<html><body><h1>Half</h1>" + b"x" * 2000),
    "reset": Reset(),
    "hanging": page("", x_hangs="1"),
    "soft 404": page("<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>"),
    "front page": redirect(f"{SITE}/"),
    "consent wall": page(
        "<h1>Before you continue</h1><p>We value your privacy. Accept all cookies?</p>"
    ),
}


def _told(title: str, *paragraphs: str, canonical: str = "") -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"""<!DOCTYPE html><html><head><title>{escape(title)}</title>{link}</head>
        <body><article class="story"><h1>{escape(title)}</h1><div class="text">{body}</div>
        </article></body></html>"""


TROUBLES["placeholder"] = page(_told("Back soon", "Our people are mending the press."))


class ListedStory(NamedTuple):
    """A story as an entry of the feed."""

    url: str
    title: str
    guid: str


class Press:
    """A route for a `tests.support.newsroom.Newsroom`. Set ``minute`` to let time pass."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.minute = 0
        self.requests = 0  # of a crawl
        self.served: dict[int, Served] = {}  # in a crawl, by story; the first answer if several
        self.conditional: list[int] = []  # stories that were requested with conditions
        self.feed_was_asked = False
        self.feed_trouble: TroubleKind | None = None  # and what it had in place of an answer
        self.listed: dict[int, ListedStory] = {}  # when the feed was last read
        self.ever_listed: set[int] = set()  # stories that the feed ever listed
        self.renamed: set[int] = set()  # stories whose entry got another link, and kept its guid
        self.hinted: set[int] = set()  # stories whose entry changed, in this crawl
        self._pages: dict[str, Callable[[Request], Answer]] = {
            "/robots.txt": lambda _: Answer(b"User-agent: *\nDisallow: /search\n"),
            "/feed.xml": self._feed,
            LOGIN: lambda _: page(_told("Sign in", "Your name, please, and your word.")),
            OTHER: lambda _: page(_told("Mill burns down", "Sixty people lost their work.")),
            DEAD: lambda _: page("<h1>Nothing here</h1>", 404),
            "/": lambda _: page("<title>The Valley</title><h1>All the news</h1>"),
        }

    def begin(self, minute: int) -> None:
        """Before a crawl."""
        self.minute = minute
        self.requests, self.served, self.conditional = 0, {}, []
        self.feed_was_asked, self.feed_trouble, self.hinted = False, None, set()

    def __call__(self, request: Request) -> Answer:
        self.requests += 1
        page_of_path = self._pages.get(request.path)
        if page_of_path:
            return page_of_path(request)
        path = _PATH.fullmatch(request.path)
        assert path, f"the crawl requested {request.url}"
        return self._story(int(path[1]), int(path[2] or 0), request)

    def _story(self, number: int, address: int, request: Request) -> Answer:
        story = self.script.stories[number]
        trouble = story.trouble_at(self.minute)
        if trouble:
            self.served.setdefault(number, trouble)
            return _instead(trouble, request)
        if address != story.address_at(self.minute):
            return redirect(address_of(number, story.address_at(self.minute)), 301)
        if "if-none-match" in request.headers:
            self.conditional.append(number)
        answer = self._page(number, story, request)
        served = NOT_MODIFIED if answer.status == 304 else story.text_at(self.minute)
        self.served.setdefault(number, served)
        return answer

    def _page(self, number: int, story: ScriptedStory, request: Request) -> Answer:
        text = story.text_at(self.minute)
        tag = '"always"' if story.confirms == "falsely" else f'"{text.words}-{text.style}"'
        states = {
            "its own": address_of(number, story.address_at(self.minute)),
            "a dead one": f"{SITE}{DEAD}",
            "another's": f"{SITE}{OTHER}",
        }
        html = render(states[story.states], number, text)
        if story.confirms == "never":
            return page(html)
        return unless_unchanged(request, page(html, etag=tag))

    def _feed(self, request: Request) -> Answer:
        self.feed_was_asked = True
        trouble = trouble_at(self.script.feed_troubles, self.minute)
        self.feed_trouble = trouble
        if trouble:
            return TROUBLES[trouble]
        entries = self._entries()
        self.hinted = {number for number, entry in entries.items() if self._is_news(number, entry)}
        self.renamed |= {
            number for number, entry in entries.items() if self._is_renamed(number, entry)
        }
        self.listed = entries
        self.ever_listed |= entries.keys()
        items = "".join(map(_item, entries.values()))
        return feed(f'<rss version="2.0"><channel><title>Valley</title>{items}</channel></rss>')

    def _is_news(self, number: int, entry: ListedStory) -> bool:
        before = self.listed.get(number, entry)
        return before.url == entry.url and before != entry

    def _is_renamed(self, number: int, entry: ListedStory) -> bool:
        before = self.listed.get(number, entry)
        return before.url != entry.url and before.guid == entry.guid

    def _entries(self) -> dict[int, ListedStory]:
        stories = enumerate(self.script.stories)
        return {
            number: self._entry(number, story)
            for number, story in stories
            if 0 <= self.minute - story.published < story.listed
        }

    def _entry(self, number: int, story: ScriptedStory) -> ListedStory:
        edits = sum(since <= self.minute for since, _ in story.texts()) - 1 if story.hinted else 0
        url = address_of(number, story.address_at(self.minute) if story.relisted else 0)
        return ListedStory(url, f"Rain in valley {number}", f"valley-{number}#{edits}")


def address_of(number: int, moves: int) -> str:
    """The address of a story that has moved so many times."""
    return f"{SITE}/news/story-{number}" + (f"-moved-{moves}" if moves else "")


def blocks_of(number: int, text: Text) -> list[str]:
    """Headline and paragraphs of a story. Their words depend on ``text.words`` only."""
    words = [_word(number, place) for place in range(12)]
    first, last, road = " ".join(words[:4]), " ".join(words[4:8]), " ".join(words[8:])
    return [
        f"Rain in valley {number}",
        f"“{first}”, {words[0]} said, “{last}.”"
        if text.style
        else f'"{first}," {words[0]} said: "{last}".',
        f"Road {text.words} to {road} is under water, and schools are closed until Thursday.",
    ]


def _word(number: int, place: int) -> str:
    """One that stands in this story only."""
    return "".join(_SYLLABLES[part] for part in (number % 20, number // 20, place)).capitalize()


def render(url: str, number: int, text: Text) -> str:
    """A story's page."""
    return _told(*blocks_of(number, text), canonical=url)


def _instead(trouble: TroubleKind, request: Request) -> Answer:
    if trouble == "login":
        return redirect(f"{SITE}{LOGIN}?next={request.path}")
    if trouble == "another story":
        return redirect(f"{SITE}{OTHER}", 301)
    return TROUBLES[trouble]


def _item(entry: ListedStory) -> str:
    return (
        f"<item><title>{entry.title}</title><link>{entry.url}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{entry.guid}</guid></item>'
    )
