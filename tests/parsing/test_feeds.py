"""A feed gives its links with a mark each, or the reason why it does not."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing import feed_text
from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed
from newsdiff_crawler.parsing.sitemaps import ListedSitemap
from tests.support.corpus import NOT_OURS

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/1</link><guid>https://news.example/1#0</guid></item>
<item><title>No link</title></item>
<item><title>Two</title><link>https://news.example/2</link></item>
</channel></rss>"""
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def urls(feed: str) -> list[str]:
    return [entry.url for entry in read_feed(feed.encode()).articles]


def test_links_come_in_the_feeds_order_and_an_entry_without_one_is_left_out() -> None:
    assert urls(RSS) == ["https://news.example/1", "https://news.example/2"]


def test_an_atom_feed_is_read_like_any_other() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>
              <link href="https://news.example/a"/></entry></feed>"""
    assert urls(atom) == ["https://news.example/a"]


def test_a_feedburner_link_is_the_one_that_it_leads_to() -> None:
    item = """<rss xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
              <link>http://feeds.news.example/~r/x</link>
              <fb:origLink>https://news.example/1</fb:origLink></item></channel></rss>"""
    assert urls(item) == ["https://news.example/1"]


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>
 https://news.example/1</loc><news:news><news:title>One</news:title></news:news></url>
 <url><lastmod>2026-03-01</lastmod></url><url><loc>https://news.example/2</loc></url></urlset>"""


def test_a_news_sitemap_gives_its_locations() -> None:
    assert urls(SITEMAP) == ["https://news.example/1", "https://news.example/2"]
    assert read_feed(gzip.compress(SITEMAP.encode())) == read_feed(SITEMAP.encode())


def test_an_index_gives_its_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>"
    assert read_feed(index.encode()) == Links(
        sitemaps=(ListedSitemap("https://news.example/s.xml"),)
    )


def test_a_gzip_bomb_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_text, "MAX_SIZE", 10_000)
    with pytest.raises(FeedError, match="not a feed"):
        read_feed(gzip.compress(b"x" * 10_000_000))


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    broken = RSS[: RSS.index("<title>Two")]
    assert urls(broken) == ["https://news.example/1"]


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
def test_what_is_no_feed_of_articles_has_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(body)


def test_an_entity_bomb_is_not_blown_up() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><link>https://news.example/&a9;</link></item>"
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{entities}]><rss version="2.0"><channel>{item}'
    (url,) = urls(bomb)
    assert len(url) < 100


@pytest.mark.skipif(not CORPUS.exists(), reason=NOT_OURS)
def test_real_feeds_give_links() -> None:
    rows = [json.loads(row) for row in (CORPUS / "feeds.jsonl").read_text().splitlines()]
    files = [CORPUS / row["file"] for row in rows if row["kind"] != "html"]
    assert files
    assert [file.name for file in files if not read_feed(file.read_bytes()).articles] == []


# --- Marks ------------------------------------------------------------------------------------


def mark(feed: str) -> str:
    (entry,) = read_feed(feed.encode()).articles
    return entry.mark


def rss(guid: str = "https://news.example/1#0", text: str = "Rain", more: str = "") -> str:
    return f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <lastBuildDate>Sun, 01 Mar 2026 08:00:00 GMT</lastBuildDate>
        <item><title>Storm</title><description>{text}</description>
        <link>https://news.example/1</link><guid isPermaLink="false">{guid}</guid>
        <pubDate>Sun, 01 Mar 2026 07:00:00 GMT</pubDate>{more}</item></channel></rss>"""


def atom(updated: str = "2026-03-01T07:00:00Z") -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:news.example,1</id>
        <title>Storm</title><published>2026-03-01T07:00:00Z</published>
        <updated>{updated}</updated><link href="https://news.example/1"/></entry></feed>"""


def sitemap(lastmod: str = "2026-03-01T07:00:00Z", title: str = "Storm") -> str:
    return f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
        <loc>https://news.example/1</loc><lastmod>{lastmod}</lastmod><news:news>
        <news:publication_date>2026-03-01T06:00:00Z</news:publication_date>
        <news:title>{title}</news:title></news:news></url></urlset>"""


REVISED = {
    "the BBC's guid, which ends in the number of the revision": (rss(), rss("https://news.example/1#1")),
    "a headline": (rss(), rss().replace("Storm", "Storms")),
    "a summary": (rss(), rss(text="Heavy rain")),
    "the date of an RSS entry": (rss(), rss().replace("07:00:00", "07:30:00")),
    "Dublin Core's date": (rss(), rss(more="<dc:date>2026-03-01T07:30:00Z</dc:date>")),
    "Atom's updated": (atom(), atom("2026-03-01T07:30:00Z")),
    "a sitemap's lastmod": (sitemap(), sitemap("2026-03-01T07:30:00Z")),
    "a sitemap's headline": (sitemap(), sitemap(title="Storms")),
}  # fmt: skip


@pytest.mark.parametrize("what", REVISED)
def test_a_revision_changes_the_mark(what: str) -> None:
    before, after = REVISED[what]
    assert mark(before) != mark(after)


SAME = {
    "the feed's own date": (rss(), rss().replace("08:00:00", "08:05:00")),
    "the link's tracking": (rss(), rss().replace("/1</link>", "/1?at_medium=RSS</link>")),
    "a picture in the summary": (
        rss(text="Rain &lt;img src='a.gif?1'&gt;"),
        rss(text="Rain &lt;img src='a.gif?2'&gt;"),
    ),
    "quotes": (rss(text="“Rain”"), rss(text='"Rain"')),
    "another time zone": (atom(), atom("2026-03-01T08:00:00+01:00")),
    "the number of comments": (rss(), rss(more="<comments>12</comments>")),
}


@pytest.mark.parametrize("what", SAME)
def test_what_changes_by_itself_changes_no_mark(what: str) -> None:
    before, after = SAME[what]
    assert mark(before) == mark(after)


@given(st.text(), st.text())
def test_any_summary_has_a_mark(text: str, other: str) -> None:
    summaries = (f"<![CDATA[{each.replace(']]>', '')}]]>" for each in (text, other))
    assert all(re.fullmatch("[0-9a-f]{16}", mark(rss(text=summary))) for summary in summaries)
