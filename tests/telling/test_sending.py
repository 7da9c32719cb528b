"""The outbox: what goes out, when, and how often."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from threading import Event

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.store import DatabaseError
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.writing.outbox import Outbox
from newsdiff_crawler.store.writing.takedown import hide, unhide
from newsdiff_crawler.telling import sending
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.composing import Composer, diff_path
from newsdiff_crawler.telling.message import Message, Told
from newsdiff_crawler.telling.previewing import trial
from newsdiff_crawler.telling.sending import Round
from newsdiff_crawler.telling.webhook import WebhookChannel
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web import comparison
from newsdiff_crawler.web.addresses import RoutePaths
from tests.support.receivers import SECRET, Hook
from tests.support.records import add_article, add_version, story
from tests.telling.conftest import LATER, WATCH, Desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def titles(hook: Hook) -> list[str]:
    return [body["data"]["title"] for _, body in hook.taken]


def test_a_change_is_told_once_when_it_has_settled(desk: Desk) -> None:
    desk.change()
    assert desk.round(from_iso("2025-04-22T14:42:00Z")).sent == 0
    assert desk.round(from_iso("2025-04-22T14:43:00Z")).sent == 1
    assert desk.round().sent == 0
    assert titles(desk.hook) == ["The Paper: Two hurt in 1 → Five hurt in 1"]


def test_the_body_is_the_change_as_the_api_has_it_with_both_addresses(desk: Desk) -> None:
    article = desk.change()
    desk.round()
    ((name, body),) = desk.hook.taken
    (change,) = body["data"]["changes"]
    assert name.startswith("msg_")
    assert body["type"] == "article.changed"
    assert change["page"] == f"https://site.example/articles/{article}/diff/1/2"
    assert change["url"] == "https://paper.example/world/1"
    assert (change["from_version"], change["to_version"], change["minor"]) == (1, 2, None)
    assert {"before": "Two", "after": "Five"}.items() <= change["passage"][0].items()


def test_a_first_version_is_no_change(desk: Desk) -> None:
    add_article(desk.store, story("New", "A story."))
    assert desk.round().sent == 0


def test_minor_changes_are_told_to_nobody(desk: Desk) -> None:
    add_article(desk.store, story("Rain", "It rains."), story("Rain", "It rains…"))
    assert desk.round().sent == 0


def test_a_change_that_is_undone_before_it_settled_is_told_to_nobody(desk: Desk) -> None:
    first, second = story("Sun", "It rains."), story("Rain", "It rains.")
    article = add_article(desk.store, first, second)
    add_version(desk.store, article, 3, first, "2025-04-22T14:36:00Z")
    assert desk.round().sent == 0


def test_a_change_that_was_held_back_waits_until_it_is_clear_what_it_was(desk: Desk) -> None:
    article = desk.change()
    update = "update versions set held = :held where article_id = :id and number = 2"
    desk.store.db.execute(update, {"held": 1, "id": article})
    assert desk.round().sent == 0
    desk.store.db.execute(update, {"held": 0, "id": article})
    assert desk.round().sent == 0
    assert desk.round(LATER + HOUR).sent == 1


@pytest.mark.parametrize("column", ["page_changed", "parser_changed", "cosmetic"])
def test_a_change_that_was_found_to_be_the_pages_is_told_to_nobody(column: str, desk: Desk) -> None:
    desk.change()
    desk.store.db.execute(f"update versions set {column} = 1 where number = 2")
    assert desk.round().sent == 0


def test_what_another_parser_read_is_told_where_the_newsroom_turns_out_to_have_changed_it(
    desk: Desk,
) -> None:
    articles = []
    for number in (1, 2):
        first, second = story("Sun", "It shines."), story("Rain", "It rains.")
        articles.append(add_article(desk.store, first, url=f"https://paper.example/{number}"))
        at = "2025-04-22T14:33:00Z"
        add_version(desk.store, articles[-1], 2, second, at, parser="paper/2027")
    assert desk.round().sent == 0
    desk.store.reassessing.believe(articles[1], 2)
    assert desk.round(LATER + HOUR).sent == 1
    assert desk.hook.taken[0][1]["data"]["changes"][0]["article_id"] == articles[1]
    assert desk.store.outbox.to_whom() == []


def test_a_takedown_withdraws_what_waits_for_good(desk: Desk) -> None:
    desk.change()
    url = ["https://paper.example/world/1"]
    hide(desk.store.db, url, "2025-04-22T14:40:00Z", "asked to")
    unhide(desk.store.db, url, "2025-04-22T14:41:00Z")
    assert desk.round().sent == 0


def test_a_takedown_withdraws_a_message_that_could_not_be_sent_yet(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=500)]
    desk.change()
    assert desk.round().waiting == 1
    hide(desk.store.db, ["https://paper.example/world/1"], "2025-04-22T15:01:00Z", "asked to")
    assert desk.round(LATER + DAY).sent == 0
    assert desk.hook.taken == []


def test_only_the_watch_that_a_change_is_for_tells_it(desk: Desk) -> None:
    desk.says('[watch.one]\nsources = ["other"]\nchannels = ["hook"]\n')
    desk.change()
    desk.change(source="other")
    assert desk.round().sent == 1
    assert [body["data"]["watch"] for _, body in desk.hook.taken] == ["one"]


def test_one_article_is_known_by_any_of_its_addresses(desk: Desk) -> None:
    article = add_article(desk.store, story("Sun", "It shines."), url="https://paper.example/new")
    old = {"url": "https://paper.example/old", "article_id": article}
    desk.store.db.insert("article_urls", old)
    desk.says('[watch.one]\narticle = "https://paper.example/old"\nchannels = ["hook"]\n')
    add_version(desk.store, article, 2, story("Rain", "It rains."), "2025-04-22T14:33:00Z")
    desk.change()
    assert desk.round().sent == 1
    assert titles(desk.hook) == ["The Paper: Sun → Rain"]


# --- Digests and floods ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "due"), [("hourly", "2025-04-22T15:00:00Z"), ("daily", "2025-04-23T06:00:00Z")]
)
def test_a_digest_comes_at_its_hour_and_has_all(how: str, due: str, desk: Desk) -> None:
    desk.says(f'[watch.all]\nhow = "{how}"\nchannels = ["hook"]\n')
    for number in range(3):
        desk.change(number)
    assert desk.round(from_iso(due) - timedelta(seconds=1)).sent == 0
    assert desk.round(from_iso(due)).sent == 1
    ((_, body),) = desk.hook.taken
    assert (body["type"], body["data"]["total"]) == ("article.digest", 3)
    assert body["data"]["title"] == "all: 3 changes of The Paper"


def test_of_500_changes_20_are_told_and_one_digest_tells_how_many_more(desk: Desk) -> None:
    desk.says(WATCH + '[alarms]\nchannels = ["hook"]\n')
    for number in range(300):
        desk.change(number)
    for number in range(200):
        desk.change(number, "other")
    desk.round()
    kinds = Counter(body["type"] for _, body in desk.hook.taken)
    digest = desk.hook.taken[20][1]["data"]
    assert kinds == {"article.changed": 20, "article.digest": 1}
    assert (digest["total"], len(digest["changes"])) == (480, 50)
    assert digest["title"] == "all: 480 changes, 280 of them of The Paper"
    said = "paper makes 300 of 500 notices of the watch all"
    assert desk.round().lines == ()
    assert desk.hook.taken[21][1]["data"]["text"] == said


@pytest.mark.parametrize("how", ["hourly", "daily"])
def test_what_becomes_clear_after_a_digest_waits_for_the_next(how: str, desk: Desk) -> None:
    desk.says(f'[watch.all]\nhow = "{how}"\nchannels = ["hook"]\n')
    for number in range(3):
        desk.change(number)
    desk.store.db.execute("update versions set held = 1 where article_id = 2 and number = 2")
    now = from_iso("2025-04-23T06:00:00Z")
    desk.round(now)
    desk.store.db.execute("update versions set held = 0")
    span = HOUR if how == "hourly" else DAY
    assert desk.round(now + span - timedelta(seconds=1)).sent == 0
    assert desk.round(now + span).sent == 1
    assert [body["data"]["total"] for _, body in desk.hook.taken] == [2, 1]


def test_the_guard_holds_for_an_hour_and_over_rounds(desk: Desk) -> None:
    for number in range(30):
        desk.change(number)
        desk.round()
    assert len(desk.hook.taken) == 21
    assert desk.round(LATER + HOUR - timedelta(seconds=1)).sent == 0
    desk.round(LATER + HOUR)
    assert len(desk.hook.taken) == 30


# --- What goes wrong ------------------------------------------------------------------------------


def test_what_was_not_taken_is_sent_again_under_the_same_name(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=503), Answer(b"<html>", status=200)]
    desk.change()
    failed = desk.round()
    assert failed.lines == (
        "watch all: channel hook: 127.0.0.1: HTTP 503; tried again at 2025-04-22T15:01:00Z",
    )
    assert desk.round(LATER).sent == 0
    assert desk.round(LATER + timedelta(minutes=1)).sent == 1


def test_the_wait_doubles_up_to_an_hour_and_the_third_day_is_the_last(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=500)] * 1000
    desk.change()
    now, waits, said = LATER, [], ""
    while not said:
        failed = desk.round(now)
        if "given up" in failed.lines[0]:
            said = failed.lines[0]
            break
        due = from_iso(failed.lines[0].rpartition(" ")[2])
        waits.append((due - now) // timedelta(minutes=1))
        now = due
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert now - LATER >= 3 * DAY
    assert said == "watch all: channel hook: given up after three days: 127.0.0.1: HTTP 500"
    assert desk.round(now + DAY).lines == ()


def test_a_server_that_asks_for_time_gets_it(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=429, headers={"Retry-After": "7200"})]
    desk.change(1)
    desk.change(2)
    desk.round()
    assert desk.hook.asked == 1
    assert desk.round(LATER + HOUR).sent == 0
    assert desk.round(LATER + 2 * HOUR).sent == 2


def test_a_channel_that_does_not_work_is_tried_once_a_round_and_holds_up_no_other(
    desk: Desk,
) -> None:
    dead = '[channel.dead]\nkind = "webhook"\nurl = "http://127.0.0.1:9/"\nsecret = "KEY"\n'
    desk.says(dead + '[watch.all]\nchannels = ["dead", "hook"]\n')
    for number in range(5):
        desk.change(number)
    done = desk.round()
    assert (done.sent, done.waiting) == (5, 1)
    assert "channel dead: 127.0.0.1: Connection refused" in done.lines[0]


def test_a_day_without_a_network_loses_nothing(desk: Desk) -> None:
    port = desk.hook.server_address[1]
    desk.says(WATCH, port=9)
    for number in range(30):
        desk.change(number)
        desk.round(LATER + number * HOUR)
    desk.says(WATCH, port)
    desk.round(LATER + 31 * HOUR)
    told = sum(body["data"]["total"] for _, body in desk.hook.taken)
    assert told == 30


def test_a_message_that_is_refused_holds_up_no_other(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=400)]
    desk.change(1)
    desk.change(2)
    done = desk.round()
    assert (done.sent, done.waiting) == (1, 1)
    assert desk.round(LATER + timedelta(minutes=1)).sent == 1


def test_a_message_that_a_receiver_never_takes_holds_up_no_other_for_good(desk: Desk) -> None:
    desk.hook.taker = lambda body: "hurt in 1 " not in body["data"]["title"]
    desk.change(1)
    desk.change(2)
    now = LATER
    for _ in range(10):
        desk.round(now)
        now += HOUR
    desk.change(3)
    desk.round(now)
    assert titles(desk.hook) == [
        "The Paper: Two hurt in 2 → Five hurt in 2",
        "The Paper: Two hurt in 3 → Five hurt in 3",
    ]


def test_a_service_is_asked_for_nothing_that_cannot_be_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full would else make it once a round."""
    desk.hook.answers = [Answer(status=500)]
    desk.change()
    desk.round()
    asked = desk.hook.asked

    def trying(self: Outbox, message: object, until: datetime) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(Outbox, "trying", trying)
    with pytest.raises(DatabaseError):
        desk.round(LATER + HOUR)
    assert desk.hook.asked == asked


