"""A crawl that is ended at any moment, by any signal, loses and doubles nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hardship.kills import kill_often
from tests.hardship.press import Press
from tests.hardship.recorded import lost


@pytest.mark.slow
def test_crawls_of_honest_and_hostile_publishers_that_are_killed(tmp_path: Path) -> None:
    assert kill_often(tmp_path, times=2) == []


@pytest.mark.slow
def test_the_judge_misses_what_was_never_stored(tmp_path: Path) -> None:
    assert kill_often(tmp_path, times=0) == []
    press = Press()
    unseen = press.edit(rest=0)
    assert lost(tmp_path, press.shown) == [unseen]
