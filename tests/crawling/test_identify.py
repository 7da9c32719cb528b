"""Whose text a page shows, look by look: what is believed, what is held, what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.liars.crawls import Crawls
from tests.support.liars.publisher import PLACEHOLDERS, SITE, Answer, Leads, Publisher, Shows, page
from tests.support.liars.stories import Telling
from tests.support.records import empty_store

RAIN, OTHER, NEW = f"{SITE}/news/1", f"{SITE}/news/2", f"{SITE}/news/3"


class Look:
    """A publisher of two stories, and a look at all that is due or not, some hours later."""

    def __init__(self, folder: Path) -> None:
        self.publisher = Publisher(tellings={0: Telling(0), 2: Telling(2)})
        self.store = empty_store(folder)
        self.crawls = Crawls(self.store, self.publisher)

    def show(self, url: str, what: Any, listed_as: str | None = None) -> None:
        self.publisher.pages[url] = what
        if listed_as is not None:
            self.publisher.listed[url] = listed_as

    def again(self, times: int = 1, hours: int = 2) -> None:
        for _ in range(times):
            self.crawls.now += timedelta(hours=hours)
            self.crawls.run(everything=True)

    def titles(self) -> list[tuple[str, str]]:
        rows = self.store.db.query(
            """select a.url, v.title from versions v join articles a on a.id = v.article_id
                order by a.id, v.number"""
        )
        return [(row["url"], row["title"]) for row in rows]

    def errors(self) -> list[str]:
        rows = self.store.db.query("select last_error from articles order by id")
        return [row["last_error"] or "" for row in rows]

    def refused(self) -> dict[str, str]:
        rows = self.store.db.query(
            "select url, reason from stated_urls where refused_at is not null"
        )
        return {row["url"]: row["reason"] for row in rows}


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Look]:
    looking = Look(tmp_path)
    yield looking
    looking.store.close()


def told(story: int, rewrites: int = 0) -> str:
    return Telling(story, rewrites).headline


def test_a_story_written_anew_is_believed_at_the_second_look(look: Look) -> None:
    look.show(RAIN, Shows(0), told(0))
    look.again()
    look.publisher.tellings[0] = Telling(0, rewrites=1)
    look.again()
    assert look.titles() == [(RAIN, told(0))]
    assert "believed if seen again" in look.errors()[0]
    look.again()
    assert look.titles() == [(RAIN, told(0)), (RAIN, told(0, 1))]
    assert look.store.db.count("other_texts") == 0


def test_another_story_at_its_address_is_never_believed(look: Look) -> None:
    look.show(RAIN, Shows(0), told(0))
    look.again()
    look.show(RAIN, Shows(2))
    look.again(5)
    assert look.titles() == [(RAIN, told(0))]
    assert look.store.db.query("select title, looks from other_texts") == [
        {"title": told(2), "looks": 5}
    ]


def test_a_trial_that_led_on_is_refused_by_the_address_that_was_tried(look: Look) -> None:
    look.show(RAIN, Shows(0, canonical=NEW), told(0))
    look.show(NEW, Leads(OTHER))
    look.show(OTHER, Shows(2))
    look.again(3)
    assert look.refused() == {NEW: f"failed: led to another page, {OTHER}"}
    assert [each.url for each in look.crawls.looks].count(NEW) == 1


def test_a_copy_that_names_the_article_as_its_own_is_tried_once(look: Look) -> None:
    look.show(RAIN, Shows(0, canonical=NEW), told(0))
    look.show(NEW, Shows(0, canonical=RAIN))
    look.again(5)
    assert [each.url for each in look.crawls.looks] == [RAIN, NEW, RAIN, RAIN, RAIN]
    assert look.titles() == [(RAIN, told(0))]


def test_a_story_that_left_a_new_address_is_found_at_its_old_one(look: Look) -> None:
    look.show(RAIN, Leads(NEW), told(0))
    look.show(NEW, Shows(0))
    look.again()
    look.show(RAIN, Shows(0))
    look.again()
    look.show(NEW, Shows(2))
    look.again(2)
    assert look.titles()[0] == (RAIN, told(0))
    assert look.errors()[0] == ""


@pytest.mark.parametrize("kind", ["back soon", "with a number", "in Finnish", "long"])
@pytest.mark.parametrize("listed_as", [told(0), ""])
def test_a_placeholder_that_was_read_first_gives_way_to_the_story(
    look: Look, kind: Any, listed_as: str
) -> None:
    named = f"{SITE}/news/{told(0).lower().replace(' ', '-')}"
    look.show(named, Shows(0), listed_as)
    look.publisher.wall = kind
    look.again()
    look.publisher.wall = None
    look.again(2)
    assert look.titles() == [(named, told(0))]
    assert look.errors() == [""]


@pytest.mark.parametrize("kind", [kind for kind in PLACEHOLDERS if kind != "no article"])
def test_one_that_stood_at_many_addresses_without_a_name_gives_way_too(
    look: Look, kind: Any
) -> None:
    for number, story in enumerate((0, 2, 4, 6)):
        look.publisher.tellings[story] = Telling(story)
        look.show(f"{SITE}/news/{1000 + number}", Shows(story), "")
    look.publisher.wall = kind
    look.again()
    look.publisher.wall = None
    look.again(2)
    assert sorted(title for _, title in look.titles()) == sorted(map(told, (0, 2, 4, 6)))


def test_a_story_that_stood_in_anothers_place_is_read_at_its_own_address(look: Look) -> None:
    look.show(RAIN, Shows(2), told(0))
    look.again()
    look.show(OTHER, Shows(2), told(2))
    look.again()
    assert look.titles() == [(OTHER, told(2))]
    look.show(RAIN, Shows(0))
    look.again()
    assert look.titles() == [(RAIN, told(0)), (OTHER, told(2))]


def test_a_story_that_moved_to_an_address_named_after_another_one_is_kept(look: Look) -> None:
    named = [f"{SITE}/news/{told(story).lower().replace(' ', '-')}" for story in (0, 2)]
    look.show(named[0], Shows(0), told(0))
    look.again()
    look.show(named[0], Leads(named[1], 301))
    look.show(named[1], Shows(0))
    look.again(2)
    look.show(named[0], Shows(0))
    look.show(named[1], Shows(2))
    look.again(4)
    assert told(0) in [title for _, title in look.titles()]


def test_what_was_no_story_is_not_one_because_its_feed_forgot_it(look: Look) -> None:
    look.show(RAIN, Answer(html=page("Wait", ["The machines are being mended."])), told(0))
    look.again()
    look.publisher.listed = {OTHER: told(2)}
    look.again()
    assert look.titles() == []
    assert "believed if it stays" in look.errors()[0]
    look.again(hours=3)
    assert look.titles() == [(RAIN, "Wait")]
