"""The API does what its own description says, whatever it is asked (with schemathesis)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import given, settings

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.addresses import API
from newsdiff_crawler.web.api import create_api
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story

BEFORE = story("Ferry to return late", "The ferry will return late.")
AFTER = story("Ferry to return early", "The ferry will return early.")
# Besides what a client may expect everywhere: an article that was taken down.
ACCEPTED = {"expected-statuses": ["2xx", "404", "451"]}
CONFIG = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": ACCEPTED}})


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder: Path = tmp_path_factory.mktemp("api")
    store = Store.open(folder)
    for number in range(3):
        add_article(store, BEFORE, AFTER, url=f"{URL}{number}")
    store.db.update("articles", 2, {"state": "hidden"})
    store.close()
    site = create_app(folder / DATABASE_NAME)
    return schemathesis.openapi.from_asgi(f"{API}/openapi.json", site, config=CONFIG)


@pytest.mark.parametrize("path", create_api().openapi()["paths"])
def test_every_answer_is_as_described(described: schemathesis.BaseSchema, path: str) -> None:
    @given(described[path]["GET"].as_strategy())
    @settings(max_examples=40, derandomize=True)
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    ask()


@pytest.mark.parametrize("path", ["/nothing", "/articles/1%0A/changes", "/%0A"])
def test_what_is_not_there_is_missed_in_its_own_terms(client: TestClient, path: str) -> None:
    answer = client.get(API + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
