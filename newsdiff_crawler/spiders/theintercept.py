"""The Intercept, theintercept.com."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.parser import Parser


class TheIntercept2017(Parser):
    """The story is in boxes without a class, one for each part between insertions."""

    name = "theintercept/2017"
    layout = ".PostContent"
    title = ".Post-title"
    standfirst = ".Post-excerpt"
    authors = ".PostByline-names .PostByline-link"
    body = ".PostContent > div"
    paragraph = ".PostContent p"
    list_item = ".PostContent > div li"
    subheading = ".PostContent h2, .PostContent h3"
    quote = ".PostContent blockquote"
    caption = ".PostContent > div > .caption, .PostContent > div > .PhotoGrid-description"


class TheIntercept2024(Parser):
    """Pull quotes repeat the text, not always to the letter."""

    name = "theintercept/2024"
    layout = ".entry-content__content"
    title = ".post__title"
    standfirst = ".post__excerpt, .post__title + h2"
    authors = '.article-byline__authors a[rel="author"]'
    body = ".entry-content__content"
    paragraph = ".entry-content__content p"
    list_item = ".entry-content__content li"
    subheading = ".entry-content__content h2, .entry-content__content h3"
    drop = 'blockquote[data-shortcode-type="pullquote"]'
    quote = ".entry-content__content blockquote"


class TheIntercept(NewsSpider):
    name = "theintercept"
    title = "The Intercept"
    country = "US"
    language = "en"
    domains = ("theintercept.com",)
    feeds = ("https://theintercept.com/feed/?lang=en",)
    sitemaps = ("https://theintercept.com/news-sitemap.xml",)
    leave_out = (
        r"^/(podcasts?|newsletter|donate|staff|document|documents|video|series|collections)(/|$)",
    )
    parsers = (TheIntercept2024, TheIntercept2017)
