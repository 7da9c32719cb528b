"""What tests of the reading site share: an article in two versions, and what a reader sees."""

from __future__ import annotations

import re

from tests.support.records import story

BEFORE = story(
    "Council denies losing £4.2m", "The sum was lost.", "The mayor stayed.", "Rain fell."
)
AFTER = story("Council admits losing £4.6m", "The sum was lost.", "A man resigned.", "Rain fell.")


def text_of(page: str) -> str:
    """What a reader would read, roughly: the page without its tags."""
    inline = re.sub(r"</?(?:a|time|span|strong|ins|del)\b[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())
