"""`scrapy demo`: everything that the script has is caught, and nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlite_utils import Database

from newsdiff_crawler.crawling.sources_file import FILE_NAME, read_sources
from newsdiff_crawler.demo import crawling
from newsdiff_crawler.demo.crawling import Crawler, DemoError
from newsdiff_crawler.demo.newsroom import DemoNewsroom
from newsdiff_crawler.demo.papers import GAZETTE, POST
from newsdiff_crawler.demo.site import open_site, unserved
from newsdiff_crawler.demo.tour import fresh_record
from newsdiff_crawler.demo.verdict import Verdict, judge
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso
from tests.support.crawling import OURS
from tests.support.forked import scrapy_forked

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=timezone.utc)

# Story -> its versions: how many minutes after the first round, and their labels.
VERSIONS = {
    "night-ferry-skerrow": [(0, ""), (35, ""), (180, "")],
    "sea-wall-repair-cost": [(0, ""), (80, ""), (550, "")],
    "cold-ness-lighthouse-diaries": [(0, ""), (35, "cosmetic"), (180, "")],
    "corvane-bay-hotel-foreshore": [(0, "")],
    "vantry-tram-brakes-letters": [(0, ""), (35, "")],
    "street-lights-sleep-study": [(0, ""), (80, "")],
    "meridian-archive-reading-room": [(0, ""), (35, ""), (180, "reverted to 1")],
    "storm-ebba-power-cuts": [(35, ""), (80, ""), (180, ""), (550, "")],
    "lindmoor-typewriter-repairer": [(0, "")],
}


def demo(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    # With it real crawls would check nothing.
    of_real_crawls = {"NEWSDIFF_CRAWL_MINUTES": "0"}
    ours = {"NEWSDIFF_DATA": str(data), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "demo", *options],
        env=os.environ | of_real_crawls | ours,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def once(data: Path) -> subprocess.CompletedProcess[str]:
    return demo(data, "--once")


@pytest.fixture
def record(data: Path, once: object, tmp_path: Path) -> Iterator[Database]:
    """A copy of the demo's record, to read or to tamper with."""
    shutil.copy(data / "demo" / DATABASE_NAME, tmp_path)
    with closing(Database(tmp_path / DATABASE_NAME)) as database:
        yield database


