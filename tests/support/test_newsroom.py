"""The test newsroom itself, on which other tests rely."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread

import httpx
import pytest

from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from tests.support.newsroom import (
    CutOff,
    Flood,
    Held,
    Newsroom,
    Reset,
    Silence,
    Slow,
    feed,
    page,
    typed,
)

RAIN = "https://www.rain.example/news/rain"

SPIDER = """
import json, scrapy
class Rain(scrapy.Spider):
    name = "rain"
    async def start(self):
        yield scrapy.Request("{url}")
    def parse(self, response):
        yield {{"status": response.status, "text": response.css("h1::text").get()}}
"""


def client(newsroom: Newsroom, folder: Path) -> httpx.Client:
    """A client that sees the newsroom as the world, and trusts no one else."""
    environment = newsroom.environment(folder)
    trusted = ssl.create_default_context(cafile=environment["SSL_CERT_FILE"])
    return httpx.Client(proxy=newsroom.address, verify=trusted, timeout=5, trust_env=False)


def test_plays_any_host_over_http_and_https(tmp_path: Path) -> None:
    routes = {RAIN: page("<h1>Rain</h1>"), "http://other.example/feed": feed("<rss/>")}
    with Newsroom(routes) as newsroom, client(newsroom, tmp_path) as web:
        rain, rss = web.get(RAIN), web.get("http://other.example/feed")
        absent = web.get("https://www.rain.example/news/sun")
    assert (rain.status_code, rain.text) == (200, "<h1>Rain</h1>")
    assert rss.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert absent.status_code == 404


def test_has_a_certificate_for_each_host_that_only_its_own_clients_trust(tmp_path: Path) -> None:
    with Newsroom({RAIN: page("")}) as newsroom, pytest.raises(httpx.ConnectError, match="CERT"):
        httpx.get(RAIN, proxy=newsroom.address, trust_env=False)


def test_a_route_can_be_a_function_of_the_request(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer:
        tagged = page("<h1>Rain</h1>", etag='"v1"')
        return unless_unchanged(request, tagged)

    with Newsroom(answer) as newsroom, client(newsroom, tmp_path) as web:
        first = web.get(RAIN)
        again = web.get(RAIN, headers={"If-None-Match": f'"v0", W/{first.headers["etag"]}'})
        later = web.get(RAIN, headers={"If-None-Match": '"v0"'})
    assert [answer.status_code for answer in (first, again, later)] == [200, 304, 200]
    assert again.headers["etag"] == '"v1"'


@pytest.mark.parametrize(
    ("since", "status"),
    [("Sun, 22 Nov 2026 10:00:00 GMT", 304), ("Sun, 22 Nov 2026 09:59:59 GMT", 200)],
)
def test_a_date_counts_where_there_is_no_tag(tmp_path: Path, since: str, status: int) -> None:
    request = Request("GET", RAIN, {"if-modified-since": since})
    dated = page("<h1>Rain</h1>", last_modified="Sun, 22 Nov 2026 10:00:00 GMT")
    assert unless_unchanged(request, dated).status == status


def test_logs_what_was_requested_and_when(tmp_path: Path) -> None:
    with Newsroom({RAIN: page("")}) as newsroom, client(newsroom, tmp_path) as web:
        web.get(RAIN, headers={"User-Agent": "archivist"})
        web.head(RAIN + "?a=1")
    first, second = newsroom.log
    assert first.request.headers["user-agent"] == "archivist"
    assert (second.request.method, second.request.url) == ("HEAD", RAIN + "?a=1")
    assert (second.request.host, second.request.path) == ("www.rain.example", "/news/rain")
    assert first.finished is not None
    assert first.started <= first.finished <= second.started


def test_counts_requests_that_one_host_answers_at_once(tmp_path: Path) -> None:
    all_there = Barrier(3, timeout=5)

    def answer(request: Request) -> Answer:
        all_there.wait()
        return page("")

    with Newsroom(answer) as newsroom, client(newsroom, tmp_path) as web:
        readers = [Thread(target=web.get, args=(RAIN,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    assert [record.at_once for record in newsroom.log] == [1, 2, 3]


def test_a_held_answer_waits_for_its_gate(tmp_path: Path) -> None:
    asked, held = Event(), Held(b"late")

    def answer(request: Request) -> Answer:
        asked.set()
        return held

    with Newsroom(answer) as newsroom, client(newsroom, tmp_path) as web:
        reader = Thread(target=web.get, args=(RAIN,))
        reader.start()
        assert asked.wait(5)
        assert newsroom.log[0].finished is None
        held.gate.set()
        reader.join()
    assert newsroom.log[0].finished is not None


def test_a_slow_answer_takes_its_time(tmp_path: Path) -> None:
    with Newsroom({RAIN: Slow(seconds=0.05)}) as newsroom, client(newsroom, tmp_path) as web:
        web.get(RAIN)
    record = newsroom.log[0]
    assert record.finished is not None
    assert record.finished - record.started >= 0.05


@pytest.mark.parametrize("fault", [Reset(), CutOff(b"half and half")])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_faults_look_like_faults(tmp_path: Path, scheme: str, fault: Answer) -> None:
    url = f"{scheme}://www.rain.example/"
    broken = pytest.raises((httpx.ReadError, httpx.RemoteProtocolError))
    with Newsroom({url: fault}) as newsroom, client(newsroom, tmp_path) as web, broken:
        web.get(url)


def test_silence_lasts_until_the_client_gives_up(tmp_path: Path) -> None:
    late = pytest.raises(httpx.ReadTimeout)
    with Newsroom({RAIN: Silence()}) as newsroom, client(newsroom, tmp_path) as web, late:
        web.get(RAIN, timeout=0.2)


@pytest.mark.parametrize("promised", [True, False])
def test_a_flood_has_the_size_that_the_test_sets(tmp_path: Path, promised: bool) -> None:
    flood = Flood(size=120_000, promised=promised)
    with Newsroom({RAIN: flood}) as newsroom, client(newsroom, tmp_path) as web:
        answer = web.get(RAIN)
    assert len(answer.content) == 120_000
    assert ("content-length" in answer.headers) is promised


def test_closing_hangs_up_on_clients_that_are_still_there(tmp_path: Path) -> None:
    with Newsroom({RAIN: page("")}) as newsroom:
        web = client(newsroom, tmp_path)
        web.get(RAIN)
    with closing(web), pytest.raises(httpx.ConnectError):
        web.get(RAIN)


def test_an_error_in_a_route_is_the_tests_error(tmp_path: Path) -> None:
    def broken(request: Request) -> Answer:
        raise KeyError("no such story")

    with (
        pytest.raises(KeyError, match="no such story"),
        Newsroom(broken) as newsroom,
        client(newsroom, tmp_path) as web,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        web.get("http://www.rain.example/")


def crawl(folder: Path, environment: dict[str, str]) -> str:
    """Run an unmodified spider, certificates verified; what it scraped, as JSON lines."""
    spider, out = folder / "rain.py", folder / "out.jsonl"
    spider.write_text(SPIDER.format(url=RAIN))
    command = [sys.executable, "-m", "scrapy", "runspider", str(spider), "-O", str(out)]
    settings = ["-s", "DOWNLOAD_VERIFY_CERTIFICATES=1", "-s", "RETRY_ENABLED=0"]
    subprocess.run(command + settings, env=os.environ | environment, cwd=folder, check=True)
    return out.read_text()


def test_scrapy_crawls_it_over_https_through_the_standard_variables(tmp_path: Path) -> None:
    answer = typed("<h1>Régn</h1>".encode("latin-1"), "text/html; charset=latin-1")
    with Newsroom({RAIN: answer}) as newsroom:
        scraped = crawl(tmp_path, newsroom.environment(tmp_path))
    assert json.loads(scraped) == {"status": 200, "text": "Régn"}


def test_scrapy_refuses_it_without_its_authority(tmp_path: Path) -> None:
    with Newsroom({RAIN: page("<h1>Rain</h1>")}) as newsroom:
        environment = {**newsroom.environment(tmp_path), "SSL_CERT_FILE": "/dev/null"}
        scraped = crawl(tmp_path, environment)
    assert (scraped, newsroom.log) == ("", [])
