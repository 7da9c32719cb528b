"""Guards against pages that are no article, or only a part of one. Each has its reason for refusal.

Walls are looked for only if little or nothing was read: a full article under a cookie banner, or
beside an offer to subscribe, is a full article.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import linked_data
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.refusal import Refusal

# A text of fewer characters than this may be a wall in place of the article.
SHORT = 1_500
# A wall is a small page: of less text than this, and a bot check of less HTML.
_LONG_PAGE = 6_000
_LONG_CHECK = 100_000


def _phrases(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_BOT_MARK = re.compile(
    r"_cf_chl_opt|captcha-delivery\.com/captcha|px-captcha|_Incapsula_Resource"
    r"|awsWafCookieDomainList|sec-if-cpt-container|distil_r_captcha"
)
_BOT_TITLE = _phrases(
    r"^just a moment\W*$",
    r"^attention required\b",
    r"^access (?:to this page has been )?denied\W*$",
    r"^are you a (?:robot|human)\W*$",
    r"^(?:human verification|robot check|security check|ddos-guard|pardon our interruption)\W*$",
    r"^verify(?:ing)? (?:that )?you are (?:a )?human\b",
)
_CONSENT_ADDRESS = re.compile(
    r"^(?:consent|guce|cmp)\.|/(?:consent|cookie-?wall|zustimmung)(?:/|$)"
)
_CONSENT = _phrases(
    r"\b(?:accept|agree to|reject|allow) (?:all|cookies)\b",
    r"\b(?:manage|cookie|privacy) (?:settings|preferences|choices|options)\b",
    r"\bwe (?:value|respect|care about) your privacy\b",
    r"\bbefore you continue\b",
    r"\bwe (?:and|use|store)\b[^.]{0,80}\b(?:cookies|partners)\b",
    r"\b(?:alle[ns]?|cookies|und weiter) (?:akzeptieren|zustimmen)\b",
    r"\b(?:akzeptieren|zustimmen) und weiter\b",
    r"\bweiter mit werbung\b",
    r"\bpur[- ]abo\b",
    r"\b(?:tout|continuer sans) accepter\b",
    r"\baccepter et continuer\b",
    r"\b(?:aceptar|accetta|accetto) (?:y continuar|todo|tutto|e continua)\b",
)
_PAYWALL = _phrases(
    r"\bsubscribe (?:now )?to (?:continue|keep|read|unlock|access)\b",
    r"\bto (?:continue|keep) reading,? (?:please )?(?:subscribe|register|log in|sign)\b",
    r"\bto read the full (?:story|article),? (?:please )?(?:subscribe|register|log in|sign)\b",
    r"\b(?:create an account|register|sign in|log in) to (?:continue|keep) reading\b",
    r"\bthis (?:article|story|content) is (?:only )?(?:available |reserved |exclusively )?"
    r"(?:for|to) (?:our )?(?:paid |paying )?(?:subscribers|members)\b",
    r"\bréservée? aux abonnés\b",
    r"\bil vous reste [\d.,]+ ?% de cet article\b",
    r"\bweiterlesen mit\b|\bjetzt (?:abonnieren und )?weiterlesen\b",
    r"\b(?:nur|exklusiv) für abonnent(?:en|:innen|innen)\b",
    r"\bexclusivo para suscriptores\b|\bsuscríbete para (?:seguir|continuar)\b",
    r"\bper continuare a leggere\b",
)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])$")
_MISSING = _phrases(
    r"^(?:error )?404\b",
    r"^(?:\w+ )?not found\W*$",
    r"\bpage (?:you\b.{0,40}|was |is )?(?:not|cannot be|can't be|could not be) found\b",
    r"\bpage (?:does not|doesn't|no longer) exists?\b",
    r"\bseite (?:wurde )?nicht gefunden\b",
    r"\bpage (?:introuvable|non trouvée)\b",
    r"\bpágina no encontrada\b",
    r"\bстраница не найдена\b",
)
_LIVE_PATH = _phrases(r"/(?:live|live-news|live-updates|[^/]*live-?blog[^/]*)/")
_VIDEO_PATH = _phrases(r"/(?:av|videos?|audio|watch|iplayer|sounds|podcasts?)/")


def check_page(page: Page) -> None:
    """Raises `Refusal` for a page that is no article by its address or its linked data."""
    if _is_redirected_to_section(urlsplit(page.asked_url), urlsplit(page.url)) and not page.story:
        raise Refusal("front_page", f"redirected to a front or section page, {page.url}")
    if _is_live(page):
        raise Refusal("live_blog", "a live blog: its text is a stream, not a story")


def check_article(page: Page, article: ParsedPage) -> None:
    """Raises `Refusal` for an article that is a wall, a stub, or the text of a video page."""
    text = " ".join(block.text for block in article.body)
    if len(text) >= SHORT:
        return
    if _is_video(page, text):
        raise Refusal("video", "a video or audio page: what is written there is no story")
    wall = find_wall(page, article.title, text)
    if wall:
        raise wall


def find_wall(page: Page, title: str = "", text: str = "") -> Refusal | None:
    """The refusal for what stands in place of the article; None for no wall. ``title`` and ``text``
    are what a parser read."""
    titles = [title, text_of(page.first("title")), text_of(page.first("h1"))]
    whole = text_of(page.tree.body)
    if _is_bot_check(page, titles):
        return Refusal("bot_check", "a bot check stands in place of the article")
    if _is_consent_wall(page, f"{title} {text}" if text else whole):
        return Refusal("consent_wall", "a consent wall stands in place of the article")
    if _is_paywall(page, text, whole):
        return Refusal("paywall", "a paywall: only the beginning of the article is there")
    if any(map(_MISSING.search, titles)):
        return Refusal("soft_404", "a page that says that there is no such page")
    return None


def _is_redirected_to_section(requested: SplitResult, final: SplitResult) -> bool:
    """Whether a redirect ended at a path of no story, like ``/`` or ``/world/us-canada``."""
    wanted, segments = _segments(requested), _segments(final)
    return (
        len(segments) < min(3, len(wanted))
        and not final.query
        and not (segments and segments[-1] == wanted[-1])
        and all(_names_a_section(segment) for segment in segments)
    )


def _segments(url: SplitResult) -> list[str]:
    segments = [segment for segment in url.path.split("/") if segment]
    return segments[:-1] if segments and segments[-1].startswith("index.") else segments


def _names_a_section(segment: str) -> bool:
    return segment.count("-") < 3 and not any(map(str.isdigit, segment))


def _is_live(page: Page) -> bool:
    blogs = [item for item in page.linked_data if "LiveBlogPosting" in linked_data.types(item)]
    stated = any(linked_data.is_about(blog, page.addresses) for blog in blogs)
    is_story = "LiveBlogPosting" in linked_data.types(page.story)
    return stated or is_story or bool(_LIVE_PATH.search(_path(page)))


def _path(page: Page) -> str:
    return urlsplit(page.url).path + "/"


def _is_video(page: Page, text: str) -> bool:
    if _VIDEO_PATH.search(_path(page)):
        return True
    kinds = {kind for item in page.linked_data for kind in linked_data.types(item)}
    stated = "VideoObject" in kinds or page.meta("og:type").startswith("video")
    return stated and not page.story and len(text) < SHORT / 5


def _is_bot_check(page: Page, titles: list[str]) -> bool:
    marked = len(page.html) < _LONG_CHECK and _BOT_MARK.search(page.html)
    return bool(marked) or any(map(_BOT_TITLE.search, titles))


def _is_consent_wall(page: Page, text: str) -> bool:
    address = urlsplit(page.url)
    if _CONSENT_ADDRESS.search(address.netloc + "/") or _CONSENT_ADDRESS.search(address.path):
        return True
    return len(text) < _LONG_PAGE and len(set(_CONSENT.findall(text))) > 1


def _is_paywall(page: Page, text: str, whole: str) -> bool:
    free = str(page.story.get("isAccessibleForFree", page.meta("article:content_tier"))).lower()
    sold = free in ("false", "no", "0", "locked", "metered")
    return bool(_PAYWALL.search(whole)) or (sold and bool(_CUT_OFF.search(text)))
