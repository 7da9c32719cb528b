"""Boilerplate on a page of no known layout, for the generic parser alone: elements, by class names
and ids, and texts, by their links and by the words of offers.

What is boilerplate in the blocks of any parser: `boilerplate_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from selectolax.lexbor import LexborNode

# Elements that never hold the story, unless its headline is in them too.
ELEMENTS = (
    "nav, footer, aside, form, button, dialog, menu, label, [hidden], [role='navigation'],"
    " [role='complementary'], [aria-hidden='true'], [style*='display:none'],"
    " [style*='display: none'], figure p:not(figcaption p),"
    " a[href] p, a[href] h2, a[href] h3, a[href] h4"
)

# No standfirst is in these.
_OUTSIDE = frozenset({"a", "figure", "li"})


def _named(words: str) -> re.Pattern[str]:
    """Matches any of the words as a whole part of a name: ``tags`` in ``story-tags`` and
    ``storyTags``, not in ``hashtags``. A hyphen in a word matches ``-``, ``_`` or nothing."""
    either = "|".join(words.replace("-", "[-_]?").split())
    return re.compile(rf"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:{either})(?![a-z])")


# Names of class and id. These are never the story, however much text there is in them ...
_NEVER = _named(
    r"comments? comment-(?:list|section|area|thread)s? disqus onetrust ot-sdk cookies? consent gdpr"
    r" outbrain taboola nav navigation menu footer related\w* most-(?:read|popular|viewed)"
    r" recommend(?:ed|ations?)? trending newsletters? side-bar"
)
# ... and these only where they hold a small part of it: sites name whole stories after such things.
_RARELY = _named(
    r"promos? promotions? promoted share[ds]? share-(?:bar|tools|links|buttons) sharing social\w*"
    r" recirc\w* popular teasers? advert\w* ads? ad-(?:slots?|box|unit|wrapper|container) dfp"
    r" sponsor\w* breadcrumbs? read-(?:next|also) also-read see-also"
    r" more-(?:on|from|stories|news|like|articles|coverage|to) by-lines? authors?"
    r" author-(?:bio|box|info|card)\w* contributors? credits? tags tag-list topics? keywords"
    r" subscri\w* sign-(?:up|in) log-in register\w* regwall toolbars? tools widget print-only"
    r" sr-only visually-hidden screen-reader\w* pull-quotes? pq footnotes? copyright disclaimer"
    r" infobox fact-box poll quiz tweet twitter instagram facebook tiktok embed\w* podcast meta"
    r" metadata timestamp dateline pub-date date published app-(?:hint|promo|banner|bottom)\w*"
    r" donat\w* support-\w+ offers? banner feedback reading-time modal popup overlay tooltip"
    r" affiliate cta table-of-contents jump-links? piano premium-box actionbar follow-us whatsapp"
)
_CAPTION = _named(
    r"captions? image-caption media-info image-(?:text|info|desc\w*|meta)"
    r" photo-(?:caption|credit|info) pic-box legend cutline"
)
_STORY = re.compile(
    r"(?:article|story|entry|post|body|content|text)[-_]*(?:body|text|content|copy)|rich[-_]*text",
    re.IGNORECASE,
)
# What a name says of neighbours or appearance: ``has-sidebar``, ``layout--right-rail``.
_MODIFIER = re.compile(r"--\S*|(?:^|(?<=\s))(?:has|with|no|not|is)[-_]\S*")
_UNSEEN = _named(r"sr-only visually-hidden screen-reader\w* print-only tooltip-(?:text|content)")
_HIDDEN = re.compile(r"(?:^|\s)(?:d-none|hidden)(?=\s|$)(?!.*:(?:block|flex|grid|inline))")
_PROMOTION = re.compile(
    r"\W*(?:"
    r"(?:(?:read|see) (?:more|next|also)|also read|related|more from|lesen sie auch"
    r"|mehr zum thema|(?:à )?lire aussi|leia também|lee también)\b.{0,20}?:"
    r"|(?:sign up (?:for|to)|subscribe (?:to|now)|follow us|copyright)\b"
    r"|(?:story|article) continues below|©)",
    re.IGNORECASE,
)
_LONGEST_PROMOTION = 250  # characters
_BEFORE_LINKS = re.compile(r"[^.!?]{0,25}:\s*")
_LONGEST_LINK = 400  # characters
_LONGEST_NAMES = 300  # characters
_CACHE_SIZE = 4096


def names_of(node: LexborNode) -> str:
    """Class and id of an element, without what they say of other elements."""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _own(names[:_LONGEST_NAMES])


# The elements of a page share a few hundred names: the caches save four fifths of the time.
@lru_cache(_CACHE_SIZE)
def _own(names: str) -> str:
    return _MODIFIER.sub(" ", names)


@lru_cache(_CACHE_SIZE)
def is_never_story(names: str) -> bool:
    """Whether an element with these names is never part of a story, or is not shown."""
    return bool(_NEVER.search(names) or _HIDDEN.search(names))


@lru_cache(_CACHE_SIZE)
def is_unseen(names: str) -> bool:
    """Whether an element with these names is not shown on a screen."""
    return bool(_UNSEEN.search(names) or _HIDDEN.search(names))


@lru_cache(_CACHE_SIZE)
def is_rarely_story(names: str) -> bool:
    """Whether an element with these names is boilerplate, unless it holds much of the text."""
    return bool(_RARELY.search(names))


@lru_cache(_CACHE_SIZE)
def is_caption(names: str) -> bool:
    return bool(_CAPTION.search(names))


@lru_cache(_CACHE_SIZE)
def is_story(names: str) -> bool:
    """Whether an element with these names is likely to hold a story's text and nothing else."""
    return bool(_STORY.search(names))


def is_in_boilerplate(node: LexborNode, barred: AbstractSet[int]) -> bool:
    """Whether an element, or one above it up to the article's own, is boilerplate by its names.

    ``barred``: the ``mem_id`` of what `ELEMENTS` matches, which is boilerplate too.
    """
    above: LexborNode | None = node
    while above is not None and above.tag not in ("article", "main", "body"):
        names = names_of(above)
        named = is_never_story(names) or is_rarely_story(names) or is_caption(names)
        if named or above.mem_id in barred or above.tag in _OUTSIDE:
            return True
        above = above.parent
    return False


def is_promotion(text: str) -> bool:
    """Whether a paragraph links to another story, asks to sign up, or is a notice of copyright."""
    return len(text) <= _LONGEST_PROMOTION and bool(_PROMOTION.match(text))


def is_links(text: str, links: Iterable[str]) -> bool:
    """Whether a text is nothing but links, and perhaps a short "Read more:" before them.

    ``links`` are the texts of the links in it.
    """
    if not 0 < len(text) <= _LONGEST_LINK:
        return False
    unlinked = text
    for link in links:
        unlinked = unlinked.replace(link, "", 1)
    unlinked = unlinked.strip()
    return not any(map(str.isalnum, unlinked)) or (
        len(unlinked) < len(text) / 2 and bool(_BEFORE_LINKS.fullmatch(unlinked))
    )
