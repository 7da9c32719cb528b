"""Each page in tests/pages is read as the JSON file beside it says; each parser has one.

The file holds ``url`` and either ``article``, the whole result, or ``refused``, the reason.
A page's parsers are those of the source that its name begins with: bbc-2024.html, spiders/bbc.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from tests.support.pages import SAVED_PAGES
from tests.support.sources import SOURCES, parsers_of

STATED = (
    "title standfirst authors body published_at modified_at parser canonical_url".split()  # noqa: SIM905
)


def expected(page: Path) -> dict[str, Any]:
    stated: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return stated


def result(article: ParsedPage) -> dict[str, Any]:
    whole = asdict(article)
    body = [[block.kind, block.text] for block in article.body]
    return {key: whole[key] for key in STATED} | {"body": body}


@pytest.mark.parametrize("file", SAVED_PAGES, ids=lambda file: file.stem)
def test_page_is_read_as_stated(file: Path) -> None:
    stated = expected(file)
    page = Page(file.read_bytes(), stated["url"])
    parsers = parsers_of(file.stem.split("-")[0])
    if "refused" in stated:
        with pytest.raises(Refusal) as caught:
            read(page, parsers)
        assert caught.value.reason == stated["refused"]
    else:
        assert result(read(page, parsers)) == stated["article"]


def test_every_parser_has_a_page_that_proves_it() -> None:
    proven = {expected(file).get("article", {}).get("parser") for file in SAVED_PAGES}
    declared = {parser.name for name in (*SOURCES, "generic") for parser in parsers_of(name)}
    assert declared <= proven
    assert declared
