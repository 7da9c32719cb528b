"""What a message says, as plain text, HTML and data. Scraped text is made harmless in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from newsdiff_crawler.diff.model import Piece
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.text import beginning
from newsdiff_crawler.times import interval, readable_time

LISTED = 50  # changes of a digest
ARROW = " → "
NO_HEADLINE = "(no headline)"
_BETWEEN = "\n\n———\n\n"  # the changes of a digest in plain text
_LONGEST_HEADLINE = 300  # characters
# Colours as on the site; both, for a mail may be read on a dark ground.
_INS = "color:#14391f;background:#dff0e3;text-decoration:underline"
_DEL = "color:#5c1f10;background:#fbe3dc;text-decoration:line-through"
# Control characters, lone surrogates, and what turns the direction of a text around.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
# Letters of Hebrew, Arabic and their like.
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True)
class Told:
    """One change, as it is told. ``paper``: as people call it; ``page``: the address of the diff
    page, empty where no site has one; ``copy``: that of the Internet Archive's copy, or empty.
    ``shown``: what a picture of it has room for."""

    change: Change
    paper: str
    page: str = ""
    passage: Sequence[Piece] = ()
    copy: str = ""
    shown: Sequence[Piece] = ()

    @property
    def headline(self) -> str:
        """The older and the newer one; one of them where they are equal."""
        before, after = self.headlines
        before, after = isolated(before), isolated(after)
        return f"{one_line(self.paper)}: {after if before == after else f'{before}{ARROW}{after}'}"

    @property
    def headlines(self) -> tuple[str, str]:
        """The older and the newer one."""
        both = one_line(self.change.from_title), one_line(self.change.to_title)
        return both[0] or NO_HEADLINE, both[1] or NO_HEADLINE

    @property
    def summary(self) -> str:
        """The change in words, a sentence."""
        return f"{one_line(self.change.summary)}."

    @property
    def seen(self) -> str:
        """When, a sentence."""
        change = self.change
        later = interval(change.from_at, change.to_at)
        return f"Seen {readable_time(change.to_at)}, {later} after the version before."


@dataclass(frozen=True)
class Message:
    """What goes out by a channel. ``name``: the same at every attempt. ``thread``: what it belongs
    to, the same for all messages of one article; empty: nothing. ``reply_to``: what the service
    called the last message of the article by this channel. ``total``: how many changes a
    digest stands for, of which `changes` are the first."""

    name: str
    watch: str
    made_at: str
    title: str
    changes: Sequence[Told] = ()
    text: str = ""
    total: int = 0
    thread: str = ""
    reply_to: str = ""
    site: str = ""

    def as_text(self) -> str:
        """The whole, without markup."""
        blocks = ["\n".join(map(one_line, self.text.splitlines()))] if self.text else []
        blocks += [self._as_text(told) for told in self.changes]
        rest = f"{self._rest()}: {self.site}".removesuffix(": ") if self._rest() else ""
        return _BETWEEN.join([*blocks, *filter(None, [rest])]) + "\n"

    def _as_text(self, told: Told) -> str:
        marked = marked_text(told.passage)
        lines = [told.summary if self.is_single else f"{told.headline}\n{told.summary}"]
        lines += ["", marked] if marked else []
        lines += ["", told.seen]
        lines += [f"What changed: {told.page}"] if told.page else []
        lines.append(f"At the source: {_text_url(told.change.url)}")
        lines += [f"Copied by the Internet Archive: {_text_url(told.copy)}"] if told.copy else []
        return "\n".join(lines)

    def as_html(self) -> str:
        """The whole for mail: no style, picture or script of anybody else's."""
        body = f"<p>{_lines(self.text)}</p>\n" if self.text else ""
        body += "\n<hr>\n".join(map(self._as_html, self.changes))
        rest = f"\n<hr>\n<p>{_linked(self.site, self._rest())}</p>" if self._rest() else ""
        title = escape(self.title)
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"</head>\n<body>\n{body}{rest}\n</body></html>\n"
        )

    def _as_html(self, told: Told) -> str:
        marked = "".join(map(_marked_html, told.passage))
        passage = f'<blockquote dir="auto">{marked}</blockquote>\n' if marked else ""
        links = [(told.page, "What changed")] if told.page else []
        links.append((_url(told.change.url), "At the source"))
        links += [(_url(told.copy), "Copied by the Internet Archive")] if told.copy else []
        linked = " · ".join(_linked(url, name) for url, name in links)
        return (
            f'<h3 dir="auto">{escape(told.headline)}</h3>\n<p>{escape(told.summary)}</p>\n'
            f"{passage}<p>{escape(told.seen)}</p>\n<p>{linked}</p>"
        )

    def as_data(self) -> dict[str, Any]:
        """For programs: changes as the API has them, each with its two addresses."""
        return {
            "type": self._type(),
            "timestamp": self.made_at,
            "data": {
                "watch": self.watch,
                "title": self.title,
                **({"text": self.text} if self.text else {}),
                **({"total": self.total} if self.changes else {}),
                "changes": [_data(told) for told in self.changes],
            },
        }

    @property
    def is_single(self) -> bool:
        """Whether it tells one change."""
        return len(self.changes) == self.total == 1

    def _type(self) -> str:
        if not self.changes:
            return "alarm"
        return "article.changed" if self.is_single else "article.digest"

    def _rest(self) -> str:
        more = self.total - len(self.changes)
        return f"And {more} more" if more > 0 else ""


