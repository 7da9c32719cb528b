"""An address of the reading site, as an operator copies it from the browser: which article it
shows."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from newsdiff_crawler.configuration import Configuration

_ARTICLE = re.compile(r"/articles/([0-9]{1,18})(?=[/.]|$)")


def article_shown_at(address: str, configuration: Configuration) -> int | None:
    """The number of the article that our own site shows at an address, whatever page of it; None
    for an address of any other site."""
    names = [*configuration.hosts, urlsplit(configuration.site_url).netloc]
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        is_ours = _is_own(parts.hostname or "", {_name(each) for each in names})
    except ValueError:
        return None
    found = _ARTICLE.search(parts.path) if is_ours else None
    return int(found[1]) if found else None


def _is_own(host: str, names: Collection[str]) -> bool:
    """Whether the site is called so, or is read by its number, as no newspaper is."""
    if host == "localhost" or host in names:
        return bool(host)
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""
