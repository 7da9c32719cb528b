"""Pages of sources."""

from __future__ import annotations

import re
from dataclasses import replace

from fastapi.testclient import TestClient

from newsdiff_crawler.items import LeftOut
from newsdiff_crawler.scheduling.schedule import after_feed_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.times import from_iso
from tests.support.records import URL, add_article, add_version, due_feeds, story
from tests.support.site import text_of

ONE, TWO = story("One", "Rain falls."), story("Two", "Rain falls.")


def finish_crawl(store: Store, counts: dict[str, int], unwell: str | None = None) -> None:
    """A crawl of five minutes."""
    run = store.runs.start("paper", "2025-04-22T14:00:00Z")
    store.runs.finish(run, "2025-04-22T14:05:00Z", "finished", counts, unwell)


def leave_nothing_due(store: Store) -> None:
    """As if crawls had gone on ever since."""
    for table in ("articles", "feeds"):
        store.db.execute(f"update {table} set next_check_at = '2099-01-01T00:00:00Z'")


def test_all_sources_stand_side_by_side(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    add_article(store, ONE, url=URL + "2")
    add_version(store, 1, 2, TWO, labels=["headline"])
    leave_nothing_due(store)
    row = re.search(r"<tbody>(.*?)</tbody>", client.get("/sources").text, re.DOTALL)
    assert row is not None
    assert re.findall(r">([^<>\n]+)<", row[1]) == [
        "The Paper",
        "No crawl has ended yet",
        "–",
        "2",
        "3",
        "50 %",
        "50 %",
        "0 %",
        "22 hours",
    ]


def test_a_source_shows_its_numbers_as_plots(store: Store, client: TestClient) -> None:
    add_article(store, ONE, TWO)
    page = client.get("/sources/paper").text
    assert "The Paper" in page
    assert page.count("<svg") == 2
    assert "14: 1," in page
    assert 'type="application/atom+xml"' in page


def test_a_source_that_is_well_says_so(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    leave_nothing_due(store)
    assert "No crawl has ended yet" in client.get("/sources/paper").text
    finish_crawl(store, {"checks": 4, "failed": 1})
    page = text_of(client.get("/sources/paper").text)
    assert "Checked 4 articles: 1 failed, 0 blocked, 0 put off; ended: finished" in page
    assert "Fits: 3 of 4 pages could be read" in page
    assert "The newest versions were read by paper/2026 (1)" in page
    assert "Hosts left alone None" in page
    assert "“not modified” Believed" in page
    for path in ("/sources", "/sources/paper"):
        assert ">Well<" in client.get(path).text


def test_a_source_that_is_unwell_says_since_when_and_why(store: Store, client: TestClient) -> None:
    finish_crawl(store, {"checks": 9, "failed": 8}, unwell="8 of 9 pages could not be read")
    page = text_of(client.get("/sources/paper").text)
    assert "Unwell since 22 April 2025, 14:05 UTC: 8 of 9 pages could not be read" in page
    assert "No longer fits: 8 of 9 pages could not be read" in page
    assert "Last good crawl None" in page
    assert "Unwell 8 of 9 pages could not be read" in text_of(client.get("/sources").text)


def test_a_source_says_which_servers_are_left_alone_or_disbelieved(
    store: Store, client: TestClient
) -> None:
    add_article(store, ONE)
    back_off = BackOff("www.paper.example", from_iso("2099-04-22T14:00:00Z"), "HTTP 429", 2)
    store.hosts.back_off("paper", back_off)
    store.hosts.record_false_validators("paper", URL, from_iso("2025-04-22T14:00:00Z"))
    page = text_of(client.get("/sources/paper").text)
    assert "www.paper.example until 22 April 2099, 14:00 UTCHTTP 429, 2 times in a row" in page
    assert "Not believed since 22 April 2025, 14:00 UTC" in page


def test_a_source_says_how_often_its_feeds_were_right(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    page = text_of(client.get("/sources/paper").text)
    assert "Its feeds’ hints of edits None was checked yet" in page
    for number in (1, 2):
        row = {"source": "paper", "url": f"{URL}?{number}", "next_check_at": "2025-04-22T14:00:00Z"}
        store.db.insert("feeds", row | {"hints": 40, "hints_right": 15 * number})
    page = text_of(client.get("/sources/paper").text)
    assert "Its feeds’ hints of edits 56 % right80 entries in its feeds changed" in page


def test_an_unknown_source_is_not_there(store: Store, client: TestClient) -> None:
    assert client.get("/sources/paper").status_code == 404


def test_there_may_be_no_source_yet(store: Store, client: TestClient) -> None:
    assert "No source has been crawled yet" in client.get("/sources").text


def test_a_source_that_was_renamed_leads_to_the_one_that_has_its_articles(
    store: Store, client: TestClient
) -> None:
    add_article(store, ONE)
    finish_crawl(store, {"checks": 1}, "none of 1 feeds could be read")
    found = store.ownership.at(URL)
    assert found
    store.ownership.hand_over(found, "the_paper", "2025-04-22T15:00:00Z")
    store.ownership.close("paper", "the_paper", "2025-04-22T15:00:00Z")
    leave_nothing_due(store)
    answer = client.get("/sources/paper", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/sources/the_paper")
    assert "Unwell" not in client.get("/sources").text
    health = client.get("/health").json()
    assert [each["source"] for each in health["sources"]] == ["the_paper"]
    assert "from paper to the_paper" in client.get("/articles/1").text


def test_a_source_shows_what_its_feeds_left_out(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    now = from_iso("2026-03-01T08:00:00Z")
    store.feeds.declare("paper", ["https://news.example/rss"], now)
    (feed,) = due_feeds(store, "paper", now)
    left_out = LeftOut({"other.example": 40}, malformed=1, named=("'http://[<b>': Invalid",))
    state = after_feed_check(0, feed.schedule_state, now)
    store.feeds.record(replace(feed, listed=2, left_out=left_out, schedule_state=state), now)
    page = client.get("/sources/paper").text
    told = "2 articles listed 40 on another host (other.example 40), 1 malformed"
    assert told in text_of(page)
    assert "http://[&lt;b&gt;" in page
