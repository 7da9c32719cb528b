"""What every route needs: the record for one request, the article of the address, a page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Request
from fastapi.responses import HTMLResponse

from newsdiff_crawler.store.reading.records import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.redirects import MergedArticleError

LARGEST = 2**63 - 1  # SQLite's


async def records(request: Request) -> AsyncIterator[Records]:
    """The database, until the answer is made; it may be sent to a slow client for long."""
    async with request.app.state.pool.lend() as opened:
        yield opened


ReadRecords = Annotated[Records, Depends(records, scope="function")]
Id = Annotated[int, Path(ge=1, le=LARGEST)]


def shown_article(opened: Records, article_id: int) -> ArticleFacts:
    """The article of the address; 451 where it was taken down, 404 where there is none. Leads on
    where it is part of another one by now."""
    article = opened.article(article_id)
    if article is None:
        successor = opened.successor(article_id)
        if successor:
            raise MergedArticleError(successor)
        raise HTTPException(451 if opened.is_hidden(article_id) else 404)
    return article


def source_title(request: Request, source: str) -> str:
    """A source as people call it."""
    title: str = request.app.state.source_titles.get(source, source)
    return title


def version_in(versions: Sequence[VersionFacts], number: int) -> VersionFacts:
    """The version of the address; 404 where there is none."""
    for version in versions:
        if version.number == number:
            return version
    raise HTTPException(404)


def next_check(article: ArticleFacts) -> dict[str, Any]:
    """What the facts of an article say of its next check, for a template."""
    return {
        "not_again": wording.not_checked_because(article),
        "overdue": wording.is_overdue(article, utc_now()),
    }


def render(request: Request, template: str, **values: Any) -> str:
    """A template filled in. It knows the site's addresses as ``url(name, ...)``, below the
    proxy's prefix if there is one."""
    found = request.app.state.templates.get_template(template)
    html: str = found.render(url=partial(path_of, request), **values)
    return html


def page(
    request: Request,
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page for people."""
    return HTMLResponse(render(request, template, **values), status, headers)
