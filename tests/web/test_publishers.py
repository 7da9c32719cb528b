"""The site with many sources: found by words, country and language, and handed on as OPML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.adding.opml import ListedFeed, read_opml
from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.items import Publisher
from newsdiff_crawler.places import country_name, language_name
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.changes import ChangeFilter, Position, position
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.web.publishers import LIFETIME, Titles
from tests.support.records import add_article, story

PAPERS = [
    Publisher("ash", "The Ash", "GB", "en", ("https://ash.example/rss",), "https://ash.example/"),
    Publisher("birk", "Birkebladet", "NO", "nb", ("https://birk.example/rss",)),
    Publisher("elm", "Elm <News>", "US", "en", ("https://elm.example/a", "https://elm.example/b")),
]


@pytest.fixture
def papers(store: Store) -> Store:
    for paper in PAPERS:
        store.sources.describe(paper)
        url = f"https://{paper.name}.example/story"
        add_article(
            store,
            story(f"Ferry of {paper.name}", "It sails."),
            story(f"Ferry of {paper.name} gone", "It sails no more."),
            url=url,
            source=paper.name,
        )
    return store


def titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["The Ash", "Birkebladet", "Elm &lt;News&gt;"]),
        ("q=ASH", ["The Ash"]),
        ("q=elm+news", ["Elm &lt;News&gt;"]),
        ("language=no", ["Birkebladet"]),
        ("q=%C3%A4sh.example", ["The Ash"]),
        ("country=NO", ["Birkebladet"]),
        ("language=en", ["The Ash", "Elm &lt;News&gt;"]),
        ("language=en&country=US", ["Elm &lt;News&gt;"]),
        ("q=nothing", []),
    ],
)
def test_sources_are_found(papers: Store, client: TestClient, query: str, found: list[str]) -> None:
    page = client.get(f"/sources?{query}").text
    assert titles(page) == found
    assert f"{len(found)} of 3 sources" in page


def test_a_source_says_where_it_is_from(papers: Store, client: TestClient) -> None:
    page = client.get("/sources/ash").text
    assert "https://ash.example/" in page
    assert "United Kingdom, English" in page


@pytest.mark.parametrize("address", ["/", "/changes.atom", "/changes.json", "/api/v1/changes"])
def test_changes_are_listed_by_country_and_language(
    papers: Store, client: TestClient, address: str
) -> None:
    assert listed(client.get(f"{address}?country=NO").text) == {"birk"}
    assert listed(client.get(f"{address}?language=en").text) == {"ash", "elm"}
    assert listed(client.get(f"{address}?language=en&source=ash").text) == {"ash"}
    assert listed(client.get(f"{address}?language=en&source=birk").text) == set()
    assert listed(client.get(f"{address}?country=XX").text) == set()


def test_a_list_by_country_goes_on_and_has_a_feed(papers: Store, client: TestClient) -> None:
    page = client.get("/?country=NO").text
    assert 'href="/changes.atom?country=NO"' in page
    assert "Latest changes (Norway)" in page
    assert '<option value="NO" selected>' in page


def test_changes_of_several_sources_come_in_the_order_of_all(papers: Store) -> None:
    names = tuple(paper.name for paper in PAPERS)
    with Records.open(papers.locks._folder) as records:
        for by_size in (False, True):
            of_all = ChangeFilter(largest_first=by_size)
            several = ChangeFilter(largest_first=by_size, sources=names)
            every = records.changes.latest(of_all)
            assert records.changes.latest(several) == every
            before: Position | None = None
            for change in every:
                assert records.changes.latest(several, before, 1) == [change]
                before = position(change, several)
            assert records.changes.latest(several, before, 1) == []
        counted = records.changes.minor_count(ChangeFilter(sources=("ash",)), "", "9999")
        assert counted == 0


def test_the_followed_sources_are_an_opml_file_that_can_be_followed(
    papers: Store, client: TestClient
) -> None:
    papers.sources.describe(Publisher("oak", "The Oak", home="https://oak.example/"))
    papers.sources.follow(["ash", "elm", "oak"])
    answer = client.get("/sources.opml")
    assert answer.headers["content-type"].startswith("text/x-opml")
    assert [*read_opml(answer.content)] == [
        ListedFeed(5, "Elm <News>", "https://elm.example/a"),
        ListedFeed(6, "Elm <News>", "https://elm.example/b"),
        ListedFeed(7, "The Ash", "https://ash.example/rss", "https://ash.example/"),
        ListedFeed(8, "The Oak", "", "https://oak.example/"),
    ]


def test_what_is_no_longer_followed_stays_on_its_page_and_says_so(
    papers: Store, client: TestClient
) -> None:
    papers.sources.follow(["ash"])
    assert "Not followed" in client.get("/sources/elm").text
    assert "Not followed" not in client.get("/sources/ash").text


def test_titles_are_the_record_s_and_else_those_that_were_given(papers: Store) -> None:
    moment = [0.0]
    database = papers.locks._folder / DATABASE_NAME
    read = Titles(database, {"ash": "Given", "oak": "The Oak"}, lambda: moment[0])
    assert [read.of(name) for name in ("ash", "oak", "fir")] == ["The Ash", "The Oak", "fir"]
    papers.sources.describe(Publisher("fir", "The Fir"))
    assert read.of("fir") == "fir"
    moment[0] = LIFETIME + 1
    assert read.of("fir") == "The Fir"


@pytest.mark.parametrize("path", ["/", "/changes.atom", "/articles/1/diff/1/2"])
def test_a_new_title_is_on_what_was_shown_before(
    papers: Store, client: TestClient, path: str
) -> None:
    assert "The Ash" in client.get(path).text
    papers.sources.describe(Publisher("ash", "Ash Today"))
    client.app.state.titles._read_at = None  # type: ignore[attr-defined]  # as after a minute
    shown = client.get(path).text
    assert "Ash Today" in shown
    assert "The Ash" not in shown


def test_titles_stay_where_the_record_cannot_be_read(tmp_path: Path) -> None:
    assert Titles(tmp_path / "missing.db", {"ash": "The Ash"}).of("ash") == "The Ash"


def listed(page: str) -> set[str]:
    return set(re.findall(r"Ferry of (\w+)", page))


def test_countries_and_languages_are_called_by_their_names(
    papers: Store, client: TestClient
) -> None:
    page = client.get("/sources").text
    assert '<option value="NO">Norway</option>' in page
    assert '<option value="nb">Norwegian Bokmål</option>' in page
    assert page.index(">Norway<") < page.index(">United Kingdom<") < page.index(">United States<")
    assert "Norway, Norwegian Bokmål" in client.get("/sources/birk").text
    assert "Latest changes (Norway)" in client.get("/?country=NO").text


def test_every_country_and_language_of_a_source_that_ships_has_a_name() -> None:
    tables = [*shipped.named().everything().values(), *shipped.catalogue().everything().values()]
    nameless = [
        code
        for name, key in ((country_name, "country"), (language_name, "language"))
        for code in {table.get(key, "") for table in tables} - {""}
        if name(code) == code
    ]
    assert nameless == []


def test_a_text_says_in_which_language_it_is(papers: Store, client: TestClient) -> None:
    (article,) = re.findall(r'href="/articles/(\d+)"', client.get("/?source=birk").text)[:1]
    for address in ("", "/versions/1", "/diff/1/2"):
        assert re.search('lang="nb"', client.get(f"/articles/{article}{address}").text), address


def test_sources_are_compared_in_any_order(papers: Store, client: TestClient) -> None:
    for number in range(3):
        url = f"https://elm.example/{number}"
        add_article(papers, story(f"Harbour {number}", "It froze."), url=url, source="elm")
    ash, birk, elm = "The Ash", "Birkebladet", "Elm &lt;News&gt;"
    assert titles(client.get("/sources?order=articles").text)[0] == elm
    assert titles(client.get("/sources?order=changed").text) == [ash, birk, elm]
    shares = re.findall(r'<rect width="([\d.]+)%"', client.get("/sources?order=changed").text)
    assert shares[::3] == ["100.0", "100.0", "25.0"]
    assert client.get("/sources?order=nonsense").status_code == 404
