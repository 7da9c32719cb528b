"""Whoever may write to a folder of ours can put a pipe there, which to open waits for ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsdiff_crawler.crawling.sources_text import CannotEditError, read_text
from newsdiff_crawler.proof.container import BundleError
from newsdiff_crawler.proof.container import read as read_bundle
from newsdiff_crawler.proof.signing import FILE_NAME, KeyFileError, Signer
from newsdiff_crawler.regular_files import read_file
from newsdiff_crawler.tables import TablesFile
from newsdiff_crawler.witness.asking import ClockError
from newsdiff_crawler.witness.timestamps import read_certificates

SAID = "it is no regular file"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def test_a_regular_file_is_read_as_far_as_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert (read_file(path), read_file(path, 2)) == (b"12345", b"12")


def test_a_pipe_is_refused_at_once(pipe: Path) -> None:
    with pytest.raises(OSError, match=SAID):
        read_file(pipe)


def test_a_device_is_refused() -> None:
    with pytest.raises(OSError, match=SAID):
        read_file(Path("/dev/zero"))


def test_a_file_that_is_not_there_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "nothing")


def test_a_pipe_in_place_of_tables_is_one_mistake(pipe: Path) -> None:
    assert TablesFile.read(pipe).mistakes == (f"{pipe}: cannot be read: {SAID}",)


def test_a_pipe_in_place_of_sources_to_edit_is_refused(pipe: Path) -> None:
    with pytest.raises(CannotEditError, match=SAID):
        read_text(pipe)


def test_a_pipe_in_place_of_a_bundle_is_refused(pipe: Path) -> None:
    with pytest.raises(BundleError, match=SAID):
        read_bundle(pipe)


def test_a_pipe_in_place_of_certificates_is_refused(pipe: Path) -> None:
    with pytest.raises(ClockError, match=SAID):
        read_certificates(pipe)


def test_a_pipe_in_place_of_the_key_is_refused(tmp_path: Path, pipe: Path) -> None:
    pipe.rename(tmp_path / FILE_NAME)
    with pytest.raises(KeyFileError, match=SAID):
        Signer(tmp_path)
