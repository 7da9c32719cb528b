"""A feed gives its links, or the reason why it does not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from newsdiff_crawler.parsing import feeds
from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/1</link><guid>https://news.example/1#0</guid></item>
<item><title>No link</title></item>
<item><title>Two</title><link>https://news.example/2</link></item>
</channel></rss>"""
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_links_come_in_the_feeds_order_and_an_entry_without_one_is_left_out() -> None:
    links = read_feed(RSS.encode())
    assert links == Links(("https://news.example/1", "https://news.example/2"))


def test_an_atom_feed_is_read_like_any_other() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>
              <link href="https://news.example/a"/></entry></feed>"""
    assert read_feed(atom.encode()).articles == ("https://news.example/a",)


def test_a_feedburner_link_is_the_one_that_it_leads_to() -> None:
    item = """<rss xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
              <link>http://feeds.news.example/~r/x</link>
              <fb:origLink>https://news.example/1</fb:origLink></item></channel></rss>"""
    assert read_feed(item.encode()).articles == ("https://news.example/1",)


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>
 https://news.example/1</loc><news:news><news:title>One</news:title></news:news></url>
 <url><lastmod>2026-03-01</lastmod></url><url><loc>https://news.example/2</loc></url></urlset>"""


def test_a_news_sitemap_gives_its_locations() -> None:
    expected = Links(("https://news.example/1", "https://news.example/2"))
    assert read_feed(SITEMAP.encode()) == expected
    assert read_feed(gzip.compress(SITEMAP.encode())) == expected


def test_an_index_gives_its_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>"
    assert read_feed(index.encode()) == Links(sitemaps=("https://news.example/s.xml",))


def test_a_gzip_bomb_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_SIZE", 10_000)
    with pytest.raises(FeedError, match="not a feed"):
        read_feed(gzip.compress(b"x" * 10_000_000))


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    broken = RSS[: RSS.index("<title>Two")]
    assert read_feed(broken.encode()).articles == ("https://news.example/1",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer"),
        (b" \n ", "empty answer"),
        (b"\x1f\x8bnonsense", "broken gzip"),
        (b"<urlset></urlset>", "sitemap without entries"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "HTML instead of a feed"),
        (b"Service unavailable", "not a feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
        (RSS[:60].encode(), "malformed feed"),
        (b'<rss version="2.0"><channel></channel></rss>', "feed without entries"),
        (
            b'<rss version="2.0"><channel><item><title>x</title></item></channel></rss>',
            "no entry has a link",
        ),
    ],
)
def test_what_is_no_feed_of_articles_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(body)


def test_an_entity_bomb_is_not_blown_up() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><link>https://news.example/&a9;</link></item>"
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{entities}]><rss version="2.0"><channel>{item}'
    (link,) = read_feed(bomb.encode()).articles
    assert len(link) < 100


@pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus of real feeds is not beside the project"
)
def test_real_feeds_give_links() -> None:
    rows = [json.loads(row) for row in (CORPUS / "feeds.jsonl").read_text().splitlines()]
    files = [CORPUS / row["file"] for row in rows if row["kind"] != "html"]
    assert files
    assert [file.name for file in files if not read_feed(file.read_bytes()).articles] == []
