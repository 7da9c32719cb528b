"""tagesschau.de, the news of ARD."""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

# The broadcasters of ARD, which follow the names in a byline: "Von Ann Lee, ARD Berlin".
_BROADCASTER = re.compile(
    r",\s*(?:ARD|BR|DLF|DW|HR|MDR|NDR|RB|Radio Bremen|RBB|SR|SWR|tagesschau|WDR|ZDF)\b[^,]*",
    re.IGNORECASE,
)
_STAND = re.compile(r"Stand: (\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d) Uhr")


class _Tagesschau(Parser):
    zone = "Europe/Berlin"

    def read_authors(self, page: Page) -> list[str]:
        return [_BROADCASTER.sub("", byline) for byline in super().read_authors(page)]


class Tagesschau2020(_Tagesschau):
    """Until 2022. The time is only in the visible text, in no form for programs."""

    name = "tagesschau/2020"
    layout = ".storywrapper .meldungHead h1"
    title = ".meldungHead .headline"
    authors = ".autorenzeile"
    body = ".sectionZ .modParagraph"
    drop = ".infokasten:not(.sendungsbezug), .linklist"
    # Captions, also under players; when it was broadcast.
    own = ".mediaInfo > .infotext, .sendungsbezug"
    paragraph = ".modParagraph .text, .sendungsbezug .teasertext"
    subheading = ".modParagraph .subtitle, .modParagraph h2, .modParagraph h3"
    caption = ".mediaInfo > .infotext"

    def read_published(self, page: Page) -> list[object]:
        shown = _STAND.search(text_of(page.first(".meldungHead .stand")))
        return [shown.expand(r"\3-\2-\1 \4")] if shown else []

    def read_modified(self, page: Page) -> list[object]:
        return [page.meta("date")]


class Tagesschau2023(_Tagesschau):
    """From 2022: ``seitenkopf``, ``textabsatz`` and ``meldung__subhead``."""

    name = "tagesschau/2023"
    layout = "article .seitenkopf__headline"
    kicker = ".seitenkopf__topline"
    title = ".seitenkopf__headline--text"
    authors = ".authorline__author"
    body = "article"
    drop = ".sendungsbezug"
    paragraph = ".textabsatz"
    list_item = "article ul > li:not([class]), article ol > li:not([class])"
    subheading = ".meldung__subhead, article h2, article h3"
    caption = ".absatzbild__info p"


class Tagesschau(NewsSpider):
    name = "tagesschau"
    title = "tagesschau"
    country = "DE"
    language = "de"
    domains = ("tagesschau.de",)
    feeds = (
        "https://www.tagesschau.de/infoservices/alle-meldungen-100~rss2.xml",
        "https://www.tagesschau.de/index~rss2.xml",
    )
    leave_out = (
        r"^/(archiv|infoservices|multimedia|newsticker|sendung|thema|wahlarchiv|wetter)(/|$)",
        r"/liveblog-",
    )
    parsers = (Tagesschau2023, Tagesschau2020)
