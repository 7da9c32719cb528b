"""``scrapy erase``: nothing of an article is in any file, whatever comes later."""

from __future__ import annotations

import argparse
import errno
import pkgutil
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.archive.members import walk
from newsdiff_crawler.commands import erase, export, proof, unhide, verify
from newsdiff_crawler.exporting.elsewhere import elsewhere
from newsdiff_crawler.items import Exchange, FeedEntry, Snapshot
from newsdiff_crawler.scheduling.schedule import FeedScheduleState
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.writing.chain import link
from newsdiff_crawler.store.writing.outbox import Route
from newsdiff_crawler.times import from_iso
from tests.support.dying import DIED, die, in_a_child
from tests.support.other_texts import AT, keep_other_text, learn_boilerplate, make_placeholder
from tests.support.records import (
    FIRST_SEEN,
    URL,
    add_article,
    due_feeds,
    fetched_page,
    parsed_page,
    story,
)

OTHER = "https://news.example/world/2"
SHARED = "Tickets are sold at the quay."
TEXTS = [
    story("Wexcombe lanterns", "A zeppelin landed.", "Ottokar Brumby flew it.", SHARED),
    story("Wexcombe lanterns lit", "A zeppelin landed softly.", SHARED),
]
WORDS = ("wexcombe", "lantern", "zeppelin", "ottokar", "brumby")
KEPT = story("Harbour dredged", "The quay is deep again.", SHARED)


def page(url: str, text: str, at: str = FIRST_SEEN) -> Exchange:
    body = f"<html><h1>{text}</h1></html>".encode() * 20
    return Exchange(url, at, "GET", (("User-Agent", "test"),), 200, (), body)


def kept_for(store: Store, archive: Archive, article: int, exchange: Exchange) -> Snapshot:
    """A page behind all versions of an article."""
    kept = archive.keep(exchange, "paper", lambda _: None)
    assert kept
    id_ = store.snapshots.add(kept, article, "new")
    with store.db.transaction():
        store.db.execute(
            "update versions set snapshot = :s where article_id = :id", {"s": id_, "id": article}
        )
        link(store.db, article, 1)
    return kept


@pytest.fixture
def kept(tmp_path: Path) -> Snapshot:
    """The page of another article, in a record that has the words everywhere."""
    archive = Archive(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        store.outbox.routes = lambda _: [Route("all", "post", FIRST_SEEN)]
        article = add_article(store, *TEXTS)
        other = add_article(store, KEPT, url=OTHER)
        kept_for(store, archive, article, page(URL, "Wexcombe zeppelin"))
        archive.keep(page(URL, "Ottokar, of a crawl that was killed"), "paper", lambda _: None)
        snapshot = kept_for(store, archive, other, page(OTHER, "Harbour"))
        copy = archive.keep(page(OTHER, "Brumby copied", AT), "paper", lambda _: None)
        assert copy
        store.snapshots.add(copy, other, "failed", "shows “Wexcombe lanterns” (9 words)")
        keep_other_text(store, other, TEXTS[0], "“Wexcombe lanterns” (9 words) stands here")
        learn_boilerplate(store, "paper", "Wexcombe lanterns")
        read_feed(store)
    archive.close()
    return snapshot


def read_feed(store: Store) -> None:
    store.feeds.declare("paper", ["https://news.example/rss"], from_iso(FIRST_SEEN))
    (feed,) = due_feeds(store, "paper", from_iso(FIRST_SEEN), everything=True)
    entry = FeedEntry(URL, "0" * 16, "Wexcombe lanterns at dusk", "guid-1")
    store.feeds.note(feed, [entry], from_iso(FIRST_SEEN))
    state = replace(FeedScheduleState(), next_check_at=from_iso(FIRST_SEEN))
    store.feeds.record(replace(feed, listed=1, schedule_state=state), from_iso(FIRST_SEEN))


def run(command: ScrapyCommand, folder: Path, *given: str) -> None:
    command.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)


def erased(folder: Path) -> None:
    run(erase.Command(), folder, "--reason", "a court said so", URL)


def words_in(folder: Path) -> set[str]:
    """Which of the words any file has, packed or not, in any case."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += b"".join(unpacked(path)) if path.suffix == ".gz" else b""
            found |= {word for word in WORDS if word.encode() in data.lower()}
    return found | terms(folder)


def unpacked(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for member in walk(file):
            file.seek(member.offset)
            yield zlib.decompressobj(31).decompress(file.read(member.length))


def terms(folder: Path) -> set[str]:
    """Of the words, those that a search index still knows; they stand there without beginnings."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        known = set()
        for index in ("passages_fts", "removals_fts"):
            db.execute(f"create virtual table temp.t_{index} using fts5vocab(main, {index}, row)")
            known |= {row[0] for row in db.execute(f"select term from t_{index}")}
    return {word for word in WORDS for term in known if word in term}


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        return db.execute(sql).fetchall()


