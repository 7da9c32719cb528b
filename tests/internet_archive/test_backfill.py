"""What the Internet Archive captured before an article was known, read by the real library from a
Wayback Machine on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from hashlib import sha1
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from wayback import WaybackSession

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.archive.verifying import faults_of_article
from newsdiff_crawler.budget import Budget
from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.internet_archive.backfill import Backfilled, Reading, backfill
from newsdiff_crawler.internet_archive.between import Between
from newsdiff_crawler.internet_archive.captures import Captures
from newsdiff_crawler.internet_archive.save_page_now import ArchiveDownError
from newsdiff_crawler.parsing import generic
from newsdiff_crawler.parsing.length import USUAL_LENGTH
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.evidence import articles_with_pages
from newsdiff_crawler.store.reading.records import Records, VersionFacts
from newsdiff_crawler.store.reading.search import SearchQuery, Where
from newsdiff_crawler.times import from_iso
from tests.support.newsroom import Newsroom
from tests.support.records import add_article, story

URL = "https://www.island-post.example/news/ferry-to-the-island-taken-off"
NOW = from_iso("2026-03-01T12:00:00Z")
HEAD = "Ferry to the island taken off after sixty years"
TEXT = [
    "The night ferry to the island will be taken off in March, the harbour board said on Monday.",
    "Some four hundred people live there, and most of them work in the town on the other side.",
    "The board said that the boat had cost two million a year, and that nobody else would pay.",
    "A petition against the plan has been signed by three hundred people since the weekend.",
]


def page_of(*paragraphs: str, head: str = HEAD) -> bytes:
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return (
        f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1>{body}</article>"
        "</body></html>"
    ).encode()


@dataclass
class Machine:
    """The Wayback Machine: lists its captures, and shows them. ``answer``: in place of the list."""

    captures: dict[str, bytes] = field(default_factory=dict)  # by YYYYMMDDhhmmss
    answer: Answer | None = None
    shows: int = 200

    def __call__(self, request: Request) -> Answer:
        parts = urlsplit(request.url)
        if parts.path == "/cdx/search/cdx":
            return self.answer or self._listed(parse_qs(parts.query))
        moment = parts.path.removeprefix("/web/")[:14]
        at = datetime.strptime(f"{moment}+0000", "%Y%m%d%H%M%S%z").astimezone(timezone.utc)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Memento-Datetime": format_datetime(at, usegmt=True),
            "Link": f'<{URL}>; rel="original"',
        }
        if self.shows != 200:
            return Answer(status=self.shows)
        return Answer(self.captures[moment], headers=headers)

    def _listed(self, query: dict[str, list[str]]) -> Answer:
        since, until = (query.get(name, [usual])[0] for name, usual in (("from", ""), ("to", "9")))
        lines = [
            f"example,island-post)/ {at} {URL} text/html 200 {sha1(body).hexdigest()} {len(body)}"
            for at, body in sorted(self.captures.items())
            if since <= at <= until
        ]
        return Answer("\n".join(lines).encode())


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    machine = Machine()
    with Newsroom(machine) as newsroom:
        for name, value in newsroom.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "newsroom-ca.pem"))
        yield machine


@pytest.fixture
def article(store: Store) -> int:
    """Ours, of two versions; the first is of 1 March 2026, 9:00."""
    texts = (story(HEAD, *TEXT), story(HEAD, *TEXT, "The boat is for sale."))
    return add_article(store, *texts, url=URL, first_seen_at="2026-03-01T09:00:00Z")


def fill(store: Store, article: int, since: str = "") -> Backfilled:
    facts = Records(store.db).article(article)
    assert facts
    reading = Reading(generic.PARSERS, Budget(10), USUAL_LENGTH)
    session = WaybackSession(retries=0, search_calls_per_second=0, memento_calls_per_second=0)
    with Captures(session) as captures:
        spans = [("", "2026-03-01T09:00:00Z"), *Between(store, facts).spans()]
        found = captures.of(URL, since, spans)
        return backfill(store, facts, found, reading, NOW)


def versions(store: Store) -> list[VersionFacts]:
    records = Records(store.db)
    return records.versions(records.find([URL]) or 0)


def test_captures_become_the_first_versions_with_their_own_times_and_say_so(
    store: Store, article: int, machine: Machine
) -> None:
    machine.captures = {
        "20260228080000": page_of(*TEXT[:3]),
        "20260228093000": page_of(*TEXT[:3]),  # the same bytes
        "20260228120000": page_of(*TEXT[:2], TEXT[2].replace("two", "three")),
        "20260301100000": page_of(*TEXT[:1]),  # after our own first
    }
    assert fill(store, article).versions == 2
    found = versions(store)
    assert [(each.number, each.fetched_at) for each in found] == [
        (1, "2026-02-28T08:00:00Z"),
        (2, "2026-02-28T12:00:00Z"),
        (3, "2026-03-01T09:00:00Z"),
        (4, "2026-03-01T09:33:00Z"),
    ]
    prefix = "https://web.archive.org/web/"
    assert [each.captured for each in found] == [
        f"{prefix}20260228080000id_/{URL}",
        f"{prefix}20260228120000id_/{URL}",
        None,
        None,
    ]
    records = Records(store.db)
    now = records.find([URL])
    assert now
    assert [change.summary for change in records.changes.of(now)][-1:] == [
        "Figure changed: two million → three million; 1 paragraph edited"
    ]


def test_each_version_is_bound_to_the_one_before_it(
    store: Store, article: int, machine: Machine, tmp_path: Path
) -> None:
    machine.captures = {"20260228080000": page_of(*TEXT[:3])}
    fill(store, article)
    (chained,) = articles_with_pages(store.db)
    assert [*faults_of_article(store.db, Archive(tmp_path), chained)] == []


def test_old_addresses_lead_on_and_the_article_is_where_it_was(
    store: Store, article: int, machine: Machine
) -> None:
    machine.captures = {"20260228080000": page_of(*TEXT[:3])}
    due = store.db.get("articles", article)["next_check_at"]
    fill(store, article)
    records = Records(store.db)
    successor = records.successor(article)
    assert successor
    assert successor.shift == 1
    row = store.db.get("articles", successor.article_id)
    assert (row["url"], row["next_check_at"]) == (URL, due)
    assert row["first_seen_at"] == "2026-03-01T09:00:00Z"
    urls = store.db.execute("select url from article_urls").fetchall()
    assert [url for (url,) in urls] == [URL]


def test_a_second_time_adds_nothing(store: Store, article: int, machine: Machine) -> None:
    machine.captures = {"20260228080000": page_of(*TEXT[:3])}
    fill(store, article)
    again = Records(store.db).find([URL])
    assert again
    assert fill(store, again).versions == 0
    assert len(versions(store)) == 3


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page_of(*TEXT), "the text of our own first version"),
        (page_of("Please accept cookies to go on."), ""),
        (b"\x00\xff" * 500, ""),
        (
            page_of(
                *(
                    f"Quite another matter was told here, with words of its own: {n}."
                    for n in range(9)
                ),
                head="Mayor opens a swimming pool",
            ),
            "another text than the story",
        ),
    ],
)
def test_a_bad_capture_is_refused_like_a_bad_page(
    body: bytes, reason: str, store: Store, article: int, machine: Machine
) -> None:
    machine.captures = {"20260228080000": body}
    done = fill(store, article)
    assert (done.versions, len(versions(store))) == (0, 2)
    ((said, count),) = done.left_out.items()
    assert count == 1
    assert reason in said


def test_a_capture_that_cannot_be_shown_is_left_out(
    store: Store, article: int, machine: Machine
) -> None:
    machine.captures = {"20260228080000": page_of(*TEXT[:3])}
    machine.shows = 404
    assert fill(store, article).left_out == {"the archive cannot show it": 1}


@pytest.mark.parametrize("status", [429, 503])
def test_an_outage_is_one_line_and_changes_nothing(
    status: int, store: Store, article: int, machine: Machine
) -> None:
    machine.answer = Answer(status=status)
    with pytest.raises(ArchiveDownError, match=r"^web\.archive\.org"):
        fill(store, article)
    assert len(versions(store)) == 2


def test_a_list_that_is_none_is_one_line(store: Store, article: int, machine: Machine) -> None:
    machine.answer = Answer(b"<html>Down for maintenance</html>")
    with pytest.raises(ArchiveDownError, match=r"^web\.archive\.org: "):
        fill(store, article)


def test_only_captures_from_a_day_on_are_read(store: Store, article: int, machine: Machine) -> None:
    machine.captures = {
        "20260227080000": page_of(*TEXT[:2]),
        "20260228080000": page_of(*TEXT[:3]),
    }
    assert fill(store, article, since="2026-02-28").versions == 1


def test_searches_by_day_find_what_was_captured_and_what_was_fetched(
    store: Store, article: int, machine: Machine
) -> None:
    add_article(
        store,
        story("Other", "A petition for the ferry was signed."),
        url="https://p.example/2",
        first_seen_at="2026-03-01T10:00:00Z",
    )
    gone = "A petition was signed by two hundred people on the first day alone, the board said."
    machine.captures = {
        "20260226080000": page_of(*TEXT[:3], gone),
        "20260227080000": page_of(*TEXT[:3]),
    }
    fill(store, article)
    search = Records(store.db).search

    def found(where: Where, since: str, until: str) -> list[str]:
        query = SearchQuery("petition", where, since=since, until=until)
        return sorted(hit.text for hit in search.find(query).hits)

    ours = [TEXT[3], "A petition for the ferry was signed."]
    assert found("all", "2026-02-26", "2026-02-28") == [gone]
    assert found("removed", "2026-02-26", "2026-02-28") == [gone]
    assert found("all", "2026-03-01", "2026-03-02") == ours
    assert found("all", "2026-02-26", "2026-03-02") == sorted([*ours, gone])


# --- Between two of our own -----------------------------------------------------------------------

EDITED = [TEXT[0], TEXT[1].replace("four", "six"), *TEXT[2:]]


def captured(store: Store) -> list[tuple[str, str]]:
    """Edits that we missed: when, and what the event says."""
    records = Records(store.db)
    events = records.events(records.find([URL]) or 0)
    return [(event.at, event.detail) for event in events if event.kind == "captured"]


@pytest.fixture
def ours(store: Store, article: int) -> int:
    """The same article, read as its captures are."""
    names = {"parser": generic.PARSERS[0].name, "id": article}
    store.db.execute("update versions set parser = :parser where article_id = :id", names)
    return article


def test_another_text_between_two_versions_is_an_edit_that_we_missed(
    store: Store, ours: int, machine: Machine
) -> None:
    hashes = "select version_hash from versions order by number"
    before = store.db.execute(hashes).fetchall()
    machine.captures = {
        "20260301091500": page_of(*EDITED),
        "20260301092000": page_of(*EDITED, head=HEAD).replace(b"<html>", b"<html lang=en>"),
    }
    done = fill(store, ours)
    assert (done.versions, done.missed) == (0, 1)
    assert done.left_out == {"captured once more": 1}
    (said,) = captured(store)
    address = f"https://web.archive.org/web/20260301091500id_/{URL}"
    assert said == (
        "2026-03-01T09:15:00Z",
        f"{address} Figure changed: four hundred → six hundred; 1 paragraph edited",
    )
    assert store.db.execute(hashes).fetchall() == before
    assert [each.captured for each in versions(store)] == [None, None]


def test_it_is_noted_once_and_goes_along_where_earlier_versions_come_in_front(
    store: Store, ours: int, machine: Machine
) -> None:
    machine.captures = {"20260301091500": page_of(*EDITED)}
    fill(store, ours)
    machine.captures["20260228080000"] = page_of(*TEXT[:3])
    assert fill(store, ours).versions == 1
    (said,) = captured(store)
    assert said[0] == "2026-03-01T09:15:00Z"
    records = Records(store.db)
    assert len(versions(store)) == 3
    again = fill(store, records.find([URL]) or 0)
    assert (again.missed, len(captured(store))) == (0, 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page_of(*TEXT), "the text of a version of our own"),
        (page_of(*TEXT, "The boat is for sale."), "the text of a version of our own"),
        (page_of(*TEXT, "The boat is for sale!"), "no other words than a version beside it"),
        (page_of(TEXT[0]), "another text than the story"),
        (
            page_of(
                *(f"Quite another matter, told with words of its own: {n}." for n in range(40)),
                head="Mayor opens a swimming pool",
            ),
            "another text than the story",
        ),
    ],
)
def test_what_shows_no_other_text_of_the_story_is_no_edit(
    body: bytes, reason: str, store: Store, ours: int, machine: Machine
) -> None:
    machine.captures = {"20260301091500": body}
    done = fill(store, ours)
    assert done.left_out == {reason: 1}
    assert captured(store) == []


@pytest.mark.parametrize(
    "column", ["confirmed_at = '2026-03-01T09:20:00Z'", "page_changed = 1", "parser = 'paper/1'"]
)
def test_what_contradicts_what_we_saw_is_not_asked_for(
    column: str, store: Store, ours: int, machine: Machine
) -> None:
    """We saw the version before it afterwards; or what changed was the page, or our reading."""
    one = {"id": ours}
    store.db.execute(f"update versions set {column} where article_id = :id and number = 1", one)
    machine.captures = {"20260301091500": page_of(*EDITED)}
    assert fill(store, ours) == Backfilled()
    assert captured(store) == []
