"""That the judge of a played fleet sees what went wrong. The play itself takes minutes:
`python -m tests.hardship.fleet --papers 4 --articles 100`."""

from __future__ import annotations

import pytest

from newsdiff_crawler.demo.loopback import Request
from tests.hardship.fleet_judge import Fault, Found, expected, judge_record, judge_round
from tests.hardship.papers import Papers, told
from tests.support.newsroom import LoggedRequest

ONE, TWO = (f"http://paper00.example/news/{number}-story" for number in range(2))


def asked(url: str, by: str, started: float = 1.0, at_once: int = 1) -> LoggedRequest:
    agent = f"newsdiff_crawler/1 (keeps versions; {by}@fleet.example)"
    return LoggedRequest(Request("GET", url, {"user-agent": agent}), started, at_once)


@pytest.mark.parametrize(
    ("log", "faults", "wrong"),
    [
        ([asked(ONE, "node1"), asked(TWO, "node2")], [], []),
        ([asked(ONE, "node1")], [], [f"round 1: forgotten: {TWO}"]),
        (
            [asked(ONE, "node1"), asked(TWO, "node1"), asked(ONE, "node2")],
            [Fault("killed", ("node1",), at=5.0)],
            [],
        ),
        (
            [asked(ONE, "node1"), asked(TWO, "node1"), asked(ONE, "node2")],
            [Fault("killed", ("node2",), at=5.0)],
            [f"round 1: asked again without a reason: {ONE} ['node1', 'node2']"],
        ),
        (
            [asked(ONE, "node1"), asked(TWO, "node1"), asked(ONE, "node2")],
            [Fault("killed", ("node1",), at=60.0)],
            [f"round 1: asked again without a reason: {ONE} ['node1', 'node2']"],
        ),
        (
            [asked(ONE, "node1", started=9.0), asked(TWO, "node1"), asked(ONE, "node2")],
            [Fault("killed", ("node1",), at=5.0)],
            [f"round 1: asked again without a reason: {ONE} ['node1', 'node2']"],
        ),
        (
            [asked(ONE, "node1"), asked(TWO, "node2", at_once=3)],
            [],
            [f"round 1: 3 at a time: {TWO} by node2"],
        ),
    ],
)
def test_a_round_is_judged_by_what_the_newsroom_was_asked(
    log: list[LoggedRequest], faults: list[Fault], wrong: list[str]
) -> None:
    found = Found(faults=faults)
    judge_round(1, {ONE, TWO}, log, found)
    assert found.wrong == wrong


def test_what_was_not_due_is_no_check_that_is_wanted() -> None:
    found = Found()
    judge_round(1, {ONE}, [asked(ONE, "node1"), asked(TWO, "node1")], found)
    assert found.wrong == [f"round 1: was not due: {TWO}"]


def test_versions_are_what_was_shown_when_it_was_asked() -> None:
    papers = Papers(papers=1, stories=2, rounds=12)
    texts = expected(papers, [{ONE, TWO}] * 12)
    assert len(texts[ONE]) == 1 + papers.edits(ONE, 11) > 1
    rows = [
        (url, number, "", text)
        for url, shown in texts.items()
        for number, text in enumerate(shown, start=1)
    ]
    assert judge_record(rows, texts) == []
    assert judge_record(rows[1:], texts)
    assert judge_record([*rows, (TWO, len(texts[TWO]) + 1, "", texts[TWO][-1])], texts)
    assert texts[ONE][0] == "\n\n".join(told(ONE, 0))