@pytest.mark.parametrize("how", ["at once", "hourly", "daily"])
def test_a_clock_that_was_ahead_silences_no_watch(how: str, desk: Desk) -> None:
    """What it sent then is of no hour or day that is to come."""
    desk.says(f'{WATCH}how = "{how}"\n')
    for number in range(30):
        desk.change(number)
    desk.round(LATER + 3 * DAY)
    desk.change(99)
    desk.round(LATER + DAY)
    told = [change["url"] for _, body in desk.hook.taken for change in body["data"]["changes"]]
    assert "https://paper.example/world/99" in told


def test_what_failed_while_the_clock_was_ahead_is_tried_when_it_is_right(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=500)]
    desk.change()
    desk.round(LATER + 3 * DAY)
    desk.round()
    assert len(desk.hook.taken) == 1


def test_what_waited_while_there_were_no_watches_is_not_told_long_after(desk: Desk) -> None:
    desk.change()
    said = desk.round(LATER + timedelta(days=8))
    assert said.lines == ("1 notices were withdrawn: nobody sent them for a week",)
    assert desk.hook.taken == []
    assert desk.store.outbox.to_whom() == []


@pytest.mark.parametrize("secret", ["", "whsec_no base64!", "whsec_", "whsec_c2hvcnQ="])
def test_a_secret_that_is_not_right_is_one_line_without_it(
    secret: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", secret)
    desk.change()
    (line,) = desk.round().lines
    assert line.startswith("watch all: channel hook: ")
    assert "KEY" in line
    assert "no base64!" not in line


def test_no_line_has_the_rest_of_an_address(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=302, headers={"Location": "/elsewhere"})]
    desk.change()
    (line,) = desk.round().lines
    assert "HTTP 302" in line
    assert "path-token" not in line


