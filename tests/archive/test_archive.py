"""Pages are kept in WARC files that others can read, and no half-written record does harm."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.archive.members import length_at, walk
from newsdiff_crawler.items import Exchange, Snapshot

PAGE = "<html><h1>Réservoir</h1></html>".encode()
EXCHANGE = Exchange(
    url="https://news.example/a?b=1",
    at="2026-11-27T10:00:00Z",
    method="GET",
    request_headers=(("User-Agent", "test"),),
    status=200,
    headers=(("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))),
    body=PAGE,
    ip="192.0.2.1",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path)
    yield opened
    opened.close()


def nothing(_: str) -> None:
    return None


def warcio(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "warcio.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True)


def keep(archive: Archive, exchange: Exchange = EXCHANGE) -> Snapshot:
    kept = archive.keep(exchange, "paper", nothing)
    assert kept
    return kept


def test_what_was_kept_is_read_back(archive: Archive) -> None:
    record = archive.read(keep(archive))
    assert (record.url, record.at, record.body) == (EXCHANGE.url, EXCHANGE.at, PAGE)
    assert (record.http_line, record.http_headers) == ("HTTP/1.1 200 OK", EXCHANGE.headers)


def test_a_file_is_of_a_source_and_day_and_its_users_alone(archive: Archive) -> None:
    first = keep(archive)
    later = keep(archive, replace(EXCHANGE, at="2026-11-28T00:00:00Z"))
    assert first.file == "paper/paper-20261127-0001.warc.gz"
    assert later.file == "paper/paper-20261128-0001.warc.gz"
    assert archive.files.path(first.file).stat().st_mode & 0o777 == 0o600


def test_warcio_finds_nothing_wrong_and_replays_the_page(archive: Archive) -> None:
    kept = [keep(archive), keep(archive)]
    path = archive.files.path(kept[1].file)
    assert warcio("check", path).returncode == 0
    replayed = warcio("extract", "--payload", path, str(kept[1].offset))
    assert replayed.stdout == PAGE


def test_equal_bytes_are_a_revisit_of_the_first_record(archive: Archive) -> None:
    first = keep(archive)
    again = archive.keep(EXCHANGE, "paper", lambda _: first)
    third = archive.keep(EXCHANGE, "paper", lambda _: again)
    assert again
    assert third
    record = archive.read(third)
    assert (record.type, record.body) == ("revisit", b"")
    assert again.same_as == third.same_as == first.record_id
    assert warcio("check", archive.files.path(first.file)).returncode == 0


def test_two_writers_add_to_one_file(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path)
    kept = [keep(each) for each in (archive, other, archive, other)]
    other.close()
    assert {each.file for each in kept} == {"paper/paper-20261127-0001.warc.gz"}
    assert [archive.read(each).id for each in kept] == [each.record_id for each in kept]


@pytest.mark.parametrize("cut", [1, 30, 300])
def test_nothing_is_added_after_a_torn_record(archive: Archive, tmp_path: Path, cut: int) -> None:
    whole, torn = keep(archive), keep(archive)
    path = archive.files.path(torn.file)
    with path.open("r+b") as file:
        file.truncate(torn.offset + torn.length - cut)
    next_writer = Archive(tmp_path)
    kept = keep(next_writer)
    next_writer.close()
    assert kept.file == "paper/paper-20261127-0002.warc.gz"
    assert archive.read(whole).body == archive.read(kept).body == PAGE


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    archive = Archive(tmp_path, full=1000)
    names = [keep(archive).file[-12:-8] for _ in range(4)]
    archive.close()
    assert names[0] == "0001"
    assert names == sorted(names)
    assert len(set(names)) > 1


def test_what_does_not_fit_on_the_disk_leaves_nothing_half_written(archive: Archive) -> None:
    path = archive.files.path(keep(archive).file)
    size = path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, limits[1]))
    try:
        with pytest.raises(ArchiveError):
            keep(archive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.stat().st_size == size


def test_any_altered_byte_is_noticed(archive: Archive) -> None:
    """In the answer or in the request, what stands before them and after."""
    kept = keep(archive)
    path = archive.files.path(kept.file)
    data = path.read_bytes()
    unnoticed = []
    for at in range(kept.offset, kept.offset + kept.length):
        path.write_bytes(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
        try:
            archive.read(kept)
        except ArchiveError:
            continue
        unnoticed.append(at)
    assert unnoticed == []


@pytest.mark.parametrize("other", [{"url": "https://news.example/b"}, {"status": 404}])
def test_a_sound_record_that_says_something_else_is_noticed(
    archive: Archive, other: dict[str, Any]
) -> None:
    kept = keep(archive)
    with pytest.raises(ArchiveError, match="its address, time or status are others"):
        archive.read(replace(kept, **other))


def test_the_request_of_another_answer_is_noticed(archive: Archive) -> None:
    one, other = keep(archive), keep(archive)
    path = archive.files.path(one.file)
    first, second = (archive.copy(each) for each in (one, other))
    with path.open("rb") as file:
        answer, another = (length_at(file, each.offset) for each in (one, other))
    path.write_bytes(first[:answer] + second[another:] + second)
    with pytest.raises(ArchiveError, match="what was asked for is not what follows it"):
        archive.read(one)


def test_an_exchanged_record_is_noticed(archive: Archive) -> None:
    one, other = keep(archive), keep(archive)
    with pytest.raises(ArchiveError, match="another record is in its place"):
        archive.read(replace(one, offset=other.offset))


def test_a_file_is_walked_without_being_unpacked(archive: Archive) -> None:
    kept = [keep(archive) for _ in range(3)]
    with archive.files.path(kept[0].file).open("rb") as file:
        members = list(walk(file))
    assert len(members) == 6
    assert [member.offset for member in members[::2]] == [each.offset for each in kept]
    assert not any(member.fault for member in members)


@pytest.mark.parametrize("name", ["../newsdiff.db", "a/b/c.warc.gz", "../a.warc.gz", ""])
def test_no_name_leads_out_of_the_archive(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="no file of the archive"):
        archive.files.path(name)
