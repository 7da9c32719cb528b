"""What the two newspapers answer in each round of the demo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import count

from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from newsdiff_crawler.demo.papers import PAPERS, WALL, Paper, Setting
from newsdiff_crawler.demo.story import Edition, Story

# When each round takes place, after the first. Each gap is long enough for an unchanged article to
# be due again; after the last ones an absent article counts as gone.
ROUNDS = (
    timedelta(0),
    timedelta(minutes=35),
    timedelta(hours=1, minutes=20),
    timedelta(hours=3),
    timedelta(hours=9, minutes=10),
    timedelta(hours=33, minutes=20),
)

ROBOTS = b"User-agent: *\nDisallow: /search\n"


class DemoNewsroom:
    """Both papers, as a route for a loopback server. Set ``round`` (from 1) to let time pass."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.round = 1
        self._papers = {paper.host: paper for paper in PAPERS}
        self._requests = count(1)

    def moment(self, round: int) -> datetime:
        """When a round takes place."""
        return self.start + ROUNDS[round - 1]

    def __call__(self, request: Request) -> Answer:
        paper = self._papers.get(request.host)
        if paper is None:
            return _html("<h1>No such newspaper</h1>", 502)
        if request.path == "/robots.txt":
            return Answer(ROBOTS, headers={"Content-Type": "text/plain"})
        if request.path == "/feed.xml":
            return unless_unchanged(request, self._feed(paper))
        for story in paper.stories:
            if request.url == paper.url(story):
                return unless_unchanged(request, self._page(paper, story))
        return _html("<h1>Page not found</h1>", 404)

    def _page(self, paper: Paper, story: Story) -> Answer:
        edition = story.at(self.round)
        if edition is None:
            return _html("<h1>Page not found</h1>", 404)
        if self.round in story.walled:
            return _html(WALL)
        page = _html(paper.layout(edition, self._setting(paper, story, edition)))
        if not paper.confirms:
            return page
        changed = format_datetime(self._written(paper, story, edition.changed), usegmt=True)
        tag = _tag("\n".join(block.text for block in edition.text))
        return replace(page, headers={**page.headers, "ETag": tag, "Last-Modified": changed})

    def _setting(self, paper: Paper, story: Story, edition: Edition) -> Setting:
        others = [
            (paper.url(other), now.of_kind("headline"))
            for other, now in self._published(paper)
            if other is not story
        ]
        return Setting(
            url=paper.url(story),
            section=story.section,
            published=self._written(paper, story, edition.published),
            modified=self._written(paper, story, edition.modified),
            others=others,
            request=next(self._requests),
        )

    def _published(self, paper: Paper) -> Iterator[tuple[Story, Edition]]:
        for story in paper.stories:
            if edition := story.at(self.round):
                yield story, edition

    def _written(self, paper: Paper, story: Story, round: int) -> datetime:
        """A few minutes before the round that shows it, and different for each story."""
        return self.moment(round) - timedelta(minutes=4 + 6 * paper.stories.index(story))

    def _feed(self, paper: Paper) -> Answer:
        items = "\n".join(
            f"<item><title>{escape(edition.of_kind('headline'))}</title>"
            f"<link>{paper.url(story)}?utm_source=rss&amp;utm_medium=feed</link>"
            f"<guid>{paper.url(story)}</guid></item>"
            for story, edition in self._published(paper)
        )
        body = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{paper.title}</title><link>http://{paper.host}/</link>
<description>All the news</description>
{items}
</channel></rss>
"""
        return Answer(
            body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": _tag(body)}
        )


def _html(page: str, status: int = 200) -> Answer:
    return Answer(page.encode(), status, {"Content-Type": "text/html; charset=utf-8"})


def _tag(text: str) -> str:
    return f'W/"{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"'
