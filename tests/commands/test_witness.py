"""``scrapy witness`` and ``scrapy backfill``, as commands."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import to_iso, utc_now
from tests.support.crawling import query, scrapy
from tests.support.newsroom import Newsroom
from tests.support.records import add_article, story
from tests.support.wayback import SavePages


def nothing(_: object) -> Answer:
    return Answer(status=404)


def test_a_round_asks_for_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Store.open(tmp_path / "data")) as store:
        store.copies.is_wanted = True
        now = to_iso(utc_now() - timedelta(minutes=1))
        add_article(store, story("Sun", "It shines."), first_seen_at=now)
    with Newsroom(nothing) as newsroom, SavePages(utc_now) as archive:
        monkeypatch.setenv("NEWSDIFF_WAYBACK", archive.address)
        monkeypatch.setattr(newsroom, "environment", lambda _: {"no_proxy": "*"})
        done = scrapy(newsroom, tmp_path, "witness", "--minutes", "0")
    assert (done.returncode, done.stdout) == (0, "0 kept; 0 refused\n")
    assert query(tmp_path, "select state from copies") == [("asked",)]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["witness"], 2, "NEWSDIFF_WAYBACK is not set: no copies are asked for"),
        (["witness", "now"], 2, "witness takes no arguments, only options"),
        (["backfill"], 2, "expected <url> | --source SOURCE"),
        (["backfill", "https://a.example/x", "--since", "May"], 2, "--since: expected a day as"),
        (
            ["backfill", "https://a.example/x", "--since", "2026-02-30"],
            2,
            "--since: expected a day",
        ),
        (["backfill", "https://a.example/x"], 1, "no article of the record has the address"),
        (["backfill", "--source", "nobody"], 1, "the record has no article of 'nobody'"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    arguments: list[str], status: int, said: str, tmp_path: Path
) -> None:
    Store.open(tmp_path / "data").close()
    with Newsroom(nothing) as newsroom:
        done = scrapy(newsroom, tmp_path, *arguments)
    assert done.returncode == status
    assert f"newsdiff_crawler: {said}" in done.stderr
