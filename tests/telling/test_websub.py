"""WebSub: feeds name their hub, and it is told when they have something new."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.telling.routes import routes_in
from newsdiff_crawler.telling.sending import Round, send_due
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web.app import create_app
from tests.support.records import add_article, story

SITE = "http://testserver"
NOW = from_iso("2025-04-22T14:34:00Z")


class _Publishing(Connection):
    def do_POST(self) -> None:  # noqa: N802
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert isinstance(self.server, WebSubHub)
        self.server.take(form).send(self)


class WebSubHub(LoopbackServer):
    """Takes announcements of topics that name it as their hub, and themselves as they are
    announced. ``answers``: what is answered first."""

    handler = _Publishing

    def __init__(self, folder: Path, *answers: Answer) -> None:
        super().__init__(lambda _: Answer(status=404))
        self.answers = [*answers]
        self.announced: list[list[str]] = []
        self._site = TestClient(
            create_app(folder / DATABASE_NAME, hosts=["testserver"], hub=self.address)
        )

    def take(self, form: dict[str, list[str]]) -> Answer:
        assert form["hub.mode"] == ["publish"]
        if self.answers:
            return self.answers.pop(0)
        for topic in form["hub.url"]:
            link = self._site.get(topic.removeprefix(SITE)).headers["link"]
            assert link == f'<{self.address}>; rel="hub", <{topic}>; rel="self"'
        self.announced.append(form["hub.url"])
        return Answer(status=204)


def change(store: Store, hub: WebSubHub, folder: Path, *sources: str) -> None:
    store.outbox.routes = routes_in(folder, hub.address)
    for source in sources:
        url = f"https://{source}.example/1"
        add_article(
            store, story("Sun", "It shines."), story("Rain", "It rains."), url=url, source=source
        )


def announce(folder: Path, hub: WebSubHub, site: str = SITE, later: int = 0) -> Round:
    return send_due(folder, {}, site, NOW + timedelta(minutes=later), hub.address)


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_what_changed_is_announced_at_once_and_together(store: Store, tmp_path: Path) -> None:
    with WebSubHub(tmp_path) as hub:
        change(store, hub, tmp_path, "paper", "post")
        assert announce(tmp_path, hub).lines == ()
        assert announce(tmp_path, hub, later=1).sent == 0
    (topics,) = hub.announced
    assert topics[:3] == [f"{SITE}/changes.{kind}" for kind in ("rss", "atom", "json")]
    assert topics[3:] == [
        f"{SITE}/changes.{kind}?source={source}"
        for source in ("paper", "post")
        for kind in ("rss", "atom", "json")
    ]


def test_an_announcement_that_was_not_taken_is_made_again(store: Store, tmp_path: Path) -> None:
    with WebSubHub(tmp_path, Answer(status=503)) as hub:
        change(store, hub, tmp_path, "paper")
        (line,) = announce(tmp_path, hub).lines
        assert line.startswith("watch @feeds: channel @hub: 127.0.0.1: HTTP 503; tried again at ")
        assert announce(tmp_path, hub, later=2).sent == 1
    assert len(hub.announced) == 1


def test_without_the_address_of_the_site_that_is_said(store: Store, tmp_path: Path) -> None:
    with WebSubHub(tmp_path) as hub:
        change(store, hub, tmp_path, "paper")
        (line,) = announce(tmp_path, hub, site="").lines
    assert "NEWSDIFF_SITE_URL does not say where the feeds are" in line


def test_each_format_names_the_hub_and_other_feeds_do_not(store: Store, tmp_path: Path) -> None:
    hub = "https://hub.example/"
    add_article(store, story("Sun", "It shines."), story("Rain", "It rains."))
    site = TestClient(create_app(tmp_path / DATABASE_NAME, hosts=["testserver"], hub=hub))
    rss, atom = (site.get(f"/changes.{kind}").text for kind in ("rss", "atom"))
    assert f'<atom:link href="{hub}" rel="hub"/>' in rss
    assert f'<link href="{hub}" rel="hub"/>' in atom
    assert json.loads(site.get("/changes.json").text)["hubs"] == [{"type": "WebSub", "url": hub}]
    for other in ("/changes.rss?label=figures", "/articles/1/changes.rss", "/search.rss?q=rain"):
        answer = site.get(other)
        assert "link" not in answer.headers
        assert hub not in answer.text
