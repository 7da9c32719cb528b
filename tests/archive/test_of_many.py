"""Machines with an archive each and one record on a server: what each has, lets go of, verifies and
has stamped."""

from __future__ import annotations

import argparse
import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.archive.erasing import go_on
from newsdiff_crawler.archive.files import Files, machine_of
from newsdiff_crawler.archive.letting_go import let_go
from newsdiff_crawler.commands import verify
from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.proof.gathering import Gathering, NoProofError
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.opening import VARIABLE
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.witness.files import LEAVES, STATEMENT, RootFiles
from newsdiff_crawler.witness.stamping import Stamped, stamp
from tests.commands.test_backup import Paper, html
from tests.support import postgres
from tests.support.clocks import Calendar
from tests.support.kept import keep_pages

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL here")

DAY, TODAY, BEFORE = "2026-03-01T09:00:00Z", "2026-06-01T09:00:00Z", "2026-05-01T00:00:00Z"
NOW = utc_now()
Verify = Callable[..., str]


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that is empty, on a server."""
    with postgres.server().record() as address:
        monkeypatch.setenv(VARIABLE, address)
        yield


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Verify:
    """What `scrapy verify` on a machine prints, and its exit status."""

    def run(machine: Path) -> str:
        command = verify.Command()
        command.settings = Settings({"NEWSDIFF_DATA": str(machine), "NEWSDIFF_NODE": machine.name})
        try:
            command.run([], argparse.Namespace(source="", since=""))
        except SystemExit as ended:
            return f"{capsys.readouterr().out}status {ended.code}"
        return capsys.readouterr().out + "status 0"

    return run


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """The archive of a machine that has a page of an article."""
    return crawled(tmp_path / "node1", "One")


@pytest.fixture
def two(tmp_path: Path, one: Path) -> Path:
    """That of another one, which has a page of the same source and day."""
    return crawled(tmp_path / "node2", "Two")


def crawled(machine: Path, title: str, at: str = DAY, name: str | None = None) -> Path:
    pages = [(f"https://news.example/{title}", at, html(title))]
    keep_pages(machine, [Paper], pages, machine=machine.name if name is None else name)
    return machine


def names(machine: Path) -> list[str]:
    return Files(machine).names()


def gone(machine: Path) -> int:
    with closing(Store.open(machine)) as store:
        files = Files(machine, machine=machine.name)
        return let_go(files, store, "paper", BEFORE, TODAY)


def rooted(machine: Path, calendar: Calendar | None = None) -> Stamped:
    """After a round of stamping on a machine."""
    more = {"NEWSDIFF_CALENDARS": calendar.address} if calendar else {}
    told = Configuration.from_settings({"NEWSDIFF_DATA": machine, **more})
    return stamp(told, NOW, on_demand=True)


def brought(origin: Path, machine: Path) -> None:
    """As `rsync -a` does it."""
    shutil.copytree(origin / "archive", machine / "archive", dirs_exist_ok=True)


# --- Names ------------------------------------------------------------------------------------


def test_archives_of_machines_can_be_brought_together(one: Path, two: Path, said: Verify) -> None:
    brought(two, one)
    assert names(one) == [
        "paper/paper-20260301-node1-0001.warc.gz",
        "paper/paper-20260301-node2-0001.warc.gz",
    ]
    assert "status 0" in said(one)


@pytest.mark.parametrize("machine", ["node1", "a/../b", "Köln 2", "x-20260301-0001", "*[?]", "."])
def test_any_name_of_a_machine_is_a_safe_part_of_a_file_s(tmp_path: Path, machine: str) -> None:
    crawled(tmp_path, "One", name=machine)
    (name,) = names(tmp_path)
    assert machine_of(name) == machine
    assert Files(tmp_path).path(name).exists()
    next_one = Files(tmp_path).next_free(name)
    assert (machine_of(next_one), next_one[-13:]) == (machine, "-0002.warc.gz")


def test_in_a_record_that_is_a_file_names_have_no_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    crawled(tmp_path, "One", name="node1")
    assert names(tmp_path) == ["paper/paper-20260301-0001.warc.gz"]


@pytest.mark.parametrize("name", ["paper/paper-20260301-0001.warc.gz", "paper/other.warc.gz"])
def test_a_file_may_have_no_machine(name: str) -> None:
    assert machine_of(name) == ""


# --- Letting go -------------------------------------------------------------------------------


def test_each_machine_lets_go_of_what_it_has(one: Path, two: Path, said: Verify) -> None:
    crawled(one, "Three", TODAY)
    assert [gone(two), gone(two), gone(one), gone(one)] == [1, 0, 1, 0]
    assert (names(two), len(names(one))) == ([], 1)
    assert "pages: 2 were let go" in said(one)


def test_copies_of_another_machine_s_files_are_left_alone(one: Path, two: Path) -> None:
    brought(one, two)
    crawled(two, "Three", "2026-03-02T09:00:00Z")
    assert [gone(one), gone(two), gone(two), gone(two)] == [1, 1, 1, 0]
    assert names(two) == ["paper/paper-20260301-node1-0001.warc.gz"]


def test_a_file_of_the_same_old_name_on_another_machine_is_left_alone(
    tmp_path: Path,
) -> None:
    """Of before names had a machine: the record leads to pages in both by one name."""
    machines = [crawled(tmp_path / each, each, name="") for each in ("node1", "node2")]
    before = [Files(each).path(names(each)[0]).read_bytes() for each in machines]
    assert [gone(each) for each in machines] == [0, 0]
    assert [Files(each).path(names(each)[0]).read_bytes() for each in machines] == before


# --- Verifying --------------------------------------------------------------------------------


def test_what_another_machine_has_is_counted_and_no_fault(
    one: Path, two: Path, said: Verify
) -> None:
    line = "pages: 1 are in the archive of {}, which is not here\n"
    assert line.format("node1") in said(two)
    found = said(one)
    assert line.format("node2") in found
    assert "missing" not in found
    assert found.endswith("status 0")


def test_once_it_was_brought_here_what_is_missing_of_it_is_a_fault(
    one: Path, two: Path, said: Verify
) -> None:
    crawled(two, "Three", TODAY)
    brought(two, one)
    (one / "archive" / "paper" / "paper-20260301-node2-0001.warc.gz").unlink()
    found = said(one)
    assert "its page in paper/paper-20260301-node2-0001.warc.gz at 0: its file is missing" in found
    assert "which is not here" not in found


def test_that_a_machine_s_own_files_are_all_gone_is_a_fault(one: Path, said: Verify) -> None:
    shutil.rmtree(one / "archive")
    assert "its file is missing" in said(one)


def test_in_a_record_that_is_a_file_nothing_is_elsewhere(
    tmp_path: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = names(one)
    assert Files(tmp_path).elsewhere(name) == "node1"
    monkeypatch.delenv(VARIABLE)
    assert Files(tmp_path).elsewhere(name) == ""


def test_a_root_may_be_in_an_archive_that_is_not_here(one: Path, two: Path, said: Verify) -> None:
    assert len(rooted(two).made) == 1
    line = "roots: 1 may be in the archive of node2: none of their files is here\n"
    found = said(one)
    assert line in found
    assert found.endswith("status 0")


def test_where_all_archives_are_here_a_root_that_is_not_is_a_fault(
    one: Path, two: Path, said: Verify
) -> None:
    rooted(two)
    shutil.copytree(two / "archive" / "paper", one / "archive" / "paper", dirs_exist_ok=True)
    assert "000001.json is missing" in said(one)


def test_a_root_of_which_some_file_is_here_ought_to_be_here_whole(
    one: Path, two: Path, said: Verify
) -> None:
    rooted(one)
    RootFiles(one).path(1, LEAVES).unlink()
    assert "000001.leaves.jsonl is missing" in said(one)


# --- Stamps, and pages that are asked for -----------------------------------------------------


def test_roots_of_others_keep_no_machine_from_having_its_own_stamped(one: Path, two: Path) -> None:
    rooted(one)
    crawled(two, "Three", TODAY)
    rooted(two)
    with Calendar() as calendar:
        done = rooted(one, calendar)
        assert ([each.root_id for each in done.stamps], done.lines) == ([1], [])
        rooted(two, calendar)
        calendar.is_done = True
        crawled(two, "Four", TODAY)
        done = rooted(two, calendar)
    stamped = {each.root_id: each.promised for each in done.stamps}
    assert (stamped.get(2), 1 in stamped, done.lines) == (False, False, [])


def test_who_asks_for_a_page_is_told_which_machine_has_it(one: Path, two: Path) -> None:
    rooted(two)
    with Records.open(one) as records:
        article = records.article(2)
        assert article
        with pytest.raises(NoProofError, match="root 1: it is in the archive of the machine that"):
            Gathering(records, one, None).bundle(article, [1], NOW)
        RootFiles(one).write(1, STATEMENT, RootFiles(two).read(1, STATEMENT))
        shutil.copy(RootFiles(two).path(1, LEAVES), RootFiles(one).path(1, LEAVES))
        with pytest.raises(NoProofError, match="it is in the archive of node2, which is not here"):
            Gathering(records, one, None).bundle(article, [1], NOW)


def erased(machine: Path) -> list[str]:
    """Which other machines have something of it still."""
    with closing(Store.open(machine)) as store:
        asked = store.erasures.begin(["https://news.example/One"], TODAY, "asked for")
        files = Files(machine, machine=machine.name)
        return go_on(store, files, TODAY, asked, lambda: None)


def test_what_is_erased_is_known_until_each_machine_has_erased_its_own(
    one: Path, two: Path
) -> None:
    """Also a page that came from an address which is none of the article's."""
    with closing(Store.open(one)) as store:
        store.db.execute("update versions set snapshot = null where article_id = 2")
        store.db.execute("update snapshots set article_id = 1")
    (file,) = (two / "archive" / "paper").iterdir()
    assert erased(one) == ["node2"]
    assert b"Two" in gzip.decompress(file.read_bytes())
    with closing(Store.open(one)) as store:
        assert [each.finished_at for each in store.erasures.all()] == [None]
    assert erased(two) == []
    assert b"Two" not in gzip.decompress(file.read_bytes())
    with closing(Store.open(two)) as store:
        assert [each.finished_at for each in store.erasures.all()] == [TODAY]
