"""The followed sources as OPML, for feed readers and for ``scrapy follow --opml``."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from fastapi import APIRouter, Response

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.web.dependencies import ReadRecords
from newsdiff_crawler.web.rendering import harmless

router = APIRouter(include_in_schema=False)

_BEGINNING = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Sources of Newsdiff</title></head>
<body>
"""


@router.get("/sources.opml")
async def sources_opml(records: ReadRecords) -> Response:
    """The feeds of the publishers, not ours."""
    body = "".join(map(_outlines, records.publishers.followed()))
    return Response(f"{_BEGINNING}{body}</body>\n</opml>\n", media_type="text/x-opml")


def _outlines(publisher: Publisher) -> str:
    facts = {
        "type": "rss",
        "text": publisher.title,
        "htmlUrl": publisher.home,
        "language": publisher.language,
    }
    if not publisher.feeds:  # it is crawled by its sitemap
        return _outline({**facts, "type": "link", "url": publisher.home}.items())
    return "".join(_outline({**facts, "xmlUrl": feed}.items()) for feed in publisher.feeds)


def _outline(attributes: Iterable[tuple[str, str]]) -> str:
    stated = " ".join(f"{name}={quoteattr(harmless(value))}" for name, value in attributes if value)
    return f"<outline {stated}/>\n"
