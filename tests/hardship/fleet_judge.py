"""Whether a fleet did its work once and all of it, by what the newsroom and the record say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.hardship.papers import Papers, told
from tests.support.newsroom import LoggedRequest

MOST_AT_ONCE = 2  # requests to a host
RECORDED = 30.0  # seconds from an answer until it is in the record, where all is busy


@dataclass(frozen=True)
class Fault:
    """What befell machines, by their names; in monotonic seconds."""

    what: str
    machines: tuple[str, ...]
    at: float


@dataclass
class Found:
    """What was seen. ``wrong``: a line for each thing that is not as it should be."""

    wrong: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[set[str]] = field(default_factory=list)  # articles, in each round
    again: list[int] = field(default_factory=list)  # asked twice, for a machine was hit
    seconds: list[float] = field(default_factory=list)  # of each round
    answers: Counter[str] = field(default_factory=Counter)  # of the sites
    most_at_once: int = 0
    requests: int = 0
    versions: int = 0


def judge_round(number: int, due: set[str], log: list[LoggedRequest], found: Found) -> None:
    """Whether each due article was asked once, and no host more than two at a time."""
    asked: dict[str, list[LoggedRequest]] = {}
    for each in log:
        if is_story(each):
            asked.setdefault(each.request.url, []).append(each)
    forgotten, early = due - asked.keys(), asked.keys() - due
    found.wrong += [f"round {number}: forgotten: {url}" for url in sorted(forgotten)]
    found.wrong += [f"round {number}: was not due: {url}" for url in sorted(early)]
    found.asked.append(set(asked))
    again = {url: times for url, times in asked.items() if len(times) > 1}
    found.again.append(len(again))
    for url, times in again.items():
        for each in times[:-1]:
            if not was_hit(each, found.faults):
                who = [machine_of(one) for one in times]
                found.wrong.append(f"round {number}: asked again without a reason: {url} {who}")
    found.most_at_once = max([found.most_at_once, *(each.at_once for each in log)])
    found.requests += len(log)
    for each in log:
        if each.at_once > MOST_AT_ONCE:
            crowd = f"{each.at_once} at a time: {each.request.url} by {machine_of(each)}"
            found.wrong.append(f"round {number}: {crowd}")


def was_hit(asked: LoggedRequest, faults: list[Fault]) -> bool:
    """Whether who asked was hit after that and before it had to have what came of it in the record,
    so that it may be lost."""
    who = machine_of(asked)
    recorded = (asked.finished or asked.started) + RECORDED
    return any(
        who in fault.machines and asked.started <= fault.at + 1 and fault.at <= recorded
        for fault in faults
    )


def is_story(logged: LoggedRequest) -> bool:
    """A request for an article, and not for a feed or rules."""
    return logged.request.path.startswith("/news/")


def machine_of(logged: LoggedRequest) -> str:
    """Who asked."""
    return logged.request.headers["user-agent"].partition("; ")[2].partition("@")[0]


def expected(papers: Papers, asked: list[set[str]]) -> dict[str, list[str]]:
    """The texts of each article's versions, from what was asked in each round."""
    texts: dict[str, list[str]] = {url: [] for url in papers.urls}
    for number, urls in enumerate(asked):
        for url in urls:
            text = "\n\n".join(told(url, papers.edits(url, number)))
            if texts[url][-1:] != [text]:
                texts[url].append(text)
    return texts


def judge_record(rows: list[tuple[Any, ...]], texts: dict[str, list[str]]) -> list[str]:
    """What the record has too many or too few."""
    kept: dict[str, list[tuple[int, str]]] = {url: [] for url in texts}
    for row in rows:
        kept[row[0]].append((row[1], row[3]))
    return [
        f"versions of {url}: {len(kept[url])}, of which it showed {len(shown)}"
        for url, shown in texts.items()
        if kept[url] != list(enumerate(shown, start=1))
    ]
