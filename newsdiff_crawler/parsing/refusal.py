"""Why a page makes no version."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "too_large",
    "too_deep",
    "too_long",
    "no_parser",
    "no_title",
    "no_text",
    "bot_check",
    "consent_wall",
    "paywall",
    "soft_404",
    "placeholder",
    "garbled",
    "front_page",
    "live_blog",
    "video",
]


class Refusal(Exception):  # noqa: N818 - a page refused is an outcome, not a fault of the program
    """A page holds no text to store: ``reason`` for programs, ``sentence`` for people.

    ``outcome``: how the check is recorded. A bot check is ``blocked``, anything else ``failed``.
    """

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.outcome: Literal["blocked", "failed"] = (
            "blocked" if reason == "bot_check" else "failed"
        )