def test_no_file_has_a_word_of_it(kept: Snapshot, tmp_path: Path) -> None:
    assert words_in(tmp_path) == set(WORDS)
    erased(tmp_path)
    assert words_in(tmp_path) == set()


def test_what_is_anothers_stays_with_its_page(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    texts = rows(tmp_path, f"select text from version_texts where url = '{OTHER}'")
    assert texts == [("\n\n".join(block.text for block in KEPT),)]
    assert b"Harbour" in Archive(tmp_path).read(kept).body
    found = "select count(*) from passages_fts where passages_fts match 'tickets'"
    assert rows(tmp_path, found) == [(1,)]


def test_a_tombstone_stays_with_time_and_reason(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    sql = """select a.url, a.state, a.version_count, e.reason, e.finished_at >= e.at
               from erased e join articles a on a.id = e.article_id"""
    assert rows(tmp_path, sql) == [(URL, "hidden", 2, "a court said so", 1)]
    sql = "select kind, detail from events where article_id = 1"
    assert rows(tmp_path, sql) == [("hidden", "a court said so")]


def test_the_chain_still_verifies_and_says_what_was_erased(
    kept: Snapshot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    erased(tmp_path)
    capsys.readouterr()
    run(verify.Command(), tmp_path)
    first, *others, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{URL}: erased at ")
    assert first.endswith(": a court said so")
    assert not [line for line in others if "does not lead to" in line]
    assert last == "3 articles, roots and files of the archive are as they were written"


def test_a_version_of_it_that_was_altered_since_is_named(
    kept: Snapshot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    erased(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as db, db:
        db.execute("update versions set version_hash = 'f' where article_id = 1 and number = 1")
    with pytest.raises(SystemExit):
        run(verify.Command(), tmp_path)
    assert "version 2: the version before it is another one" in capsys.readouterr().out


def test_it_cannot_be_shown_again(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    with pytest.raises(SystemExit, match="is erased, which nothing undoes"):
        run(unhide.Command(), tmp_path, URL)


def test_a_second_time_changes_nothing(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    before = rows(tmp_path, "select * from erased")
    run(erase.Command(), tmp_path, "--reason", "another", URL)
    assert rows(tmp_path, "select * from erased") == before


def test_a_reason_and_a_known_address_are_required(kept: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run(erase.Command(), tmp_path, URL)
    with pytest.raises(SystemExit, match="say why"):
        run(erase.Command(), tmp_path, "--reason", " ", URL)
    with pytest.raises(SystemExit, match=r"no article is known at https://other\.example/"):
        run(erase.Command(), tmp_path, "--reason", "why", "https://other.example/")
    assert words_in(tmp_path) == set(WORDS)


def test_a_feed_that_lists_it_again_brings_nothing_back(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        read_feed(store)
        assert store.db.get("articles", 1)["next_check_at"] is None
    assert words_in(tmp_path) == set()


def test_a_page_that_comes_after_it_is_not_kept(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    archive = Archive(tmp_path)
    with closing(Store.open(tmp_path)) as store:

        def keep(article: int, url: str) -> Snapshot | None:
            allowed = store.erasures.may_keep
            late = page(url, "Wexcombe")
            return archive.keep(late, "paper", lambda _: None, lambda: allowed(article, url))

        assert keep(1, "https://news.example/moved") is None
        assert keep(2, URL) is None
    archive.close()
    assert words_in(tmp_path) == set()


def test_others_still_check_out_and_can_be_added_to(kept: Snapshot, tmp_path: Path) -> None:
    erased(tmp_path)
    archive = Archive(tmp_path)
    added = archive.keep(page(OTHER, "Later"), "paper", lambda _: None)
    archive.close()
    assert added
    assert added.file == kept.file
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", archive.files.path(kept.file)]
    )
    assert done.returncode == 0


def test_proofs_of_it_in_the_data_folder_are_removed_and_others_stay(
    kept: Snapshot, tmp_path: Path
) -> None:
    for url, name in ((URL, "gone"), (OTHER, "kept")):
        run(proof.Command(), tmp_path, url, "-o", str(tmp_path / f"{name}.wacz"))
        shutil.copy(tmp_path / f"{name}.wacz", tmp_path / f"proof of {name}")
    erased(tmp_path)
    proofs = {
        path.name for path in tmp_path.iterdir() if "gone" in path.name or "kept" in path.name
    }
    assert proofs == {"kept.wacz", "proof of kept"}
    assert words_in(tmp_path) == set()


def test_exports_in_the_data_folder_are_made_anew(kept: Snapshot, tmp_path: Path) -> None:
    run(export.Command(), tmp_path, "--by", "month", "-o", str(tmp_path / "months"))
    run(export.Command(), tmp_path, "--format", "csv", "-o", str(tmp_path / "all.csv"))
    assert b"zeppelin" in (tmp_path / "all.csv").read_bytes()
    erased(tmp_path)
    assert words_in(tmp_path) == set()
    assert b"Harbour dredged" in (tmp_path / "all.csv").read_bytes()
    assert b"Harbour dredged" in (tmp_path / "months" / "2025-04.jsonl").read_bytes()


def test_files_under_names_of_the_operators_own_are_named_where_they_may_have_it(
    kept: Snapshot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("jsonl", "parquet"):
        run(export.Command(), tmp_path, "--format", form, "-o", str(tmp_path / f"all.{form}"))
        shutil.copy(tmp_path / f"all.{form}", tmp_path / f"mine.{form}")
    (tmp_path / "watches.toml").write_text(f'[watch.one]\narticle = "{OTHER}"\n')
    (tmp_path / "longer.txt").write_text(f"{URL}0 {URL}/b {URL}-c")
    erased(tmp_path)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Left as")]
    assert told == [
        f"Left as it is: {tmp_path}/mine.jsonl names it too",
        f"Left as it is: {tmp_path}/mine.parquet is packed and was not looked into",
    ]


def test_an_address_is_found_wherever_a_file_has_it(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"x" * ((1 << 20) - 10) + f'"{URL}"'.encode())
    assert [*elsewhere(tmp_path, {URL}, ())] == [(tmp_path / "log", "names it too")]


@pytest.mark.parametrize("more", ["/b", "0", ".html"])
def test_a_longer_address_is_another_wherever_a_file_has_it(tmp_path: Path, more: str) -> None:
    for at in range(1, 4):
        before = b"x" * ((1 << 20) - len(URL) - at + 1)
        (tmp_path / str(at)).write_bytes(before + f"{URL}{more}".encode())
    assert [*elsewhere(tmp_path, {URL}, ())] == []


def test_an_address_is_found_with_its_slashes_escaped(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(URL.replace("/", "\\/"))
    assert [*elsewhere(tmp_path, {URL}, ())] == [(tmp_path / "log", "names it too")]


def test_what_cannot_be_read_is_named_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another_users(path: Path) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (tmp_path / "log").write_text(URL)
    monkeypatch.setattr("newsdiff_crawler.exporting.elsewhere.open_file", another_users)
    found = [*elsewhere(tmp_path, {URL}, ())]
    assert found == [(tmp_path / "log", "cannot be looked into: Permission denied")]


def test_a_wall_that_it_once_showed_is_not_known_as_its_text(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        article = add_article(store, TEXTS[0], story("Please sign in", "Sign in."), TEXTS[1])
        make_placeholder(store, article, 2)
        other = add_article(store, KEPT, url=OTHER)
        wall = parsed_page(story("Please sign in", "Sign in."))
        shown = fetched_page(store, other, wall, FIRST_SEEN)
        store.erasures.begin([URL], FIRST_SEEN, "asked for")
        assert not store.erasures.has_text(shown)
        told = fetched_page(store, other, parsed_page(TEXTS[1]), FIRST_SEEN)
        assert store.erasures.has_text(told)


def test_a_torn_record_of_it_goes_too(kept: Snapshot, tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    torn = archive.keep(page(URL, "Wexcombe"), "paper", lambda _: None)
    archive.close()
    assert torn
    with archive.files.path(torn.file).open("r+b") as file:
        file.truncate(torn.offset + 500)
    erased(tmp_path)
    assert words_in(tmp_path) == set()
    with archive.files.path(torn.file).open("rb") as file:
        assert not any(member.fault for member in walk(file))


# The process ends at the first call of these, before or after what they do.
ENDS = [
    ("store.writing.erasing._Erasing._forget_copies", True),
    ("store.writing.erasing._Erasing._leave_tombstone", True),
    ("store.writing.erasing.Erasures.begin", False),
    ("archive.erasing._overwrite_beginning", True),
    ("archive.erasing._overwrite_beginning", False),
    ("store.writing.erasing.Erasures.forget_pages", True),
    ("store.writing.erasing.Erasures.forget_pages", False),
    ("store.engine.search_index.FTS5Index.scrub", False),
    ("store.writing.erasing.Erasures.finish", True),
]


@pytest.mark.parametrize(("place", "before"), ENDS)
def test_killed_at_any_point_it_is_untouched_or_goes_on(
    kept: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, before: bool
) -> None:
    with monkeypatch.context() as patched:
        end_at(patched, place, before)
        assert in_a_child(lambda: erased(tmp_path)) == DIED
    if rows(tmp_path, "select count(*) from erased") == [(0,)]:
        assert words_in(tmp_path) == set(WORDS)
        assert rows(tmp_path, "select count(*) from version_texts") == [(3,)]
    erased(tmp_path)
    assert words_in(tmp_path) == set()
    assert rows(tmp_path, "select count(*) from erased where finished_at is not null") == [(1,)]


def end_at(patched: pytest.MonkeyPatch, place: str, before: bool) -> None:
    owner_name, _, name = place.rpartition(".")
    owner = pkgutil.resolve_name(f"newsdiff_crawler.{owner_name}")
    real = getattr(owner, name)

    def ending(*args: object, **named: object) -> None:
        if not before:
            real(*args, **named)
        die()

    patched.setattr(owner, name, ending)