def test_a_channel_with_a_mistake_waits_until_it_is_mended(desk: Desk) -> None:
    desk.change()
    path = desk.folder / "watches.toml"
    right = path.read_text("utf-8")
    path.write_text(right.replace('"webhook"', '"fax"'), "utf-8")
    assert "its table has a mistake" in desk.round().lines[-1]
    path.write_text(right, "utf-8")
    assert desk.round(LATER + HOUR).sent == 1


def test_what_nobody_wants_any_more_is_withdrawn_and_said_once(desk: Desk) -> None:
    desk.hook.answers = [Answer(status=400)]
    desk.change(1)
    desk.round()
    add_article(desk.store, story("Sun", "It shines."), story("Rain", "It rains."))
    desk.says("")
    said = (
        "watch all: what waited for channel hook was withdrawn (2): watches.toml no longer says so"
    )
    assert desk.round().lines == (said,)
    desk.says(WATCH)
    assert desk.round(LATER + HOUR) == Round()


def test_one_process_at_a_time_sends(desk: Desk) -> None:
    desk.change()
    lock = desk.store.locks.notifying()
    assert lock.acquire()
    assert desk.round().is_elsewhere
    lock.release()
    assert desk.round().sent == 1


def test_what_was_done_with_is_forgotten_after_a_month(desk: Desk) -> None:
    desk.change()
    desk.round()
    desk.round(LATER + 31 * DAY)
    assert (desk.store.db.count("messages"), desk.store.db.count("notices")) == (0, 0)


