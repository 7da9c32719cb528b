"""Three honest papers that edit their stories, and nine hosts that mean harm, as one newsroom."""

from __future__ import annotations

import gzip
import random
import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from html import escape
from pathlib import Path

from newsdiff_crawler.demo.loopback import Answer, Request
from tests.support.liars.stories import Telling
from tests.support.newsroom import Drip, Flood, Silence, feed, page, redirect, typed
from tests.traps.inputs import EVERY

HONEST = ("mill", "quay", "ferry")
HOSTILE = ("bombs", "traps", "floods", "lies", "hangs", "walls", "vast", "feeds", "turns")
STORIES = 6  # of each honest paper
HARM = 30  # addresses that a hostile feed lists
BOMB = typed(gzip.compress(bytes(200_000_000)), "text/html", content_encoding="gzip")
WALL = page("<h1>Back in a minute</h1><p>Our engineers are busy with the cables.</p>")
WORDS = ("rain", "mud", "reed", "tide", "gull", "oar", "net", "buoy", "jetty", "lock")
TRAPS = [*EVERY.values()]
TRAP_SIZE = 120_000  # characters


@dataclass(frozen=True)
class Edit:
    """What an address showed from a moment on, in monotonic seconds; 0 edits: as it began."""

    url: str
    edits: int
    at: float


@dataclass
class Press:
    """What the newsroom answers. ``shown``: every edit of the honest papers, in order."""

    seed: int = 1
    shown: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lock = threading.Lock()
        self._now = {url: Edit(url, 0, time.monotonic()) for url in honest_urls()}
        self._changed = dict.fromkeys(self._now, time.time())
        self.shown += self._now.values()

    def edit(self, rest: float) -> Edit | None:
        """Edits a story that stood for ``rest`` seconds at least; None where there is none."""
        with self._lock:
            now = time.monotonic()
            rested = [each for each in self._now.values() if now - each.at >= rest]
            if not rested:
                return None
            before = self._random.choice(rested)
            edit = Edit(before.url, before.edits + 1, now)
            self._now[edit.url] = edit
            self._changed[edit.url] = time.time()
            self.shown.append(edit)
            return edit

    def __call__(self, request: Request) -> Answer:
        """The answer to a request."""
        name = request.host.partition(".")[0]
        last = request.path.rpartition("/")[2]
        if last == "robots.txt":
            return Answer(status=404)
        if name in HONEST:
            return self._listing(name) if last == "rss" else self._story(request.url)
        if name in HOSTILE:
            return self._harm(name, request.url, last)
        return Answer(status=404)

    def _listing(self, name: str) -> Answer:
        own = [url for url in self._changed if url.startswith(f"https://{name}.")]
        return _feed({url: self._changed[url] for url in own})

    def _story(self, url: str) -> Answer:
        shown = self._now.get(url)
        return page(html_of(url, shown.edits)) if shown else Answer(status=404)

    def _harm(self, name: str, url: str, last: str) -> Answer:
        if last == "rss":
            return self._harmful_feed(name)
        number = sum(map(ord, last))
        if name == "bombs":
            return BOMB
        if name == "hangs":
            return (Silence(), Drip(), Flood(size=100_000_000))[number % 3]
        if name == "walls":
            return WALL
        if name == "lies":
            return self._lie(url, number)
        if name == "vast":
            return page(_article("word " * 60_000, "Lines upon lines. " * 80_000 + last))
        if name == "turns":
            words = " ".join(self._random.sample(WORDS, 6))
            return page(_article(f"Now {words}", f"It reads otherwise: {words}. " * 20))
        trap = self._random.choice(TRAPS)(TRAP_SIZE)
        return page(_article(f"Story {last}", trap, escaped=False))

    def _lie(self, url: str, number: int) -> Answer:
        """Another paper's story: as if it were one's own, or by a redirect to it."""
        theirs = honest_urls()[number % len(honest_urls())]
        if number % 3 == 0:
            return redirect(theirs)
        canonical = f'<link rel="canonical" href="{theirs}">' if number % 3 == 1 else ""
        return page(html_of(theirs, 0).replace("<head>", f"<head>{canonical}"))

    def _harmful_feed(self, name: str) -> Answer:
        urls = [f"https://{name}.example/news/story-{number}" for number in range(HARM)]
        if name == "floods":
            random_ones = (self._random.getrandbits(64) for _ in range(20_000))
            return _feed({f"https://floods.example/news/{n:x}": time.time() for n in random_ones})
        if name == "feeds":
            trap = self._random.choice(TRAPS)(1_000_000)
            return feed(trap.encode("utf-8", "replace").decode())
        return _feed(dict.fromkeys(urls, time.time()))


def honest_urls() -> list[str]:
    """The addresses of all stories of the honest papers."""
    return [f"https://{name}.example/news/{n}-story" for name in HONEST for n in range(STORIES)]


def telling(url: str, edits: int) -> Telling:
    """What stands at an honest paper's address after so many edits."""
    return Telling(honest_urls().index(url), edits=edits)


def html_of(url: str, edits: int) -> str:
    """An honest paper's page."""
    told = telling(url, edits)
    text = "".join(f"<p>{escape(each)}</p>" for each in told.paragraphs)
    return (
        f"<html><head><title>{escape(told.headline)}</title></head><body><article>"
        f"<h1>{escape(told.headline)}</h1>{text}</article></body></html>"
    )


def _article(headline: str, text: str, *, escaped: bool = True) -> str:
    shown = f"<p>{escape(text)}</p>" if escaped else text.encode("utf-8", "replace").decode()
    return f"<html><body><article><h1>{escape(headline)}</h1>{shown}</article></body></html>"


def _feed(changed: dict[str, float]) -> Answer:
    items = "".join(
        f"<item><link>{url}</link><guid>{url}</guid><pubDate>{formatdate(at)}</pubDate></item>"
        for url, at in changed.items()
    )
    return feed(f'<rss version="2.0"><channel><title>P</title>{items}</channel></rss>')


def list_sources(data: Path, names: tuple[str, ...] = HONEST + HOSTILE) -> None:
    """Makes them the sources of a data folder."""
    data.mkdir(exist_ok=True)
    tables = (f'[{n}]\ntitle = "{n}"\nfeeds = ["https://{n}.example/rss"]\n' for n in names)
    (data / "sources.toml").write_text("\n".join(tables), "utf-8")
