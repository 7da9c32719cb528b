"""What a message says: the headline, the line in words, and the one passage that matters."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block
from newsdiff_crawler.telling.message import (
    Message,
    marked_text,
    one_line,
    title_of_digest,
)
from newsdiff_crawler.telling.passage import LONGEST, passage_of
from newsdiff_crawler.telling.routes import due_at
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.receivers import mail_server
from tests.support.records import add_article, story
from tests.telling.conftest import WATCH, Desk

CALM = "The sea was calm all day, and the ferry left the harbour on time as it always does."


def passage(before: list[Block], after: list[Block]) -> str:
    return marked_text(passage_of(compare(before, after)))


def test_the_passage_is_the_one_whose_label_weighs_most() -> None:
    before = story("Ferry", CALM, "Two people were hurt in the storm.")
    after = story("Ferry", f"{CALM} {CALM}", "Five people were hurt in the storm.")
    assert passage(before, after) == "[-Two-]{+Five+} people were hurt in the storm."


def test_without_such_a_label_it_is_the_one_that_changed_most() -> None:
    before = story("Ferry", CALM, "It rains here.")
    after = story("Ferry", CALM, "It rains there.", "The rain came from the west, and stayed.")
    assert passage(before, after) == "{+The rain came from the west, and stayed.+}"


def test_a_headline_stands_at_the_top_and_is_no_passage() -> None:
    assert passage(story("Sun", CALM), story("Rain", CALM)) == ""


def test_of_a_long_passage_the_words_around_the_change_are_left() -> None:
    long = f"{CALM} " * 40
    before = story("Ferry", f"{long}Two people were hurt. {long}")
    after = story("Ferry", f"{long}Five people were hurt. {long}")
    shown = passage(before, after)
    assert "[-Two-]{+Five+} people were hurt." in shown
    assert shown.count("…") == 2
    assert len(shown) < LONGEST


def test_the_signs_are_at_the_words() -> None:
    before = story("Met", "The mayor never met the builder, she said.")
    after = story("Met", "The mayor met the builder twice, she said.")
    assert passage(before, after) == "The mayor [-never-] met the builder {+twice+}, she said."


def test_a_headline_from_the_right_stands_on_its_own_side_of_the_arrow(desk: Desk) -> None:
    texts = [story(head, "It rains.") for head in ("وزير الخارجية", "وزير المالية")]
    add_article(desk.store, *texts)
    desk.round()
    ((_, body),) = desk.hook.taken
    first, second = (f"\u2068{text[0].text}\u2069" for text in texts)
    assert body["data"]["title"] == f"The Paper: {first} → {second}"


def test_a_headline_that_is_missing_is_said_to_be(desk: Desk) -> None:
    add_article(desk.store, story("", "It rains."), story("Rain", "It rains."))
    desk.round()
    ((_, body),) = desk.hook.taken
    assert body["data"]["title"] == "The Paper: (no headline) → Rain"


def test_a_message_says_when_the_change_was_seen(desk: Desk) -> None:
    desk.change()
    with mail_server() as mails:
        desk.says(
            '[watch.all]\nchannels = ["us"]\n[channel.us]\nkind = "mail"\ntls = "none"\n'
            f'server = "127.0.0.1"\nport = {mails.port}\n'
            'sender = "a@b.example"\nto = ["c@b.example"]\n'
        )
        desk.change(2)
        desk.round()
    (mail,) = mails.taken
    said = "Seen 22 April 2025, 14:33 UTC, 33 minutes after the version before."
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        assert said in part.get_content()
        assert "The Paper: Two hurt in 2 → Five hurt in 2" in part.get_content()


def test_a_digest_lists_its_first_changes_and_says_how_many_there_are(desk: Desk) -> None:
    desk.says(WATCH.replace("channels", 'how = "hourly"\nchannels'))
    for number in range(60):
        desk.change(number)
    desk.round()
    ((_, body),) = desk.hook.taken
    assert (body["data"]["total"], len(body["data"]["changes"])) == (60, 50)
    digest = Message("n", "all", "t", "all: 60 changes", text="Told.", site="https://site.example")
    assert digest.as_text() == "Told.\n"
    more = Message("n", "all", "t", "all", total=60, site="https://site.example")
    assert more.as_text() == "And 60 more: https://site.example\n"
    assert '<p><a href="https://site.example">And 60 more</a></p>' in more.as_html()


def test_a_digest_names_the_paper_that_makes_half_of_it() -> None:
    assert title_of_digest("w", 4, {"A": 2, "B": 1, "C": 1}) == "w: 4 changes, 2 of them of A"
    assert title_of_digest("w", 3, {"A": 1, "B": 1, "C": 1}) == "w: 3 changes"
    assert title_of_digest("w", 3, {"A": 3}) == "w: 3 changes of A"


def test_a_text_of_somebody_elses_becomes_one_harmless_line() -> None:
    assert one_line("a\r\nb\x1b[31m\u202ec\u2028d") == "a b [31m c d"
    assert len(one_line("a" * 10_000)) == 301


@pytest.mark.parametrize("sign", ["👩‍👩‍👧‍👦", "👍🏽", "🇳🇴", "é", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "हि"])
def test_a_headline_ends_with_a_whole_character(sign: str) -> None:
    for before in range(290, 301):
        line = one_line("a" * before + sign + "b" * 100)
        assert line.rstrip("b…") in ("a" * before, "a" * before + sign, "a" * 300)


def test_a_digest_is_due_when_its_hour_is_full_and_the_change_has_settled() -> None:
    at = from_iso("2025-04-22T14:55:00Z")
    due = {how: to_iso(due_at(how, at)) for how in ("at once", "hourly", "daily")}
    assert due == {
        "at once": "2025-04-22T15:05:00Z",
        "hourly": "2025-04-22T16:00:00Z",
        "daily": "2025-04-23T06:00:00Z",
    }
