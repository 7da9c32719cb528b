"""Any number of papers of any number of stories that they edit, by a script that depends on nothing
but its seed: so that two crawls see the same, and one can say what they must have found."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from pathlib import Path

from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from tests.support.newsroom import Slow, feed, page

PUBLISHED = datetime(2026, 3, 1, tzinfo=timezone.utc)
PARAGRAPHS = 5
WORDS = 14  # of a paragraph
EDITED = 0.2  # of the stories, from one round to the next
ANSWERS_IN = 0.02  # seconds: a host is seen to have more than one request at a time
_SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo dal mor nes pir tus wen".split()  # noqa: SIM905


@dataclass
class Papers:
    """What a newsroom answers. ``round``: how far the script is."""

    papers: int
    stories: int  # of each paper
    rounds: int
    seed: int = 1
    round: int = 0
    _editions: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            for number in range(self.stories):
                chance = random.Random(f"{self.seed} {name} {number}")
                edited = [False, *(chance.random() < EDITED for _ in range(self.rounds - 1))]
                counts = [sum(edited[: at + 1]) for at in range(self.rounds)]
                self._editions[f"http://{name}.example/news/{number}-story"] = counts

    @property
    def names(self) -> list[str]:
        """Of the papers, as sources."""
        return [f"paper{number:02}" for number in range(self.papers)]

    @property
    def urls(self) -> list[str]:
        """The addresses of all stories."""
        return list(self._editions)

    def edits(self, url: str, at: int) -> int:
        """How often a story was edited until a round."""
        return self._editions[url][at]

    def __call__(self, request: Request) -> Answer:
        """The answer to a request."""
        if request.path == "/rss":
            return self._listing(request.host.partition(".")[0])
        if request.url not in self._editions:
            return Answer(status=404)
        edits = self.edits(request.url, self.round)
        told = page(html_of(request.url, edits))
        number = int(request.host[5:7])
        if number % 2 == 0:  # half of the papers confirm what one has
            told = page(html_of(request.url, edits), etag=f'"{edits}"')
        answer = unless_unchanged(request, told)
        return Slow(answer.body, answer.status, answer.headers, ANSWERS_IN)

    def _listing(self, name: str) -> Answer:
        at = format_datetime(PUBLISHED)
        items = "".join(
            f"<item><link>{url}</link><guid>{url}</guid><pubDate>{at}</pubDate></item>"
            for url in self._editions
            if url.startswith(f"http://{name}.")
        )
        return feed(f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>')

    def follow(self, data: Path) -> None:
        """Makes them the sources of a data folder."""
        data.mkdir(parents=True, exist_ok=True)
        tables = (f'[{n}]\ntitle = "{n}"\nfeeds = ["http://{n}.example/rss"]\n' for n in self.names)
        (data / "sources.toml").write_text("\n".join(tables), "utf-8")


def told(url: str, edits: int) -> list[str]:
    """Headline and paragraphs of a story after so many edits."""
    chance = random.Random(url)
    sign, *headline = (_word(chance).capitalize() for _ in range(5))
    text = [f"{sign} {' '.join(_word(chance) for _ in range(WORDS))}." for _ in range(PARAGRAPHS)]
    for edit in range(1, edits + 1):
        text[edit % PARAGRAPHS] += f" {sign} counted {edit + 10} boats."
    return [f"{sign} {' '.join(headline)}", *text]


def html_of(url: str, edits: int) -> str:
    """Its page."""
    headline, *text = map(escape, told(url, edits))
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f"<html><head><title>{headline}</title></head><body><article>"
        f"<h1>{headline}</h1>{shown}</article></body></html>"
    )


def moments(steps: list[timedelta]) -> list[datetime]:
    """When the rounds are played: the first after PUBLISHED, then each by so much later."""
    found = [PUBLISHED + timedelta(hours=1)]
    for step in steps:
        found.append(found[-1] + step)
    return found


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3))
