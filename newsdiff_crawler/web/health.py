"""Whether all is well, for monitors."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.overall_health import OverallHealth, overall, unreadable
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.standing import unwritten

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health(request: Request) -> Response:
    """Answers 200 if all is well, else 503; in both cases what is wrong, and the health of each
    source."""
    found = await look(request)
    status = "unwell" if found.problems else "ok"
    return JSONResponse({"status": status, **asdict(found)}, 503 if found.problems else 200)


async def look(request: Request) -> OverallHealth:
    """How everything does. A record that cannot be read is a problem like others."""
    state = request.app.state
    try:
        async with state.pool.lend() as records:
            return overall(records.health, utc_now(), state.limits, unwritten(request))
    except (StoreError, DatabaseError) as error:
        reason = error.public if isinstance(error, StoreError) else error
        return unreadable(str(reason), unwritten(request))
