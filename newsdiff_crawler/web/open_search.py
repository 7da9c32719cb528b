"""What tells a browser how to search here from its address bar: OpenSearch 1.1."""

from __future__ import annotations

from typing import Literal, NamedTuple
from xml.sax.saxutils import quoteattr

from fastapi import APIRouter, Request, Response

from newsdiff_crawler.web.addresses import address_of

MEDIA_TYPE = "application/opensearchdescription+xml"
Which = Literal["search", "lookup"]

router = APIRouter(include_in_schema=False)


class BrowserSearch(NamedTuple):
    """One way to search. ``name``: at most 16 characters; ``parameter``: of the route that has the
    name of the way."""

    name: str
    description: str
    parameter: str


SEARCHES: dict[Which, BrowserSearch] = {
    "search": BrowserSearch("Newsdiff", "What news articles said, and what was taken out", "q"),
    "lookup": BrowserSearch("Newsdiff address", "The history of a news article, by its URL", "url"),
}


@router.get("/opensearch/{which}.xml")
async def open_search(request: Request, which: Which) -> Response:
    """The description of one way to search."""
    way = SEARCHES[which]
    template = f"{address_of(request, which)}?{way.parameter}={{searchTerms}}"
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{way.name}</ShortName>\n<Description>{way.description}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template={quoteattr(template)}/>\n'
        "</OpenSearchDescription>\n"
    )
    return Response(xml, media_type=MEDIA_TYPE)
