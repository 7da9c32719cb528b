"""Memento (RFC 7089): tools that ask for a page as it was at some time find our versions of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import quote, unquote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from newsdiff_crawler.store.reading.mementos import Memento
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.urls import spellings
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.dependencies import ReadRecords, shown_article
from newsdiff_crawler.web.rendering import page

LINK_FORMAT = "application/link-format"
PAGE_SIZE = 1000  # mementos in one TimeMap; about 120 kB
_VARY = {"Vary": "accept-datetime"}
_SCHEME = re.compile(r"(https?):/+", re.IGNORECASE)  # proxies make one slash of two
_PAGE = re.compile(r"([1-9]\d{0,9})/", re.ASCII)
_IN_URI = "%/:?#[]@!$&'()*+,;=~"

router = APIRouter(include_in_schema=False)


@router.get("/timegate/{url:path}")
async def timegate(request: Request, records: ReadRecords, url: str) -> Response:
    """Redirects to the version of a page that stood at the time in ``Accept-Datetime``; without
    one, to the newest."""
    article = _article(records, _asked(request, "/timegate/", url))
    wanted = request.headers.get("accept-datetime")
    if wanted is None:
        memento = records.mementos.last(article.id)
    else:
        try:
            memento = records.mementos.at(article.id, to_iso(_http_date(wanted)))
        except ValueError:
            return page(
                request,
                "problem.html",
                400,
                _VARY,
                heading="This is no time",
                reason="Accept-Datetime must be as in “Thu, 31 May 2007 20:35:00 GMT”.",
                has_links=True,
            )
    if memento is None:
        raise HTTPException(404)
    around = records.mementos.around(article.id, memento.number)
    links = {"Link": ", ".join(_links(request, article, around))}
    return RedirectResponse(_address(request, article, memento), 302, {**_VARY, **links})


@router.get("/timemap/link/{url:path}")
def timemap(request: Request, records: ReadRecords, url: str) -> Response:
    """All versions of a page, in link-format. Of a long list this is the first part, and names
    the others."""
    asked = _asked(request, "/timemap/link/", url)
    number = _PAGE.match(asked)
    part = int(number[1]) if number else 1
    article = _article(records, asked[number.end() :] if number else asked)
    count = records.mementos.count(article.id)
    parts = range(1, -(-count // PAGE_SIZE) + 1)
    if part not in parts:
        raise HTTPException(404)
    links = [
        _link(article.url, rel="original"),
        _link(_timegate(request, article), rel="timegate"),
        *_part_links(request, article, records.mementos.parts(article.id, PAGE_SIZE), part),
        *_memento_links(request, records, article, part, count),
    ]
    return Response(",\n".join(links), media_type=LINK_FORMAT)


def memento_headers(
    request: Request, records: Records, article: ArticleFacts, number: int
) -> dict[str, str]:
    """What the page of a version says of itself; nothing for a placeholder, which is none of its
    story's."""
    around = records.mementos.around(article.id, number)
    if "" not in around:
        return {}
    return {
        "Memento-Datetime": _http(around[""].at),
        "Link": ", ".join(_links(request, article, around)),
    }


# --- What is asked for ----------------------------------------------------------------------------


def _asked(request: Request, route: str, path: str) -> str:
    """The address of the page that is asked for, as it stands in the one of the request: what
    looks like our query is its own."""
    _, _, raw = request.scope.get("raw_path", b"").decode("latin-1").partition(route)
    url = raw or path
    if not _SCHEME.match(_PAGE.sub("", url, count=1)):
        url = unquote(url)
    query = request.scope["query_string"].decode("latin-1")
    return f"{url}?{query}" if query else url


def _article(records: Records, url: str) -> ArticleFacts:
    """Raises HTTPException as `shown_article` does."""
    article_id = records.find(spellings(_SCHEME.sub(r"\1://", url, count=1)))
    if article_id is None:
        raise HTTPException(404)
    return shown_article(records, article_id)


def _http_date(text: str) -> datetime:
    """Raises ValueError for any but the form of RFC 1123, the only one that Memento has."""
    form = "%a, %d %b %Y %H:%M:%S GMT"
    return datetime.strptime(text.strip(), form).replace(tzinfo=timezone.utc)


# --- Links ----------------------------------------------------------------------------------------


def _links(request: Request, article: ArticleFacts, around: Mapping[str, Memento]) -> Iterable[str]:
    yield _link(article.url, rel="original")
    yield _link(_timegate(request, article), rel="timegate")
    span = {"from": _http(around["first"].at), "until": _http(around["last"].at)}
    yield _link(_timemap(request, article), rel="timemap", type=LINK_FORMAT, **span)
    names: dict[Memento, list[str]] = {}
    for name, memento in around.items():
        names.setdefault(memento, []).extend([name] if name else [])
    for memento, relations in names.items():
        yield _memento_link(request, article, memento, relations)


def _part_links(
    request: Request, article: ArticleFacts, parts: Sequence[tuple[str, str]], this: int
) -> Iterable[str]:
    for part, (first, last) in enumerate(parts, start=1):
        yield _link(
            _timemap(request, article, part),
            rel="self" if part == this else "timemap",
            type=LINK_FORMAT,
            **{"from": _http(first), "until": _http(last)},
        )


def _memento_links(
    request: Request, records: Records, article: ArticleFacts, part: int, count: int
) -> Iterable[str]:
    start = (part - 1) * PAGE_SIZE
    for place, memento in enumerate(records.mementos.some(article.id, start, PAGE_SIZE), start):
        relations = ["first"] * (place == 0) + ["last"] * (place == count - 1)
        yield _memento_link(request, article, memento, relations)


def _memento_link(
    request: Request, article: ArticleFacts, memento: Memento, relations: Iterable[str]
) -> str:
    return _link(
        _address(request, article, memento),
        rel=" ".join([*relations, "memento"]),
        datetime=_http(memento.at),
    )


def _link(url: str, **attributes: str) -> str:
    """Scraped addresses too: what would end the link is escaped."""
    parts = [f"<{quote(url, safe=_IN_URI)}>"]
    return "; ".join(parts + [f'{name}="{value}"' for name, value in attributes.items()])


def _address(request: Request, article: ArticleFacts, memento: Memento) -> str:
    return address_of(request, "version", article_id=article.id, number=memento.number)


def _timegate(request: Request, article: ArticleFacts) -> str:
    return address_of(request, "timegate", url="") + article.url


def _timemap(request: Request, article: ArticleFacts, part: int = 1) -> str:
    number = f"{part}/" if part > 1 else ""
    return address_of(request, "timemap", url="") + number + article.url


def _http(time: str) -> str:
    return format_datetime(from_iso(time), usegmt=True)
