"""The API does what its OpenAPI description says, whatever the request (with schemathesis)."""

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
from tests.support.other_texts import (
    AT,
    NOTICE,
    keep_other_text,
    learn_boilerplate,
    make_placeholder,
)
from tests.support.records import URL, add_article, add_version, story

BEFORE = story("Ferry to return late", "The ferry will return late.")
AFTER = story("Ferry to return early", "The ferry will return early.")
# An article that was taken down is an answer too.
ACCEPTED = {"expected-statuses": ["2xx", "404", "451"]}
CONFIG = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": ACCEPTED}})


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder: Path = tmp_path_factory.mktemp("api")
    store = Store.open(folder)
    for number in range(3):
        add_article(store, BEFORE, AFTER, url=f"{URL}{number}")
    store.db.update("articles", 2, {"state": "hidden"})
    add_version(store, 1, 3, NOTICE)
    make_placeholder(store, 1, 3)
    keep_other_text(store, 1, NOTICE, "a wall")
    store.addresses.state(1, f"{URL}/stated", "guid", AT)
    learn_boilerplate(store, "paper", "The ferry will return early.")
    store.close()
    site = create_app(folder / DATABASE_NAME)
    return schemathesis.openapi.from_asgi(f"{API}/openapi.json", site, config=CONFIG)


@pytest.mark.parametrize("path", create_api().openapi()["paths"])
def test_every_answer_is_as_described(schema: schemathesis.BaseSchema, path: str) -> None:
    @given(schema[path]["GET"].as_strategy())
    @settings(max_examples=40, derandomize=True)
    def request(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    request()


@pytest.mark.parametrize("path", ["/nothing", "/articles/1%0A/changes", "/%0A"])
def test_what_is_not_there_is_a_problem_and_not_a_page(client: TestClient, path: str) -> None:
    answer = client.get(API + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_number_that_may_be_asked_for_has_a_bound(schema: schemathesis.BaseSchema) -> None:
    """SQLite knows none of more than 64 bits."""
    numbers = {
        f"{path} {parameter['name']}": parameter["schema"]
        for path, methods in schema.raw_schema["paths"].items()
        for parameter in methods["get"].get("parameters", ())
        if parameter["schema"].get("type") == "integer"
    }
    assert numbers
    assert [name for name, number in numbers.items() if "maximum" not in number] == []
