"""A fault of a parser is repaired: the record ends as if it had never been there."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.budget import Budget
from newsdiff_crawler.commands import verify
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import LengthBounds, Parser, Refusal
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.rereading.reading import reader
from newsdiff_crawler.rereading.replay import Finding
from newsdiff_crawler.rereading.rereading import Rereading
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.scratch import scratches
from newsdiff_crawler.store.reading.kept_pages import articles_with_pages
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchQuery
from newsdiff_crawler.store.writing.rewriting import OvertakenError
from tests.support.kept import SOURCE, exchange, keep_pages

FERRY, MILL = "https://news.example/ferry", "https://news.example/mill"


class Right(Parser):
    name = "paper/2026"
    layout = "main h1"
    title = "main h1"
    body = "main .text"


class LosesTheEnd(Right):
    body = "main .beginning"


class ReadsTheBox(Right):
    body = "main"


class TakesAnotherHeadline(Right):
    title = "main h2"


class FindsNothing(Right):
    body = "main .nowhere"


class KnowsNoDate(Right):
    def parse(self, page: Page) -> ParsedPage:
        return replace(super().parse(page), published_at=None)


FAULTS = [LosesTheEnd, ReadsTheBox, TakesAnotherHeadline, FindsNothing, KnowsNoDate]


def html(title: str, *paragraphs: str, end: str, box: int) -> str:
    """A page of the paper, with a box beside the story that counts."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"""<!DOCTYPE html><html><head><title>{title}</title>
        <meta property="article:published_time" content="2026-03-01T08:00:00Z"></head>
        <body><main><h1>{title}</h1><h2>Paper of the coast</h2>
        <div class="text"><div class="beginning">{text}</div><p class="end">{end}</p></div>
        <p>Readers on this page at the moment: {box} of {box * 7} subscribers in all.</p>
        </main></body></html>"""


LATE = "The ferry to Wexcombe is two hours late, the harbour master said on Monday."
GONE = "The ferry to Wexcombe is gone, the harbour master said on Monday evening."
WAIT = "Forty people wait at the quay with their bags and their dogs."
RAIN = "It rains on them, and the café at the end of the quay is shut until the spring."
SUN = "The sun has come out, and the café at the end of the quay has opened for them."
BURNT = "The old mill at Stanton burned down overnight, and nobody knows how it began."
SAVED = "The old mill at Stanton was saved overnight, and nobody knows how it began."
PAGES = [
    (FERRY, "2026-03-01T09:00:00Z", html("Ferry late", LATE, WAIT, end=RAIN, box=3)),
    (MILL, "2026-03-01T09:10:00Z", html("Mill burns", BURNT, end=RAIN, box=5)),
    (FERRY, "2026-03-01T10:00:00Z", html("Ferry late", LATE, WAIT, end=RAIN, box=4)),
    (FERRY, "2026-03-01T11:00:00Z", html("Ferry gone", GONE, WAIT, end=SUN, box=6)),
    (MILL, "2026-03-01T11:10:00Z", html("Mill saved", SAVED, end=RAIN, box=5)),
    (FERRY, "2026-03-01T12:00:00Z", html("Ferry gone", GONE, end=SUN, box=7)),
    (FERRY, "2026-03-01T13:00:00Z", html("Ferry late", LATE, WAIT, end=RAIN, box=8)),
    (FERRY, "2026-03-01T14:00:00Z", html("Ferry late again", LATE, WAIT, end=SUN, box=9)),
]
BOUNDS = LengthBounds()


def reparse(
    folder: Path, parser: type[Parser], apply: bool = True, since: str = ""
) -> list[Finding]:
    with closing(Store.open(folder)) as store, scratches() as new:
        read = reader(Archive(folder), [parser], BOUNDS, Budget(20))
        reading = Rereading(store, new, lambda _: read)
        found: list[Finding] = []
        for id_ in articles_with_pages(store.db, since=since):
            again = reading.replay(id_, since)
            assert again
            found += again.findings
            if apply and again.differs:
                reading.apply(again, "2026-04-01T00:00:00Z")
        return found


def kept(folder: Path, parser: type[Parser]) -> Path:
    keep_pages(folder, [parser], PAGES)
    return folder


OF_VERSIONS = """number, fetched_at, fetched_url, title, authors, published_at, modified_at,
    content_hash, words_hash, text_key, parser, cosmetic, reverts_to, words, words_added,
    words_removed, blocks_added, blocks_removed, blocks_edited, blocks_moved, title_changed, source,
    labels, summary, parser_changed, page_changed, held, compared_with, minor, text_hash,
    previous_hash, version_hash"""
SAYS = {
    "articles": """select url, source, title, published_at, last_changed_at, version_count,
                          change_count, last_real_change_at, parser, seen_hash
                     from articles order by url""",
    "versions": f"""select a.url, {", ".join(f"v.{each}" for each in OF_VERSIONS.split(", "))},
                           s.body_sha256
                      from versions v join articles a on a.id = v.article_id
                      left join snapshots s on s.id = v.snapshot order by a.url, v.number""",
    "texts": "select url, number, text from version_texts order by url, number",
    "passages": """select url, kind, text, first_version, last_version from passage_texts
                    order by url, kind, text""",
    "taken_out": """select a.url, p.text, r.number, r.at, r.back_in, q.text
                      from removals r join passages p on p.id = r.passage_id
                      join articles a on a.id = p.article_id
                      left join passages q on q.id = r.replaced_by order by 1, 3, 2""",
    "labels": """select a.url, l.label, l.fetched_at, l.number, l.source from change_labels l
                   join articles a on a.id = l.article_id order by 1, 4, 2""",
    "boilerplate": "select source, text from boilerplate order by text",
    "source_blocks": """select a.url, b.text_key, b.number from source_blocks b
                          join articles a on a.id = b.article_id order by 1, 2""",
}


def says(folder: Path) -> dict[str, list[Any]]:
    """All that a record says, but for ids, validators and when it was read anew."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        said = {name: db.execute(sql).fetchall() for name, sql in SAYS.items()}
        for index in ("passages_fts", "removals_fts"):
            db.execute(f"create virtual table temp.i_{index} using fts5vocab(main, {index}, row)")
            said[index] = db.execute(
                f"select term, doc, cnt from i_{index} order by term"
            ).fetchall()
        assert db.execute("pragma foreign_key_check").fetchall() == []
    return said


