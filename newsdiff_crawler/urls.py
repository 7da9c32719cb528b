"""URLs as the record keeps them: in normal form (RFC 3986, section 6), without a fragment, and
without parameters that only track readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit, urlunsplit

import idna
from w3lib.url import safe_url_string

LONGEST = 8_000  # characters; servers refuse longer ones
_PORTS = {"http": 80, "https": 443}
_AROUND = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"  # blanks that come with copied addresses
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")

# Parameters that tell where a reader came from, and never which story it is.
_TRACKING_PREFIXES = (
    *("__hs", "_hs", "at_", "ga_", "gaa_", "hsa_", "itm_", "mtm_", "ns_", "oly_", "pk_", "piwik_"),
    *("stm_", "utm_", "vero_", "wt_", "wt."),
)
_TRACKING = """
    __s __twitter_impression _ga _gac _gl _openstat action_object_map action_ref_map action_type_map
    bxid cmp cmpid cmpref cndid dclid dgcid dm_i echobox ef_id emc epik eref esrc fb_action_ids
    fb_action_types fb_ref fb_source fbclid ftag ftcamp gad_campaignid gad_source gbraid gclid
    gclsrc gs_lcp guccounter guce_referrer guce_referrer_sig hsctatracking icid igsh igshid intcid
    irclickid itid ito li_fat_id mbid mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash msclkid
    ncid ocid rb_clickid ref_src ref_url s_cid s_kwcid sc_campaign sc_channel sc_cid sc_content
    sc_geo sc_medium sc_outcome sfmc_id sfmc_sub smid smprod smtyp soc_src soc_trk spjobid
    spmailingid spreportid spuserid srsltid taid tpcc traffic_source trkcampaign trk_contact ttclid
    twclid wbraid wickedid wpisrc wpmm wtmc wtrid xtor yclid yptr ysclid zanpid
"""
# Parameters and parts of paths that name a visit.
_SESSION = """
    cfid cftoken jsessionid oscsid osessid phpsessid sessid session_id sessionid zenid
"""
_TRACKING_NAMES, _SESSION_NAMES = (frozenset(names.split()) for names in (_TRACKING, _SESSION))
_SESSION_PREFIXES = ("aspsessionid",)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^;/]*", re.I)
_ASP_SESSION = re.compile(r"/\((?:[A-Z]\([A-Za-z0-9_-]+\))+\)(?=/)")
# ``sid`` is as often a story's id as a visit's, which is long and of letters and digits.
_SESSION_ID = re.compile(r"(?=[^&]*[0-9])(?=[^&]*[A-Za-z])[0-9A-Za-z]{8,}|[0-9A-Fa-f]{16,}")


def clean(url: str) -> str:
    """The URL in normal form without session ids, fragment and parameters that only track.

    Raises ValueError, which says why, for what no page can be asked for under.

    >>> clean("https://www.BBC.com:443/news/articles/c1?at_medium=RSS&page=2#7")
    'https://www.bbc.com/news/articles/c1?page=2'
    """
    parts = urlsplit(normal(url))
    path = _SESSION_IN_PATH.sub("", _ASP_SESSION.sub("", parts.path)) or "/"
    return _without(parts._replace(path=path), _is_tracking)


def normal(url: str) -> str:
    """The URL as RFC 3986 writes it: scheme, host and escapes in one case, the host in ASCII, no
    default port, no escape that need not be one, no dot segment, no fragment. Raises ValueError,
    which says why, for what is no usable URL of the web."""
    if len(url) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    parts = urlsplit(safe_url_string(_with_ascii_host(url.strip(_AROUND))))
    if parts.scheme not in _PORTS:
        raise ValueError("neither https:// nor http://" if parts.scheme else "no scheme")
    if "@" in parts.netloc:
        raise ValueError("a user or password in the address")
    host, port = _checked_host(parts), parts.port
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = _resolved(_unescaped(parts.path)) or "/"
    return urlunsplit((parts.scheme, netloc, path, _unescaped(parts.query), ""))


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
    """Whether this is an http(s) URL on one of the domains (in ASCII) or below it."""
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
    except ValueError:
        return False
    on_domain = any(host == domain or host.endswith(f".{domain}") for domain in domains)
    return parts.scheme in ("http", "https") and on_domain


def host_of(url: str) -> str:
    """The host of a URL, in ASCII; empty where it has none."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


@lru_cache
def ascii_host(host: str) -> str:
    """A host's name in small letters, an international one in its ASCII form. Raises ValueError
    for what is none.

    >>> ascii_host("Müller-Bote.example")
    'xn--mller-bote-9db.example'
    """
    host = host.lower().rstrip(".")
    return host if host.isascii() else idna.encode(host, uts46=True).decode()


def domain_of(text: str) -> str:
    """The domain that someone wrote, perhaps as an address, with ``www.`` or in capitals. Raises
    ValueError where none can be told.

    >>> domain_of("https://www.News.Example/"), domain_of("news.example")
    ('news.example', 'news.example')
    """
    try:
        parts = urlsplit(text if "://" in text else f"//{text.strip(_AROUND)}")
        host = ascii_host(parts.hostname or "").removeprefix("*").lstrip(".").removeprefix("www.")
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host) or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise ValueError(f"expected a domain such as 'news.example', not {text!r}")
    return host


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
    host = host_of(url)
    first, _, rest = host.partition(".")
    return rest if first in ("www", "rss", "feed", "feeds") and "." in rest else host


def _with_ascii_host(url: str) -> str:
    """Before w3lib sees it, which knows the names of 2003 only ("ß" was "ss")."""
    host = urlsplit(url).netloc.rpartition("@")[2].partition(":")[0]
    if host.isascii() and "%" not in host:
        return url
    return url.replace(host, ascii_host(unquote(host)), 1)


def _checked_host(parts: SplitResult) -> str:
    host = ascii_host(parts.hostname or "")
    if not host:
        raise ValueError("no host")
    if ":" in host:
        return f"[{host}]"
    if not _HOST.fullmatch(host) or len(host) > 253 or max(map(len, host.split("."))) > 63:
        raise ValueError(f"no name of a host: {host[:80]!r}")
    return host


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "%" in text else text


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()


def _resolved(path: str) -> str:
    """A path without ``.`` and ``..``."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join([*kept, ""] if segments[-1] in (".", "..") else kept)


def _without(parts: SplitResult, is_left_out: Callable[[str, str], bool]) -> str:
    """A URL without those parameters. ``is_left_out`` is asked with a name, in small letters, and
    a value."""
    query = "&".join(
        each
        for each in parts.query.split("&")
        if each and not is_left_out(_name(each), each.partition("=")[2])
    )
    return urlunsplit(parts._replace(query=query, fragment=""))


def _name(parameter: str) -> str:
    return unquote_plus(parameter.partition("=")[0]).lower()


def _is_tracking(name: str, value: str) -> bool:
    is_session = name.startswith(_SESSION_PREFIXES) or name in _SESSION_NAMES
    if is_session or (name == "sid" and _SESSION_ID.fullmatch(value)):
        return True
    return name.startswith(_TRACKING_PREFIXES) or name in _TRACKING_NAMES