def slug(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def first_round(record: Database) -> datetime:
    return from_iso(next(record.query("select min(fetched_at) as at from versions"))["at"])


def test_once_catches_all_and_ends_well(once: subprocess.CompletedProcess[str]) -> None:
    assert (once.stderr, once.returncode) == ("", 0)
    assert "Caught 15 of 15 scripted revisions: 22 versions of 9 stories, 1 event." in once.stdout


def test_each_catch_is_printed(once: subprocess.CompletedProcess[str]) -> None:
    for line in (
        "✎ Night ferry to Skerrow under review after 61 years  The Harbour Gazette",
        "Meaning changed: will → may; headline rewritten; 1 paragraph edited",
        "Night ferry to Skerrow [-axed-] {+under review+} after 61 years",
        "Back to the text of version 1",
        "A consent wall stands in its place. No version made",
        "The page is gone for good. Its last text is kept; not checked again",
    ):
        assert line in once.stdout


def test_notices_are_shown_as_they_would_go_out(once: subprocess.CompletedProcess[str]) -> None:
    notices = once.stdout.partition("[watch.silent]")[2]
    assert "The Harbour Gazette: Sea wall repair to cost £6.8m, councillors told" in notices
    assert "Members voted by [-seven to two-]{+six to three+} for the second." in notices


def test_the_record_holds_exactly_the_scripted_versions(record: Database) -> None:
    start = first_round(record)
    versions: dict[str, list[tuple[int, str]]] = {}
    sql = """select a.url, v.* from versions v join articles a on a.id = v.article_id
              order by v.article_id, v.number"""
    for row in record.query(sql):
        minutes = (from_iso(row["fetched_at"]) - start).total_seconds() // 60
        reverted = f"reverted to {row['reverts_to']}" if row["reverts_to"] else ""
        label = "cosmetic" if row["cosmetic"] else reverted
        versions.setdefault(slug(row["url"]), []).append((int(minutes), label))
    assert versions == VERSIONS


def test_the_record_holds_exactly_the_scripted_event(record: Database) -> None:
    sql = "select a.url, a.state, e.kind from events e join articles a on a.id = e.article_id"
    assert [(slug(row["url"]), row["state"], row["kind"]) for row in record.query(sql)] == [
        ("corvane-bay-hotel-foreshore", "gone", "gone")
    ]


def test_only_its_own_crawls_know_the_demos_spiders() -> None:
    listed = scrapy_forked(["list"], cwd=ROOT, env=os.environ | OURS)
    assert "bbc" in listed.stdout.split()
    assert not {"harbour_gazette", "meridian_post"} & set(listed.stdout.split())


# --- What is wrong is judged wrong --------------------------------------------------------------


def verdict_on(record: Database, folder: Path) -> Verdict:
    with Records.open(folder) as records:
        return judge(records, DemoNewsroom(first_round(record)), [])


def test_a_missed_revision_is_a_problem(record: Database, tmp_path: Path) -> None:
    record.execute("delete from versions where title like 'Power returns%'")
    record.conn.commit()
    (missed,) = (line for line in verdict_on(record, tmp_path).problems if "storm" in line)
    assert missed.startswith("missed: the next day’s headline: http://www.meridian-post.example/")


def test_a_changed_text_is_a_missed_revision_and_a_false_version(
    record: Database, tmp_path: Path
) -> None:
    record.execute("update passages set text = 'Most read' where text like 'The goat went on%'")
    record.conn.commit()
    problems = [line for line in verdict_on(record, tmp_path).problems if "diaries" in line]
    assert [line.partition(" http")[0] for line in problems] == [
        "missed: the first version of",
        "missed: a comma:",
        "missed: a paragraph is added:",
        "false: version 1 of",
        "false: version 2 of",
        "false: version 3 of",
    ]


def test_an_event_too_many_and_one_too_few_are_problems(record: Database, tmp_path: Path) -> None:
    url = "http://www.meridian-post.example/life/lindmoor-typewriter-repairer"
    record.execute("update events set article_id = (select id from articles where url = ?)", [url])
    record.conn.commit()
    problems = verdict_on(record, tmp_path).problems
    assert f"false: event gone of {url}" in problems
    assert any(line.startswith("missed: the disappearance") for line in problems)


def test_a_consent_wall_that_nobody_refused_is_a_problem(record: Database, tmp_path: Path) -> None:
    assert [line.partition(":")[2] for line in verdict_on(record, tmp_path).problems] == [
        " the consent wall: http://www.meridian-post.example/transport/vantry-tram-brakes-letters"
    ]


# --- Bad conditions -----------------------------------------------------------------------------


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = demo(tmp_path, "--port", str(port))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"newsdiff_crawler: port {port} is taken or cannot be used; --port names another\n"
    )


def test_a_second_demo_keeps_its_hands_off_the_first_ones_record(tmp_path: Path) -> None:
    with fresh_record(tmp_path):
        (tmp_path / DATABASE_NAME).touch()
        with pytest.raises(DemoError, match="another demo is using"), fresh_record(tmp_path):
            pass
        assert (tmp_path / DATABASE_NAME).exists()


def test_a_demo_begins_with_an_empty_record_and_leaves_other_files(tmp_path: Path) -> None:
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal", "notes.txt"):
        (tmp_path / name).touch()
    with fresh_record(tmp_path):
        assert sorted(file.name for file in tmp_path.iterdir()) == ["demo.lock", "notes.txt"]


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(DemoError, match="file/demo: cannot be written to"),
        fresh_record(tmp_path / "file" / "demo"),
    ):
        pass


def test_a_crawl_that_fails_ends_the_demo_and_names_its_log(tmp_path: Path) -> None:
    unknown = replace(GAZETTE, name="no_such_paper")
    with pytest.raises(DemoError, match=r"ended with status 2; see .*no_such_paper\.log"):
        Crawler(tmp_path, "http://127.0.0.1:9").crawl([unknown], NOW)


def test_a_crawl_that_hangs_ends_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawling, "LONGEST_CRAWL", 0)
    with pytest.raises(DemoError, match="took over 0 seconds"):
        Crawler(tmp_path, "http://127.0.0.1:9").crawl([GAZETTE], NOW)


def test_the_site_is_asked_for_its_pages(data: Path, once: object) -> None:
    with open_site(data / "demo" / DATABASE_NAME, 0) as address:
        assert unserved(address, ["/", "/articles/1", "/articles/99"]) == ["/articles/99"]
    assert unserved(address, ["/"]) == ["/"]


def test_its_record_can_be_asked_by_any_command_afterwards(data: Path, once: object) -> None:
    sources = read_sources(data / "demo" / FILE_NAME, built_in=())
    assert sources.names == {GAZETTE.name, POST.name}
    assert not sources.mistakes
