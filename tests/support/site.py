"""What tests of the reading site share: an article in two versions, and what a reader sees."""

from __future__ import annotations

import re

from fastapi.routing import APIRoute

from newsdiff_crawler.web import app
from tests.support.records import story

BEFORE = story(
    "Council denies losing £4.2m", "The sum was lost.", "The mayor stayed.", "Rain fell."
)
AFTER = story("Council admits losing £4.6m", "The sum was lost.", "A man resigned.", "Rain fell.")


def text_of(page: str) -> str:
    """What a reader would read, roughly: the page without its tags."""
    inline = re.sub(r"</?(?:a|time|span|strong|ins|del)\b[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def site_routes() -> list[APIRoute]:
    """All that the site answers, but for the API and static files. (FastAPI keeps the routers that
    an application includes to itself.)"""
    routes = [route for router in app._ROUTERS for route in router.routes]
    return [route for route in routes if isinstance(route, APIRoute)]
