"""``scrapy serve`` finds the record and the names of the sources."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from scrapy.settings import Settings
from scrapy.spiders import Spider

from newsdiff_crawler.commands import serve
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from tests.support.records import add_article, story


class Herald(Spider):
    name = "bbc"
    title = "The Harbour Herald"


def command(folder: Path) -> serve.Command:
    made = serve.Command()
    made.settings = Settings(
        {
            "NEWSDIFF_DATA": str(folder),
            "NEWSDIFF_CONTACT": "desk@paper.example",
            "SPIDER_MODULES": ["newsdiff_crawler.spiders"],
        }
    )
    return made


def options(made: serve.Command, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    made.add_options(parser)
    return parser.parse_args(given)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What uvicorn was asked to serve, and how."""
    asked: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **how: asked.update(how, app=app))
    monkeypatch.setattr(serve, "_check_place", lambda *_: None)  # another program may be there
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setenv(serve.SITE, "")  # put back afterwards
    return asked


def test_it_serves_the_data_folder_with_the_names_of_the_sources(
    tmp_path: Path, served: dict[str, Any]
) -> None:
    store = Store.open(tmp_path)
    add_article(store, story("One", "Old."), story("Two", "New."), source="bbc")
    store.close()
    made = command(tmp_path)
    made.run([], options(made))
    assert served["app"] == "newsdiff_crawler.commands.serve:make_app"
    assert "BBC News" in TestClient(serve.make_app()).get("/").text


def test_the_sources_are_those_of_the_command_line(tmp_path: Path, served: dict[str, Any]) -> None:
    store = Store.open(tmp_path)
    add_article(store, story("One", "Old."), story("Two", "New."), source="bbc")
    store.close()
    made = command(tmp_path)
    assert made.settings is not None
    made.settings.set("SPIDER_MODULES", [__name__], priority="cmdline")
    made.run([], options(made))
    assert "The Harbour Herald" in TestClient(serve.make_app()).get("/").text


def test_the_site_tells_where_to_write_to(tmp_path: Path, served: dict[str, Any]) -> None:
    Store.open(tmp_path).close()
    made = command(tmp_path)
    made.run([], options(made))
    assert 'href="mailto:desk@paper.example"' in TestClient(serve.make_app()).get("/about").text


def test_it_listens_on_loopback_and_believes_no_proxy(
    tmp_path: Path, served: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    made = command(tmp_path)
    made.run([], options(made))
    assert (served["host"], served["port"], served["workers"]) == ("127.0.0.1", 8000, 1)
    assert served["proxy_headers"] is False
    assert "http://127.0.0.1:8000/" in capsys.readouterr().out


def test_it_does_as_it_is_told(tmp_path: Path, served: dict[str, Any]) -> None:
    made = command(tmp_path)
    given = ["--port", "8123", "--workers", "2", "--root-path", "/news", "--proxy", "10.0.0.1"]
    made.run([], options(made, *given))
    assert (served["port"], served["workers"], served["root_path"]) == (8123, 2, "/news")
    assert (served["proxy_headers"], served["forwarded_allow_ips"]) == (True, "10.0.0.1")


@pytest.mark.parametrize(
    "given",
    [
        ("--root-path", "news/"),
        ("--root-path", "/a/b-c/d.e~f_g"),
        ("--root-path", "/"),
        ("--proxy", "*"),
        ("--proxy", "10.0.0.0/8, ::1"),
    ],
)
def test_an_option_that_makes_sense_is_taken(
    tmp_path: Path, served: dict[str, Any], given: tuple[str, ...]
) -> None:
    made = command(tmp_path)
    made.run([], options(made, *given))
    assert served


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--port", "0"), "--port: expected 1 to 65535, not 0"),
        (("--port", "99999"), "--port: expected 1 to 65535, not 99999"),
        (("--workers", "0"), "--workers: expected 1 or more, not 0"),
        (("--root-path", "https://news.example/x"), "--root-path: expected a path such as /news"),
        (("--root-path", "/new s"), "--root-path: expected a path such as /news, not '/new s'"),
        (("--root-path", "/news?x"), "--root-path: expected a path"),
        (("--proxy", "localhost"), "--proxy: expected an address such as 127.0.0.1"),
        (("--proxy", "127.0.0.1,10.0.0.0/33"), "--proxy: expected an address"),
    ],
)
def test_an_option_that_makes_no_sense_is_one_line(
    tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    made = command(tmp_path)
    with pytest.raises(SystemExit, match=said) as raised:
        made.run([], options(made, *given))
    assert raised.value.code == ExitStatus.NO_SENSE


def test_it_takes_no_arguments(tmp_path: Path) -> None:
    made = command(tmp_path)
    with pytest.raises(SystemExit, match="no arguments"):
        made.run(["bbc"], options(made))
