"""Events are written by one function, which knows all their kinds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from newsdiff_crawler.scheduling.schedule import EventKind
from newsdiff_crawler.web.wording import event_text

PACKAGE = Path(__file__).parents[3] / "newsdiff_crawler"


def test_events_are_written_in_one_place() -> None:
    writing = re.compile(r"insert\w*\(\s*[\"']events[\"']|insert into events")
    files = [path.name for path in PACKAGE.rglob("*.py") if writing.search(path.read_text("utf-8"))]
    assert files == ["events.py"]


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_readers_are_told_what_a_kind_means(kind: str) -> None:
    assert event_text(kind) != kind.capitalize()
