"""``scrapy find``, ``follow`` and ``unfollow``: what is followed is the operator's choice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import query, scrapy
from tests.support.newsroom import Newsroom, feed, page, redirect

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXT = "The ferry to the island was taken off on Monday, after sixty years. " * 20
STORY = page(f"<article><h1>Ferry gone</h1><p>{TEXT}</p></article>")
RSS = feed(
    '<rss version="2.0"><channel><item><link>https://www.elm.example/a</link></item></channel></rss>'
)
FRONT = page(
    '<html lang="nb-NO"><head><title>Elm</title><meta property="og:site_name" content="The Elm">'
    '<link rel="alternate" type="application/rss+xml" href="/old-feed">'
    '<link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
)
SITEMAP = feed(
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://www.elm.example/a</loc></url></urlset>"
)
MAP = "https://www.elm.example/sitemap.xml"
ELM = {
    "https://www.elm.example/robots.txt": Answer(status=404),
    "https://www.elm.example/": FRONT,
    "https://www.elm.example/feed": RSS,
    "https://www.elm.example/a": STORY,
}


def run(
    folder: Path, *arguments: str, routes: dict[str, Any] | None = None
) -> subprocess.CompletedProcess[str]:
    with Newsroom(routes or {}) as newsroom:
        return scrapy(newsroom, folder, *arguments)


def listed(folder: Path) -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads((folder / "data" / "sources.toml").read_text("utf-8"))
    return tables


def test_sources_are_found_by_words_country_and_language(tmp_path: Path) -> None:
    found = run(tmp_path, "find", "--json", "aftenposten").stdout
    assert [each["name"] for each in json.loads(found)] == ["aftenposten"]
    norwegian = json.loads(run(tmp_path, "find", "--json", "--country", "no").stdout)
    assert {each["country"] for each in norwegian} == {"NO"}
    assert {"verdens_gang", "aftenposten"} <= {each["name"] for each in norwegian}
    both = json.loads(run(tmp_path, "find", "--json", "--language", "no").stdout)
    assert {each["language"] for each in both} <= {"nb", "nn", "no"}


def test_what_is_followed_comes_first_and_says_so(tmp_path: Path) -> None:
    lines = run(tmp_path, "find", "bbc").stdout.splitlines()
    assert "followed" in next(line for line in lines if "bbc" in line.lower())


def test_nothing_that_is_found_says_what_else_can_be_done(tmp_path: Path) -> None:
    done = run(tmp_path, "find", "no-paper-is-called-so")
    assert done.returncode == ExitStatus.NOT_DONE
    assert "scrapy follow URL" in done.stdout


def test_sources_that_are_known_are_followed_by_name_beside_what_was(tmp_path: Path) -> None:
    done = run(tmp_path, "follow", "aftenposten", "orf", "guardian")
    assert done.returncode == 0
    assert [*listed(tmp_path)] == ["bbc", "aftenposten", "orf", "guardian"]
    assert "followed before: orf" in run(tmp_path, "follow", "orf").stdout


def test_sources_are_found_by_an_address_and_by_the_names_of_places(tmp_path: Path) -> None:
    by_address = run(tmp_path, "find", "--json", "https://www.aftenposten.no/norge").stdout
    assert [each["name"] for each in json.loads(by_address)] == ["aftenposten"]
    by_names = ("--country", "Norway", "--language", "norwegian")
    found = json.loads(run(tmp_path, "find", "--json", *by_names).stdout)
    assert {each["country"] for each in found} == {"NO"}


def test_a_title_is_a_name_too_unless_two_publishers_share_it(tmp_path: Path) -> None:
    done = run(tmp_path, "follow", "ABC News", "NEUE zürcher Zeitung (NZZ)", "ORF")
    assert [*listed(tmp_path)] == ["bbc", "nzz", "orf"]
    (line,) = done.stderr.splitlines()
    assert "'ABC News' cannot be followed: 2 sources are called so: abcnews, abc_au" in line


def test_a_name_that_there_is_not_harms_no_other(tmp_path: Path) -> None:
    done = run(tmp_path, "follow", "aftenpsten", "orf")
    assert done.returncode == ExitStatus.NOT_DONE
    told = "'aftenpsten' cannot be followed: no source is called so; is it aftenposten?"
    assert told in done.stderr
    assert [*listed(tmp_path)] == ["bbc", "orf"]


def test_what_is_followed_is_what_crawl_all_crawls_and_what_is_not_is_never_late(
    tmp_path: Path,
) -> None:
    run(tmp_path, "follow", "https://www.elm.example/", routes=ELM)
    run(tmp_path, "unfollow", "bbc")
    done = run(tmp_path, "crawl", "all", routes=ELM)
    assert "+ elm: Ferry gone" in done.stderr
    assert query(tmp_path, "select source, title, followed from sources") == [("elm", "The Elm", 1)]
    assert run(tmp_path, "unfollow", "elm").returncode == 0
    assert query(tmp_path, "select source, followed from sources") == [("elm", 0)]
    assert "not followed" in run(tmp_path, "sources").stdout


def test_a_site_is_followed_by_the_first_feed_of_its_page_that_can_be_read(tmp_path: Path) -> None:
    done = run(tmp_path, "follow", "www.elm.example", routes=ELM)
    assert done.stdout == "followed from now on: elm\n"
    assert listed(tmp_path)["elm"] == {
        "title": "The Elm",
        "language": "nb",
        "domains": ["elm.example"],
        "feeds": ["https://www.elm.example/feed"],
    }


def test_a_site_without_a_feed_is_followed_by_its_sitemap(tmp_path: Path) -> None:
    routes = ELM | {
        "https://www.elm.example/": page("<title>Elm</title>"),
        "https://www.elm.example/robots.txt": Answer(b"Sitemap: https://www.elm.example/news.xml"),
        "https://www.elm.example/news.xml": SITEMAP,
    }
    run(tmp_path, "follow", "https://www.elm.example/", routes=routes)
    assert listed(tmp_path)["elm"]["sitemaps"] == ["https://www.elm.example/news.xml"]


def test_a_feed_itself_is_followed(tmp_path: Path) -> None:
    run(tmp_path, "follow", "https://www.elm.example/feed", routes=ELM)
    assert listed(tmp_path)["elm"]["feeds"] == ["https://www.elm.example/feed"]


def test_a_feed_on_a_host_of_its_own_is_of_the_paper_whose_articles_it_lists(
    tmp_path: Path,
) -> None:
    routes = ELM | {
        "https://burner.example/robots.txt": Answer(status=404),
        "https://burner.example/elm": RSS,
    }
    run(tmp_path, "follow", "https://burner.example/elm", routes=routes)
    assert listed(tmp_path)["elm"] == {
        "title": "elm.example",
        "domains": ["elm.example"],
        "feeds": ["https://burner.example/elm"],
    }


def test_a_feed_that_moved_for_good_is_followed_where_it_is(tmp_path: Path) -> None:
    for status, followed in ((301, "feed"), (308, "feed"), (302, "old")):
        folder = tmp_path / str(status)
        routes = ELM | {
            "https://www.elm.example/": page(
                '<link rel="alternate" type="application/rss+xml" href="/old">'
            ),
            "https://www.elm.example/old": redirect("https://www.elm.example/feed", status),
        }
        folder.mkdir()
        run(folder, "follow", "https://www.elm.example/", routes=routes)
        assert listed(folder)["elm"]["feeds"] == [f"https://www.elm.example/{followed}"]


def test_a_site_that_names_nothing_is_followed_by_what_may_be_a_feed_or_its_sitemap(
    tmp_path: Path,
) -> None:
    for named, followed in (
        ({"": page('<a href="/feed">RSS</a>')}, {"feeds": ["https://www.elm.example/feed"]}),
        ({"": page("<p>News</p>"), "sitemap.xml": SITEMAP}, {"sitemaps": [MAP]}),
    ):
        folder = tmp_path / next(iter(followed))
        folder.mkdir()
        routes = ELM | {f"https://www.elm.example/{path}": each for path, each in named.items()}
        run(folder, "follow", "https://www.elm.example/", routes=routes)
        assert listed(folder)["elm"].items() >= followed.items()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.aftenposten.no/", "aftenposten"),
        ("https://feeds.bbci.co.uk/news/world/rss.xml", "bbc"),
        ("http://newsfeed.zeit.de/all", "die_zeit"),
    ],
)
def test_the_address_of_a_known_source_or_of_its_feed_is_that_source(
    tmp_path: Path, address: str, name: str
) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(f'<outline text="Paper" xmlUrl="{address}"/>', "utf-8")
    for arguments in ((address,), ("--opml", str(file))):
        assert run(tmp_path, "follow", *arguments).stdout.endswith(f": {name}\n")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"": page("<title>Elm</title>")}, "its page names no feed that can be read"),
        ({"": page("gone", 404)}, "HTTP 404"),
        ({"robots.txt": Answer(b"User-agent: *\nDisallow: /")}, "robots.txt forbids it"),
        (
            {"": page('<link rel="alternate" type="application/rss+xml" href="http://10.0.0.7/">')},
            "its page names no feed that can be read",
        ),
        (
            {"feed": page("<p>Feeds</p>"), "old-feed": page("gone", 404)},
            "its page names no feed that can be read, and its robots.txt no sitemap; "
            "https://www.elm.example/old-feed: HTTP 404",
        ),
    ],
)
def test_a_site_that_cannot_be_followed_says_why(
    tmp_path: Path, answers: dict[str, Answer], reason: str
) -> None:
    routes = ELM | {f"https://www.elm.example/{path}": each for path, each in answers.items()}
    done = run(tmp_path, "follow", "https://www.elm.example/", routes=routes)
    assert done.returncode == ExitStatus.NOT_DONE
    assert f"https://www.elm.example/: {reason}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "sources.toml").exists()


def test_a_private_address_that_a_page_names_is_never_asked(tmp_path: Path) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="http://10.0.0.7/rss">'
    with Newsroom({**ELM, "https://www.elm.example/": page(link)}) as newsroom:
        scrapy(newsroom, tmp_path, "follow", "https://www.elm.example/")
        assert not [request for request in newsroom.log if "10.0.0.7" in str(request)]


def test_an_opml_file_is_followed_and_each_broken_line_is_said(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    right = '<outline text="Paper {0}" xmlUrl="https://paper{0}.example/rss"/>'
    wrong = '<outline text="Paper {0}" xmlUrl="https://paper{0}.example/rss>'
    lines = [(right if n % 2 else wrong).format(n) for n in range(200)]
    file.write_text("<opml><body>\n" + "\n".join(lines) + "\n</body></opml>", "utf-8")
    done = run(tmp_path, "follow", "--opml", str(file))
    assert done.returncode == ExitStatus.NOT_DONE
    assert len(done.stderr.splitlines()) == 100
    assert f"{file}, line 2: an <outline> that is broken" in done.stderr
    assert "paper1, paper3, paper5, paper7, paper9 and 95 more" in done.stdout
    assert len(listed(tmp_path)) == 101
    assert "paper199" in run(tmp_path, "list").stdout


def test_a_source_without_a_feed_is_followed_by_its_link_and_no_other_link_is(
    tmp_path: Path,
) -> None:
    file = tmp_path / "sites.opml"
    links = ("https://www.nzz.ch/", "https://www.elm.example/")
    outlines = [f'<outline type="link" text="Paper" url="{each}"/>\n' for each in links]
    file.write_text("".join(outlines), "utf-8")
    done = run(tmp_path, "follow", "--opml", str(file))
    assert [*listed(tmp_path)] == ["bbc", "nzz"]
    told = "line 2: no feed: scrapy follow https://www.elm.example/ looks for one"
    assert told in done.stderr


def test_papers_that_are_called_alike_get_names_of_their_own_and_feeds_of_one_go_together(
    tmp_path: Path,
) -> None:
    file = tmp_path / "feeds.opml"
    feeds = ("post.example.org", "post.example.net", "post.example.org/sport", "orf.at")
    outlines = [f'<outline text="Post" xmlUrl="https://{each}/rss"/>' for each in feeds]
    file.write_text("".join(outlines), "utf-8")
    assert run(tmp_path, "follow", "--opml", str(file)).returncode == 0
    tables = listed(tmp_path)
    assert [*tables] == ["bbc", "example", "post_example_net", "orf"]
    assert [table.get("feeds", []) for table in tables.values()] == [
        [],
        ["https://post.example.org/rss", "https://post.example.org/sport/rss"],
        ["https://post.example.net/rss"],
        [],
    ]


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "data" / "sources.toml"
    path.parent.mkdir()
    before = "# Mine.\n[orf]  # Austria\n# [guardian] one day\n"
    path.write_text(before, "utf-8")
    run(tmp_path, "follow", "aftenposten")
    assert path.read_text("utf-8") == f"{before}\n[aftenposten]\n"
    run(tmp_path, "unfollow", "aftenposten")
    assert path.read_text("utf-8").rstrip() == before.rstrip()


def test_a_table_with_a_mistake_is_not_written_a_second_time(tmp_path: Path) -> None:
    path = tmp_path / "data" / "sources.toml"
    path.parent.mkdir()
    path.write_text("[orf]\nfeeds = 7\n", "utf-8")
    done = run(tmp_path, "follow", "orf", "guardian")
    assert "'orf' cannot be followed: its table in sources.toml has a mistake" in done.stderr
    assert path.read_text("utf-8") == "[orf]\nfeeds = 7\n\n[guardian]\n"
    assert run(tmp_path, "unfollow", "orf").returncode == 0
    assert [*listed(tmp_path)] == ["guardian"]


def test_a_site_that_is_crawled_by_its_feed_alone_is_no_source_that_was_given_up(
    tmp_path: Path,
) -> None:
    by_feed = ("crawl", "feed", "-a", "feed=https://www.elm.example/feed")
    for _ in range(2):
        assert "no longer followed" not in run(tmp_path, *by_feed, routes=ELM).stderr
    assert query(tmp_path, "select source, followed from sources where title is not null") == [
        ("elm.example", 0)
    ]


def test_who_makes_a_spider_of_what_is_followed_is_told_how(tmp_path: Path) -> None:
    path = tmp_path / "data" / "sources.toml"
    path.parent.mkdir()
    path.write_text('[elm]\ntitle = "Elm"\nfeeds = ["https://elm.example/rss"]\n', "utf-8")
    done = run(tmp_path, "genspider", "elm", "https://elm.example/rss")
    assert done.returncode == ExitStatus.NO_SENSE
    assert (
        "there is a source 'elm' already, in sources.toml: scrapy unfollow elm first" in done.stderr
    )


def test_what_is_not_followed_cannot_be_given_up(tmp_path: Path) -> None:
    done = run(tmp_path, "unfollow", "orf")
    assert done.returncode == ExitStatus.NOT_DONE
    assert "not followed: orf" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("follow",), ("unfollow",), ("follow", "orf", "--opml", "feeds.opml")]
)
def test_what_makes_no_sense_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == ExitStatus.NO_SENSE
    assert len(done.stderr.splitlines()) == 1


def test_a_source_of_the_catalogue_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path, "crawl", "aftenposten")
    assert done.returncode == ExitStatus.NO_SENSE
    assert "aftenposten is in the catalogue: scrapy follow aftenposten" in done.stderr
