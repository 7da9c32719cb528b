"""What a source sets for its crawl, as the crawl has it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from scrapy.crawler import Crawler, CrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.project import get_project_settings

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.source import Source


class Paper(Source):
    name = "paper"
    title = "The Paper"
    domains = ("news.example",)


def settings_of(spider: type[Source], **options: Any) -> Settings:
    """As ``scrapy crawl`` makes them."""
    settings = get_project_settings()
    settings.setdict(options, "cmdline")
    return CrawlerRunner(settings).create_crawler(Crawler(spider, settings)).settings


def enabled(settings: Settings, kind: str) -> list[str]:
    components = build_component_list(settings.get_component_priority_dict_with_base(kind))
    return [str(component).rpartition(".")[2] for component in components]


def test_what_would_drop_a_request_without_a_word_is_off() -> None:
    """A request that leaves the source's hosts fails, so that its check is recorded."""
    downloader = enabled(settings_of(Paper), "DOWNLOADER_MIDDLEWARES")
    assert "OffsiteMiddleware" not in downloader
    assert "HttpAuthMiddleware" not in downloader
    assert downloader[0] == "SourceHostsOnly"
    assert downloader[-1] == "HostLimits"


def test_answers_of_any_status_reach_the_spider() -> None:
    assert enabled(settings_of(Paper), "SPIDER_MIDDLEWARES") == ["RefererMiddleware"]


def test_the_command_line_comes_first() -> None:
    assert settings_of(Paper, CONCURRENT_ITEMS=7).getint("CONCURRENT_ITEMS") == 7


class Desk(Paper):
    custom_settings = {
        "NEWSDIFF_CONTACT": "desk@news.example",
        "USER_AGENT": "deskbot ({contact})",
    }


def test_a_source_s_own_contact_and_user_agent_are_sent() -> None:
    assert settings_of(Desk)["USER_AGENT"] == "deskbot (desk@news.example)"


class Wrong(Paper):
    custom_settings = {"NEWSDIFF_LEASE": "5"}


def test_a_wrong_setting_of_a_source_s_own_is_one_line() -> None:
    with pytest.raises(SystemExit, match="newsdiff_crawler: NEWSDIFF_LEASE: 5 is not "):
        settings_of(Wrong)


def test_a_password_in_a_feeds_address_is_refused_without_being_told() -> None:
    class Secret(NewsSpider):
        name = "secret"
        domains = ("news.example",)
        feeds = ("https://ann:tell-nobody@news.example/rss",)

    with pytest.raises(ValueError, match="a user or a password in it") as refused:
        Secret()
    assert "tell-nobody" not in str(refused.value)


class Broken(Parser):
    name = "paper/2026"
    layout = "article[["


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"domains": "paper.example"}, "expected ('paper.example',)"),
        ({"domains": ("https://paper.example/news",)}, "expected a domain such as"),
        ({"domains": ("https://paper.example",)}, "expected 'paper.example'"),
        ({"domains": ("Paper.example",)}, "expected 'paper.example'"),
        ({"domains": ("the paper",)}, "expected a domain such as"),
        ({"domains": ("",)}, "expected a domain such as"),
        ({"feeds": "https://paper.example/rss"}, "expected ('https://paper.example/rss',)"),
        ({"feeds": ("paper.example/rss",)}, "no scheme"),
        ({"sitemaps": ("ftp://paper.example/map",)}, "neither https:// nor http://"),
        ({"leave_out": (r"^/(live",)}, "unterminated subpattern"),
        ({"parsers": (Broken,)}, "layout of paper/2026: no CSS selector: 'article[['"),
    ],
    ids=str,
)
def test_what_is_declared_and_cannot_be_used_is_said_in_one_line(
    declared: dict[str, Any], said: str
) -> None:
    right = {"name": "paper", "title": "Paper", "domains": ("paper.example",)}
    source = type("Paper", (NewsSpider,), {**right, **declared})
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        source()
    assert str(caught.value).startswith("paper: ")
    assert "\n" not in str(caught.value)
