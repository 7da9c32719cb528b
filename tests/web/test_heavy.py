"""What is large is never compared, shown or written where all readers wait; and no text takes the
site down."""

from __future__ import annotations

import asyncio
import os
import signal
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web import comparison, feeds
from newsdiff_crawler.web.app import create_app
from newsdiff_crawler.web.helper import MOST_WAITING, Helper
from newsdiff_crawler.web.helper_process import HelperBounds
from tests.support.records import add_article, story

pytestmark = pytest.mark.slow

DIFF = "/articles/1/diff/1/2"
COMPARISONS = [DIFF, f"{DIFF}?view=inline", f"{DIFF}.json", f"{DIFF}.patch", f"{DIFF}.png"]
OF_API = ["/api/v1/articles/1/diff/1/2", "/api/v1/articles/1/versions/2"]
FEEDS = ["/changes.rss", "/changes.atom?limit=100", "/articles/1/changes.json"]


def paragraphs(number: int, word: str) -> list[str]:
    return [
        f"Paragraph {place} says that the {word} is {place * 7} feet." for place in range(number)
    ]


def record(folder: Path, number: int) -> Path:
    """Of an article of two long versions, and one of two short ones."""
    store = Store.open(folder)
    texts = (story(f"The {word}", *paragraphs(number, word)) for word in ("mill", "tower"))
    add_article(store, *texts)
    add_article(store, story("One", "Old."), story("Two", "New."), url="https://news.example/2")
    store.close()
    return folder / DATABASE_NAME


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("large"), number=3_000)


@pytest.fixture(scope="module")
def client(database: Path) -> Iterator[TestClient]:
    with TestClient(create_app(database)) as opened:
        yield opened


def refused(*_: object) -> Any:
    raise AssertionError("in the process of the site")


@pytest.mark.parametrize("path", [*COMPARISONS, *OF_API, "/articles/1/versions/2"])
def test_what_is_large_is_answered_and_not_by_the_process_of_the_site(
    client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "compare", refused)
    monkeypatch.setattr("newsdiff_crawler.web.article.page", refused)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff" or path in OF_API
    assert path.endswith(".png") or "tower" in answer.text


def test_the_answer_of_the_helper_is_the_one_of_the_site(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_helper = client.get(DIFF, headers={"Host": "evil.example"})
    monkeypatch.setattr("newsdiff_crawler.web.heavy.MOST_COMPARED", 10**9)
    monkeypatch.setattr(comparison.compared_blocks, "__defaults__", (10**9,))
    of_site = client.get(DIFF)
    assert of_helper.text == of_site.text
    assert dict(of_helper.headers) == dict(of_site.headers)


def test_what_is_short_takes_no_helper(database: Path) -> None:
    app = create_app(database)
    app.state.helper.answer = refused
    client = TestClient(app)
    for path in ("/articles/2/diff/1/2", "/articles/2/diff/1/2.json", "/changes.rss", "/"):
        assert client.get(path).status_code == 200


def test_a_long_feed_is_not_written_in_the_process_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    texts = [story(f"Day {day}", f"It rained on day {day} for {day} hours.") for day in range(30)]
    add_article(store, *texts)
    store.close()
    client = TestClient(create_app(tmp_path / DATABASE_NAME))
    monkeypatch.setattr(feeds, "_html", refused)
    first = client.get("/changes.json?limit=25")
    assert len(first.json()["items"]) == 25
    client.app.state.helper.answer = refused  # type: ignore[attr-defined]
    assert client.get("/changes.json?limit=25").content == first.content


def test_a_change_that_is_too_large_for_a_feed_is_told_in_its_sentence(client: TestClient) -> None:
    (large,) = client.get("/articles/1/changes.json").json()["items"]
    assert len(large["content_html"]) < 1_000
    assert large["summary"] in large["content_html"]


@pytest.mark.parametrize(
    ("bounds", "path"),
    [(HelperBounds(seconds=0.001), DIFF), (HelperBounds(memory=60), f"/api/v1{DIFF}")],
    ids=["time", "memory"],
)
def test_what_takes_even_the_helper_too_much_is_refused_and_nothing_else_is(
    database: Path, bounds: HelperBounds, path: str
) -> None:
    """A thousandth of a second, or less memory than the program itself takes: too little for all
    that is asked of a helper."""
    app = create_app(database)
    app.state.helper = Helper({"database": database}, bounds)
    client = TestClient(app)
    answer = client.get(path)
    assert answer.status_code == 503
    assert "too much time or memory" in answer.text
    assert client.get("/articles/2/diff/1/2").status_code == 200
    assert client.get("/articles/2/versions/1").status_code == 200


def test_so_many_may_wait_and_others_are_told_to_come_again(database: Path) -> None:
    app = create_app(database)
    app.state.helper._asked = MOST_WAITING
    answer = TestClient(app).get(DIFF)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "try again" in answer.text


def test_a_helper_that_was_killed_is_started_again(client: TestClient) -> None:
    assert client.get(DIFF).status_code == 200
    ((process, _),) = client.app.state.helper._running  # type: ignore[attr-defined]
    assert process.pid
    os.kill(process.pid, 9)
    process.wait()
    assert client.get(DIFF).status_code == 200


def test_the_site_answers_others_while_the_helper_is_at_work(database: Path) -> None:
    """Both in one event loop: what is asked while the helper stands still is answered before it
    goes on."""
    app = create_app(database)
    order: list[str] = []

    async def ask(client: httpx.AsyncClient, path: str) -> None:
        await client.get(path, timeout=600)
        order.append(path)

    async def both() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            heavy = asyncio.create_task(ask(client, DIFF))
            while not app.state.helper._running:
                await asyncio.sleep(0)
            ((process, _),) = app.state.helper._running
            process.send_signal(signal.SIGSTOP)
            for _ in range(5):
                await ask(client, "/articles/2/diff/1/2")
            process.send_signal(signal.SIGCONT)
            await heavy

    asyncio.run(both())
    assert order == ["/articles/2/diff/1/2"] * 5 + [DIFF]


@pytest.fixture(scope="module")
def monsters(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The site over a record of before there were bounds: headlines of 300 kB, texts of 800 kB."""
    folder = tmp_path_factory.mktemp("monsters")
    store = Store.open(folder)
    for number in range(3):
        texts = (
            story(f"{letter * 300_000}{number}", f"{letter}. " * 270_000) for letter in ("x", "y")
        )
        add_article(store, *texts, url=f"https://news.example/{number}")
    store.close()
    return TestClient(create_app(folder / DATABASE_NAME))


def most_memory(client: TestClient, path: str) -> tuple[Any, int]:
    """An answer, and how many bytes were held at once in the process of the site."""
    tracemalloc.start()
    try:
        answer = client.get(path)
        return answer, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "path", ["/", "/articles/1", "/changes.rss", "/search?q=x", "/api/v1/changes", "/sources/paper"]
)
def test_a_list_is_no_heavier_for_what_it_lists(monsters: TestClient, path: str) -> None:
    answer, most = most_memory(monsters, path)
    assert answer.status_code == 200
    assert len(answer.content) < 100_000  # of 2 MB of headlines
    assert most < 10_000_000


@pytest.mark.parametrize("path", [*COMPARISONS, *OF_API, "/articles/1/versions/1"])
def test_a_monster_is_shown_at_little_cost_to_other_readers(
    monsters: TestClient, path: str
) -> None:
    """The helper does the work; here is only its answer, twice or three times."""
    answer, most = most_memory(monsters, path)
    assert answer.status_code == 200
    assert most < 10_000_000 + 6 * len(answer.content)
