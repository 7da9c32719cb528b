"""Pages that are no article are refused by name; articles that look like them are read."""

from __future__ import annotations

import pytest

from newsdiff_crawler.items import Block, ParsedPage
from newsdiff_crawler.parsing import Page, Parser, Refusal, guards, read
from tests.support.corpus import all_rows, needs_corpus, page_of

URL = "https://herald.example/news/2024/05/bridge-closed-for-a-week"


class HeraldParser(Parser):
    name = "herald/2024"
    layout = "main"
    body = "main"


def page(
    text: str = "", *, title: str = "Bridge closed", head: str = "", url: str = URL, foot: str = ""
) -> Page:
    main = f"<main><h1>{title}</h1><p>{text}</p></main>{foot}"
    html = f"<head><title>{title} - Herald</title>{head}</head><body>{main}</body>"
    return Page(html, url, asked_url=URL)


def reason(page: Page) -> str:
    try:
        read(page, [HeraldParser])
    except Refusal as refusal:
        return refusal.reason
    return "no refusal"


LONG = "The bridge is closed. " * 100
LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    "url",
    [
        "https://herald.example/",
        "https://herald.example/index.html",
        "https://www.herald.example/news",
        "https://herald.example/world/us-and-canada/",
    ],
)
def test_redirect_to_a_front_or_section_page(url: str) -> None:
    assert reason(page(LONG, url=url)) == "front_page"


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://herald.example/bridge-closed-for-a-week",
        "https://herald.example/news/bridge-reopens-after-one-week",
        "https://herald.example/a/1234567",
        "https://herald.example/story?id=7",
        "https://other.example/x/news/2024/05/bridge-closed-for-a-week/amp",
    ],
)
def test_redirect_to_the_story_elsewhere_is_followed(url: str) -> None:
    assert reason(page(LONG, url=url)) == "no refusal"


def test_redirect_to_a_page_that_states_a_story_is_followed() -> None:
    moved = page(LONG, head=LD.format('{"@type": "NewsArticle"}'), url="https://herald.example/b")
    assert reason(moved) == "no refusal"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (LD.format('{"@type": "LiveBlogPosting"}'), URL),
        (
            LD.format(
                f'[{{"@type": "NewsArticle", "url": "{URL}"}},'
                f' {{"@type": "LiveBlogPosting", "url": "{URL}/"}}]'
            ),
            URL,
        ),
        ("", "https://herald.example/world/live/2024/may/05/bridge-live"),
        ("", "https://herald.example/liveblog-bruecke-100.html"),
    ],
)
def test_live_blog(head: str, url: str) -> None:
    assert reason(page(LONG, head=head, url=url)) == "live_blog"


def test_a_blog_that_is_called_live_is_none() -> None:
    url = "https://shop.example/blogs/live/zero-waste-a-guide"
    assert reason(page(LONG, url=url)) == "no refusal"


def test_story_beside_another_live_blog_is_read() -> None:
    other = "https://herald.example/election-live-results"
    stated = f'[{{"@type": "NewsArticle"}}, {{"@type": "LiveBlogPosting", "url": "{other}"}}]'
    assert reason(page(LONG, head=LD.format(stated))) == "no refusal"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", "https://herald.example/news/av/bridge-from-above"),
        (LD.format('{"@type": "VideoObject"}'), URL),
        ('<meta property="og:type" content="video.other">', URL),
    ],
)
def test_video_page(head: str, url: str) -> None:
    assert reason(page("Watch the bridge fall.", head=head, url=url)) == "video"


def test_story_with_a_video_is_read() -> None:
    video = LD.format('[{"@type": "VideoObject"}, {"@type": "NewsArticle"}]')
    assert reason(page("Watch the bridge fall.", head=video)) == "no refusal"
    assert reason(page(LONG, head=LD.format('{"@type": "VideoObject"}'))) == "no refusal"


@pytest.mark.parametrize(
    "page",
    [
        page("Checking your browser before you go on.", title="Just a moment..."),
        page("You don't have permission to access this server.", title="Access Denied"),
        page("", title="Attention Required! | Cloudflare"),
        page("Please wait.", title="One moment, please..."),
        page("Loading", title="Making sure you're not a bot!"),
        page("Tick the box.", title="Please confirm that you are not a robot"),
        page("Please enable JavaScript to proceed.", title="Herald"),
        page("Press and hold", head='<script>window.x="px-captcha"</script>'),
        Page("<html><script src='https://geo.captcha-delivery.com/captcha/?a=1'></script>", URL),
        Page("<html><body><iframe src='/_Incapsula_Resource?x=1'></iframe></body></html>", URL),
    ],
)
def test_bot_check_is_blocked(page: Page) -> None:
    with pytest.raises(Refusal) as caught:
        read(page, [HeraldParser])
    assert (caught.value.reason, caught.value.outcome) == ("bot_check", "blocked")


