"""Which URLs of feeds and sitemaps the sources' spiders take for articles."""

from __future__ import annotations

import pytest

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.spiders.guardian import Guardian
from newsdiff_crawler.spiders.independent import Independent
from newsdiff_crawler.spiders.politico import Politico
from newsdiff_crawler.spiders.rt import RT
from newsdiff_crawler.spiders.theintercept import TheIntercept

ARTICLES = [
    (Guardian, "https://www.theguardian.com/uk-news/2024/mar/02/ferry-turned-back-by-a-swan"),
    (Guardian, "https://www.theguardian.com/football/2024/mar/02/live-football-dearer-than-ever"),
    (Independent, "https://www.independent.co.uk/news/uk/clock-b2506036.html"),
    (Independent, "https://www.the-independent.com/sport/swans-live-longer-b2506037.html"),
    (Politico, "https://www.politico.com/news/2024/03/02/senators-mascot-00132871"),
    (Politico, "https://www.politico.com/news/magazine/2024/03/02/the-otter-vote-00132872"),
    (Politico, "https://www.politico.eu/article/brussels-counts-its-benches/"),
    (RT, "https://www.rt.com/news/593600-elephant-sued/"),
    (TheIntercept, "https://theintercept.com/2024/03/01/pier-daily-podcast-lobby/"),
]
NO_ARTICLES = [
    (Guardian, "https://www.theguardian.com/politics/live/2024/mar/02/budget-latest"),
    (Guardian, "https://www.theguardian.com/world/video/2024/mar/02/swan-video"),
    (Guardian, "https://www.theguardian.com/crosswords/quick/16800"),
    (Guardian, "https://www.theguardian.com/info/ng-interactive/2024/mar/02/sign-up"),
    (Independent, "https://www.independent.co.uk/news/world/storm-latest-live-b2505918.html"),
    (Independent, "https://www.independent.co.uk/tv/news/swan-video-b2505919.html"),
    (Politico, "https://www.politico.com/live-updates/2024/03/02/congress/otter-00132873"),
    (Politico, "https://www.politico.eu/newsletter/brussels-playbook/benches/"),
    (RT, "https://www.rt.com/shows/news/593601-evening-news/"),
    (TheIntercept, "https://theintercept.com/podcasts/"),
    (TheIntercept, "https://elsewhere.example/2024/03/01/pier/"),
]


@pytest.mark.parametrize(("spider", "url"), ARTICLES)
def test_an_article_is_taken(spider: type[NewsSpider], url: str) -> None:
    assert spider().is_article(url)


@pytest.mark.parametrize(("spider", "url"), NO_ARTICLES)
def test_anything_else_is_left_out(spider: type[NewsSpider], url: str) -> None:
    assert not spider().is_article(url)
