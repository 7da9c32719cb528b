"""Guards against pages that are no article, or only a part of one. Each has its reason for refusal.

Walls are looked for only if little or nothing was read: a full article under a cookie banner, or
beside an offer to subscribe, is a full article. A short one is refused for what stands in the place
of its rest, not for what a teaser, a footer or a hidden dialog says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborNode

from newsdiff_crawler.items import Block, ParsedPage
from newsdiff_crawler.parsing import formulas, linked_data
from newsdiff_crawler.parsing.blocks import is_hidden, text_of
from newsdiff_crawler.parsing.charset import is_garbled
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
# Said in a page of few words, for a browser without scripts.
_SCRIPTS_WANTED = _phrases(
    r"\b(?:enable|turn on|activate) (?:java ?script|cookies)\b",
    r"\bjavascript (?:is|must be) (?:disabled|enabled|required)\b",
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
    r"\bstart your free trial to (?:continue|read|keep)\b",
    r"\bto read the rest of this (?:story|article)\b",
    r"\blees verder met\b|\babonneer (?:je |u )?om (?:verder )?te lezen\b",
    r"\b(?:alleen|exclusief) voor abonnees\b",
    r"\bexclusivo para (?:assinantes|subscritores)\b|\bassine para continuar\b",
    r"\b(?:för att|for å|for at) (?:fortsätta |fortsette å )?läsa (?:vidare|hela)\b",
    r"\b(?:er|är|kun|endast|bara) for abonnent\w*\b|\bför prenumeranter\b|\bfor å lese videre\b",
    r"\bprzeczytasz w subskrypcji\b|\bpozostało \d+ ?% (?:tekstu|artykułu)",
    r"\btylko dla prenumeratorów\b",
    r"この記事は(?:有料)?会員限定|残り[\d,]+文字|会員登録(?:して|すると)続き",
)
# The same in languages of which one of these parts of words is in each phrase. Looked for only
# then: all phrases together take a third more time on every page.
_PAYWALL_PARTS = (
    *("předplatitele", "prenumeratoriams", "подписк", "подписчик", "abone", "pelanggan"),
    *("berlangganan", "thuê bao", "hội viên", "सदस्यों", "ग्राहकों", "للمشتركين"),
    *("اشترك", "مشترک", "전용"),
)
_MORE_PAYWALLS = _phrases(
    _PAYWALL.pattern,
    r"\b(?:jen|pouze) pro předplatitele\b|\btik prenumeratoriams\b",
    r"\b(?:только|доступ\w*) (?:для )?подписчик(?:ам|ов)\b|\bоформите подписку, чтобы\b",
    r"\b(?:sadece|yalnızca) abone(?:ler\w*)?\b|\bokumaya devam etmek için abone\b",
    r"\b(?:khusus|hanya) (?:untuk |bagi )?pelanggan\b|\bberlangganan untuk (?:membaca|lanjut)",
    r"\bchỉ dành (?:riêng )?cho (?:thuê bao|hội viên)\b|केवल (?:सदस्यों|ग्राहकों) के लिए",
    r"للمشتركين فقط|اشترك (?:الآن )?(?:لمواصلة|لمتابعة) القراءة|(?:ویژه|مخصوص) مشترک(?:ان|ین)",
    r"(?:유료 ?)?(?:구독자|회원) 전용 ?(?:기사|콘텐츠)?(?:입니다)",
)
_CONSENT_PARTS = (
    *("cookie", "alla", "alle", "kakor", "kapsler", "wszystkie", "vše", "принять", "çerez"),
    *("kabul", "terima", "chấp nhận", "すべて", "クッキー", "동의", "수락", "쿠키"),
    *("قبول", "ملفات"),
)
_MORE_CONSENTS = _phrases(
    _CONSENT.pattern,
    r"\b(?:utilizamos|usamos|utilizziamo|usiamo) (?:las |i |os )?cookies?\b",
    r"\b(?:godkänn|acceptera|godta|aksepter|accepter|tillad) (?:alla|alle)\b",
    r"\bvi (?:använder|bruker|bruger) (?:cookies|kakor|informasjonskapsler)\b",
    r"\b(?:zaakceptuj|akceptuję) (?:wszystkie|i przejdź)|\bużywamy plików cookie\b",
    r"\bpřijmout vše\b|\bpoužíváme (?:soubory )?cookies?\b",
    r"\bпринять все\b|\bмы используем (?:файлы )?cookie\b",
    r"\btümünü kabul et\b|\bçerez(?:ler)? kullanıyoruz\b",
    r"\bterima semua\b|\bkami menggunakan cookie\b|\bchấp nhận tất cả\b|\bchúng tôi sử dụng cookie",
    r"すべて(?:受け入れる|同意する)|(?:クッキー|Cookie)を使用し",
    r"모두 (?:동의|수락)|쿠키를 사용합니다",
    r"قبول الكل|نستخدم ملفات تعريف الارتباط",
)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])$")
# What does not stand in the story's place: other boxes, and what is not shown.
_ELSEWHERE = (
    "nav, footer, aside, template, dialog:not([open]), [hidden], [style], [aria-hidden='true'],"
    " [role='navigation'], [role='complementary'], [role='contentinfo'], [class], [id]"
)
_OTHER_BOX = _phrases(
    r"(?<![a-z])(?:modal|popup|pop-up|drawer|tooltip|hidden|d-none|sr-only|visually-hidden|teasers?"
    r"|is-hidden|related\w*|recommend\w*|comments?|newsletters?|cookies?|catcher|most-read|trending)(?![a-z])"
)
_OTHER_TAGS = frozenset({"nav", "footer", "aside"})
_OTHER_ROLES = frozenset({"navigation", "complementary", "contentinfo"})
_SHOWN_BOX = _phrases(r"(?<![a-z])(?:paywall|regwall|barrier|gateway|open|show|active|visible)")
_NOT_SHOWN = frozenset({"d-none", "hidden", "is-hidden", "hide"})  # classes
_PROSE = 60  # characters; a shorter block may be a button of the wall
_LONGEST_OFFER = 80
_STOPS = ("", ".", "!", "?", ":", "…", "”", '"')
_NEAR = 600  # characters after the story: what stands there stands in place of its rest
_SHORTEST_TEASER = 20  # characters of a headline in a link
_TEASER = 150  # characters; a box with such a link that has no more beside it is a teaser
_OF_OFFERS = _phrases(
    r"subscri|\bsign\b|\blog ?in\b|regist|abonn|anmelden|\babo\b|weiterlesen|suscr|unlock|account"
)
_FREE = {"true": True, "yes": True, "1": True, "free": True}
_SOLD = {"false": False, "no": False, "0": False, "locked": False, "metered": False}
_SHORTEST_STORY = 200  # characters; fewer are none, whatever the page states
_EXCUSE = 600  # characters; an excuse has no more
# One of these is in every excuse.
_OF_EXCUSES = _phrases(
    r"\b(?:pages?|sites?|website|browser|server|java ?script|cookies?|captcha|robots?|bots?|search"
    r"|security|blocked|permission|request|access|try again|maintenance|seite|suche|página|pagina"
    r"|strona|sid[ae]n|страниц\w*)\b|ページ|页面|頁面|페이지"
)
# A shop may call its blog so: /blogs/live/a-story.
_LIVE_PATH = _phrases(r"(?<!/blogs)/(?:live|live-news|live-updates|[^/]*live-?blog[^/]*)/")
_VIDEO_PATH = _phrases(r"/(?:av|videos?|audio|watch|iplayer|sounds|podcasts?)/")


def check_page(page: Page) -> None:
    """Raises `Refusal` for a page that is no article by its address or its linked data."""
    if _is_redirected_to_section(urlsplit(page.asked_url), urlsplit(page.url)) and not page.story:
        raise Refusal("front_page", f"redirected to a front or section page, {page.url}")
    if _is_live(page):
        raise Refusal("live_blog", "a live blog: its text is a stream, not a story")


def check_article(page: Page, article: ParsedPage) -> None:
    """Raises `Refusal` for an article that is garbled, a wall, a stub, or the text of a video
    page."""
    text = _text(article)
    if is_garbled(f"{article.title} {text}"):
        raise Refusal("garbled", "garbled: the page was read, or written, in a wrong charset")
    if len(text) >= SHORT:
        return
    if _is_video(page, text):
        raise Refusal("video", "a video or audio page: what is written there is no story")
    wall = find_wall(page, article)
    if wall:
        raise wall


def find_wall(page: Page, article: ParsedPage | None = None) -> Refusal | None:
    """The refusal for what stands in place of the article; None for no wall. ``article``: what a
    parser read, None if it read nothing."""
    text = _text(article) if article else ""
    says = "" if _tells_story(page, text) else _formula(page, article, text)
    if says == "bot_check":
        return Refusal("bot_check", "a bot check stands in place of the article")
    if _is_consent_wall(page, f"{article.title} {text}" if article and text else _whole(page)):
        return Refusal("consent_wall", "a consent wall stands in place of the article")
    if _is_paywall(page, article):
        return Refusal("paywall", "a paywall: only the beginning of the article is there")
    if says == "soft_404":
        return Refusal("soft_404", "a page that says that there is no such page")
    if says == "placeholder":
        return Refusal("placeholder", "a notice of the site stands in place of the article")
    return None


def _text(article: ParsedPage) -> str:
    return " ".join(block.text for block in article.body)


def _whole(page: Page) -> str:
    return text_of(page.tree.body)


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


def _tells_story(page: Page, text: str) -> bool:
    """Whether a page has a text, and states an article or makes no excuse: its headline may be any
    words."""
    if len(text) < _SHORTEST_STORY:
        return False
    is_dated = page.meta("article:published_time", "og:article:published_time")
    return bool(page.story or is_dated) or not _OF_EXCUSES.search(text)


def _formula(page: Page, article: ParsedPage | None, text: str) -> str:
    """What sort of page this is by its marks, its headlines and its text; see `formulas`."""
    whole = text or _whole(page)
    is_marked = len(page.html) < _LONG_CHECK and _BOT_MARK.search(page.html)
    if is_marked or (len(whole) < _EXCUSE and _SCRIPTS_WANTED.search(whole)):
        return "bot_check"
    headlines = [article.title if article else "", text_of(page.first("h1"))]
    return formulas.kind_of(headlines, text_of(page.first("title")))


def _is_consent_wall(page: Page, text: str) -> bool:
    address = urlsplit(page.url)
    if _CONSENT_ADDRESS.search(address.netloc + "/") or _CONSENT_ADDRESS.search(address.path):
        return True
    return len(text) < _LONG_PAGE and len(set(_consents(text).findall(text))) > 1


def _is_paywall(page: Page, article: ParsedPage | None) -> bool:
    is_free = _is_free(page)
    if is_free and article and article.body:
        return False
    whole = _whole(page)
    paywall = _paywalls(whole)
    is_offered = bool(paywall.search(whole))
    if article is None or not article.body:
        return is_offered
    if is_free is None and not is_offered:
        return False
    if any(_is_offer(block, paywall) for block in article.body[-3:]):
        return True
    shown = text_of(page.tree.body, _elsewhere(page))
    if is_free is None:
        return bool(paywall.search(_after(shown, article)))
    return bool(paywall.search(shown) or _CUT_OFF.search(_text(article)))


def _is_free(page: Page) -> bool | None:
    """Whether the page states that it is free; None if it states nothing."""
    stated = page.story.get("isAccessibleForFree")
    tier = page.meta("article:content_tier", "og:article:content_tier")
    word = str(tier if stated is None else stated).lower().rpartition("/")[2]
    return (_FREE | _SOLD).get(word)


def _paywalls(text: str) -> re.Pattern[str]:
    """The phrases of walls that may be in a text."""
    return _MORE_PAYWALLS if _has_any(_PAYWALL_PARTS, text) else _PAYWALL


def _consents(text: str) -> re.Pattern[str]:
    return _MORE_CONSENTS if _has_any(_CONSENT_PARTS, text) else _CONSENT


def _has_any(parts: Iterable[str], text: str) -> bool:
    lowered = text.lower()
    return any(part in lowered for part in parts)


def _is_offer(block: Block, paywall: re.Pattern[str]) -> bool:
    """Whether a block of the text is a wall's, and no sentence about walls."""
    found = paywall.search(block.text)
    if found is None:
        return False
    return len(block.text) < _LONGEST_OFFER or block.text[: found.start()].strip()[-1:] in _STOPS


