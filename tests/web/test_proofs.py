"""Readers are told how to cite a version, and get a file that proves what they cite."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.proof.checking import check_bytes
from newsdiff_crawler.proof.signing import FILE_NAME
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.roots import Stamp
from newsdiff_crawler.store.writing.takedown import hide
from tests.support.evidence import proved_record, stamped
from tests.support.records import URL


@pytest.fixture
def proved(client: TestClient, tmp_path: Path) -> TestClient:
    """A site over three versions that a root knows."""
    proved_record(tmp_path)
    stamped(tmp_path)
    return client


def test_the_page_of_a_change_leads_to_its_proof(proved: TestClient) -> None:
    page = proved.get("/articles/1/diff/1/2").text
    assert 'href="/articles/1/diff/1/2.wacz"' in page
    answer = proved.get("/articles/1/diff/1/2.wacz")
    assert answer.headers["content-type"] == "application/wacz"
    assert answer.headers["content-disposition"] == 'attachment; filename="proof-1-1-2.wacz"'
    assert check_bytes(answer.content, None)[0] == f"paper: {URL}"


def test_a_version_has_a_proof_too(proved: TestClient) -> None:
    assert 'href="/articles/1/versions/3.wacz"' in proved.get("/articles/1/versions/3").text
    lines = check_bytes(proved.get("/articles/1/versions/3.wacz").content, None)
    assert [line for line in lines if line.startswith("version")] == [
        "version 3, seen 2025-04-22T15:06:00Z to 2025-04-22T15:06:00Z: text, page, time and hash "
        "belong together"
    ]


def test_a_page_that_is_gone_is_said_to_be(proved: TestClient, tmp_path: Path) -> None:
    for path in (tmp_path / "archive").rglob("*.warc.gz"):
        path.unlink()
    answer = proved.get("/articles/1/versions/1.wacz")
    assert answer.status_code == 404
    assert "its file is missing" in answer.text


@pytest.mark.parametrize(
    "path", ["diff/2/1", "diff/1/1", "diff/1/9", "versions/9", "versions/0", "versions/x"]
)
def test_there_is_no_proof_of_what_is_not_there(proved: TestClient, path: str) -> None:
    assert proved.get(f"/articles/1/{path}.wacz").status_code == 404


def test_there_is_none_of_what_was_taken_down(proved: TestClient, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        hide(store.db, [URL], "2025-04-23T00:00:00Z", "a court said so")
    assert proved.get("/articles/1/diff/1/2.wacz").status_code == 451


def test_without_a_hash_there_is_no_button_and_no_proof(proved: TestClient, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        store.db.execute("update versions set version_hash = null where number = 1")
    assert "2.wacz" not in proved.get("/articles/1/diff/1/2").text
    assert "1.wacz" not in proved.get("/articles/1/versions/1").text
    assert "has no hash yet" in proved.get("/articles/1/diff/1/2.wacz").text


def test_a_site_that_may_not_have_the_key_does_not_sign(proved: TestClient, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert "it is not signed" in check_bytes(
        proved.get("/articles/1/versions/1.wacz").content, None
    )


def test_a_version_says_how_to_cite_it(proved: TestClient, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        ((digest,),) = store.db.execute("select version_hash from versions where number = 2")
    page = proved.get("/articles/1/versions/2").text
    for said in (
        'href="http://testserver/articles/1/versions/2"',
        f"<code>{digest}</code>",
        "The Paper: “Rain”, version 2, first seen 2025-04-22T14:33:00Z, last seen 2025-",
        "<dt>First seen</dt>",
        "<dt>Last seen</dt>",
        "which no outside clock has stamped yet",
    ):
        assert said in page


def test_who_stamped_it_is_named(proved: TestClient, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        at = "2025-04-23T00:00:00Z"
        store.roots.stamp(Stamp(1, "rfc3161", "tsa.example", at, "", False, "ff"))
    assert "Stamped by tsa.example, <time" in proved.get("/articles/1/versions/2").text