def test_operators_are_told_of_what_was_given_up(desk: Desk) -> None:
    port = desk.hook.server_address[1]
    dead = '[channel.dead]\nkind = "webhook"\nurl = "http://127.0.0.1:9/"\nsecret = "KEY"\n'
    alarms = '[alarms]\nchannels = ["hook"]\n'
    desk.says(dead + alarms + '[watch.all]\nchannels = ["dead"]\n', port)
    desk.change()
    desk.round()
    desk.round(LATER + 3 * DAY)
    desk.round(LATER + 3 * DAY)
    (text,) = [body["data"]["text"] for _, body in desk.hook.taken]
    assert text.startswith("watch all: channel dead: given up after three days: 127.0.0.1: ")


def test_a_change_is_told_of_the_article_that_its_own_became_part_of(desk: Desk) -> None:
    texts = [story(f"Toll at {n}", f"{n} people were hurt in the storm at sea.") for n in (2, 3)]
    earlier = add_article(desk.store, texts[0], url="https://paper.example/a")
    at = "2025-04-22T14:05:00Z"
    later = add_article(desk.store, *texts, url="https://paper.example/b", first_seen_at=at)
    to = desk.store.identities.settle(later, "https://paper.example/a", "2025-04-22T14:40:00Z")
    desk.round()
    ((_, body),) = desk.hook.taken
    (change,) = body["data"]["changes"]
    assert (to, change["article_id"], change["to_title"]) == (earlier, earlier, "Toll at 3")


