"""What a watch costs a crawl: a row for each notice, and nothing to read."""

from __future__ import annotations

import pytest

from tests.support.records import add_article, add_version, story
from tests.support.statements import statements
from tests.telling.conftest import Desk

CHANNEL = 'channels = ["hook"]\n'
OTHERS = "".join(f'[watch.w{n}]\nwords = ["word{n}", "rocket"]\n{CHANNEL}' for n in range(20))
FOR_ALL = "".join(f"[watch.w{n}]\n{CHANNEL}" for n in range(3))


@pytest.mark.parametrize(("watches", "more"), [("", 0), (OTHERS, 0), (FOR_ALL, 3)])
def test_a_stored_change_takes_one_more_statement_for_each_notice(
    watches: str, more: int, desk: Desk
) -> None:
    assert stored(desk, watches, 2) - stored(desk, "", 1) == more


def stored(desk: Desk, watches: str, number: int) -> int:
    """How many statements the second version of an article takes."""
    before, after = story("Sun", "It shines."), story("Rain", "It rains.")
    article = add_article(desk.store, before, url=f"https://paper.example/{number}")
    desk.says(watches)
    with statements(desk.store) as executed:
        add_version(desk.store, article, 2, after)
    return len(executed)
