"""A record that can no longer be written ends the crawl at the first write: one line, nothing asked
in vain, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.web.app import create_app
from tests.support.crawling import (
    PROJECT,
    bbc_routes,
    bbc_story,
    crawl,
    crawl_command,
    environment,
    query,
    stories,
    urls_of,
)
from tests.support.newsroom import Held, Newsroom
from tests.support.site import text_of
from tests.support.users import as_plain_user

URLS = urls_of(18)
LONG = " ".join(["It rained for the third day in the valley."] * 400)


def long_stories() -> dict[str, Answer]:
    """A hundred and fifty kilobytes of text each, no two alike."""
    return {
        url: bbc_story(
            url, f"Rain in {url[-7:]}", [f"{url} {number} {LONG}" for number in range(9)]
        )
        for url in URLS
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of two megabytes."""
    folder = tmp_path / "data"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def check_end(done: subprocess.CompletedProcess[str], record: Path, reason: str) -> None:
    """It ended with one line, and says so to scripts."""
    begin = f"! ERROR bbc: the record cannot be written: {record}: {reason}; the crawl ends, and "
    told = [line for line in done.stderr.splitlines() if not line.startswith("+ ")]
    assert told == [f"{begin}what it had claimed is due again"]
    assert done.returncode == ExitStatus.NO_RECORD


def test_a_full_disk_ends_the_crawl_with_one_line_and_all_is_due_again(
    small_disk: Path, tmp_path: Path
) -> None:
    ballast = small_disk / "ballast"
    with Newsroom(bbc_routes(stories(URLS[:1]))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    free = os.statvfs(small_disk)
    ballast.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 300_000))
    with Newsroom(bbc_routes(long_stories())) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        asked = [url for url in newsroom.urls() if "/articles/" in url]
    check_end(done, small_disk / "newsdiff.db", "the disk is full")
    assert len(asked) < len(URLS)
    ballast.unlink()
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        again = crawl(newsroom, tmp_path, "bbc")
    assert again.returncode == ExitStatus.DONE
    assert query(tmp_path, "select count(*) from articles where version_count > 0") == [(18,)]
    assert query(tmp_path, "pragma integrity_check") == [("ok",)]


def test_a_crawl_that_finds_the_disk_full_ends_with_one_line_and_the_site_is_read_all_the_same(
    small_disk: Path, tmp_path: Path
) -> None:
    with Newsroom(bbc_routes(stories(URLS[:1]))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        with suppress(OSError):
            (small_disk / "ballast").write_bytes(b"x" * 3_000_000)
        asked = len(newsroom.log)
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert len(newsroom.log) == asked
    record = small_disk / "newsdiff.db"
    assert done.stderr == f"newsdiff_crawler: {record}: cannot be written to: the disk is full\n"
    assert done.returncode == ExitStatus.NO_RECORD
    site = TestClient(create_app(record))
    assert "The record cannot be written: the disk is full." in text_of(site.get("/").text)
    assert site.get("/articles/1").status_code == 200
    problems = site.get("/health").json()["problems"]
    assert problems == ["the record cannot be written: the disk is full"]


def test_a_limit_to_the_size_of_files_is_met_alike_and_the_site_says_so(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(long_stories())) as newsroom:
        done = subprocess.run(
            crawl_command("bbc"),
            cwd=PROJECT,
            env=environment(newsroom, tmp_path),
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)),
        )
    reason = "the disk refuses to read or write (disk I/O error)"
    record = tmp_path / "data" / "newsdiff.db"
    check_end(done, record, reason)
    site = TestClient(create_app(record))
    health = site.get("/health")
    assert health.status_code == 503
    assert f"the record cannot be written: {reason}" in health.json()["problems"]
    assert f"The record cannot be written: {reason}" in text_of(site.get("/sources").text)
    with Newsroom(bbc_routes(long_stories())) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    assert "cannot be written" not in site.get("/health").text


def _move_away(data: Path) -> None:
    (data / "newsdiff.db").rename(data / "elsewhere.db")


def _move_the_folder(data: Path) -> None:
    data.rename(data.with_name("moved"))


def _replace(data: Path) -> None:
    shutil.copy(data / "newsdiff.db", data / "copy.db")
    (data / "copy.db").rename(data / "newsdiff.db")


MOVES = [
    (_move_away, "it is no longer there"),
    (_move_the_folder, "it is no longer there"),
    (_replace, "another file is in its place"),
]


@pytest.mark.parametrize(("move", "reason"), MOVES, ids=lambda each: getattr(each, "__name__", ""))
def test_a_record_that_goes_while_a_crawl_runs_ends_it(
    tmp_path: Path, move: Callable[[Path], None], reason: str
) -> None:
    held = Held(stories(URLS[:1])[URLS[0]].body)
    with Newsroom(bbc_routes(stories(URLS) | {URLS[0]: held})) as newsroom:
        done = _while_it_runs(newsroom, tmp_path, held, lambda: move(tmp_path / "data"))
    check_end(done, tmp_path / "data" / "newsdiff.db", reason)


def test_a_record_that_becomes_read_only_while_a_crawl_runs_ends_it(tmp_path: Path) -> None:
    record = tmp_path / "data" / "newsdiff.db"
    held = Held(stories(URLS[:1])[URLS[0]].body)
    with Newsroom(bbc_routes(stories(URLS) | {URLS[0]: held})) as newsroom:
        done = _while_it_runs(
            newsroom, tmp_path, held, lambda: record.chmod(0o444), before=as_plain_user()
        )
    check_end(done, record, "it is read-only")


def _while_it_runs(
    newsroom: Newsroom,
    folder: Path,
    held: Held,
    act: Callable[[], None],
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """A crawl during which something is done, when it has asked for a page that waits for it."""
    crawl = subprocess.Popen(
        [*before, *crawl_command("bbc")],
        cwd=PROJECT,
        env=environment(newsroom, folder),
        stderr=subprocess.PIPE,
        text=True,
    )
    with crawl:
        assert held.asked.wait(60)
        act()
        held.gate.set()
        _, said = crawl.communicate(timeout=60)
    return subprocess.CompletedProcess(sys.argv, crawl.returncode, "", said)