def title_of_digest(watch: str, total: int, by_paper: Mapping[str, int]) -> str:
    """What a digest is called. A paper that made half of it is named."""
    paper, most = max(by_paper.items(), key=lambda each: each[1])
    part = f", {most} of them of {paper}" if len(by_paper) > 1 and most * 2 >= total else ""
    part = f" of {paper}" if len(by_paper) == 1 else part
    return f"{watch}: {total} changes{part}"


def _data(told: Told) -> dict[str, Any]:
    passage = [piece._asdict() for piece in told.passage]
    return {
        **asdict(told.change),
        "paper": told.paper,
        "page": told.page,
        "passage": passage,
        "copy": told.copy,
    }


def marked_text(passage: Sequence[Piece]) -> str:
    """A passage with signs around the words that changed."""
    return "".join(map(_marked, passage)).strip()


def web_link(told: Told) -> str:
    """Where a change can be seen: the diff page, else the source; nothing that is no address of
    the web's."""
    return told.page or (_text_url(told.change.url) if _is_web(told.change.url) else "")


def _marked(piece: Piece) -> str:
    """The signs are at the words: what is space at an end is outside of them."""
    text = _safe(piece.after or piece.before)
    if piece.same or not text.strip():
        return text
    start, end = text[:1].isspace() * " ", text[-1:].isspace() * " "
    before, after = _safe(piece.before).strip(), _safe(piece.after).strip()
    marked = f"[-{before}-]" * bool(before) + f"{{+{after}+}}" * bool(after)
    return f"{start}{marked}{end}"


def _marked_html(piece: Piece) -> str:
    if piece.same:
        return escape(_safe(piece.after or piece.before))
    parts = [("del", _DEL, piece.before), ("ins", _INS, piece.after)]
    marked = (
        f'<{tag} style="{style}">{escape(_safe(text))}</{tag}>'
        for tag, style, text in parts
        if text
    )
    return "&thinsp;".join(marked)


def _lines(text: str) -> str:
    return "<br>\n".join(escape(one_line(line)) for line in text.splitlines())


def _linked(url: str, name: str) -> str:
    """A link; the bare address where it is none of the web's."""
    return f'<a href="{escape(url)}">{escape(name)}</a>' if _is_web(url) else escape(url or name)


def _safe(text: str) -> str:
    return _HARMFUL.sub(" ", text)


def one_line(text: str) -> str:
    """A text of somebody else's for a title or a headline."""
    line = " ".join(_safe(text).split())
    return line if len(line) <= _LONGEST_HEADLINE else f"{beginning(line, _LONGEST_HEADLINE)}…"


def isolated(text: str) -> str:
    """A text that is written from right to left stands in its own place of a line."""
    return f"\u2068{text}\u2069" if _FROM_THE_RIGHT.search(text) else text


def _url(url: str) -> str:
    return _HARMFUL.sub("", url)


def _text_url(url: str) -> str:
    """In a text that may call people by an @."""
    return _url(url).replace("@", "%40")


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
