"""Bluesky: threads, length, pictures with a text, and what its servers answer."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

import pytest

from newsdiff_crawler.demo.loopback import Answer, Connection
from newsdiff_crawler.telling.sending import send_due
from tests.support.at_protocol import PDS, USER
from tests.support.records import add_article, add_version, story
from tests.telling.conftest import LATER, Desk

HOUR = timedelta(hours=1)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one character to readers, 18 bytes


def says(desk: Desk, network: PDS, password: str = "DESK_PASSWORD", more: str = "") -> None:
    desk.says(
        '[watch.all]\nchannels = ["sky"]\n[channel.sky]\nkind = "bluesky"\n'
        f'server = "{network.address}"\nuser = "{USER}"\npassword = "{password}"\n{more}'
    )


def test_a_change_is_a_post_with_a_link_and_a_picture_that_is_read_out(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        article = desk.change()
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    assert post["text"] == (
        "The Paper: Two hurt in 1 → Five hurt in 1\n\n"
        "Figure changed: Two → Five; headline rewritten; 1 paragraph edited.\n\n"
        "[-Two-]{+Five+} people were hurt.\n\nWhat changed"
    )
    (facet,) = post["facets"]
    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    assert post["text"].encode()[start:end] == b"What changed"
    assert facet["features"][0]["uri"] == f"https://site.example/articles/{article}/diff/1/2"
    (image,) = post["embed"]["images"]
    assert image["alt"] == "The Paper. Before: “Two hurt in 1” Now: “Five hurt in 1”"


def test_pictures_can_be_left_out(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network, more="pictures = false\n")
        desk.change()
        assert desk.round().sent == 1
    (post,) = network.posts.values()
    assert not post.get("embed")


def test_the_changes_of_one_article_are_a_thread(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        texts = [story(f"Toll at {n}", f"{n} people were hurt.") for n in (2, 3, 4, 5)]
        article = add_article(desk.store, *texts[:2])
        desk.round()
        desk.change(7)
        desk.round()
        for number, text in enumerate(texts[2:], start=3):
            add_version(desk.store, article, number, text, f"2025-04-22T15:{number}0:00Z")
            desk.round(LATER + HOUR * (number - 2))
    first, other, second, third = network.posts
    replies = [post.get("reply") for post in network.posts.values()]
    uris = [each and (each["parent"]["uri"], each["root"]["uri"]) for each in replies]
    assert uris == [None, None, (first, first), (second, first)]
    assert len({first, other, second, third}) == 4


def test_a_thread_whose_beginning_was_deleted_begins_anew(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        texts = [story(f"Toll at {n}", f"{n} people were hurt.") for n in (2, 3, 4)]
        article = add_article(desk.store, *texts[:2])
        desk.round()
        network.posts.clear()
        add_version(desk.store, article, 3, texts[2], "2025-04-22T15:10:00Z")
        assert desk.round(LATER + HOUR).lines == ()
    assert [post.get("reply") for post in network.posts.values()] == [None]


@pytest.mark.parametrize("headline", ["long " * 400, FAMILY * 600, "e\u0301" * 700, "東京" * 400])
def test_a_post_is_no_longer_than_the_network_allows(headline: str, desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        before, after = story(f"Old {headline}", "It rains."), story(headline, "It rains.")
        add_article(desk.store, before, after)
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    assert post["text"].endswith("\n\nWhat changed")


def test_a_paper_with_a_long_name_leaves_a_post_that_the_network_takes(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        desk.change()
        assert send_due(desk.folder, {"paper": "The Very Long Paper " * 20}, "", LATER).lines == ()
    assert len(network.posts) == 1


def test_a_post_that_is_sent_twice_is_there_once(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        desk.change()
        desk.round()
        again = "update messages set state = 'waiting', done_at = null, due_at = made_at"
        desk.store.db.execute(again)
        assert desk.round().sent == 1
    assert len(network.posts) == 1


def test_a_digest_says_how_many_and_one_log_in_is_enough_for_a_round(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        for number in range(25):
            desk.change(number)
        desk.round()
    posts = [post["text"] for post in network.posts.values()]
    heads = "\n\n".join(f"The Paper: Two hurt in {n} → Five hurt in {n}" for n in range(20, 25))
    assert posts[20] == f"all: 5 changes of The Paper\n\n{heads}\n\nsite.example"
    assert network.logins == 1


def test_what_the_network_asks_for_is_granted(desk: Desk) -> None:
    reset = int(time.time()) + 1800
    busy = Answer(b"{}", 429, {"ratelimit-reset": str(reset), "Content-Type": "application/json"})
    with PDS(busy) as network:
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
        assert "127.0.0.1 wants fewer posts; tried again at 2025-04-22T15:2" in line
        assert desk.round(LATER + HOUR).sent == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"{}", 503), "127.0.0.1 cannot be reached: HTTP 503; "),
        (Answer(b"<html>", 200), "127.0.0.1 answers, but not as Bluesky does; "),
        (
            Answer(b'{"error": "InvalidRequest", "message": "no\\nsuch"}', 400),
            "127.0.0.1 refused the post: no such; ",
        ),
    ],
)
def test_what_a_server_answers_is_one_line(answer: Answer, said: str, desk: Desk) -> None:
    with PDS(answer) as network:
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
        assert line.startswith(f"watch all: channel sky: {said}")
        assert desk.round(LATER + HOUR).sent == 1


def test_a_server_that_hangs_up_is_tried_once_a_round(desk: Desk) -> None:
    with PDS(*[HangsUp()] * 3) as network:
        says(desk, network)
        for number in range(3):
            desk.change(number)
        (line,) = desk.round().lines
    assert "127.0.0.1 cannot be reached: " in line


class HangsUp(Answer):
    """None at all."""

    def send(self, connection: Connection) -> None:
        connection.close_connection = True


def test_what_is_for_one_server_goes_to_no_other(desk: Desk) -> None:
    with PDS() as other, PDS() as network:
        network.answers = [Answer(status=307, headers={"Location": f"{other.address}/xrpc/x"})]
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
    assert "127.0.0.1 cannot be reached: TooManyRedirects; " in line


def test_a_thread_of_another_service_is_not_gone_on_with(desk: Desk) -> None:
    with PDS() as network:
        says(desk, network)
        article = desk.change()
        desk.round()
        desk.store.db.execute("update messages set answer = '17'")  # as Mastodon calls it
        third = story("Six hurt in 1", "Six people were hurt.", "The road is closed.")
        add_version(desk.store, article, 3, third, "2025-04-22T15:10:00Z")
        assert desk.round(LATER + HOUR).lines == ()
    assert [post.get("reply") for post in network.posts.values()] == [None, None]


def test_a_wrong_password_is_in_no_line_and_no_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("WRONG", "hunter2hunter2")
    with PDS() as network:
        says(desk, network, "WRONG")
        desk.change()
        (line,) = desk.round().lines
    assert "127.0.0.1 refused the user or the password" in line
    assert "hunter2" not in line + caplog.text
