"""A source that a user lists is a spider like any other; a mistake names its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsdiff_crawler.crawling.source_table import spider_of
from newsdiff_crawler.crawling.sources_file import Sources, read_sources
from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import PROJECT, bbc_routes, crawl, query, scrapy
from tests.support.newsroom import Newsroom, feed, page

GOOD = """
[island_post]
title = "The Island Post"
feeds = ["https://www.island-post.example/rss"]
leave_out = ["^/live/"]
title_selector = ".kicker + h1"
body_selector = "#text"
drop_selector = ".promo"
"""
STORY = """<html><body><h1>The Island Post</h1><p class="kicker">Harbour</p><h1>Ferry gone</h1>
<div id="text"><p>The ferry to the island was taken off on Monday, after sixty years.</p>
<p class="promo">Subscribe today</p></div></body></html>"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_table_becomes_a_spider(tmp_path: Path) -> None:
    (source,) = read_sources(write(tmp_path, GOOD)).tables.values()
    spider = spider_of("island_post", source)
    assert (spider.name, spider.title) == ("island_post", "The Island Post")
    assert spider.domains == ("island-post.example",)
    assert spider.leave_out[0] == "^/live/"
    assert [parser.body for parser in spider.parsers] == ["#text"]


@pytest.mark.parametrize("stated", ["https://Post.example/", "www.post.example", "POST.example"])
def test_a_domain_is_taken_as_people_write_it_and_that_is_said(tmp_path: Path, stated: str) -> None:
    table = f'[post]\ntitle = "The Post"\nfeeds = ["https://a.example/"]\ndomains = ["{stated}"]'
    spider = spider_of("post", read_sources(write(tmp_path, table)).tables["post"])
    assert spider.domains == ("post.example",)
    assert spider.remarks == (f"domains: {stated!r} is taken as 'post.example'",)


def test_an_international_domain_is_the_same_in_both_spellings(tmp_path: Path) -> None:
    table = '[post]\ntitle = "The Post"\nfeeds = ["https://müller-bote.example/rss"]'
    for domains in ("", '\ndomains = ["müller-bote.example", "xn--mller-bote-9db.example"]'):
        spider = spider_of("post", read_sources(write(tmp_path, table + domains)).tables["post"])
        assert spider.domains == ("xn--mller-bote-9db.example",)
        assert spider.remarks == ()


def test_where_there_is_no_file_the_bbc_is_followed(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "sources.toml") == Sources({}, by_name=("bbc",))


def test_where_the_file_names_no_source_none_is_followed(tmp_path: Path) -> None:
    assert not read_sources(write(tmp_path, "# none\n")).names


def test_a_name_that_ships_is_enough(tmp_path: Path) -> None:
    sources = read_sources(write(tmp_path, "[bbc]\n[orf]  # Austria\n[aftenposten]"))
    assert sources.names == {"aftenposten", "bbc", "orf"}
    assert not sources.mistakes


def test_what_a_table_says_goes_before_what_ships(tmp_path: Path) -> None:
    path = write(tmp_path, "[orf]\nfeeds = ['https://rss.orf.example/moved']")
    table = read_sources(path).tables["orf"]
    assert table.feeds == ["https://rss.orf.example/moved"]
    assert (table.country, table.domains) == ("AT", ["orf.at"])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(b'[post]\ntitle = "\xff"')
    for place in (path, tmp_path):
        (mistake,) = read_sources(place).mistakes
        assert mistake.startswith(f"{place}: cannot be read: ")


