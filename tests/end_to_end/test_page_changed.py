"""``scrapy crawl``, when a site changes its pages and not its stories: a new box, a redesign, a
layout that nobody knows."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_routes,
    bbc_story,
    crawl,
    query,
    started,
    urls_of,
)
from tests.support.newsroom import Held, Newsroom, page

AGAIN = ("-a", "recheck=1")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PLACES = ("harbour", "mill", "bridge", "school", "market", "river", "court", "station")
COUNTED = "select article_id from versions where number > 1 and minor is null order by 1"
MINOR = "select coalesce(minor, 'counts'), count(*) from versions where number > 1 group by 1"
EDITED = (5, 17, 29)
URLS = urls_of(60)
ID = "select article_id from article_urls where url = '{}'"

Page = Callable[[int, str], Answer]


def paragraphs(number: int, edit: str = "") -> list[str]:
    place = PLACES[number % 8]
    return [
        f"The {place} was closed for {number + 2} hours, the council of ward {number} said.",
        f"Nobody knows what the {place} will cost, and {number + 30} people asked for it.",
        f"Work on the {place} begins in week {number + 1}, and ends when it ends. {edit}".strip(),
        f"Report {number} ends here; those who live near the {place} want to know more.",
    ]


def plain(number: int, edit: str = "") -> Answer:
    title = f"Report {number} from the {PLACES[number % 8]}"
    return bbc_story(URLS[number], title, paragraphs(number, edit))


def boxed(number: int, edit: str = "") -> Answer:
    """Two thirds of the pages have a box in mid-text."""
    title, text = f"Report {number} from the {PLACES[number % 8]}", paragraphs(number, edit)
    box = ["Our evening letter has the best of the day."] if number % 3 else []
    return bbc_story(URLS[number], title, [*text[:2], *box, *text[2:]])


def boxed_by_turns(number: int, edit: str = "") -> Answer:
    """Two thirds of the pages have one of five boxes in mid-text."""
    title, text = f"Report {number} from the {PLACES[number % 8]}", paragraphs(number, edit)
    box = [f"Our letter of the {PLACES[number % 5]} has the best of the day."] if number % 3 else []
    return bbc_story(URLS[number], title, [*text[:2], *box, *text[2:]])


def redesigned(number: int, edit: str = "") -> Answer:
    """All pages end in a line of their own, and begin with another one."""
    title, text = f"Report {number} from the {PLACES[number % 8]}", paragraphs(number, edit)
    last = f"Report {number} was filed under {PLACES[number % 5]} by the desk."
    return bbc_story(URLS[number], title, ["Published by our newsdesk today.", *text, last])


def unknown(number: int, edit: str = "") -> Answer:
    """A layout that no parser of the source knows."""
    title = f"Report {number} from the {PLACES[number % 8]}"
    text = "".join(f"<p>{each}</p>" for each in [*paragraphs(number, edit), *filling(number)])
    return page(
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>"
        f'<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>'
        f"<main><section><h1>{title}</h1>{text}</section></main></body></html>"
    )


def filling(number: int) -> Iterable[str]:
    return [f"And {number + each} more is known by those who were there." for each in (1, 2)]


def newsroom_of(pages: Page, edited: Iterable[int] = (), numbers: Iterable[int] = range(60)):  # type: ignore[no-untyped-def]
    edit = "The mayor of ward {} resigned on Tuesday."
    told = {n: edit.format(n) if n in edited else "" for n in numbers}
    return bbc_routes({URLS[n]: pages(n, told[n]) for n in told}) | {
        FRONT_PAGE_FEED: bbc_feed([URLS[n] for n in told])
    }


def ids(folder: Path, numbers: Iterable[int]) -> list[tuple[int]]:
    return sorted(query(folder, ID.format(URLS[number]))[0] for number in numbers)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pages", "on_page"), [(boxed, 37), (boxed_by_turns, 37), (redesigned, 57)]
)
def test_a_page_that_changed_everywhere_makes_no_change_of_stories(
    tmp_path: Path, pages: Page, on_page: int
) -> None:
    with Newsroom(newsroom_of(plain)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(pages, EDITED)
        log = crawl(newsroom, tmp_path, "bbc", *AGAIN).stderr
        assert query(tmp_path, COUNTED) == ids(tmp_path, EDITED)
        assert dict(query(tmp_path, MINOR)) == {"counts": 3, "page": on_page}
        assert "bbc is unwell" in log
        newsroom.routes = newsroom_of(pages, (*EDITED, 40))
        crawl(newsroom, tmp_path, "bbc", *AGAIN)
    assert query(tmp_path, COUNTED) == ids(tmp_path, (*EDITED, 40))
    assert query(tmp_path, "select sum(change_count) from articles") == [(4,)]
    assert "Traceback" not in log


@pytest.mark.slow
def test_a_crawl_that_is_told_to_end_leaves_it_to_the_next_what_changed(tmp_path: Path) -> None:
    """To sort out hundreds of versions takes longer than an end may."""
    held, are_held = Held(), "select count(*) from versions where held = 1"
    all_at_once = (*AGAIN, "-s", "NEWSDIFF_PORTION=100")  # else the rest waits for what is held
    with Newsroom(newsroom_of(plain)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(redesigned, EDITED) | {URLS[59]: held}
        with started(newsroom, tmp_path, "bbc", *all_at_once) as process:
            assert held.asked.wait(60)
            while query(tmp_path, are_held)[0][0] < 50:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.1)  # to ask all the time would slow it down
                assert process.poll() is None
            process.terminate()
        assert process.returncode == ExitStatus.INTERRUPTED
        assert query(tmp_path, are_held)[0][0] >= 50
        newsroom.routes = newsroom_of(redesigned, EDITED)
        crawl(newsroom, tmp_path, "bbc", *AGAIN)
    assert query(tmp_path, are_held) == [(0,)]
    assert query(tmp_path, COUNTED) == ids(tmp_path, EDITED)


@pytest.mark.slow
def test_a_day_on_which_every_story_was_edited_is_none(tmp_path: Path) -> None:
    numbers = range(25)
    with Newsroom(newsroom_of(plain, numbers=numbers)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(plain, numbers, numbers)
        log = crawl(newsroom, tmp_path, "bbc", *AGAIN).stderr
    assert dict(query(tmp_path, MINOR)) == {"counts": 25}
    assert "unwell" not in log


@pytest.mark.slow
def test_a_layout_that_no_parser_knows_is_read_all_the_same_and_said(tmp_path: Path) -> None:
    numbers = range(8)
    with Newsroom(newsroom_of(plain, numbers=numbers)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(unknown, numbers=numbers)
        log = crawl(newsroom, tmp_path, "bbc", *AGAIN).stderr
        assert "bbc is unwell: 8 pages have a layout that none of its parsers knows" in log
        assert dict(query(tmp_path, MINOR)) == {"parser": 8}
        newsroom.routes = newsroom_of(unknown, [3], numbers)
        crawl(newsroom, tmp_path, "bbc", *AGAIN)
        assert query(tmp_path, COUNTED) == ids(tmp_path, [3])  # seen under the same parser
        newsroom.routes = newsroom_of(plain, [3], numbers)  # a parser that knows it comes later
        log = crawl(newsroom, tmp_path, "bbc", *AGAIN).stderr
    assert query(tmp_path, COUNTED) == ids(tmp_path, [3])
    assert "bbc is well again" in log


def moment(day: int, hour: int = 8) -> tuple[str, ...]:
    return (*AGAIN, "-s", f"NEWSDIFF_NOW=2026-03-{day:02}T{hour:02}:00:00Z")


def with_own_end(number: int, edit: str = "") -> Answer:
    """A closing sentence in words that are on no other page."""
    title, place = f"Report {number} from the {PLACES[number % 8]}", PLACES[number % 7]
    own = f"{edit or place.title()} {LETTERS[number % 26]}{LETTERS[number // 26]} was silent."
    return bbc_story(URLS[number], title, [*paragraphs(number), own])


def with_kicker(number: int, edit: str = "") -> Answer:
    topic = ("World", "Money", "Sport")[number % 3]
    title = f"{topic}: Report {number} from the {PLACES[number % 8]}"
    return bbc_story(URLS[number], title, paragraphs(number, edit))


def with_quotation(number: int, edit: str = "") -> Answer:
    """A long passage of another story, a paragraph of its own."""
    title, text = f"Report {number} from the {PLACES[number % 8]}", paragraphs(number, edit)
    other = " ".join(paragraphs(number + 100)[:3])
    return bbc_story(URLS[number], title, [*text[:2], other, *text[2:]])


def partly(pages: Page, numbers: Iterable[int]) -> Page:
    """Only those pages; all others are plain."""
    return lambda number, edit: (pages if number in numbers else plain)(number, edit)


@pytest.mark.slow
def test_a_busy_hour_of_the_newsroom_is_no_redesign(tmp_path: Path) -> None:
    edited, numbers = range(0, 30, 3), range(30)
    with Newsroom(newsroom_of(plain, numbers=numbers)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(partly(with_own_end, edited), numbers=numbers)
        log = crawl(newsroom, tmp_path, "bbc", *AGAIN).stderr
    assert query(tmp_path, COUNTED) == ids(tmp_path, edited)
    assert "unwell" not in log


@pytest.mark.slow
def test_what_is_not_clear_stays_held_and_is_the_pages_in_the_end(tmp_path: Path) -> None:
    numbers = range(24)
    with Newsroom(newsroom_of(plain, numbers=numbers)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *moment(1))
        newsroom.routes = newsroom_of(partly(with_own_end, range(12)), numbers=numbers)
        crawl(newsroom, tmp_path, "bbc", *moment(2))
        assert dict(query(tmp_path, MINOR)) == {"held": 12}
        log = crawl(newsroom, tmp_path, "bbc", *moment(3)).stderr
        assert dict(query(tmp_path, MINOR)) == {"held": 12}
        assert "bbc is still unwell: 12 changes are held back" in log
        log = crawl(newsroom, tmp_path, "bbc", *moment(4, 9)).stderr
    assert dict(query(tmp_path, MINOR)) == {"page": 12}
    assert "12 changes that were held back for two days are marked as the page's doing" in log
    assert "bbc is well again" in log


@pytest.mark.slow
def test_a_word_before_all_headlines_is_the_pages(tmp_path: Path) -> None:
    with Newsroom(newsroom_of(plain)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(with_kicker, EDITED)
        crawl(newsroom, tmp_path, "bbc", *AGAIN)
    assert query(tmp_path, COUNTED) == ids(tmp_path, EDITED)


@pytest.mark.slow
def test_a_box_that_goes_again_is_no_change(tmp_path: Path) -> None:
    with Newsroom(newsroom_of(plain)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *moment(1))
        newsroom.routes = newsroom_of(partly(with_quotation, range(40)), EDITED)
        crawl(newsroom, tmp_path, "bbc", *moment(2))
        newsroom.routes = newsroom_of(plain, (*EDITED, 40))
        crawl(newsroom, tmp_path, "bbc", *moment(3))
    assert query(tmp_path, COUNTED) == ids(tmp_path, (*EDITED, 40))


@pytest.mark.slow
def test_an_edit_that_comes_with_a_new_layout_counts_where_all_else_is_read_alike(
    tmp_path: Path,
) -> None:
    numbers = range(12)
    with Newsroom(newsroom_of(plain, numbers=numbers)) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = newsroom_of(unknown_alike, [3, 8], numbers)
        crawl(newsroom, tmp_path, "bbc", *AGAIN)
    assert query(tmp_path, COUNTED) == ids(tmp_path, [3, 8])
    assert query(tmp_path, "select sum(change_count) from articles") == [(2,)]


def unknown_alike(number: int, edit: str = "") -> Answer:
    """A layout that no parser of the source knows, with the same text."""
    title = f"Report {number} from the {PLACES[number % 8]}"
    text = "".join(f"<p>{each}</p>" for each in paragraphs(number, edit))
    return page(
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>"
        f'<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>'
        f"<main><section><h1>{title}</h1><address>A Reporter</address>{text}</section></main>"
        "</body></html>"
    )