def _after(shown: str, article: ParsedPage) -> str:
    """What stands after the story, as far as it is near."""
    long = (block.text for block in reversed(article.body) if len(block.text) >= _PROSE)
    _, found, after = shown.rpartition(next(long, article.body[-1].text))
    return after[:_NEAR] if found else shown


def _elsewhere(page: Page) -> set[int]:
    """The elements that are not shown, or are other boxes than the story's, by ``mem_id``."""
    boxes = {node.mem_id for node in page.all(_ELSEWHERE) if _is_other_box(node)}
    teasers = (_teaser(link) for link in page.all("body a[href]"))
    return boxes | {node.mem_id for node in teasers if node}


def _is_other_box(node: LexborNode) -> bool:
    attributes = node.attributes
    classes = (attributes.get("class") or "").split()
    is_shut = not _NOT_SHOWN.isdisjoint(classes)
    if is_shut or is_hidden(node) or attributes.get("aria-hidden") == "true":
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _SHOWN_BOX.search(names) or node.tag in ("html", "body", "main", "article"):
        return False
    is_named = bool(_OTHER_BOX.search(names))
    return is_named or node.tag in _OTHER_TAGS or attributes.get("role") in _OTHER_ROLES


def _teaser(link: LexborNode) -> LexborNode | None:
    """The largest box around a link that is nothing but a teaser of another story: it has the
    story's headline, and little beside it. None for a link of no headline, or of an offer."""
    text = text_of(link)
    if len(_PAYWALL.sub("", text).strip()) < _SHORTEST_TEASER or _OF_OFFERS.search(
        _PAYWALL.sub("", text)
    ):
        return None
    teaser, above = link, link.parent
    while above is not None and above.tag not in ("body", "main"):
        if len(text_of(above)) > len(text) + _TEASER or above.css_first("h1, p"):
            break
        teaser, above = above, above.parent
    return teaser