@pytest.mark.parametrize(
    "text",
    [
        "We value your privacy. We and our 800 partners store cookies. Accept all or reject all.",
        "Before you continue: we use cookies. Manage settings",
        "Wir und unsere Partner nutzen Cookies. Weiter mit Werbung oder Pur-Abo. Alle akzeptieren",
        "Continuer sans accepter. Nous utilisons des cookies. Tout accepter",
    ],
)
def test_consent_wall(text: str) -> None:
    assert reason(page(text)) == "consent_wall"
    assert reason(Page(f"<html><body><div>{text}</div></body></html>", URL)) == "consent_wall"


def test_consent_wall_by_its_address() -> None:
    wall = page("Weiter geht es hier.", url="https://consent.herald.example/news/b-1?x=2")
    assert reason(wall) == "consent_wall"


def test_short_story_under_a_cookie_banner_is_read() -> None:
    banner = "<div>We use cookies and so do our partners. Accept all. Manage settings</div>"
    assert reason(page("The bridge is closed.", foot=banner)) == "no refusal"


def test_short_story_about_cookies_is_read() -> None:
    assert (
        reason(page("Browsers will soon reject cookies by default, the maker says."))
        == "no refusal"
    )


NOT_FREE = LD.format('{"@type": "NewsArticle", "isAccessibleForFree": "False"}')


@pytest.mark.parametrize(
    ("text", "head", "foot"),
    [
        ("The bridge is closed.", "", "<div>Subscribe to continue reading</div>"),
        ("Die Brücke ist zu.", "", "<div>Jetzt weiterlesen mit H+</div>"),
        ("Le pont est fermé.", "", "<p>Il vous reste 80% de cet article à lire.</p>"),
        ("The bridge is closed. All…", NOT_FREE, ""),
        ("The bridge [...]", '<meta property="article:content_tier" content="locked">', ""),
        ("", "", "<div>This article is for subscribers only: to keep reading, subscribe</div>"),
    ],
)
def test_paywall_stub(text: str, head: str, foot: str) -> None:
    assert reason(page(text, head=head, foot=foot)) == "paywall"


SHORT_STORY = (
    "The bridge over the river was closed on Monday, because a goat had moved in under it."
    " “We will not negotiate with it,” said the mayor, who crossed by boat on the same day."
    " The goat has been given until Friday, when the bridge is wanted for the village choir."
)


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<aside><a href="/2">A ferry sank in the port</a> This article is for subscribers</aside>',
        '<ul><li><a href="/2">A ferry sank in the harbour</a> Exklusiv für Abonnenten</li></ul>',
        '<div><h3><a href="/2">A ferry sank in the harbour</a></h3><b>Only for subscribers.'
        " This article is for subscribers</b></div>",
        '<div><a href="/2"><i>Article réservé aux abonnés</i> Un bac a coulé au port</a></div>',
        "<footer>Subscribe to continue reading</footer>",
        "<div hidden>Log in to continue reading</div>",
        '<div style="display: none">Log in to continue reading</div>',
        '<div class="modal fade">Log in to continue reading</div>',
        '<div aria-hidden="true">Log in to continue reading</div>',
        "<dialog>Log in to continue reading</dialog>",
        "<template>Log in to continue reading</template>",
        '<div class="paywall d-none">Log in to continue reading</div>',
        "<p>Weather, harbours and goats.</p>" * 30 + "<p>Subscribe to continue reading</p>",
    ],
)
def test_short_story_is_not_refused_for_what_stands_elsewhere(elsewhere: str) -> None:
    assert reason(page(SHORT_STORY, foot=elsewhere)) == "no refusal"


@pytest.mark.parametrize(
    "offer",
    [
        "<div><p>Subscribe to continue reading</p></div>",
        '<aside class="paywall">Subscribe to continue reading</aside>',
        "<dialog open>Log in to continue reading</dialog>",
        '<a href="/offer">Jetzt weiterlesen mit H+</a>',
        "<p>Already 40,000 readers. Subscribe to continue reading.</p>",
        "<p>Start your free trial to continue.</p>",
        "<p>Lees verder met een abonnement</p>",
        "<p>Conteúdo exclusivo para assinantes</p>",
        "<p>Bli prenumerant för att läsa vidare</p>",
        "<p>Pozostało 80 % tekstu</p>",
        "<p>この記事は有料会員限定です。残り1200文字</p>",
    ],
)
def test_what_stands_in_place_of_the_rest_is_a_paywall(offer: str) -> None:
    assert reason(page(SHORT_STORY, foot=offer)) == "paywall"


