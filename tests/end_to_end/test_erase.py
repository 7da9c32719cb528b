"""What was erased does not come back with the crawls that follow, wherever they find it."""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

from scrapy.settings import Settings

from newsdiff_crawler.archive.members import walk
from newsdiff_crawler.commands import erase
from tests.end_to_end.test_identity_addresses import FIRE_URL, RAIN_URL, TEXTS, fire, play, rain
from tests.support.crawling import bbc_story, bbc_url, query
from tests.support.newsroom import redirect

COPY_URL, STATES_URL, LEADS_URL = bbc_url("c4copy"), bbc_url("c5states"), bbc_url("c6leads")
ELSEWHERE = "The valley's quayside market opens again."


def erased(folder: Path, url: str) -> None:
    command = erase.Command()
    command.settings = Settings({"NEWSDIFF_DATA": str(folder / "data")})
    command.run([url], argparse.Namespace(reason="a court said so"))


def words_kept(folder: Path) -> bytes:
    """All that the data folder has, pages of the archive unpacked."""
    found = b""
    for path in (folder / "data").rglob("*"):
        found += path.read_bytes() if path.is_file() else b""
        if path.suffix == ".gz":
            with path.open("rb") as file:
                for member in list(walk(file)):
                    file.seek(member.offset)
                    found += zlib.decompressobj(31).decompress(file.read(member.length))
    return found


def test_no_crawl_brings_back_what_was_erased(tmp_path: Path) -> None:
    play(tmp_path, {RAIN_URL: rain(), FIRE_URL: fire()})
    assert b"Stanton" in words_kept(tmp_path)
    erased(tmp_path, RAIN_URL)
    states = bbc_story(RAIN_URL, "Stanton drowns", ["Stanton is under water."])
    play(
        tmp_path,
        {
            RAIN_URL: rain(RAIN_URL, "Stanton is an island."),
            FIRE_URL: fire(),
            COPY_URL: rain(COPY_URL),
        }
        | {STATES_URL: states, LEADS_URL: redirect(RAIN_URL)},
        {
            RAIN_URL: rain(),
            FIRE_URL: redirect(RAIN_URL),
            COPY_URL: rain(COPY_URL),
            STATES_URL: states,
        },
    )
    assert query(tmp_path, TEXTS) == [
        (RAIN_URL, 1, None),
        (FIRE_URL, 1, "Mill burns down"),
    ]
    assert b"Stanton" not in words_kept(tmp_path)
    owners = (
        "select a.url from article_urls u join articles a on a.id = u.article_id where u.url = "
    )
    assert query(tmp_path, f"{owners}'{STATES_URL}'") == [(RAIN_URL,)]


def test_an_address_that_showed_what_was_erased_may_tell_its_own_story(tmp_path: Path) -> None:
    play(tmp_path, {RAIN_URL: rain()})
    erased(tmp_path, RAIN_URL)
    own = bbc_story(COPY_URL, "Market opens", [ELSEWHERE, "It had been shut for a year."])
    play(tmp_path, {COPY_URL: rain(COPY_URL)}, {COPY_URL: own})
    assert (COPY_URL, 1, "Market opens") in query(tmp_path, TEXTS)