def test_a_link_leads_to_the_page_that_the_site_has() -> None:
    paths = RoutePaths([comparison.router])
    page = paths.path("side_by_side", article_id=7, older=1, newer=3)
    assert diff_path(7, 1, 3) == page


def test_a_fault_of_ours_holds_up_no_other_message(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.change(1)
    desk.change(2)
    usual = Composer.told

    def told(self: Composer, change: Change) -> Told:
        if change.article_id == first:
            raise RuntimeError("odd")
        return usual(self, change)

    monkeypatch.setattr(Composer, "told", told)
    done = desk.round()
    assert done.sent == 1
    assert "watch all: channel hook: a fault of ours: RuntimeError('odd')" in done.lines[0]


def test_a_fault_of_a_library_shows_nothing_but_its_kind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(self: WebhookChannel, message: Message) -> str:
        raise KeyError(SECRET)

    monkeypatch.setattr(WebhookChannel, "send", send)
    desk.change()
    (line,) = desk.round().lines
    assert "watch all: channel hook: a fault: KeyError; tried again" in line


def test_a_file_that_is_empty_for_a_moment_withdraws_nothing(desk: Desk) -> None:
    desk.change()
    (desk.folder / "watches.toml").write_text("")
    assert "it is empty" in desk.round().lines[0]
    desk.says(WATCH)
    assert desk.round(LATER + timedelta(minutes=2)).sent == 1


def test_of_a_change_that_was_undone_before_a_digest_nobody_is_told(desk: Desk) -> None:
    desk.says('[watch.all]\nhow = "daily"\nchannels = ["hook"]\n')
    sun, rain, snow = (story(text, f"There is {text}.") for text in ("Sun", "Rain", "Snow"))
    add_article(desk.store, sun, rain, sun, snow)
    desk.round(LATER + timedelta(days=1))
    ((_, body),) = desk.hook.taken
    assert body["data"]["total"] == 1
    assert "Snow" in str(body["data"]["changes"])


def test_what_waited_for_a_channel_that_is_given_up_is_given_up_with_it(desk: Desk) -> None:
    desk.says(f'{WATCH}[alarms]\nchannels = ["hook"]\n', port=9)
    for number in range(5):
        desk.change(number)
    desk.round()
    late = LATER + timedelta(days=3, minutes=1)
    (line,) = [line for line in desk.round(late).lines if "given up" in line]
    assert "given up after three days, and 4 more that waited for it: " in line


def test_a_service_that_answers_a_byte_at_a_time_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = Event()

    class Dripping(Channel):
        def send(self, message: Message) -> Sent:
            released.wait()
            return Sent()

    monkeypatch.setattr(sending, "LONGEST_SENDING", 0.01)
    with pytest.raises(NotSentError, match="no whole answer"):
        sending.send(Dripping(), trial("all", LATER))
    released.set()
