"""Mastodon: threads, length, and what its servers answer."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from newsdiff_crawler.demo.loopback import Answer, Request
from tests.support.receivers import Network
from tests.support.records import add_article, add_version, story
from tests.telling.conftest import LATER, Desk

HOUR = timedelta(hours=1)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one character to readers, five to us


def says(desk: Desk, network: Network, token: str = "DESK_PASSWORD") -> None:
    desk.says(
        '[watch.all]\nchannels = ["us"]\n[channel.us]\nkind = "mastodon"\n'
        f'server = "{network.address}"\ntoken = "{token}"\n'
    )


def test_a_change_is_a_post_with_a_link(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        article = desk.change()
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    assert post["visibility"] == "public"
    assert post["status"] == (
        "The Paper: Two hurt in 1 → Five hurt in 1\n\n"
        "Figure changed: Two → Five; headline rewritten; 1 paragraph edited.\n\n"
        "[-Two-]{+Five+} people were hurt.\n\n"
        f"https://site.example/articles/{article}/diff/1/2"
    )


def test_a_post_has_a_picture_that_is_read_out(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        desk.change()
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    text = network.pictures[post["media_ids[]"]]
    assert text == "The Paper. Before: “Two hurt in 1” Now: “Five hurt in 1”"


def test_the_changes_of_one_article_are_a_thread(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        texts = [story(f"Toll at {n}", f"{n} people were hurt.") for n in (2, 3, 4)]
        article = add_article(desk.store, *texts[:2])
        desk.round()
        desk.change(7)
        desk.round()
        add_version(desk.store, article, 3, texts[2], "2025-04-22T15:10:00Z")
        desk.round(LATER + HOUR)
    replies = {post["status"][:25]: post.get("in_reply_to_id") for post in network.posts.values()}
    assert replies == {
        "The Paper: Toll at 2 → To": None,
        "The Paper: Two hurt in 7 ": None,
        "The Paper: Toll at 3 → To": "1",
    }


def test_a_thread_whose_beginning_was_deleted_begins_anew(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        texts = [story(f"Toll at {n}", f"{n} people were hurt.") for n in (2, 3, 4)]
        article = add_article(desk.store, *texts[:2])
        desk.round()
        network.posts.clear()
        add_version(desk.store, article, 3, texts[2], "2025-04-22T15:10:00Z")
        assert desk.round(LATER + HOUR).lines == ()
    assert [post.get("in_reply_to_id") for post in network.posts.values()] == [None]


@pytest.mark.parametrize(
    "headline", ["long " * 400, FAMILY * 600, "@everyone " * 90, "e\u0301" * 700]
)
def test_a_post_is_no_longer_than_the_network_allows(headline: str, desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        before, after = story(f"Old {headline}", "It rains."), story(headline, "It rains.")
        add_article(desk.store, before, after)
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    assert post["status"].endswith("https://site.example/articles/1/diff/1/2")
    assert "@everyone" not in post["status"]


@pytest.mark.parametrize("word", ["long", "東京", FAMILY])
def test_of_two_long_headlines_a_post_has_both(word: str, desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        before, after = (story(f"{each} {word * 400}", "It rains.") for each in ("Old", "New"))
        add_article(desk.store, before, after)
        assert desk.round().lines == ()
    (post,) = network.posts.values()
    old, new = post["status"].partition("\n")[0].split(" → ")
    assert old.startswith("The Paper: Old ")
    assert new.startswith("New ")
    assert old.endswith("…")
    assert new.endswith("…")


def test_a_newspapers_hashtags_are_none_of_ours(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        texts = (story(head, "It rains.") for head in ("The #one", "The #two"))
        add_article(desk.store, *texts)
        desk.round()
    (post,) = network.posts.values()
    assert post["status"].startswith("The Paper: The #\u200bone → The #\u200btwo")


def test_a_digest_says_how_many_and_leads_to_the_site(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        for number in range(50):
            desk.change(number)
        desk.round()
    posts = [post["status"] for post in network.posts.values()]
    first, *heads, link = posts[20].split("\n\n")
    assert (first, link) == ("all: 30 changes of The Paper", "https://site.example")
    assert heads[0] == "The Paper: Two hurt in 20 → Five hurt in 20"
    assert 8 < len(heads) < 12  # as many as there is room for


def test_a_post_that_is_sent_twice_is_there_once(desk: Desk) -> None:
    with Network() as network:
        says(desk, network)
        desk.change()
        desk.round()
        again = "update messages set state = 'waiting', done_at = null, due_at = made_at"
        desk.store.db.execute(again)
        assert desk.round().sent == 1
    assert len(network.posts) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"{}", 429), "127.0.0.1 wants fewer posts; tried again at 2025-04-22T15:05:00Z"),
        (Answer(b"{}", 503), "127.0.0.1 cannot be reached: MastodonServiceUnavailableError; "),
        (Answer(b"<html>", 200), "127.0.0.1 answers, but not as Mastodon does; "),
        (Answer(b'{"error": "no"}', 403), "127.0.0.1 refused the post: HTTP 403: no; "),
    ],
)
def test_what_a_server_answers_is_one_line(answer: Answer, said: str, desk: Desk) -> None:
    with Network(answer) as network:
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
        assert line.startswith(f"watch all: channel us: {said}")
        assert desk.round(LATER + HOUR).sent == 1


class Broken(Network):
    """Answers nothing but pages for people, as while it is repaired."""

    def take(self, request: Request, form: dict[str, str]) -> Answer:
        return Answer(b"<html>Back soon", 200)

    def take_picture(self, request: Request, body: bytes) -> Answer:
        return Answer(b"<html>Back soon", 200)


def test_a_server_that_is_repaired_is_tried_once_a_round(desk: Desk) -> None:
    with Broken() as network:
        says(desk, network)
        for number in range(3):
            desk.change(number)
        (line,) = desk.round().lines
    assert "127.0.0.1 answers, but not as Mastodon does" in line


def test_what_is_for_one_server_goes_to_no_other(desk: Desk) -> None:
    with Network() as other, Network() as network:
        elsewhere = Answer(status=307, headers={"Location": f"{other.address}/api/v1/statuses"})
        network.answers = [elsewhere]
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
    assert "127.0.0.1 cannot be reached: " in line
    assert other.posts == {}


def test_a_wrong_token_is_in_no_line_and_no_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("WRONG", "hunter2hunter2")
    with Network() as network:
        says(desk, network, "WRONG")
        desk.change()
        (line,) = desk.round().lines
    assert "127.0.0.1 refused the token" in line
    assert "hunter2" not in line + caplog.text


@pytest.mark.parametrize("link", ["http://a.co ", "(http://a.co), "])
def test_short_links_in_headlines_are_as_long_as_the_network_counts_them(
    link: str, desk: Desk
) -> None:
    links = link * 24
    with Network() as network:
        says(desk, network)
        texts = story(links, "Two people were hurt."), story(f"See {links}", "Two were hurt.")
        add_article(desk.store, *texts)
        assert desk.round().lines == ()
    assert len(network.posts) == 1


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"id": null}', b"null"])
def test_who_has_no_name_for_a_post_did_not_take_it(body: bytes, desk: Desk) -> None:
    with Network(Answer(body, 200, {"Content-Type": "application/json"})) as network:
        says(desk, network)
        desk.change()
        (line,) = desk.round().lines
        assert "127.0.0.1 answers, but not as Mastodon does" in line
        desk.round(LATER + HOUR)
    assert len(network.posts) == 1
