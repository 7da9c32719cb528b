"""Addresses of articles that became part of another one: they lead to that one for good."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter

from newsdiff_crawler.store.reading.records import Successor

# What numbers of versions are called in paths and queries.
_NUMBERS = ("number", "older", "newer", "a", "b")
_whole = TypeAdapter(int)


class MergedArticleError(Exception):
    """The article of the address is part of another one."""

    def __init__(self, successor: Successor) -> None:
        super().__init__(successor)
        self.successor = successor


def lead_on(request: Request, error: Exception) -> Response:
    """To the same page of the article that has the versions now, by their numbers there."""
    assert isinstance(error, MergedArticleError)
    successor = error.successor

    def renamed(name: str, value: str) -> object:
        if name == "article_id":
            return successor.article_id
        return _whole.validate_python(value) + successor.shift if name in _NUMBERS else value

    parts = {name: renamed(name, value) for name, value in request.path_params.items()}
    asked = [(name, renamed(name, value)) for name, value in request.query_params.multi_items()]
    scope = request.scope
    path = scope.get("root_path", "") + scope["route"].path_format.format(**parts)
    return RedirectResponse(f"{path}?{urlencode(asked)}" if asked else path, status_code=301)
