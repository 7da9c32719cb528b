"""A real Datasette over a record, with docs/datasette.json: the views, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.schema.datasette import metadata
from newsdiff_crawler.store.schema.dictionary import Schema
from newsdiff_crawler.store.schema.meanings import TABLES
from tests.support.crawling import PROJECT
from tests.support.records import URL, add_article, story

METADATA = PROJECT / "docs" / "datasette.json"
BEFORE = story("Ferry late", "The mayor denied everything.", "Nobody was asked.")
AFTER = story("Ferry late", "Nobody was asked.")
ABROAD = story("Straße", "Die Straße nach Αθήνα", "한국 대통령은")
HIDDEN = story("Wexcombe", "A wexcombe secret.", "Another wexcombe secret.")
VIEWS = [name for name, table in TABLES.items() if table.meaning.startswith("View:")]

pytestmark = pytest.mark.slow


def _tables() -> list[str]:
    schema = Schema()
    names = schema.all_tables()
    schema.close()
    return names


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address below the database."""
    folder = tmp_path_factory.mktemp("datasette")
    store = Store.open(folder)
    add_article(store, BEFORE, AFTER)
    add_article(store, ABROAD, url=f"{URL}-3", source="abroad")
    add_article(store, HIDDEN, HIDDEN[:2], url=f"{URL}-2", source="wexcombe")
    store.db.update("articles", 3, {"state": "hidden"})
    store.db.execute("analyze")
    store.close()
    command = [sys.executable, "-m", "datasette", str(folder / DATABASE_NAME)]
    with subprocess.Popen(
        [*command, "-m", str(METADATA), "-h", "127.0.0.1", "-p", "0"],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        addresses = (re.search(r"running on (http\S+)", line) for line in process.stderr)
        yield next(found[1] for found in addresses if found) + "/newsdiff"
        process.terminate()


def get(site: str, path: str) -> Any:
    answer = httpx.get(f"{site}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_file_is_the_one_that_the_program_prints() -> None:
    remedy = "run: python -m newsdiff_crawler.store.schema.datasette > docs/datasette.json"
    assert json.loads(METADATA.read_text("utf-8")) == metadata(), remedy


@pytest.mark.parametrize("table", [*_tables(), "sqlite_stat1"])
def test_no_table_is_shown(site: str, table: str) -> None:
    for path in (f"/{table}", f"/{table}.json", f"/{table}/1.json", f"/{table}.csv?_stream=1"):
        answer = httpx.get(f"{site}{path}")
        assert answer.status_code in (403, 404), path
        assert "wexcombe" not in answer.text.lower()


@pytest.mark.parametrize(
    "path",
    [
        ".json?sql=select+*+from+passages",
        "?sql=select+1",
        ".db",
        "/stories?_where=id+in+(select+1)",
        "/passage_texts.json?_search=wexcombe+OR+secret&_searchmode=raw",
    ],
)
def test_no_way_leads_around_the_views(site: str, path: str) -> None:
    answer = httpx.get(f"{site}{path}")
    assert answer.status_code in (200, 403, 404)
    assert answer.status_code != 200 or "_where" in path or not answer.json()["rows"]
    assert "A wexcombe secret." not in answer.text


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_what_is_not_hidden(site: str, view: str) -> None:
    answer = httpx.get(f"{site}/{view}.json?_shape=objects&_size=max")
    assert answer.status_code == 200
    assert answer.json()["rows"]
    page = httpx.get(f"{site}/{view}")
    assert page.status_code == 200
    for text in (answer.text, page.text):
        assert "wexcombe" not in text.lower()


def test_the_front_page_names_the_views_and_no_table(site: str) -> None:
    front = get(site, ".json")
    assert sorted(view["name"] for view in front["views"]) == sorted(VIEWS)
    assert front["tables"] == []
    page = httpx.get(site).text
    assert "Versions of news articles" in page
    assert "passages_fts" not in page


@pytest.mark.parametrize("view", ["passage_texts", "taken_out"])
def test_words_are_searched(site: str, view: str) -> None:
    found = get(site, f"/{view}.json?_shape=objects&_search=denied")["rows"]
    assert [row["text"] for row in found] == ["The mayor denied everything."]
    assert get(site, f"/{view}.json?_search=wexcombe")["rows"] == []


@pytest.mark.parametrize("word", ["straße", "STRASSE", "Αθήνα", "αθηνα", "대통령은"])
def test_words_are_found_however_they_are_written(site: str, word: str) -> None:
    assert get(site, f"/passage_texts.json?_search={word}")["rows"]


def test_a_change_has_its_labels_summary_and_texts(site: str) -> None:
    (row,) = get(site, "/changes.json?_shape=objects")["rows"]
    assert row["summary"] == "1 paragraph removed"
    assert row["from_text"] == "Ferry late\n\nThe mayor denied everything.\n\nNobody was asked."
    assert row["to_text"] == "Ferry late\n\nNobody was asked."
    assert isinstance(json.loads(row["labels"]), list)


def test_facets_count_the_sources(site: str) -> None:
    facets = get(site, "/changes.json")["facet_results"]
    assert [each["value"] for each in facets["source"]["results"]] == ["paper"]
