"""Crawls keep the pages behind what they stored, refused and doubted."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.items import Snapshot
from newsdiff_crawler.store.writing.snapshots import SNAPSHOT_COLUMNS
from tests.support.clocks import Authority
from tests.support.crawling import (
    bbc_routes,
    crawl,
    query,
    started,
    stories,
    urls_of,
)
from tests.support.newsroom import Newsroom, typed

COLUMNS = ", ".join(f"s.{column}" for column in SNAPSHOT_COLUMNS)
KILLS = int(os.environ.get("KILLS", "3"))
UNPROVED = "select count(*) from versions where snapshot is null"


def snapshots(folder: Path) -> list[Snapshot]:
    return [Snapshot(*row) for row in query(folder, f"select {COLUMNS} from snapshots s")]


def unreadable(folder: Path) -> list[str]:
    archive = Archive(folder / "data")
    return [fault for each in snapshots(folder) for fault in fault_of(archive, each)]


def fault_of(archive: Archive, snapshot: Snapshot) -> list[str]:
    try:
        archive.read(snapshot)
    except ArchiveError as error:
        return [f"{snapshot.url}: {error}"]
    return []


def test_the_page_behind_a_version_and_behind_a_refusal_is_kept(tmp_path: Path) -> None:
    good, bad, gone = urls_of(3)
    pages = stories([good]) | {
        bad: typed(b"<html><title>Sign in</title><body>Sign in</body></html>", "text/html"),
        gone: Answer(b"not here", status=404),
    }
    with Newsroom(bbc_routes(pages)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    rows = query(tmp_path, "select url, outcome, same_as is null from snapshots order by id")
    assert sorted(rows[:3]) == [(good, "new", 1), (bad, "failed", 1), (gone, "gone", 1)]
    assert sorted(rows[3:]) == [(bad, "failed", 0), (gone, "gone", 0)]  # the same bytes
    archive = Archive(tmp_path / "data")
    bodies = {each.url: archive.read(each).body for each in snapshots(tmp_path) if not each.same_as}
    assert bodies == {url: answer.body for url, answer in pages.items()}
    (version,) = query(
        tmp_path, "select s.url from versions v join snapshots s on s.id = v.snapshot"
    )
    assert version == (good,)


def test_the_archive_can_be_turned_off(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(stories(urls_of(1)))) as newsroom:
        crawl(newsroom, tmp_path, "bbc", "-s", "NEWSDIFF_ARCHIVE=0")
    assert query(tmp_path, UNPROVED) == [(1,)]
    assert not (tmp_path / "data" / "archive").exists()
    assert query(tmp_path, "select * from roots") == []


def test_crawls_killed_at_random_moments_leave_no_version_without_its_record(
    tmp_path: Path,
) -> None:
    """They are killed by the newsroom, at an answer that chance chooses: no clock has a say."""
    chance, urls = random.Random(17), urls_of(60)
    with Newsroom(bbc_routes(stories(urls))) as newsroom:
        for _ in range(KILLS):
            again = ("bbc", "-a", "recheck=1")
            with started(newsroom, tmp_path, *again, stderr=subprocess.PIPE) as killed:
                assert killed.stderr
                for _ in range(chance.randrange(1, 12)):
                    killed.stderr.readline()
                killed.kill()
            if (tmp_path / "data" / "newsdiff.db").exists():
                assert query(tmp_path, "pragma integrity_check") == [("ok",)]
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    assert done.returncode == 0
    assert query(tmp_path, UNPROVED) == [(0,)]
    assert query(tmp_path, "select count(*) from versions") == [(60,)]
    assert unreadable(tmp_path) == []
    for path in (tmp_path / "data" / "archive").rglob("*.gz"):
        checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)])
        assert checked.returncode == 0


class BesideClocks(Newsroom):
    """Clocks are no publishers: they are asked without its proxy."""

    def environment(self, folder: Path) -> dict[str, str]:
        return super().environment(folder) | {"no_proxy": "127.0.0.1"}


def test_a_crawl_has_the_days_root_stamped_and_does_not_suffer_where_that_fails(
    tmp_path: Path,
) -> None:
    routes = bbc_routes(stories(urls_of(2)))
    with BesideClocks(routes) as newsroom, Authority(tmp_path / "a") as clock:
        clock.instead = lambda _: Answer(status=503)
        given = ("-s", f"NEWSDIFF_TSA={clock.address}", "-s", f"NEWSDIFF_TSA_ROOT={clock.root}")
        failed = crawl(newsroom, tmp_path, "bbc", *given)
        clock.instead = lambda answer: answer
        done = crawl(newsroom, tmp_path, "bbc", *given)
    assert failed.returncode == done.returncode == 0
    line = f"newsdiff_crawler: root 1 is not stamped yet: {clock.address[7:]}: HTTP 503\n"
    assert failed.stderr.endswith(line)
    assert "root 1" not in done.stderr
    assert query(tmp_path, "select size from roots") == [(2,)]
    assert query(tmp_path, "select root_id, kind from stamps") == [(1, "rfc3161")]