def test_letters_that_are_not_utf_8_stop_the_table_that_has_them(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    post = '[post]\ntitle = "Süd"\nfeeds = ["https://post.example/rss"]\n'
    path.write_bytes(f"# für uns\n[bbc]\n{post}[orf]\n".encode("latin-1"))
    sources = read_sources(path)
    assert sources.names == {"bbc", "orf"}
    assert sources.left_out == ("post",)
    (mistake,) = sources.mistakes
    assert mistake == f"{path}: cannot be read: line 1 is not written in UTF-8"


def test_a_file_of_any_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes("\ufeff[bbc]\r\n[post]\r\ntitle =\r\n[orf]\r\n".encode())
    sources = read_sources(path)
    assert sources.names == {"bbc", "orf"}
    assert len(sources.mistakes) == 1


def test_a_listed_source_is_in_the_list_and_can_be_crawled(tmp_path: Path) -> None:
    write(tmp_path / "data", GOOD)
    url = "https://www.island-post.example/a"
    rss = f'<rss version="2.0"><channel><item><link>{url}</link></item></channel></rss>'
    routes = {
        "https://www.island-post.example/robots.txt": Answer(status=404),
        "https://www.island-post.example/rss": feed(rss),
        url: page(STORY),
    }
    with Newsroom(routes) as newsroom:
        listed = scrapy(newsroom, tmp_path, "list")
        crawl(newsroom, tmp_path, "island_post")
    assert {"island_post", "bbc"} <= set(listed.stdout.split())
    assert query(tmp_path, "select title, text from version_texts") == [
        (
            "Ferry gone",
            "Ferry gone\n\nThe ferry to the island was taken off on Monday, after sixty years.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[post]\ntitle = P", r"line 2"),
        ("[post]\nfeeds = ['https://a.example/rss']", r"line 1: \[post\] expected 'title'"),
        ("[post]\ntitle = 'P'", r"line 1: \[post\] expected at least one of feeds"),
        (
            "[post]\ntitle = 'P'\nfeed = 'x'",
            r"line 3: \[post\] 'feed' is unknown; expected one",
        ),
        (
            "[post]\ntitle = 'P'\nfeeds = 'x'",
            r'line 3: \[post\] feeds: expected a list, as \["..."\]',
        ),
        ("[post]\ntitle = 7\nfeeds = []", r"line 2: \[post\] title: expected text in quotes"),
        ("[post]\ntitle = ''\nfeeds = []", r"line 2: \[post\] title: expected some text"),
        ("[post]\ntitle = ' '\nfeeds = []", r"line 2: \[post\] title: expected some text"),
        (
            "[post]\ntitle = 'P'\ncountry = 'Norway'",
            r"line 3: \[post\] country: expected two capitals of ISO 3166, as \"NO\", not 'Norway'",
        ),
        (
            "[post]\ntitle = 'P'\nlanguage = 'norsk'",
            r"line 3: \[post\] language: expected a language of ISO 639, as \"nb\"",
        ),
        (
            "[post]\ntitle = 'P'\nmin_articles = '5'",
            r"line 3: \[post\] min_articles: expected a whole number",
        ),
        (
            "[post]\ntitle = 'P'\nmin_articles = -5",
            r"line 3: \[post\] min_articles: expected 0 or more",
        ),
        (f"[{'p' * 101}]\ntitle = 'P'", r"line 1: .* has no name of small letters, .*100 at most"),
        (
            "[post]\ntitle = 'P'\nfeeds = [\n  'https://a.example/rss',\n  'a.example/rss',\n]",
            r"line 5: \[post\] feeds: expected an address that begins with https://",
        ),
        (
            "[post]\ntitle = 'P'\nfeeds = ['https://a.example/rss']\nleave_out = ['(']",
            r"line 4: \[post\] leave_out: expected a regular expression",
        ),
        (
            "[post]\ntitle = 'P'\nfeeds = ['https://a.example/rss']\nbody_selector = 'p['",
            r"line 4: \[post\] body_selector: expected a CSS selector",
        ),
        ("['post.example']\ntitle = 'P'", r"line 1: \[post.example\] has no name of small "),
        ("[Post-1]\ntitle = 'P'", r"line 1: \[Post-1\] has no name of small letters, "),
        ("title = 'P'", r"line 1: expected a table"),
        ("\n[pots]", r"line 2: \[pots\] says nothing, and no source that ships is called so"),
        ("[post]\ntitle = 'P'\ncountry = 'Norway'", r"line 3: \[post\] country: "),
        (
            "[post]\ntitle = 'P'\nzone = 'Oslo'",
            r"line 3: \[post\] zone: expected a time zone",
        ),
        ("[bbc]\ntitle = 'P'", r"line 1: \[bbc\] is the name of a built-in source: expected noth"),
    ],
)
def test_a_mistake_names_its_line_and_what_was_expected(
    tmp_path: Path, text: str, message: str
) -> None:
    (mistake,) = read_sources(write(tmp_path, text)).mistakes
    assert re.search(rf"sources\.toml.*{message}", mistake)


BAD = {
    "no TOML": "[bad]\ntitle = The Post",
    "a key that there is not": "[bad]\ntitle = 'P'\nfeed = 'https://a.example/rss'",
    "no address": "[bad]\ntitle = 'P'\nfeeds = ['a.example/rss']",
    "twice there": GOOD,
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_mistake_stops_only_the_table_that_has_it(
    tmp_path: Path, bad: str, is_first: bool
) -> None:
    text = f"{bad}\n{GOOD}" if is_first else f"{GOOD}\n{bad}"
    sources = read_sources(write(tmp_path, text))
    assert [*sources.tables] == ["island_post"]
    assert len(sources.mistakes) == 1


def test_a_mistake_is_said_and_stops_no_other_source(tmp_path: Path) -> None:
    write(tmp_path / "data", "[bbc]\ntitle = 'B'\nfeeds = ['https://b.example/rss']")
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert "[bbc] is the name of a built-in source" in done.stderr
    assert "bbc: nothing was checked" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_example_that_ships_is_commented_out_and_right(tmp_path: Path) -> None:
    example = (PROJECT / "data" / "sources.example.toml").read_text("utf-8")
    assert read_sources(write(tmp_path, example)) == Sources({})
    live = "\n".join(line.removeprefix("#") for line in example.splitlines() if line[:2] != "# ")
    assert len(read_sources(write(tmp_path, live)).tables) == 2


def test_any_feed_is_a_source_named_by_its_host(tmp_path: Path) -> None:
    url = "https://www.island-post.example/a"
    rss = f'<rss version="2.0"><channel><item><link>{url}</link></item></channel></rss>'
    text = STORY.replace('<h1>The Island Post</h1><p class="kicker">Harbour</p>', "")
    long = "<p>" + "The old boat will be sold, the harbour board said in a statement. " * 6 + "</p>"
    routes = {
        "https://rss.island-post.example/robots.txt": Answer(status=404),
        "https://www.island-post.example/robots.txt": Answer(status=404),
        "https://rss.island-post.example/all": feed(rss),
        url: page(text.replace('<p class="promo">Subscribe today</p>', long)),
    }
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "feed", "-a", "feed=https://rss.island-post.example/all")
    assert "island-post.example: checked 1 article: 1 new" in done.stderr
    assert query(tmp_path, "select source, title from articles") == [
        ("island-post.example", "Ferry gone")
    ]


def test_a_feed_that_is_no_address_is_refused(tmp_path: Path) -> None:
    with Newsroom({}) as newsroom:
        done = crawl(newsroom, tmp_path, "feed", "-a", "feed=example")
    assert done.returncode == ExitStatus.NO_SENSE
    assert "expected -a feed=https://..., not 'example'" in done.stderr
