"""One text at several addresses: a story, or what stands in the place of stories."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdiff_crawler.crawling.placeholders import (
    LONG,
    false_versions,
    is_not_as_listed,
    is_one_story_at_two,
    is_placeholder,
    leads_back,
    names_story,
    original,
)
from newsdiff_crawler.items import FetchedPage
from newsdiff_crawler.store.writing.other_texts import Twin
from newsdiff_crawler.text import words_hash
from tests.support.records import parsed_page, story

SITE = "https://news.example"
LONG_TEXT = "The paper is printed in the old mill by the river. " * (LONG // 10 + 1)


def fetched(
    title: str = "Back in a minute",
    text: str = "We are busy with the cables.",
    url: str = f"{SITE}/news/4711",
    moved_from: str | None = None,
) -> FetchedPage:
    page = parsed_page(story(title, text))
    return FetchedPage(page, "paper", 1, url, "2026-03-01T08:00:00Z", moved_from=moved_from)


def twin(
    article_id: int,
    url: str = "",
    number: int | None = 1,
    listed_as: str = "",
    since: str = "2026-03-01T07:30:00Z",
    was_led: bool = False,
    shares_body_only: bool = False,
) -> Twin:
    url = url or f"{SITE}/news/{article_id}"
    at = "2026-03-01T07:00:00Z"
    return Twin(
        article_id=article_id,
        number=number,
        url=url,
        since=since,
        at=at,
        words_hash=_words(fetched()),
        is_hidden=False,
        was_led=was_led,
        shares_body_only=shares_body_only,
        listed_as=listed_as,
    )


def _words(page: FetchedPage) -> str:
    return words_hash(block.text for block in page.page.blocks())


@pytest.mark.parametrize(("others", "is_one"), [(0, False), (1, False), (2, True), (3, True)])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_text_at_three_addresses_is_a_placeholder(
    others: int, is_one: bool, is_first: bool
) -> None:
    twins = [twin(number) for number in range(2, 2 + others)]
    assert is_placeholder(fetched(), "", twins, is_first=is_first) is is_one


def test_a_text_that_one_address_had_well_before_all_others_is_at_home_there() -> None:
    first, others = twin(2, since="2026-03-01T06:00:00Z"), [twin(3), twin(4, number=None)]
    assert original(fetched(), [*others, first]) == first
    assert not is_placeholder(fetched(), "", [*others, first], is_first=False)
    assert original(fetched(), others) is None


@pytest.mark.parametrize(("walls", "is_one"), [(1, False), (2, True)])
def test_a_text_below_the_headlines_of_three_stories_is_a_wall(walls: int, is_one: bool) -> None:
    page = fetched("Bridge to close", url=f"{SITE}/news/bridge-to-close")
    twins = [twin(2 + each, number=None, shares_body_only=True) for each in range(walls)]
    assert is_placeholder(page, "Bridge to close", twins, is_first=False) is is_one


def test_where_another_story_led_is_a_page_of_its_own() -> None:
    led = twin(2, number=None, was_led=True)
    assert not is_placeholder(fetched(), "", [led], is_first=True)
    to = fetched(moved_from=f"{SITE}/news/old")
    assert is_placeholder(to, "", [led], is_first=True)


def test_a_long_text_at_three_addresses_that_are_listed_as_something_else_is_none() -> None:
    long = fetched(text="We are busy with the cables and ask for your patience. " * 20)
    listed = [twin(number, listed_as=f"Mayor {number} resigned") for number in (2, 3)]
    assert is_placeholder(long, "Ferry strike goes on", listed, is_first=True)
    assert not is_placeholder(long, "", listed, is_first=True)


def test_two_versions_of_one_article_are_one_address() -> None:
    assert not is_placeholder(fetched(), "", [twin(2), twin(2, number=2)], is_first=True)


def test_what_was_seen_in_a_storys_place_is_one_at_once() -> None:
    assert is_placeholder(fetched(), "", [twin(2, number=None)], is_first=True)


def test_a_long_text_is_a_story_until_one_address_shows_another() -> None:
    twins = [twin(number) for number in range(2, 6)]
    assert not is_placeholder(fetched(text=LONG_TEXT), "", twins, is_first=True)
    assert is_placeholder(fetched(text=LONG_TEXT), "", twins, is_first=False)


def test_addresses_that_its_headline_names_do_not_count() -> None:
    strike = fetched("Strike at the harbour")
    twins = [
        twin(2, f"{SITE}/news/strike-harbour"),
        twin(3, f"{SITE}/n/3", listed_as="Strike at the harbour looms"),
        twin(4),
    ]
    assert not is_placeholder(strike, "", twins, is_first=True)
    assert [each.article_id for each in false_versions(strike, twins)] == [4]


def test_it_is_none_where_the_address_or_its_entry_names_it() -> None:
    twins = [twin(number, number=None) for number in (2, 3, 4)]
    named = fetched("Strike at the harbour", url=f"{SITE}/news/strike-at-harbour")
    assert not is_placeholder(named, "", twins, is_first=True)
    listed = fetched("Strike at the harbour")
    assert not is_placeholder(listed, "Harbour strike enters day two", twins, is_first=False)
    assert is_placeholder(listed, "Rain", twins, is_first=False)


@pytest.mark.parametrize(
    ("headline", "end", "listed_as", "named"),
    [
        ("Strike at the harbour", "strike-harbour-4711", "", True),
        ("Neue Brücke kostet mehr", "neue-bruecke-101.html", "", True),
        ("Färjan går på grund", "farjan-gar-pa-grund", "", True),
        ("Kraje wybrały wybrzeże", "kraje-wybraly-wybrzeze", "", True),
        ("Brücke", "die-bruecke-und-der-fluss", "", True),
        ("Sign in", "strike-harbour", "", False),
        ("Strike", "strike-harbour", "", True),
        ("Strike at the mine", "strike-harbour", "", False),
        ("港の火事", "4711", "港の火事", True),
        ("Øen får bro", "4711", "Ny bro til øen", False),  # one word may be anything
        ("Strike at the harbour", "4711", "Harbour strike", True),
        ("", "4711", "", False),
    ],
)
def test_an_address_or_an_entry_names_a_story(
    headline: str, end: str, listed_as: str, named: bool
) -> None:
    assert names_story(headline, f"{SITE}/news/{end}", listed_as) is named


def test_a_short_page_without_a_word_of_its_entry_is_not_as_listed() -> None:
    assert is_not_as_listed(fetched(), "Strike at the harbour")
    assert not is_not_as_listed(fetched(text="The harbour is quiet."), "Strike at the harbour")
    assert not is_not_as_listed(fetched(text=LONG_TEXT), "Strike at the harbour")
    assert not is_not_as_listed(fetched(), "Strike")  # one word may be anything
    assert not is_not_as_listed(fetched(), "")


def test_without_an_entry_the_address_counts_where_it_says_enough() -> None:
    assert is_not_as_listed(fetched(url=f"{SITE}/news/strike-harbour-looms"), "")
    assert not is_not_as_listed(fetched(url=f"{SITE}/news/strike-harbour"), "")
    bridge = fetched("Teure Brücke", "Sie kostet mehr.", f"{SITE}/neue-bruecke-kosten-mehr.html")
    assert not is_not_as_listed(bridge, "")
    japanese = fetched("港の火事", "港で火事があった。", f"{SITE}/news/fire-harbour-night")
    assert not is_not_as_listed(japanese, "")


def test_a_page_to_log_in_would_lead_back() -> None:
    asked = f"{SITE}/news/4711"
    login = fetched(text=LONG_TEXT, url=f"{SITE}/login?next=%2Fnews%2F4711", moved_from=asked)
    assert leads_back(login)
    moved = fetched(text=LONG_TEXT, url=f"{SITE}/new/4711?from=feed", moved_from=asked)
    assert not leads_back(moved)


def test_an_equal_text_at_two_addresses_of_one_page_is_one_story() -> None:
    page, other = fetched(), twin(2, f"{SITE}/uk/4711-back")
    assert is_one_story_at_two(page, "", other, _words(page))
    assert not is_one_story_at_two(page, "", twin(2), _words(page))
    assert not is_one_story_at_two(page, "", replace(other, number=None), _words(page))
    assert not is_one_story_at_two(page, "", other, "other words")


def test_so_it_is_where_both_are_listed_as_what_the_headline_says() -> None:
    strike = fetched("Strike at the harbour")
    other = replace(twin(2, listed_as="Harbour strike"), words_hash=_words(strike))
    assert is_one_story_at_two(strike, "Harbour strike looms", other, _words(strike))
    assert not is_one_story_at_two(strike, "Rain", other, _words(strike))