@pytest.mark.parametrize(
    "head",
    [
        LD.format('{"@type": "NewsArticle", "isAccessibleForFree": true}'),
        LD.format('{"@type": "NewsArticle", "isAccessibleForFree": "http://schema.org/True"}'),
        '<meta property="article:content_tier" content="free">',
    ],
)
def test_short_story_that_is_free_by_its_own_statement_is_read(head: str) -> None:
    offer = "<div>Subscribe to continue reading</div>"
    assert reason(page(SHORT_STORY, head=head, foot=offer)) == "no refusal"


def test_short_story_about_paywalls_is_read() -> None:
    text = f"{SHORT_STORY} The paper asks its readers to subscribe to continue reading about it."
    assert reason(page(text)) == "no refusal"


def test_whole_story_that_is_sold_is_read() -> None:
    offer = "<div>Subscribe to continue reading</div>"
    assert reason(page(LONG, head=NOT_FREE, foot=offer)) == "no refusal"


def test_short_story_that_is_sold_and_whole_is_read() -> None:
    assert reason(page("The bridge is closed.", head=NOT_FREE)) == "no refusal"


@pytest.mark.parametrize(
    "title",
    ["Page not found", "404", "404 Not Found", "Seite nicht gefunden", "Page introuvable",
     "Sorry, the page you are looking for could not be found", "Oops! That page can’t be found.",
     "Pagina niet gevonden", "Pagina non trovata", "Página não encontrada", "Sidan hittades inte",
     "Nie znaleziono strony", "ページが見つかりません", "Страница не найдена",
     "This article has been removed"],
)  # fmt: skip
def test_soft_404(title: str) -> None:
    assert reason(page("Try our front page.", title=title)) == "soft_404"


@pytest.mark.parametrize(
    "title", ["Hikers not found after storm", "404 days without rain", "The page he never wrote"]
)
def test_headline_that_sounds_like_a_404_is_read_however_short_the_story(title: str) -> None:
    assert reason(page("The hikers are well.", title=title)) == "no refusal"


@pytest.mark.parametrize(
    "title",
    [
        "We will be back soon",
        "Site under maintenance",
        "Unavailable",
        "Sorry, this content is not available in your region",
        "503 Service Unavailable",
        "Redirecting",
        "Object moved",
        "This page has moved",
        "301 Moved Permanently",
    ],
)
def test_notice_of_the_site(title: str) -> None:
    assert reason(page("Thank you for your patience.", title=title)) == "placeholder"


@pytest.mark.parametrize("title", ["Access denied", "Not found", "404", "We will be back soon"])
@pytest.mark.parametrize(
    "head",
    ["", LD.format('{"@type": "NewsArticle"}'),
     '<meta property="article:published_time" content="2024-05-06">'],
)  # fmt: skip
def test_story_under_a_headline_that_is_a_formula_is_read(title: str, head: str) -> None:
    assert reason(page(SHORT_STORY, title=title, head=head)) == "no refusal"


@pytest.mark.parametrize("title", ["404 jobs to go", "Access denied to refugees", "Hiker not found",
    "Just a moment in time", "Page not found: how links rot"])  # fmt: skip
def test_headline_that_begins_like_a_formula_is_none(title: str) -> None:
    assert reason(page("The page of the server is blocked.", title=title)) == "no refusal"


@pytest.mark.parametrize(
    "text", ["caf\ufffd \ufffdt\ufffd d\ufffdj\ufffd vu", "CafÃ© Ã©tÃ© dÃ©jÃ  vu â€™"]
)
def test_text_in_a_wrong_charset_is_refused(text: str) -> None:
    assert reason(page(text)) == "garbled"
    assert reason(page(text * 100)) == "garbled"


@pytest.mark.parametrize(
    "title", ["Hikers not found after storm", "404 days without rain", "The page he never wrote"]
)
def test_headline_that_sounds_like_a_404_is_read(title: str) -> None:
    assert reason(page(LONG, title=title)) == "no refusal"


def test_page_without_text_is_no_text() -> None:
    assert reason(page("")) == "no_text"


@needs_corpus
def test_real_articles_are_read_and_real_others_are_refused() -> None:
    refused: dict[str, list[str]] = {}
    for row in all_rows():
        gold = row.get("gold", {})
        body = [Block("paragraph", text) for text in gold.get("paragraphs", [])]
        real = page_of(row)
        try:
            guards.check_page(real)
            guards.check_article(real, ParsedPage(title=gold.get("title", ""), body=body))
        except Refusal as refusal:
            refused.setdefault(refusal.reason, []).append(row["publisher"])
    assert {reason: sorted(publishers) for reason, publishers in refused.items()} == {
        "live_blog": ["independent", "independent", "mirror", "telegraph", "telegraph"],
        "video": ["bbc"],
        # A few sentences, the last one cut off; of zeit's page nothing but an invitation.
        "paywall": ["chunichishimbun", "wsj", "zeit"],
    }
