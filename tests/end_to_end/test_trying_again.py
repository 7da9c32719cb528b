"""After a crawl that reached nobody the next one tries again at once; a host that wants to be left
alone is, and it is said until when."""

from __future__ import annotations

import subprocess
from pathlib import Path

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import bbc_feeds, bbc_routes, crawl, query, stories, urls_of
from tests.support.newsroom import Newsroom

URLS = urls_of(6)
NO_NETWORK = "No host could be reached: is there a network? The next crawl tries again at once."


def test_a_first_crawl_without_a_network_says_so_in_a_few_lines(tmp_path: Path) -> None:
    done = crawl_offline(tmp_path)
    refused, unwell, nobody, summary = done.stderr.splitlines()
    why = "robots.txt: connection refused"
    assert refused.startswith("! WARNING bbc: feeds.bbci.co.uk: left alone until ")
    assert refused.endswith(why)
    assert unwell == f"! ERROR bbc is unwell: none of 8 feeds could be read: {why}"
    assert nobody == f"bbc: {NO_NETWORK} Nothing waits for so long as was said above."
    assert summary.startswith("bbc: nothing was checked; next check due ")
    assert done.returncode == ExitStatus.NOTHING_READ


def test_what_could_not_be_asked_for_is_asked_for_by_the_next_crawl(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        crawl_offline(tmp_path)
        done = crawl(newsroom, tmp_path, "bbc")
    assert "bbc: checked 6 articles: 6 new" in done.stderr
    assert query(tmp_path, "select count(*) from hosts") == [(0,)]


def test_a_network_that_goes_delays_no_article(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        crawl_offline(tmp_path, "-a", "recheck=1")
        done = crawl(newsroom, tmp_path, "bbc")
    assert "bbc: checked 6 articles: 6 unchanged" in done.stderr


def test_where_others_are_read_the_fault_is_not_the_networks(tmp_path: Path) -> None:
    """A domain that is given up is asked less and less, as long as the service runs."""
    (tmp_path / "data").mkdir()
    lost = '[lost]\ntitle = "Lost"\nfeeds = ["https://lost.example/rss"]\n'
    (tmp_path / "data" / "sources.toml").write_text(lost)
    assert NO_NETWORK in crawl_offline(tmp_path, source="lost").stderr
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    done = crawl_offline(tmp_path, source="lost")
    assert NO_NETWORK not in done.stderr
    assert query(tmp_path, "select host, back_offs from hosts") == [("lost.example", 1)]


def test_publishers_that_refuse_are_not_asked_again_at_once(tmp_path: Path) -> None:
    refusing = dict.fromkeys(bbc_feeds(), Answer(status=429, headers={"Retry-After": "3600"}))
    with Newsroom(refusing) as newsroom:
        assert NO_NETWORK not in crawl(newsroom, tmp_path, "bbc").stderr
        asked = len(newsroom.log)
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert len(newsroom.log) == asked
    assert "! WARNING bbc: feeds.bbci.co.uk: left alone until 20" in done.stderr


def crawl_offline(
    folder: Path, *arguments: str, source: str = "bbc"
) -> subprocess.CompletedProcess[str]:
    """A crawl whose proxy, which is its whole network, has gone."""
    with Newsroom({}) as gone:
        pass
    return crawl(gone, folder, source, *arguments)
