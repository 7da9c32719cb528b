"""Permanent redirects from the addresses of an article that was merged into another one."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter

from newsdiff_crawler.store.reading.records import Successor

# The names of version numbers in paths and queries.
_VERSION_NUMBERS = ("number", "older", "newer", "a", "b")
_integer = TypeAdapter(int)


class MergedArticleError(Exception):
    """The article was merged into another one, its successor."""

    def __init__(self, successor: Successor) -> None:
        super().__init__(successor)
        self.successor = successor


def redirect_to_successor(request: Request, error: Exception) -> Response:
    """To the same page of the successor, with the numbers that the versions have there."""
    assert isinstance(error, MergedArticleError)
    successor = error.successor

    def translated(name: str, value: str) -> object:
        if name == "article_id":
            return successor.article_id
        if name in _VERSION_NUMBERS:
            return _integer.validate_python(value) + successor.shift
        return value

    parts = {name: translated(name, value) for name, value in request.path_params.items()}
    parameters = [
        (name, translated(name, value)) for name, value in request.query_params.multi_items()
    ]
    scope = request.scope
    path = scope.get("root_path", "") + scope["route"].path_format.format(**parts)
    query = f"?{urlencode(parameters)}" if parameters else ""
    return RedirectResponse(path + query, status_code=301)
