"""Whether the record holds what the newsroom published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsdiff_crawler.demo.catches import Catch
from newsdiff_crawler.demo.newsroom import DemoNewsroom
from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.demo.story import Story
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.times import to_iso

# A version as it can be compared: when it was fetched, its text, and its label as a change.
State = tuple[str, tuple[Block, ...], str]


@dataclass
class Verdict:
    """How much of the script was caught. ``problems``: one line each, for people."""

    scripted: int = 0
    caught: int = 0
    stories: int = 0
    versions: int = 0
    events: int = 0
    problems: list[str] = field(default_factory=list)

    def expect(self, met: bool, what: str) -> None:
        """Counts one thing that the script has, and whether it was caught."""
        self.scripted += 1
        self.caught += met
        if not met:
            self.problems.append(f"missed: {what}")


def judge(records: Records, newsroom: DemoNewsroom, caught: Sequence[Catch]) -> Verdict:
    """Compares the record, and what was caught on the way, with the script."""
    verdict = Verdict()
    for paper in PAPERS:
        for story in paper.stories:
            url = paper.url(story)
            article = records.article_at(url)
            stored = list(_stored(records, article)) if article else []
            events = [event.kind for event in records.events(article.id)] if article else []
            verdict.stories += 1
            verdict.versions += len(stored)
            verdict.events += len(events)
            _judge_versions(verdict, story, url, list(_scripted(newsroom, story)), stored)
            _judge_events(verdict, story, url, events)
            _judge_walls(verdict, story, url, caught)
    return verdict


def _scripted(newsroom: DemoNewsroom, story: Story) -> Iterator[State]:
    """The states of a story that readers saw: the first, and one for each revision."""
    labels = {story.published: ""} | {each.round: each.label for each in story.revisions}
    for round, label in labels.items():
        if edition := story.at(round):
            yield to_iso(newsroom.moment(round)), edition.text, label


def _stored(records: Records, article: ArticleFacts) -> Iterator[State]:
    """The versions that the record has."""
    labels = {change.to_version: change.minor for change in records.changes.of(article.id)}
    for version in records.versions(article.id):
        text = tuple(records.blocks(article.id, version.number))
        yield version.fetched_at, text, labels.get(version.number) or ""


def _judge_versions(
    verdict: Verdict, story: Story, url: str, scripted: list[State], stored: list[State]
) -> None:
    if scripted[0] not in stored:
        verdict.problems.append(f"missed: the first version of {url}")
    for revision, state in zip(story.revisions, scripted[1:], strict=True):
        verdict.expect(state in stored, f"{revision.what[0].lower()}{revision.what[1:]}: {url}")
    for number, state in enumerate(stored, 1):
        if state not in scripted:
            verdict.problems.append(f"false: version {number} of {url}")


def _judge_events(verdict: Verdict, story: Story, url: str, events: list[str]) -> None:
    if story.gone is not None:
        verdict.expect(events == ["gone"], f"the disappearance: {url}")
    elif events:
        verdict.problems.append(f"false: event {', '.join(events)} of {url}")


def _judge_walls(verdict: Verdict, story: Story, url: str, caught: Sequence[Catch]) -> None:
    refused = [each.round for each in caught if each.story is story and each.kind == "refused"]
    for round in story.walled:
        verdict.expect(round in refused, f"the consent wall: {url}")
