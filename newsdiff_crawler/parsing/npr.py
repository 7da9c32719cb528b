"""NPR, National Public Radio."""

from __future__ import annotations

from newsdiff_crawler.parsing.parser import Parser


class NPR2023(Parser):
    """From 2014; older stories are shown in it, too. The text of a story that is only heard is
    its transcript. Boxes between the paragraphs belong to other stories."""

    name = "npr/2023"
    layout = ".storytitle h1"
    title = ".storytitle h1"
    zone = "America/New_York"
    authors = "#storybyline .byline__name"
    published = "#story-meta .dateblock time"
    body = "#storytext, .transcript.storytext"
    drop = ".disclaimer, .caption b"
    paragraph = "#storytext > p, #storytext > blockquote p, .transcript > p"
    list_item = "#storytext > ul > li, #storytext > ol > li"
    subheading = "#storytext > h2, #storytext > h3, #storytext > h4"
    quote = "#storytext > blockquote"
    caption = ".caption-wrap > .caption > p"


PARSERS = (NPR2023,)
