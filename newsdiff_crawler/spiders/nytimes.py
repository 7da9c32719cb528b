"""The New York Times, nytimes.com. From 2018 on most class names are build hashes."""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

# At the end of opinion pieces, under the text.
_HOUSE_NOTICE = re.compile(
    r"The Times is committed to publishing a diversity of letters\b"
    r"|Follow [Tt]he New York Times Opinion section on\b"
)


class NYTimesPage(Parser):
    """What the layouts share. Captions stay out: they come and go with the photographs."""

    zone = "America/New_York"
    caption = ""

    def read_authors(self, page: Page) -> list[str]:
        """The byline in the page's head: it is alike in all years, and not in capitals."""
        byline = page.meta("author", "byl")
        return [byline] if byline else super().read_authors(page)

    def read_published(self, page: Page) -> list[object]:
        # ptime is to the second, in New York's time; what pages before 2018 show is a day.
        exact = [page.story.get("datePublished"), page.meta("ptime"), page.meta("datePublished")]
        return [*exact, *super().read_published(page), page.meta("pdate")]


class NYTimes2018(NYTimesPage):
    name = "nytimes/2018"
    layout = "article#story .StoryBodyCompanionColumn"
    title = "article#story h1"
    standfirst = "article#story header:has(h1) > p"
    authors = (
        "article#story header:has(h1) p[itemprop^=author],"
        " article#story header:has(h1) p:has(.byline-prefix)"
    )
    published = "article#story header:has(h1) time"
    body = "article#story"
    paragraph = '.StoryBodyCompanionColumn p, [data-testid="leadin"]'
    list_item = '[name="articleBody"] li, .StoryBodyCompanionColumn li'
    own = ".interactive-embedded"  # a graphic with what introduces it
    subheading = (
        '[name="articleBody"] h2, [name="articleBody"] h3, .StoryBodyCompanionColumn h2,'
        " .StoryBodyCompanionColumn h3"
    )
    quote = '[name="articleBody"] blockquote, .StoryBodyCompanionColumn blockquote'

    def keep(self, block: Block) -> bool:
        return not _HOUSE_NOTICE.match(block.text)


class NYTimes2014(NYTimesPage):
    name = "nytimes/2014"
    layout = "article#story p.story-body-text"
    title = "article#story h1"
    authors = "article#story .byline"
    modified = 'article#story header time[itemprop="dateModified"]'
    body = "article#story"
    paragraph = "p.story-body-text"
    list_item = ".story-body li, article#story > ul > li, article#story > ol > li"
    subheading = (
        ".story-subheading, .story-body h2, .story-body h3, article#story > h2, article#story > h3"
    )
    quote = ".story-body blockquote, article#story > blockquote"


class NYTimes2009(NYTimesPage):
    name = "nytimes/2009"
    layout = "#article .articleBody"
    title = "h1.articleHeadline"
    authors = "#article .byline"
    body = "#article .articleBody"
    drop = ".articleInline, .authorIdentification, #pageLinks"


class NYTimesBlog2009(NYTimesPage):
    name = "nytimes/blog-2009"
    layout = "body.single .hentry .entry-content, body.blogPost .hentry .entry-content"
    title = ".hentry .entry-title"
    authors = ".hentry .byline"
    body = ".hentry .entry-content"
    drop = ".module"


class NYTimes2004(NYTimesPage):
    """Pages made of tables; the archive still shows them."""

    name = "nytimes/2004"
    layout = ":not(.articleBody) > nyt_text"
    title = "nyt_headline"
    authors = "nyt_byline"
    body = "nyt_text"


class NYTimes(NewsSpider):
    name = "nytimes"
    title = "The New York Times"
    country = "US"
    language = "en"
    domains = ("nytimes.com",)
    feeds = tuple(
        f"https://rss.nytimes.com/services/xml/rss/nyt/{section}.xml"
        for section in (
            "HomePage",
            "World",
            "US",
            "Politics",
            "NYRegion",
            "Business",
            "Technology",
            "Science",
            "Health",
        )
    )
    sitemaps = ("https://www.nytimes.com/sitemaps/new/news.xml.gz",)
    leave_out = (
        r"^/(athletic|wirecutter|interactive|live|video|slideshow|recipes|games|puzzles)(/|$)",
        r"^/(\d+/\d+/\d+/)?(crosswords|podcasts|audio|briefing|newsletters)(/|$)",
    )
    parsers = (
        NYTimes2018,
        NYTimes2014,
        NYTimes2009,
        NYTimesBlog2009,
        NYTimes2004,
    )
