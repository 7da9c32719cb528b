"""What a round of crawls caught, by the record and the logs of the crawls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsdiff_crawler.demo.crawling import Refused
from newsdiff_crawler.demo.papers import PAPERS, Paper
from newsdiff_crawler.demo.story import Story
from newsdiff_crawler.diff import Diff, compare
from newsdiff_crawler.items import Minor
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.reading.records import ArticleFacts, Records

Kind = Literal["new", "changed", "cosmetic", "reverted", "refused", "absent", "gone"]


CHANGES: dict[Minor | None, Kind] = {
    None: "changed",
    "parser": "changed",
    "cosmetic": "cosmetic",
    "reverted": "reverted",
    "page": "cosmetic",
    "held": "changed",
}


@dataclass(frozen=True)
class Catch:
    """One thing that happened to one story. A change has its diff, a page without a text its
    reason."""

    round: int
    kind: Kind
    paper: Paper
    story: Story
    article: ArticleFacts
    change: Change | None = None
    diff: Diff | None = None
    silent: bool = False  # the page states the same modification time as before
    reason: str = ""

    @property
    def path(self) -> str:
        """The catch's page on the reading site: the two versions, or the article's history."""
        page = f"/articles/{self.article.id}"
        return (
            f"{page}/diff/{self.change.from_version}/{self.change.to_version}"
            if self.change
            else page
        )


def catches(records: Records, round: int, now: str, refused: Sequence[Refused]) -> Iterator[Catch]:
    """All that the crawls at ``now`` caught, paper by paper."""
    refused_by_url = {page.url: page for page in refused}
    for paper in PAPERS:
        for story in paper.stories:
            article = records.article_at(paper.url(story))
            if article:
                page = refused_by_url.get(article.url)
                yield from _of_story(records, Catch(round, "new", paper, story, article), now, page)


def _of_story(records: Records, bare: Catch, now: str, refused: Refused | None) -> Iterator[Catch]:
    article = bare.article
    if article.first_seen_at == now:
        yield bare
    for change in records.changes.of(article.id):
        if change.to_at == now:
            yield _with_change(records, bare, change)
    if refused:
        yield replace(bare, kind=_refusal(records, article, now, refused), reason=refused.reason)


def _with_change(records: Records, bare: Catch, change: Change) -> Catch:
    article_id, numbers = bare.article.id, (change.from_version, change.to_version)
    before, after = (records.blocks(article_id, number) for number in numbers)
    stated = {version.number: version.modified_at for version in records.versions(article_id)}
    return replace(
        bare,
        kind=CHANGES[change.minor],
        change=change,
        diff=compare(before, after),
        silent=len({stated[number] for number in numbers}) == 1,
    )


def _refusal(records: Records, article: ArticleFacts, now: str, refused: Refused) -> Kind:
    if any(event.at == now and event.kind == "gone" for event in records.events(article.id)):
        return "gone"
    return "absent" if refused.outcome in ("gone", "not there") else "refused"
