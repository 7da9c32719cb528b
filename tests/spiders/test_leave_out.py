"""Which URLs of feeds and sitemaps the sources' spiders take for articles."""

from __future__ import annotations

import pytest

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.spiders.cnn import CNN
from newsdiff_crawler.spiders.guardian import Guardian
from newsdiff_crawler.spiders.independent import Independent
from newsdiff_crawler.spiders.nytimes import NYTimes
from newsdiff_crawler.spiders.politico import Politico
from newsdiff_crawler.spiders.rt import RT
from newsdiff_crawler.spiders.theintercept import TheIntercept
from newsdiff_crawler.spiders.washingtonpost import WashingtonPost

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
    (NYTimes, "https://www.nytimes.com/2024/05/01/nyregion/slow-clock.html"),
    (NYTimes, "https://www.nytimes.com/2024/05/01/business/media/podcasts-live-on.html"),
    (NYTimes, "https://cityroom.blogs.nytimes.com/2011/07/12/a-walk-along-the-canal/"),
    (WashingtonPost, "https://www.washingtonpost.com/politics/2024/05/01/ferry-vote-video/"),
    (
        WashingtonPost,
        "https://www.washingtonpost.com/world/band/2015/12/23/652d639c-a99b_story.html",
    ),
    (CNN, "https://www.cnn.com/2024/05/12/politics/goat-mayor/index.html"),
    (CNN, "https://edition.cnn.com/2024/05/12/sport/gallery-of-goats-reopens/index.html"),
    (CNN, "https://money.cnn.com/2016/11/29/news/umbrella-strike/index.html"),
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
    (NYTimes, "https://www.nytimes.com/live/2024/05/01/us/ferry-vote"),
    (NYTimes, "https://www.nytimes.com/athletic/5461234/2024/05/01/swan-wins/"),
    (NYTimes, "https://www.nytimes.com/interactive/2024/05/01/us/elections/results.html"),
    (NYTimes, "https://www.nytimes.com/2024/05/01/podcasts/the-daily/clock.html"),
    (NYTimes, "https://www.nytimes.com/2024/05/01/crosswords/daily-puzzle.html"),
    (NYTimes, "https://cooking.nytimes.com/recipes/1018068-toast"),
    (
        WashingtonPost,
        "https://www.washingtonpost.com/video/national/ferry/2017/01/06/cdec_video.html",
    ),
    (WashingtonPost, "https://www.washingtonpost.com/nation/2024/05/01/storm-live-updates/"),
    (WashingtonPost, "https://www.washingtonpost.com/world/interactive/2024/ferry-map/"),
    (CNN, "https://www.cnn.com/politics/live-news/goat-mayor-05-12-24/index.html"),
    (CNN, "https://www.cnn.com/2024/05/12/politics/video/goat-eats-ballot-digvid"),
    (CNN, "https://www.cnn.com/cnn-underscored/home/best-umbrellas"),
    (CNN, "https://elsewhere.example/2024/05/12/politics/goat-mayor/index.html"),
]


@pytest.mark.parametrize(("spider", "url"), ARTICLES)
def test_an_article_is_taken(spider: type[NewsSpider], url: str) -> None:
    assert spider().is_article(url)


@pytest.mark.parametrize(("spider", "url"), NO_ARTICLES)
def test_anything_else_is_left_out(spider: type[NewsSpider], url: str) -> None:
    assert not spider().is_article(url)
