"""How the pages of the two invented newspapers are read."""

from __future__ import annotations

from newsdiff_crawler.parsing import Parser


class HarbourGazette(Parser):
    name = "harbour_gazette/2026"
    layout = "article.story > div.text"
    title = "article.story > h1"
    standfirst = "article.story > p.standfirst"
    authors = "article.story > p.byline"
    published = "article.story time.published"
    modified = "article.story time.modified"
    body = "article.story > div.text"
    drop = "aside, p.share"


class MeridianPost(Parser):
    name = "meridian_post/2026"
    layout = 'div[data-part="story"]'
    title = 'div[data-block="headline"] h1'
    standfirst = 'div[data-block="lead"]'
    body = 'div[data-block="text"]'
