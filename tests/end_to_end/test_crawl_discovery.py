"""Feeds whose links lie elsewhere, sitemaps that list nonsense, robots.txt that leads on."""

from __future__ import annotations

from pathlib import Path

from tests.support.crawling import crawl, query, scrapy
from tests.support.newsroom import Newsroom, feed, page, redirect, typed

HOST = "https://news.example"
STORY = page(
    "<html><head><title>Rain</title></head><body><article><h1>Rain floods the valley</h1>"
    + "<p>The river rose through the night, and by morning the town stood under water.</p>" * 6
    + "</article></body></html>"
)


def rss(*urls: str) -> str:
    items = "".join(f"<item><title>Rain</title><link>{url}</link></item>" for url in urls)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def declare(folder: Path, line: str) -> None:
    (folder / "data").mkdir()
    table = f'[paper]\ntitle = "The Paper"\n{line}\n'
    (folder / "data" / "sources.toml").write_text(table, "utf-8")


def articles(folder: Path) -> list[str]:
    return [url for (url,) in query(folder, "select url from articles order by url")]


def test_links_through_a_redirector_are_followed_once(tmp_path: Path) -> None:
    links = [f"https://t.example/{number}" for number in range(5)]
    stories = [f"{HOST}/news/{number}" for number in range(5)]
    routes = {f"{HOST}/rss.xml": feed(rss(*links)), **dict.fromkeys(stories, STORY)}
    for link, story in zip(links, stories, strict=True):
        routes |= {link: redirect(f"{link}/on"), f"{link}/on": redirect(f"{story}?utm_source=t")}
    declare(tmp_path, f'feeds = ["{HOST}/rss.xml"]')
    with Newsroom(routes) as newsroom:
        crawl(newsroom, tmp_path, "paper")
        assert articles(tmp_path) == stories
        first = len(newsroom.log)
        crawl(newsroom, tmp_path, "paper", "-a", "recheck=1")
        asked = {entry.request.host for entry in newsroom.log[first:]}
    assert asked == {"news.example"}
    assert query(tmp_path, "select listed, left_out from feeds") == [(5, "{}")]


def test_links_on_a_host_that_leads_nowhere_are_left_out_and_named(tmp_path: Path) -> None:
    links = [f"https://other.example/news/{number}" for number in range(9)]
    routes = {f"{HOST}/rss.xml": feed(rss(*links)), **dict.fromkeys(links, STORY)}
    declare(tmp_path, f'feeds = ["{HOST}/rss.xml"]')
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "paper")
        asked = [url for url in newsroom.urls() if "other.example/news" in url]
        told = " ".join(scrapy(newsroom, tmp_path, "sources").stdout.split())
    left_out = "9 on another host (other.example 9)"
    assert len(asked) == 3
    assert f"its feeds list 0 articles, fewer than 1; left out: {left_out}" in done.stderr
    assert f"paper: left out of its feeds: {left_out}" in done.stderr
    assert f"paper leaves out of its feeds: {left_out}" in told


def test_what_is_malformed_harms_itself_alone_and_is_named_once(tmp_path: Path) -> None:
    children = ["/a.xml", "https://u:p@news.example/b.xml", "https://news.example:99999/c.xml"]
    index = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in children)
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in ("http://[", "x:y", "/news/1"))
    routes = {
        f"{HOST}/index.xml": typed(f"<sitemapindex>{index}</sitemapindex>".encode(), "text/xml"),
        f"{HOST}/a.xml": typed(f"<urlset>{listed}</urlset>".encode(), "text/xml"),
        f"{HOST}/news/1": STORY,
    }
    declare(tmp_path, f'sitemaps = ["{HOST}/index.xml"]')
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "paper")
        again = crawl(newsroom, tmp_path, "paper", "-a", "recheck=1")
    assert articles(tmp_path) == [f"{HOST}/news/1"]
    assert "Traceback" not in done.stderr + again.stderr
    named = "feed https://news.example/a.xml: malformed entry: 'http://[': Invalid IPv6 URL"
    assert named in done.stderr
    assert "malformed entry" not in again.stderr
    assert query(tmp_path, "select count(*) from hosts") == [(0,)]


def test_the_rules_that_robots_txt_leads_to_hold_for_the_first_host(tmp_path: Path) -> None:
    routes = {
        f"{HOST}/robots.txt": redirect("https://group.example/robots.txt", 301),
        "https://group.example/robots.txt": typed(b"User-agent: *\nDisallow: /news/", "text/plain"),
        f"{HOST}/rss.xml": feed(rss(f"{HOST}/news/1")),
        f"{HOST}/news/1": STORY,
    }
    declare(tmp_path, f'feeds = ["{HOST}/rss.xml"]')
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "paper")
        assert f"{HOST}/news/1" not in newsroom.urls()
    assert f"{HOST}/news/1: blocked: robots.txt forbids it" in done.stderr


def test_an_international_host_is_one_in_both_spellings(tmp_path: Path) -> None:
    host = "https://xn--mller-bote-9db.example"
    routes = {f"{host}/rss.xml": feed(rss("https://müller-bote.example/1")), f"{host}/1": STORY}
    declare(tmp_path, 'feeds = ["https://müller-bote.example/rss.xml"]')
    with Newsroom(routes) as newsroom:
        crawl(newsroom, tmp_path, "paper")
    assert articles(tmp_path) == [f"{host}/1"]
