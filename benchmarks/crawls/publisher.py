"""A publisher on loopback, in a process of its own: pages as the BBC writes them, a feed, and a
name that leads there."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection

from benchmarks.site_record import Writer
from newsdiff_crawler.demo.loopback import Answer, LoopbackServer, Request, unless_unchanged

HOST = "news.paper.example"
PARAGRAPHS = 17  # 3.3 kB of text
LINKS = ("the", "of", "and", "to", "in", "that", "with", "for")
HEAD = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "max-age=30"}
ROBOTS = "User-agent: *\n" + "".join(
    f"Disallow: /{folder}/{number}/\n"
    for folder in ("search", "my", "cbbc")
    for number in range(20)
)


@dataclass(frozen=True)
class Site:
    """Where the publisher is. ``port`` is of 127.0.0.1; HOST leads there, see `names`."""

    port: int
    articles: int

    @property
    def feed(self) -> str:
        return f"http://{HOST}:{self.port}/rss.xml"

    def urls(self) -> list[str]:
        """Of all articles."""
        start = f"http://{HOST}:{self.port}/news/articles/"
        return [f"{start}c{number:09}o" for number in range(self.articles)]


class Stories:
    """Invents the articles. ``edition`` 0 is the first; in each later one a paragraph differs."""

    def __init__(self) -> None:
        self.writer = Writer()

    def story(self, number: int, edition: int) -> tuple[str, list[str]]:
        """The headline and the paragraphs."""
        chance = random.Random(number)
        title = " ".join(chance.choices(self.writer.words[:2000], k=8)).capitalize()
        texts = chance.choices(self.writer.pool, k=PARAGRAPHS)
        for changed in range(1, edition + 1):
            place = chance.randrange(PARAGRAPHS)
            words = texts[place].split()
            words[changed % len(words)] = chance.choice(self.writer.words)
            texts[place] = " ".join(words)
        return title, texts


class Pages(Stories):
    """The same as pages of 130 kB with 900 elements: the median of the BBC's in 2024."""

    def __init__(self) -> None:
        super().__init__()
        self.head = f"<style>{self._code(12_000)}</style><script>{self._code(20_000)}</script>"
        self.header = f"<header><nav><ul>{self._links(60)}</ul></nav></header>"
        self.more = "".join(self._card(number) for number in range(60))
        self.footer = f"<footer><ul>{self._links(60)}</ul></footer>"
        self.state = json.dumps({"promos": self._code(40_000)})

    def page(self, url: str, number: int, edition: int, nonce: int) -> bytes:
        """One article. ``nonce`` differs from answer to answer where a publisher's does."""
        title, texts = self.story(number, edition)
        texts = [_prose(text) for text in texts]
        stated = {
            "@type": "ReportageNewsArticle",
            "url": url,
            "headline": title,
            "datePublished": "2026-11-10T14:29:05.000Z",
            "dateModified": "2026-11-20T11:16:53.545Z",
            "author": [{"@type": "Person", "name": "Nell Walker"}],
        }
        html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charSet="utf-8"/>
            <title>{title}</title><link rel="canonical" href="{url}"/>{self.head}
            <script type="application/ld+json">{json.dumps(stated)}</script></head>
            <body data-request="{nonce:032x}"><div id="__next">{self.header}
            <main id="main-content"><article>
            <div data-component="headline-block"><div><h1>{title}</h1></div></div>
            <div data-component="byline-block"><div data-testid="byline">
            <time dateTime="2026-11-20T11:16:53.545Z">2 hours ago</time>
            <span>Nell Walker</span></div></div>{"".join(map(_block, texts))}
            </article>{self.more}</main></div>{self.footer}
            <script id="__NEXT_DATA__">{self.state}</script></body></html>"""
        return html.encode()

    def _code(self, length: int) -> str:
        rules = (f".{word}-{number}{{margin:0 {number % 9}px}}" for number, word in self._names())
        made = ""
        while len(made) < length:
            made += next(rules)
        return made

    def _names(self) -> Iterator[tuple[int, str]]:
        return ((number, self.writer.words[number % 5000]) for number in count())

    def _links(self, number: int) -> str:
        words = self.writer.words[:number]
        return "".join(
            f'<li><a href="/news/{word}" class="sc-{word}">{word}</a></li>' for word in words
        )

    def _card(self, number: int) -> str:
        text = self.writer.pool[number]
        return f"""<div data-testid="card" class="sc-{number}"><a href="/news/articles/m{number}">
            <div class="sc-b"><h2 class="sc-h">{text[:60]}</h2><p class="sc-p">{text}</p>
            <span class="sc-t">{number} hrs ago</span></div></a></div>"""


def _prose(text: str) -> str:
    """With commas and little English words: libraries that guess where an article is count
    them."""
    words = text.split()
    places = range(0, len(words), 4)
    parts = (
        f"{' '.join(words[place : place + 4])}, {LINKS[place // 4 % len(LINKS)]}"
        for place in places
    )
    return f"{' '.join(parts)} all."


def _block(text: str) -> str:
    return (
        '<div data-component="text-block" class="sc-9cd5bb24-0 cmjZrf"><div class="sc-cd6075cf-0">'
        f'<div class="sc-82b3c53b-0"><p class="sc-1a18e57c-0">{text}</p></div></div></div>'
    )


class Publisher(LoopbackServer):
    """Answers for HOST. What it says of each page can be set while it runs."""

    def __init__(self, articles: int) -> None:
        super().__init__(self._answer)
        self.site = Site(self.server_address[1], articles)
        self.edition, self.restless = 0, False
        self._pages, self._nonce = Pages(), count(1)

    def _answer(self, request: Request) -> Answer:
        if request.path == "/robots.txt":
            return Answer(ROBOTS.encode(), headers={"Content-Type": "text/plain"})
        tag = {"Etag": f'"{self.edition}"'}
        if request.path == "/rss.xml":
            return unless_unchanged(request, Answer(self._feed(), headers=tag))
        if not self.restless and request.headers.get("if-none-match") == tag["Etag"]:
            return Answer(status=304, headers=tag)
        nonce = next(self._nonce) if self.restless else 0
        body = self._pages.page(request.url, int(request.path[-10:-1]), self.edition, nonce)
        return Answer(body, headers=HEAD | tag)

    def _feed(self) -> bytes:
        items = "".join(f"<item><link>{url}</link></item>" for url in self.site.urls())
        return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


class Remote:
    """The publisher as the benchmark sees it."""

    def __init__(self, site: Site, wire: Connection) -> None:
        self.site = site
        self._wire = wire

    def set(self, edition: int = 0, restless: bool = False) -> None:
        """Which edition of all articles is out. ``restless``: no two answers are equal bytes."""
        self._wire.send((edition, restless))
        self._wire.recv()


@contextmanager
def publishing(articles: int) -> Iterator[Remote]:
    """A publisher of so many articles, from here to the end of the block."""
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=_publish, args=(articles, theirs), daemon=True)
    process.start()
    try:
        yield Remote(ours.recv(), ours)
    finally:
        ours.send(None)
        process.join()


def _publish(articles: int, wire: Connection) -> None:
    with Publisher(articles) as publisher:
        wire.send(publisher.site)
        while orders := wire.recv():
            publisher.edition, publisher.restless = orders
            wire.send(None)
