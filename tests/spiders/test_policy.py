"""Every source keeps to what docs/adding-a-source.md promises."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import generic
from newsdiff_crawler.urls import is_web_page
from tests.support.sources import IN_FILES, SOURCES, spider

ROOT = Path(__file__).parents[2]
REQUIRED = (
    "bbc guardian independent nytimes washingtonpost cnn politico rt theintercept tagesschau "
    "apnews reuters npr aljazeera lemonde spiegel"
)


def test_the_sixteen_newspapers_are_there() -> None:
    assert set(REQUIRED.split()) <= set(IN_FILES)


def test_there_are_as_many_named_sources_as_are_promised() -> None:
    assert len(SOURCES) >= 180


def test_no_two_sources_have_a_name_or_a_domain_or_a_feed_in_common() -> None:
    assert not set(IN_FILES) & set(shipped.named())
    for facts in ("domains", "feeds", "sitemaps"):
        stated = Counter(each for name in SOURCES for each in getattr(spider(name), facts))
        assert [each for each, times in stated.items() if times > 1] == []


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_declares_what_it_is(name: str) -> None:
    source = spider(name)
    assert source.name == name
    assert source.title.strip()
    assert re.fullmatch("[A-Z]{2}", source.country)
    assert re.fullmatch("[a-z]{2,3}(-[A-Za-z]+)?", source.language)
    assert source.min_articles >= 1
    assert source.domains
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in source.domains)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_feeds_or_sitemaps_over_https(name: str) -> None:
    addresses = [*spider(name).feeds, *spider(name).sitemaps]
    assert addresses
    without_tls = [address for address in addresses if not address.startswith("https://")]
    assert without_tls == []
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_parsers_of_its_own_or_the_generic_one(name: str) -> None:
    """That a page proves each parser version is tested in tests/spiders/test_pages.py."""
    parsers = list(spider(name).parsers)
    assert parsers
    own = [parser for parser in parsers if parser.name.startswith(f"{name}/")]
    generic_ones = [each.name for each in generic.PARSERS]
    assert own == parsers or [parser.name for parser in parsers] == generic_ones


@pytest.mark.parametrize("name", shipped.named())
def test_a_source_that_is_data_says_in_which_zone_its_times_are(name: str) -> None:
    (parser,) = spider(name).parsers
    assert "/" in parser.zone


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_leaves_out_by_patterns_that_compile_and_keep_stories(name: str) -> None:
    source = spider(name)
    assert all(re.compile(pattern) for pattern in source.leave_out)
    story = f"https://www.{source.domains[0]}/2026/03/01/world/some-story-of-the-day"
    assert is_web_page(story, source.domains)
    assert source().is_article(story)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_lowers_no_politeness_and_adds_no_code(name: str) -> None:
    source = spider(name)
    assert source.custom_settings is None
    own_methods = [
        attribute
        for attribute, value in vars(source).items()
        if inspect.isfunction(value) and attribute not in ("is_article",)
    ]
    assert own_methods == []


@pytest.mark.parametrize("name", IN_FILES)
def test_a_spider_is_short(name: str) -> None:
    assert len(inspect.getsource(spider(name)).splitlines()) <= 60


def test_the_settings_are_polite() -> None:
    settings = Settings()
    settings.setmodule("newsdiff_crawler.settings")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= 2
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getint("DOWNLOAD_MAXSIZE") <= 10 * 1024 * 1024
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert settings["EXTENSIONS"]["scrapy.extensions.remote_control.RemoteControl"] is None
    # A robots.txt may speak to the token "Scrapy"; ours is another.
    assert "scrapy" not in settings["USER_AGENT"].lower()


def test_the_code_in_the_guide_is_what_a_source_looks_like() -> None:
    guide = (ROOT / "docs" / "adding-a-source.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    scope: dict[str, object] = {}
    exec(code, scope)
    declared = scope["Example"]
    assert isinstance(declared, type)
    assert issubclass(declared, NewsSpider)
    assert declared().is_article("https://www.example.org/2026/story")
