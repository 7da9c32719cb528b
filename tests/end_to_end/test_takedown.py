"""What was taken down is gone from every surface, and from every number: all are as they would be
had the article never been there. They are asked before the takedown too: nothing that is kept for
the next reader outlives it.

What stays is history, which says nothing of the article: how many checks a crawl made, and how
often the hints of a feed were right.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings
from starlette.routing import Match

from newsdiff_crawler.commands import diff, due, history, proof, search, sources
from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.writing.erasing import Erasures
from newsdiff_crawler.store.writing.takedown import hide, unhide
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.web import api, app
from newsdiff_crawler.web.addresses import API
from tests.support import gallery
from tests.support.other_texts import keep_other_text, learn_boilerplate
from tests.support.records import URL, add_article, add_version, story
from tests.support.site import site_routes

MANY, ALONE, UNREAD = f"{URL}/many", f"{URL}/alone", f"{URL}/unread"  # which are taken down
NOW = utc_now()
RECENTLY = NOW - timedelta(hours=2)
TODAY = f"from={to_iso(NOW - timedelta(days=1))[:10]}"

# Lists and numbers that the articles are part of.
LISTS = [
    "/",
    "/?label=headline&show=all",
    "/?period=day&label=headline",
    "/?source=paper&label=headline",
    "/?order=size",
    "/?order=size&label=headline",
    "/?order=size&source=paper&show=all",
    "/?order=size&period=day&show=all",
    "/?source=alone",
    "/sources",
    "/sources/paper",
    "/sources/alone",
    "/health",
    "/metrics",
    *(f"/changes.{kind}" for kind in ("rss", "atom", "json")),
    "/changes.rss?source=paper&label=headline",
    "/changes.atom?label=correction",
    "/changes.json?source=alone",
    *(f"/search?q=wexcombe&in={where}" for where in ("all", "headline", "added", "removed")),
    *(f"/search?q=ferry&in={where}" for where in ("all", "headline", "added", "removed")),
    *(f"/search?q=ferry&{TODAY}&in={where}" for where in ("all", "removed")),
    "/search?q=ferry&source=alone",
    *(f"/search.{kind}?q=ferry" for kind in ("rss", "atom", "json")),
    *(f"/search.{kind}?q=ferry&in=removed" for kind in ("rss", "atom", "json")),
    f"{API}/sources",
    f"{API}/articles",
    f"{API}/articles?source=paper",
    f"{API}/articles?source=alone",
    f"{API}/changes",
    f"{API}/changes?show=all&limit=200",
    f"{API}/changes?order=size&show=all&limit=200",
    f"{API}/changes?source=paper&label=headline",
    f"{API}/boilerplate?source=paper",
    f"{API}/articles/2/other_texts",
    f"{API}/search?q=ferry",
    f"{API}/search?q=wexcombe&in=removed",
]
# What else there is: pages of other articles, and of none.
OTHERS = [
    *(page for page in gallery.PAGES if page not in LISTS),
    "/static/style.css",
    "/sources.opml",
    "/opensearch/search.xml",
    "/articles/2/diff?a=1&b=2",
    "/articles/2/diff/1/2.json",
    "/articles/2/diff/1/2.patch",
    "/articles/2/diff/1/2.png",
    # Proofs of what is not there: others have a time and a signature.
    "/articles/2/diff/1/99.wacz",
    "/articles/2/versions/99.wacz",
    *(f"/articles/2/changes.{kind}" for kind in ("rss", "atom", "json")),
    f"{API}/articles/2",
    f"{API}/articles/2/changes",
    f"{API}/articles/2/versions",
    f"{API}/articles/2/versions/1",
    f"{API}/articles/2/diff/1/2",
    f"{API}/lookup?url={URL}",
    f"/timegate/{URL}",
    f"/timemap/link/{URL}",
]
# Where the article itself was: 451 says that it was, and nothing else.
OWN = [
    "/articles/{id}",
    "/articles/{id}/versions/1",
    "/articles/{id}/diff?a=1&b=2",
    "/articles/{id}/diff/1/2",
    "/articles/{id}/diff/1/2.json",
    "/articles/{id}/diff/1/2.patch",
    "/articles/{id}/diff/1/2.png",
    "/articles/{id}/diff/1/2.wacz",
    "/articles/{id}/versions/1.wacz",
    "/articles/{id}/changes.rss",
    f"/lookup?url={MANY}",
    f"/timegate/{MANY}",
    f"/timemap/link/{MANY}",
    f"{API}/articles/{{id}}",
    f"{API}/articles/{{id}}/changes",
    f"{API}/articles/{{id}}/other_texts",
    f"{API}/articles/{{id}}/versions",
    f"{API}/articles/{{id}}/versions/1",
    f"{API}/articles/{{id}}/diff/1/2",
    f"{API}/lookup?url={MANY}",
]


@dataclass(frozen=True)
class Answer:
    """What a reader gets."""

    status: int
    content: bytes
    etag: str | None
    last_modified: str | None


@dataclass
class Site:
    """A record and the site over it, whose clock stands still: what it keeps for a second, it
    keeps."""

    folder: Path
    client: TestClient

    def ask(self, address: str) -> Answer:
        answer = self.client.get(address, follow_redirects=True)
        etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
        return Answer(answer.status_code, answer.content, etag, modified)


@cache
def _made(folder: Path, with_more: bool) -> Path:
    """A record, made once."""
    store = Store.open(folder)
    gallery.fill(store)
    for number in range(3):
        texts = (_story(f"Ferry {number} late", "It waits."), _story("Ferry gone", "It sank."))
        add_article(store, *texts, url=f"{URL}/r{number}", first_seen_at=to_iso(RECENTLY))
    if with_more:
        _add_more(store)
    store.close()
    return folder / DATABASE_NAME


def make_site(folder: Path, with_more: bool) -> Site:
    shutil.copy(_made(folder.parent / f"made-{with_more:d}", with_more), folder)
    built = app.create_app(folder / DATABASE_NAME, {"paper": "The Paper"}, clock=lambda: 7.0)
    return Site(folder, TestClient(built))


def _add_more(store: Store) -> None:
    """Articles that are in every list and number: one that changed in all ways, one that is the
    only one of its source, and one that no crawl has read yet."""
    first = RECENTLY - timedelta(minutes=90)
    many = add_article(store, *_all_kinds(), url=MANY, first_seen_at=to_iso(first))
    _change_on(store, many, first + timedelta(hours=3))
    store.db.update("articles", many, {"state": "gone"})
    texts = _story("Wexcombe alone", "A ferry."), _story("Wexcombe left", "No ferry.")
    add_article(store, *texts, url=ALONE, source="alone", first_seen_at=to_iso(first))
    store.queue.track("unread", [UNREAD], first)
    # Its headline as a teaser beside other stories, its text and address at another one's.
    learn_boilerplate(store, "paper", "Wexcombe ferry late")
    keep_other_text(store, 2, _all_kinds()[0], "shows another's text")
    store.addresses.state(2, MANY, "canonical", to_iso(first))


def _all_kinds() -> list[list[Block]]:
    """Changes of substance, one of appearance only, and one back to an earlier text."""
    return [
        _story("Wexcombe ferry late", "The ferry to Wexcombe is late."),
        _story("Wexcombe ferry gone", "The ferry from Wexcombe is gone."),
        _story("Wexcombe ferry gone", "The ferry, from Wexcombe, is gone."),
        _story("Wexcombe ferry late", "The ferry to Wexcombe is late."),
    ]


def _change_on(store: Store, article_id: int, at: datetime) -> None:
    """More of the largest changes than a page of a list has; a correction; another parser."""
    for number in range(5, 105):
        text = _story("Wexcombe", f"Ferry {number} " * 200)
        add_version(store, article_id, number, text, to_iso(at + timedelta(seconds=number)))
    text, later = _story("Wexcombe corrected", "We were wrong."), to_iso(at + timedelta(minutes=5))
    add_version(store, article_id, 105, text, later, labels=["headline", "correction"])
    text, later = _story("Wexcombe anew", "Anew."), to_iso(at + timedelta(minutes=6))
    add_version(store, article_id, 106, text, later, parser="paper/2027")


def _story(title: str, text: str) -> list[Block]:
    return story(title, text, "It sails in June.")


@pytest.fixture(scope="module")
def never(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Where the articles never were."""
    return make_site(tmp_path_factory.mktemp("never"), with_more=False)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Where they are still shown."""
    return make_site(tmp_path_factory.mktemp("before"), with_more=True)


@pytest.fixture(scope="module", params=["hide", "erase"])
def hidden(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Site:
    """Where they were shown, and have been taken down, or erased."""
    site = make_site(tmp_path_factory.mktemp("hidden"), with_more=True)
    for address in LISTS:
        site.ask(address)
    turn(site, hide if request.param == "hide" else erase, "asked for")
    return site


def erase(db: Database, urls: list[str], at: str, reason: str) -> None:
    Erasures(db).begin(urls, at, reason)


def turn(site: Site, act: Any, *reason: str) -> None:
    store = Store.open(site.folder)
    for url in (MANY, ALONE, UNREAD):
        act(store.db, [url], to_iso(NOW), *reason)
    store.close()


def article_id(site: Site) -> int:
    with Records.open(site.folder) as records:
        return records.find([MANY]) or 0


def printed(capsys: pytest.CaptureFixture[str], site: Site, command: Any, *given: str) -> str:
    """What a command says, with what it ends."""
    made: ScrapyCommand = command.Command()
    made.settings = Settings({"NEWSDIFF_DATA": str(site.folder)})
    parser = argparse.ArgumentParser()
    made.add_options(parser)
    opts, args = parser.parse_known_args(given)
    try:
        made.run(args, opts)
    except SystemExit as ended:
        return f"{capsys.readouterr().out}{ended}"
    return capsys.readouterr().out


@pytest.mark.parametrize("address", LISTS + OTHERS)
def test_a_surface_is_as_if_the_article_had_never_been_there(
    hidden: Site, never: Site, address: str
) -> None:
    assert hidden.ask(address) == never.ask(address)


def test_no_surface_is_forgotten() -> None:
    routes = [("", route) for route in site_routes()]
    routes += [(API, route) for route in api.router.routes if isinstance(route, APIRoute)]
    unvisited = {prefix + route.path for prefix, route in routes if not _is_visited(prefix, route)}
    assert unvisited == set()


def _is_visited(prefix: str, route: APIRoute) -> bool:
    paths = (address.partition("?")[0] for address in LISTS + OTHERS if address.startswith(prefix))
    scopes = ({"type": "http", "method": "GET", "path": path[len(prefix) :]} for path in paths)
    return any(route.matches(scope)[0] is Match.FULL for scope in scopes)


@pytest.mark.parametrize("address", LISTS)
def test_it_was_in_every_list_and_number(before: Site, never: Site, address: str) -> None:
    """Else the test above would hold nothing."""
    assert before.ask(address) != never.ask(address)


@pytest.mark.parametrize("address", OWN)
def test_its_own_addresses_say_that_it_was_taken_down_and_no_more(
    hidden: Site, never: Site, address: str
) -> None:
    answer = hidden.ask(address.format(id=article_id(hidden)))
    assert answer.status == 451
    assert b"excombe" not in answer.content
    assert never.ask(address.format(id=article_id(hidden))).status == 404


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (sources, []),
        (due, []),
        (search, ["ferry"]),
        (search, ["wexcombe"]),
        (search, ["--removed", "ferry"]),
        (history, [MANY]),
        (diff, [MANY]),
        (proof, [MANY]),
        (history, [UNREAD]),
    ],
)
def test_a_command_says_what_it_would_say_had_the_article_never_been_there(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    hidden: Site,
    never: Site,
    command: Any,
    given: list[str],
) -> None:
    monkeypatch.setattr(due, "utc_now", lambda: NOW)
    said = [printed(capsys, site, command, *given) for site in (hidden, never)]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize("view", ["changes", "version_texts"])
def test_a_public_view_has_nothing_of_it(hidden: Site, never: Site, view: str) -> None:
    rows = []
    for site in (hidden, never):
        connection = sqlite3.connect(site.folder / DATABASE_NAME)
        rows.append(connection.execute(f"select * from {view}").fetchall())
        connection.close()
    assert rows[0] == rows[1] != []


def test_what_comes_back_is_counted_and_shown_at_once(before: Site, tmp_path: Path) -> None:
    site = make_site(tmp_path, with_more=True)
    turn(site, hide, "asked for")
    for address in LISTS:
        site.ask(address)
    turn(site, unhide)
    store = Store.open(site.folder)
    store.db.execute("update articles set state = 'gone' where url = :url", {"url": MANY})
    store.close()
    # An article that came back is checked next, as only the list of articles says.
    lists = [address for address in LISTS if not address.startswith(f"{API}/articles")]
    assert [site.ask(address) for address in lists] == [before.ask(address) for address in lists]
