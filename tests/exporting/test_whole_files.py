"""A file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsdiff_crawler.exporting.whole_files import whole_file


def test_it_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with whole_file(path) as sink:
        sink.write(b"one,")
        assert not path.exists()
        sink.write(b"two")
    assert (path.read_bytes(), sink.size) == (b"one,two", 7)
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("end", [OSError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_it_before_leaves_nothing(tmp_path: Path, end: type[BaseException]) -> None:
    with pytest.raises(end):
        _end_half_way(tmp_path / "a.csv", end)
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(file)
    with whole_file(link) as sink:
        sink.write(b"one")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"one")


def _end_half_way(path: Path, end: type[BaseException]) -> None:
    with whole_file(path) as sink:
        sink.write(b"half")
        raise end


def test_a_pipe_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with whole_file(path) as sink:
        sink.write(b"one")
    assert (os.read(reader, 9), path.is_fifo()) == (b"one", True)
    assert list(tmp_path.iterdir()) == [path]
    os.close(reader)
