"""URLs as the record keeps them: no tracking parameters, no fragment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from w3lib.url import safe_url_string, url_query_cleaner

_TRACKING_PREFIXES = ("at_", "utm_", "ns_", "pk_", "mc_", "wt_")
_TRACKING_NAMES = {
    "cmp",
    "cmpid",
    "emc",
    "eref",
    "fbclid",
    "feed",
    "gclid",
    "igshid",
    "itid",
    "mbid",
    "ocid",
    "partner",
    "ref",
    "ref_src",
    "rss",
    "s_cid",
    "smid",
    "smprod",
    "smtyp",
    "traffic_source",
    "xtor",
}


def clean(url: str) -> str:
    """The URL without tracking parameters, fragment and stray white space.

    >>> clean("https://www.bbc.com/news/articles/c1?at_medium=RSS&page=2#7")
    'https://www.bbc.com/news/articles/c1?page=2'
    """
    url = safe_url_string(url.strip())
    names = [name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    tracking = [name for name in names if _is_tracking(name)]
    return url_query_cleaner(url, tracking, remove=True, unique=False)


def spellings(url: str) -> list[str]:
    """A URL as someone may have copied it, in the ways that the record may hold it: as it is,
    clean, with https or http, with and without a slash at its end. Empty for what is no URL."""
    url = url.strip()
    try:
        scheme, _, rest = clean(url if "://" in url else f"https://{url}").partition("://")
    except ValueError:
        return []
    other = {"http": "https", "https": "http"}.get(scheme, scheme)
    bare = rest.rstrip("/")
    addresses = [f"{way}://{tail}" for way in (scheme, other) for tail in (rest, bare, f"{bare}/")]
    return list(dict.fromkeys([url, *addresses]))


def are_alike(one: str, other: str) -> bool:
    """Whether two URLs can only be one page by how the web is built: with or without TLS, ``www.``
    and a slash at the end.

    >>> are_alike("http://news.example/a/", "https://www.news.example/a")
    True
    """
    return _bare(one) == _bare(other)


def _bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query


def name_one_page(one: str, other: str) -> bool:
    """Whether two URLs look like one page's, so that an equal text is one story at two addresses:
    one path (its query apart), one last part of it, or one long number in that.

    >>> name_one_page("https://news.example/uk/4711-strike-looms", "https://news.example/4711-new")
    True
    """
    paths = [urlsplit(url).path.rstrip("/").lower() for url in (one, other)]
    ends = [path.rpartition("/")[2] for path in paths]
    numbers = [set(re.findall(r"\d{4,}", end)) for end in ends]
    return (
        paths[0] == paths[1]
        or bool(ends[0] and ends[0] == ends[1])
        or bool(numbers[0] & numbers[1])
    )


def is_web_page(url: str, domains: Iterable[str]) -> bool:
    """Whether this is an http(s) URL on one of the domains or below it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    on_domain = any(host == domain or host.endswith(f".{domain}") for domain in domains)
    return parts.scheme in ("http", "https") and on_domain


def section_of(url: str) -> str:
    """Host and first folder: what a publisher keeps together. The host alone at the top.

    >>> section_of("https://www.bbc.com/news/articles/c1"), section_of("https://news.example/c1")
    ('www.bbc.com/news', 'news.example')
    """
    parts = urlsplit(url)
    first, folder, _ = parts.path.lstrip("/").partition("/")
    return f"{parts.netloc}/{first}" if folder else parts.netloc


def site_of(url: str) -> str:
    """The host whose pages a feed at this URL lists: its own, without ``www``, ``rss``, ``feeds``.

    >>> site_of("https://feeds.news.example/all.xml")
    'news.example'
    """
    host = urlsplit(url).hostname or ""
    first, _, rest = host.partition(".")
    return rest if first in ("www", "rss", "feed", "feeds") and "." in rest else host


def _is_tracking(name: str) -> bool:
    return name.lower().startswith(_TRACKING_PREFIXES) or name.lower() in _TRACKING_NAMES
