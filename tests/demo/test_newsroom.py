"""What the invented newspapers answer, and that their parsers read the story and nothing else."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.demo.newsroom import ROUNDS, DemoNewsroom
from newsdiff_crawler.demo.papers import GAZETTE, PAPERS, POST, Paper
from newsdiff_crawler.demo.spiders import HarbourGazetteSpider, MeridianPostSpider
from newsdiff_crawler.demo.stories.harbour_gazette import FERRY, HOTEL
from newsdiff_crawler.demo.stories.meridian_post import SLEEP, STORM, TRAMS
from newsdiff_crawler.demo.story import Story
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from newsdiff_crawler.parsing.feeds import read_feed

PARSERS = {spider.name: spider.parsers for spider in (HarbourGazetteSpider, MeridianPostSpider)}
PUBLISHED = [(paper, story) for paper in PAPERS for story in paper.stories]


@pytest.fixture
def newsroom() -> DemoNewsroom:
    return DemoNewsroom(datetime(2026, 11, 21, 11, 0, tzinfo=timezone.utc))


def ask(newsroom: DemoNewsroom, url: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return newsroom(Request("GET", url, named))


def article(newsroom: DemoNewsroom, paper: Paper, story: Story) -> ParsedPage:
    answer = ask(newsroom, paper.url(story))
    return read(Page(answer.body, paper.url(story)), PARSERS[paper.name])


@pytest.mark.parametrize("round", range(1, len(ROUNDS) + 1))
@pytest.mark.parametrize(
    ("paper", "story"), PUBLISHED, ids=lambda value: getattr(value, "slug", "")
)
def test_each_page_reads_as_the_story_and_nothing_else(
    newsroom: DemoNewsroom, paper: Paper, story: Story, round: int
) -> None:
    newsroom.round = round
    edition = story.at(round)
    if edition is None:
        assert ask(newsroom, paper.url(story)).status == 404
    elif round not in story.walled:
        assert tuple(article(newsroom, paper, story).blocks()) == edition.text


def test_a_page_differs_at_each_request_and_its_story_does_not(newsroom: DemoNewsroom) -> None:
    url = POST.url(SLEEP)
    assert ask(newsroom, url).body != ask(newsroom, url).body
    assert article(newsroom, POST, SLEEP).blocks() == article(newsroom, POST, SLEEP).blocks()


def test_a_page_says_when_it_was_published_and_modified_if_it_owns_up(
    newsroom: DemoNewsroom,
) -> None:
    stated = []
    for round in (1, 3):
        newsroom.round = round
        read_now = article(newsroom, POST, SLEEP)
        stated.append((read_now.published_at, read_now.modified_at, read_now.authors))
    assert stated == [
        ("2026-11-21T10:50:00Z", "2026-11-21T10:50:00Z", ["Oskar Venn"]),
        ("2026-11-21T10:50:00Z", "2026-11-21T12:10:00Z", ["Oskar Venn"]),
    ]


def test_a_page_gives_its_address_as_its_own(newsroom: DemoNewsroom) -> None:
    assert article(newsroom, GAZETTE, FERRY).canonical_url == GAZETTE.url(FERRY)
    assert article(newsroom, POST, SLEEP).canonical_url == f"{POST.url(SLEEP)}?ref=share"


def test_the_gazette_confirms_what_a_client_holds_until_it_changes(newsroom: DemoNewsroom) -> None:
    url = GAZETTE.url(FERRY)
    first = ask(newsroom, url)
    assert first.headers["Last-Modified"] == "Sat, 21 Nov 2026 10:56:00 GMT"
    assert ask(newsroom, url, if_none_match=first.headers["ETag"]).status == 304
    newsroom.round = 2
    assert ask(newsroom, url, if_none_match=first.headers["ETag"]).status == 200


def test_the_post_confirms_nothing(newsroom: DemoNewsroom) -> None:
    assert not {"ETag", "Last-Modified"} & ask(newsroom, POST.url(SLEEP)).headers.keys()


def test_a_consent_wall_stands_in_place_of_the_story(newsroom: DemoNewsroom) -> None:
    newsroom.round = TRAMS.walled[0]
    assert ask(newsroom, POST.url(TRAMS)).status == 200
    with pytest.raises(Refusal):
        article(newsroom, POST, TRAMS)


def test_the_feed_lists_what_is_there(newsroom: DemoNewsroom) -> None:
    def listed(paper: Paper) -> list[str]:
        return [entry.url for entry in read_feed(ask(newsroom, paper.feed).body).articles]

    tracked = "?utm_source=rss&utm_medium=feed"
    assert GAZETTE.url(HOTEL) + tracked in listed(GAZETTE)
    assert POST.url(STORM) + tracked not in listed(POST)
    newsroom.round = 2
    assert GAZETTE.url(HOTEL) + tracked not in listed(GAZETTE)
    assert POST.url(STORM) + tracked in listed(POST)


def test_the_feed_is_confirmed_while_nothing_in_it_changes(newsroom: DemoNewsroom) -> None:
    tag = ask(newsroom, POST.feed).headers["ETag"]
    assert ask(newsroom, POST.feed, if_none_match=tag).status == 304
    newsroom.round = 2
    assert ask(newsroom, POST.feed, if_none_match=tag).status == 200


def test_anything_else_is_not_there(newsroom: DemoNewsroom) -> None:
    assert ask(newsroom, f"http://{POST.host}/robots.txt").body.startswith(b"User-agent: *")
    assert ask(newsroom, f"http://{POST.host}/sport").status == 404
    assert ask(newsroom, "http://www.elsewhere.example/").status == 502
