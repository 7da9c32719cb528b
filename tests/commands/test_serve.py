"""``scrapy serve`` finds the record and the names of the sources."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newsdiff_crawler.commands import serve
from newsdiff_crawler.store import Store
from tests.records import add_article, story


def command(folder: Path) -> serve.Command:
    made = serve.Command()
    made.settings = Settings(
        {"NEWSDIFF_DATA": str(folder), "SPIDER_MODULES": ["newsdiff_crawler.spiders"]}
    )
    return made


def options(made: serve.Command, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    made.add_options(parser)
    return parser.parse_args(given)


def test_it_serves_the_data_folder_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **where: served.update(where, app=app))
    store = Store.open(tmp_path)
    add_article(store, story("One", "Old."), story("Two", "New."), source="bbc")
    store.close()
    made = command(tmp_path)
    made.run([], options(made, "--port", "8123"))
    assert (served["host"], served["port"]) == ("127.0.0.1", 8123)
    assert "BBC News" in TestClient(served["app"]).get("/").text


def test_it_takes_no_arguments(tmp_path: Path) -> None:
    made = command(tmp_path)
    with pytest.raises(UsageError):
        made.run(["bbc"], options(made))
