"""Copies in the Internet Archive: asked for at its pace, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.internet_archive.save_page_now import Keys, SavePageNow
from newsdiff_crawler.internet_archive.saving import SaveRound, Time, keys_in, save_due
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.telling.secrets import Secret, SecretError
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import FIRST_SEEN, add_article, add_version, story
from tests.support.wayback import ACCESS, SECRET, SavePages, json_answer

AT = "2025-04-22T14:50:00Z"
KEYS = Keys(Secret(ACCESS), Secret(SECRET))


@dataclass
class Desk:
    """A record that wants copies, an archive, and a clock that moves when somebody sleeps."""

    folder: Path
    store: Store
    archive: SavePages
    at: datetime

    def round(self, minutes: float = 60, keys: Keys | None = KEYS) -> SaveRound:
        archive = SavePageNow(self.archive.address, keys)
        return save_due(self.folder, archive, Time(lambda: self.at, self.sleep), minutes)

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def articles(self, count: int) -> list[int]:
        """Articles of one version each."""
        return [
            add_article(self.store, story(f"Sun {n}", "It shines."), url=f"https://p.example/{n}")
            for n in range(count)
        ]

    def states(self) -> list[tuple[str, str]]:
        rows = self.store.db.execute("select url, state from copies order by id")
        return [(url.rpartition("/")[2], state) for url, state in rows]


@pytest.fixture
def desk(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("no_proxy", "*")
    store.copies.is_wanted = True
    with SavePages(lambda: made.at) as archive:
        made = Desk(tmp_path, store, archive, from_iso("2025-04-22T15:00:00Z"))
        yield made


def asked(desk: Desk) -> list[str]:
    return [url.rpartition("/")[2] for url, _ in desk.archive.asked]


def gaps(desk: Desk) -> list[float]:
    return [(b - a).total_seconds() for (_, a), (_, b) in pairwise(desk.archive.asked)]


def test_a_version_is_copied_and_the_copy_is_beside_it(desk: Desk) -> None:
    (article,) = desk.articles(1)
    assert (desk.round().kept, desk.states()) == (1, [("0", "kept")])
    version = Records(desk.store.db).version(article, 1)
    assert version
    assert version.copy == f"{desk.archive.address}/web/20250422150000/https://p.example/0"


def test_nothing_is_asked_for_where_nobody_wants_copies(desk: Desk) -> None:
    desk.store.copies.is_wanted = False
    desk.articles(1)
    assert (desk.round(), desk.archive.asked) == (SaveRound(), [])


def test_edits_come_first_and_of_the_rest_the_newest(desk: Desk) -> None:
    one, two, _ = desk.articles(3)
    add_version(desk.store, one, 2, story("Sun 0", "It shines!"), AT)
    add_version(desk.store, two, 2, story("Rain", "It rains in the east."), AT)
    desk.round()
    assert asked(desk) == ["1", "2", "0"]
    assert "too late" in dict(desk.states()[:1]).values()


@pytest.mark.parametrize(("keys", "seconds"), [(KEYS, 10), (None, 20)])
def test_the_pace_holds_over_rounds(keys: Keys | None, seconds: int, desk: Desk) -> None:
    desk.articles(8)
    while len(desk.archive.asked) < 8:
        desk.round(minutes=0.5, keys=keys)
        desk.sleep(1)
    assert min(gaps(desk)) >= seconds
    assert desk.archive.refused == 0


def test_a_round_ends_when_its_time_is_over(desk: Desk) -> None:
    desk.articles(8)
    begun = desk.at
    desk.round(minutes=0.5)
    assert desk.at - begun <= timedelta(seconds=30)
    assert 1 <= len(desk.archive.asked) <= 4


def test_who_is_killed_while_asking_asks_again_at_the_same_pace(desk: Desk) -> None:
    desk.articles(1)
    offer = desk.store.copies.next_to_ask(desk.at)
    assert offer
    desk.store.copies.asking(offer, desk.at)  # and no more
    desk.sleep(3)
    desk.round()
    assert [at for _, at in desk.archive.asked] == [from_iso("2025-04-22T15:00:10Z")]


def test_what_the_archive_asks_for_is_granted(desk: Desk) -> None:
    desk.articles(2)
    desk.archive.answers = [Answer(status=429, headers={"Retry-After": "900"})]
    done = desk.round()
    assert done.kept == 2
    assert desk.archive.asked[0][1] == from_iso("2025-04-22T15:15:00Z")
    assert done.lines == ["127.0.0.1 wants fewer requests"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=503), "127.0.0.1: HTTP 503"),
        (Answer(b"<h1>Down for maintenance</h1>"), "127.0.0.1 answers, but names no job"),
        (Answer(b"[" * 50_000), "127.0.0.1 answers, but names no job"),
        (
            json_answer(200, status_ext="error:user-session-limit", message="Too\n\x1b many"),
            "127.0.0.1: Too many",
        ),
    ],
)
def test_an_outage_is_one_line_and_loses_nothing(answer: Answer, said: str, desk: Desk) -> None:
    desk.articles(2)
    desk.archive.answers = [answer] * 4
    done = desk.round()
    assert (done.lines, done.kept) == ([said], 2)
    # After 1, 2, 4 and 8 minutes.
    assert desk.archive.asked[0][1] == from_iso("2025-04-22T15:15:00Z")


def test_a_network_that_is_not_there_is_one_line(desk: Desk) -> None:
    desk.articles(1)
    archive = SavePageNow("http://127.0.0.1:9", KEYS)
    done = save_due(desk.folder, archive, Time(lambda: desk.at, desk.sleep), 10)
    assert done.lines == ["127.0.0.1: Connection refused"]
    assert desk.states() == [("0", "waiting")]


def test_a_page_that_cannot_be_copied_is_asked_for_no_more(desk: Desk) -> None:
    desk.articles(1)
    said = {"status_ext": "error:blocked-url", "message": "This URL is in the list of exclusions"}
    desk.archive.outcomes["https://p.example/0"] = said
    done = desk.round()
    assert done.refused == len(desk.archive.asked) == 1
    assert done.lines == ["https://p.example/0: no copy: This URL is in the list of exclusions"]


def test_a_copy_that_failed_is_asked_for_three_times(desk: Desk) -> None:
    desk.articles(1)
    desk.archive.outcomes["https://p.example/0"] = {"status_ext": "error:gateway-timeout"}
    desk.round()
    assert (asked(desk), desk.states()) == (["0"] * 3, [("0", "refused")])


@pytest.mark.parametrize("later", [timedelta(days=1, seconds=1), timedelta(days=40)])
def test_what_is_older_than_a_day_comes_too_late(later: timedelta, desk: Desk) -> None:
    desk.articles(1)
    desk.at = from_iso(FIRST_SEEN) + later
    desk.round()
    assert desk.archive.asked == []
    desk.at += timedelta(days=31)
    desk.round()
    assert desk.states() == []


def test_a_takedown_withdraws_what_waits(desk: Desk) -> None:
    desk.articles(1)
    hide(desk.store.db, ["https://p.example/0"], to_iso(desk.at), "asked for")
    desk.round()
    assert (desk.archive.asked, desk.states()) == ([], [("0", "withdrawn")])


def test_a_copy_stays_beside_its_version_when_articles_become_one(desk: Desk) -> None:
    texts: Sequence[str] = ("It rains in the east.", "It rains in the west, and in the east.")
    one = add_article(desk.store, story("Rain", texts[0]), url="https://p.example/a")
    add_article(
        desk.store,
        story("Rain", texts[1]),
        url="https://p.example/b",
        first_seen_at="2025-04-22T14:30:00Z",
    )
    desk.round()
    merged = desk.store.identities.settle(one, "https://p.example/b", to_iso(desk.at))
    versions = Records(desk.store.db).versions(merged)
    assert [(each.copy or "")[-1:] for each in versions] == ["a", "b"]


def test_one_process_at_a_time_asks(desk: Desk) -> None:
    lock = desk.store.locks.witnessing()
    assert lock.acquire()
    assert desk.round().is_elsewhere
    lock.release()


def test_wrong_keys_are_one_line_and_stand_in_none(desk: Desk) -> None:
    desk.articles(1)
    wrong = Keys(Secret("wrong-access-key"), Secret("wrong-secret-key"))
    done = desk.round(minutes=1, keys=wrong)
    assert done.lines == ["127.0.0.1 refused the keys"]
    assert "wrong" not in repr(wrong)


def test_keys_come_from_the_environment_both_or_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys_in(tmp_path) is None
    monkeypatch.setenv("WAYBACK_ACCESS_KEY", ACCESS)
    with pytest.raises(SecretError, match="WAYBACK_SECRET_KEY"):
        keys_in(tmp_path)
    monkeypatch.setenv("WAYBACK_SECRET_KEY", SECRET)
    assert keys_in(tmp_path) == KEYS