@pytest.fixture(scope="module")
def never(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """A record that never had the fault."""
    return says(kept(tmp_path_factory.mktemp("never"), Right))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_repaired(tmp_path: Path, never: Any, fault: type[Parser]) -> None:
    kept(tmp_path, fault)
    assert says(tmp_path) != never
    reparse(tmp_path, Right)
    assert says(tmp_path) == never


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_was_read_in_anew_is_repaired(
    tmp_path: Path, never: Any, fault: type[Parser]
) -> None:
    kept(tmp_path, Right)
    reparse(tmp_path, fault)
    assert says(tmp_path) != never
    reparse(tmp_path, Right)
    assert says(tmp_path) == never


class CountsAndLosesTheEnd(ReadsTheBox):
    """Of a paper whose counter cannot be told from its story."""

    drop = "main .end"


def test_what_was_found_to_be_the_pages_doing_stays_so(tmp_path: Path) -> None:
    pages = [
        (FERRY, f"2026-03-01T{9 + n:02}:00:00Z", html("Ferry late", LATE, end=RAIN, box=n))
        for n in range(9)
    ]
    folders = [tmp_path / "never", tmp_path / "repaired"]
    for folder, parser in zip(folders, (ReadsTheBox, CountsAndLosesTheEnd), strict=True):
        keep_pages(folder, [parser], pages)
    never, repaired = folders
    assert query(never, "select change_count from articles") == [(0,)]
    assert says(repaired) != says(never)
    reparse(repaired, ReadsTheBox)
    assert says(repaired) == says(never)


def test_what_is_read_as_it_was_stays_untouched(tmp_path: Path, never: Any) -> None:
    kept(tmp_path, Right)
    assert {each.kind for each in reparse(tmp_path, Right)} == {"same"}
    assert says(tmp_path) == never


def test_a_dry_run_writes_nothing_and_says_what_differs(tmp_path: Path, never: Any) -> None:
    kept(tmp_path, Right)
    found = reparse(tmp_path, LosesTheEnd, apply=False)
    assert {each.kind for each in found} == {"differs"}
    assert all(each.said for each in found)
    assert says(tmp_path) == never


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    kept(tmp_path, ReadsTheBox)
    reparse(tmp_path, Right)
    assert {each.kind for each in reparse(tmp_path, Right, apply=False)} == {"same"}


def test_versions_that_say_what_the_one_before_says_go(tmp_path: Path) -> None:
    kept(tmp_path, ReadsTheBox)
    found = [each for each in reparse(tmp_path, Right) if each.kind == "equal"]
    assert [each.number for each in found] == [2]
    assert query(tmp_path, "select version_count from articles order by id") == [(5,), (2,)]


def test_a_copy_elsewhere_stays_beside_the_version_that_it_is_of(tmp_path: Path) -> None:
    kept(tmp_path, ReadsTheBox)
    with closing(Store.open(tmp_path)) as store:
        for number in (1, 2, 3):
            row = {"article_id": 1, "number": number, "url": FERRY, "weight": 0, "state": "kept"}
            moment = {"made_at": f"2026-03-01T0{number}:00:00Z", "address": f"copy {number}"}
            store.db.insert("copies", row | moment)
    reparse(tmp_path, Right)
    with Records.open(tmp_path) as records:
        copies = [version.copy for version in records.versions(1)]
    assert copies == ["copy 1", "copy 3", None, None, None]
    sql = "select address, done_at from copies where state = 'withdrawn'"
    assert query(tmp_path, sql) == [("copy 2", "2026-04-01T00:00:00Z")]


def test_pages_that_were_refused_for_a_fault_become_versions(tmp_path: Path) -> None:
    kept(tmp_path, Right)

    class RefusesFerries(Right):
        def parse(self, page: Page) -> ParsedPage:
            if "Ferry" in page.html:
                raise Refusal("no_text", "no text found")
            return super().parse(page)

    found = reparse(tmp_path, RefusesFerries)
    assert {"refused", "same"} == {each.kind for each in found if each.number}
    found = reparse(tmp_path, Right)
    assert [each.kind for each in found].count("found") == 5
    assert query(tmp_path, "select version_count from articles order by id") == [(5,), (2,)]


def test_what_was_found_to_be_no_story_stays_so(tmp_path: Path) -> None:
    kept(tmp_path, Right)
    with closing(Store.open(tmp_path)) as store:
        archive = Archive(tmp_path)
        other = html("Dog bites man", "A dog in Stanton bit a man.", end=BURNT, box=1)
        snapshot = archive.keep(
            exchange(FERRY, "2026-03-02T09:00:00Z", other), SOURCE, lambda _: None
        )
        assert snapshot
        store.snapshots.add(snapshot, 1, "failed", "“Dog bites man” stands in its place")
        archive.close()
    assert {each.kind for each in reparse(tmp_path, Right)} == {"same"}


def test_a_page_that_is_not_there_any_more_leaves_its_version_as_it_is(
    tmp_path: Path, never: Any
) -> None:
    kept(tmp_path, Right)
    for path in (tmp_path / "archive").rglob("*.gz"):
        path.unlink()
    found = reparse(tmp_path, LosesTheEnd)
    assert {each.kind for each in found} == {"unreadable"}
    assert says(tmp_path) == never


def test_versions_of_before_a_day_stay_as_they_are(tmp_path: Path) -> None:
    kept(tmp_path, LosesTheEnd)
    before = query(tmp_path, "select version_hash from versions where fetched_at < '2026-03-01T11'")
    found = reparse(tmp_path, Right, since="2026-03-01T11:00:00Z")
    assert sorted(each.kind for each in found) == ["differs"] * 5 + ["same"] * 2
    sql = "select version_hash from versions where fetched_at < '2026-03-01T11'"
    assert query(tmp_path, sql) == before


def test_a_version_that_a_crawl_added_meanwhile_is_not_lost(tmp_path: Path) -> None:
    kept(tmp_path, LosesTheEnd)
    with closing(Store.open(tmp_path)) as store, scratches() as new:
        read = reader(Archive(tmp_path), [Right], BOUNDS, Budget(20))
        reading = Rereading(store, new, lambda _: read)
        again = reading.replay(1)
        assert again
        later = html("Ferry found", LATE, end=SUN, box=2)
        keep_pages(tmp_path, [Right], [(FERRY, "2026-03-02T10:00:00Z", later)])
        before = says(tmp_path)
        with pytest.raises(OvertakenError):
            reading.apply(again, "2026-04-01T00:00:00Z")
    assert says(tmp_path) == before


def test_the_hashes_that_versions_had_stay_and_verify_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(tmp_path, LosesTheEnd)
    had = query(tmp_path, "select version_hash from versions order by article_id, number")
    reparse(tmp_path, Right)
    sql = "select version_hash from rereadings order by article_id, number"
    assert query(tmp_path, sql) == had
    command = verify.Command()
    command.settings = Settings({"NEWSDIFF_DATA": str(tmp_path)})
    command.run([], argparse.Namespace(source="", since=""))
    said = capsys.readouterr().out
    assert f"{FERRY}: version 2 was read anew at 2026-04-01T00:00:00Z" in said
    assert "are as they were written" in said


def test_what_was_read_anew_is_found_by_its_date(tmp_path: Path) -> None:
    kept(tmp_path, LosesTheEnd)
    later = html("Ferry found", LATE, end="Nobody was on board of it.", box=2)
    keep_pages(tmp_path, [Right], [(FERRY, "2026-03-09T10:00:00Z", later)])
    reparse(tmp_path, Right)
    with Records.open(tmp_path) as records:

        def found(words: str, **more: Any) -> list[str]:
            hits = records.search.find(SearchQuery(words, **more)).hits
            return sorted(hit.url for hit in hits)

        assert found("café spring", until="2026-03-02") == [FERRY, MILL]
        assert found("café spring", since="2026-03-02") == []
        assert found("café spring", where="removed", until="2026-03-03") == [FERRY]
        assert found("board", since="2026-03-08") == [FERRY]
        assert found("board", until="2026-03-08") == []


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        return db.execute(sql).fetchall()
