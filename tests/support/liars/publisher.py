"""What each address of a publisher answers, by what it is told to lie about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from newsdiff_crawler.times import to_iso
from tests.support.liars.stories import Telling

SITE = "https://liar.example"
FEED = f"{SITE}/feed.xml"

PlaceholderKind = Literal["back soon", "with a number", "in Finnish", "long", "no article"]
PLACEHOLDERS: Mapping[PlaceholderKind, tuple[str, str]] = {
    "back soon": ("Back in a minute", "Our engineers are busy with the cables."),
    "with a number": ("Something is amiss", "Quote reference {} when you write to the desk."),
    "in Finnish": ("Huoltokatko", "Palvelu on hetken poissa käytöstä. Palaa pian asiaan."),
    "long": ("Of our own affairs", "We print the paper in the old mill by the river. " * 20),
    "no article": ("", ""),
}


class Answer(NamedTuple):
    """``html`` or, with a redirect's status, ``location``; and what was told in it."""

    status: int = 200
    html: str = ""
    location: str = ""
    told: Telling | None = None


@dataclass(frozen=True)
class Shows:
    """A story's page. ``canonical``: as it stands in the page; ``""``: none."""

    story: int
    canonical: str = ""


@dataclass(frozen=True)
class Leads:
    """To another address: by a redirect's status, by a refresh (0) or by a script (-1)."""

    to: str
    status: int = 302


@dataclass(frozen=True)
class Fails:
    """An error of the server, or a page that is gone."""

    status: int


@dataclass
class Publisher:
    """``pages``: what addresses answer. ``wall``: what stands before some of them, or all, for a
    while: a placeholder, or a redirect to the page to log in. ``listed``: what its feed lists."""

    pages: dict[str, Shows | Leads | Fails | Answer] = field(default_factory=dict)
    tellings: dict[int, Telling] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    wall: PlaceholderKind | Literal["login"] | None = None
    behind_wall: Collection[str] | None = None  # None: every address
    requests: int = 0

    def answer(self, url: str) -> Answer:
        """What a reader gets."""
        self.requests += 1
        parts = urlsplit(url)
        if parts.path == "/login":
            return Answer(html=page("Sign in", ["Your name and your word of passage, please."]))
        if self.wall and (self.behind_wall is None or url in self.behind_wall):
            return self._wall(self.wall, url)
        shown = self.pages.get(url, Fails(404))
        if isinstance(shown, Answer):
            return shown
        if isinstance(shown, Fails):
            return Answer(shown.status, "<h1>No</h1>")
        if isinstance(shown, Leads):
            return _led(shown)
        told = self.tellings[shown.story]
        published = to_iso(told.published)
        html = page(told.headline, told.paragraphs, shown.canonical, published)
        return Answer(html=html, told=told)

    def _wall(self, kind: str, url: str) -> Answer:
        if kind == "login":
            path = urlsplit(url).path
            return Answer(302, location=urljoin(url, f"/login?next={quote(path, safe='')}"))
        title, text = PLACEHOLDERS[kind]  # type: ignore[index]
        if not title:
            return Answer(html="<html><body><div>Nothing.</div></body></html>")
        return Answer(html=page(title, [text.format(f"{self.requests:08d}")]))

    def feed(self) -> str:
        """Its feed."""
        items = "".join(
            f"<item><link>{escape(url)}</link><title>{escape(title)}</title></item>"
            for url, title in self.listed.items()
        )
        return f'<rss version="2.0"><channel>{items}</channel></rss>'


def _led(leads: Leads) -> Answer:
    if leads.status > 0:
        return Answer(leads.status, location=leads.to)
    if leads.status == 0:
        html = f'<meta http-equiv="refresh" content="0; url={escape(leads.to)}"><p>Moved.</p>'
    else:
        html = f'<script>window.location.replace("{leads.to}")</script>'
    return Answer(html=f"<html><body>{html}</body></html>")


def page(title: str, paragraphs: list[str], canonical: str = "", published: str = "") -> str:
    """Any page in this publisher's markup."""
    head = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    if published:
        head += f'<meta property="article:published_time" content="{published}">'
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)}</title>{head}</head><body>"
        f'<article class="story"><h1>{escape(title)}</h1><div class="text">{body}</div></article>'
        "</body></html>"
    )
