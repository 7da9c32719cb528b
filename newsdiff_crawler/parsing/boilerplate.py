"""Boilerplate by elements, class names and ids, on the pages of all publishers.

By texts: `promotions`, `appeals` and `boilerplate_text`. What follows from all of them: `foreign`.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from operator import attrgetter

from selectolax.lexbor import LexborNode

from newsdiff_crawler.parsing.blocks import ID, INLINE, is_hidden, is_spoken

# Elements that never hold the story, unless its headline is in them too.
ELEMENTS = (
    "nav, footer, aside, form, button, dialog, menu, label, [hidden], [role='navigation'],"
    " [role='complementary'], [aria-hidden='true'], [style*='display:none' i],"
    " [style*='display: none' i], figure p:not(figcaption p),"
    " a[href] p, a[href] h2, a[href] h3, a[href] h4, h2 > a[href], h3 > a[href], h4 > a[href]"
)

# What a box is where it is no part of the story.
FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu", "search"})
FOREIGN_ROLES = frozenset({"navigation", "complementary", "dialog", "search", "form", "note"})

# No standfirst is in these.
_OUTSIDE = frozenset({"a", "button", "figure", "label", "li"})


def _named(words: str) -> re.Pattern[str]:
    """Matches any of the words as a whole part of a name: ``tags`` in ``story-tags`` and
    ``storyTags``, not in ``hashtags``. A hyphen in a word matches ``-``, ``_`` or nothing."""
    either = "|".join(words.replace("-", "[-_]?").split())
    return re.compile(rf"(?:(?<![A-Za-z0-9])|(?<=[a-z])(?=[A-Z]))(?i:{either})(?![a-z]|\d\w)")


# Names of class and id. These are never the story, however much text there is in them ...
_NEVER = _named(
    r"comments? comment-(?:list|section|area|thread)s? disqus onetrust ot-sdk cookies? consent gdpr"
    r" outbrain taboola nav navigation menu footer related\w* most-(?:read|popular|viewed)"
    r" recommend(?:ed|ations?)? trending audio-player video-player polls?"
    r" twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed reddit-embed-bq"
    r" wp-embedded-content (?:next|prev|previous)-(?:article|story|post)"
)
# ... and these only where they hold a small part of it: sites name whole stories after such things.
_RARELY = _named(
    r"newsletters? side-bar"
    r" promos? promotions? promoted share-(?:bar|tools|links|buttons) sharing social-\w+"
    r" recirc\w* popular teasers? advert\w* ads? ad-(?:slots?|box|unit|wrapper|container) dfp"
    r" sponsor\w* breadcrumbs? read-(?:next|also) also-read see-also"
    r" more-(?:on|from|stories|news|like|articles|coverage|to) by-lines? authors?"
    r" author-(?:bio|box|info|card)\w* contributors? credits? tags tag-list keywords"
    r" subscri\w* sign-(?:up|in) log-in regwall toolbars? widget print-only"
    r" sr-only visually-hidden screen-reader\w* copyright disclaimer"
    r" infobox poll quiz tweet twitter instagram facebook tiktok embed\w* podcast meta"
    r" metadata timestamp dateline pub-date date published (?:get|download)-app"
    r" app-(?:hint|promo|banner|bottom|download|store)\w*"
    r" donat\w* support-\w+ reading-time"
    r" affiliate cta table-of-contents jump-links? piano premium-box actionbar follow-us whatsapp"
)
# These only where they hold no prose, or other signs beside it: headings have these words, too.
_WEAKLY = _named(
    r"share[ds]? social topics? register\w* tools offers? banner feedback modal popup overlay"
    r" tooltip footnotes?"
)
# These only where hardly any prose is in it: a story may be told beside its film.
_BARELY = _named(
    r"recs? cards? audio video players? surveys? vot(?:e|es|ing) listen\w* tts member\w* donation"
    r" podcasts? series collection explore\w* latest more"
)
_PULL_QUOTE = _named(r"pull-?quotes? pq")
_HIDDEN_ELEMENTS = ", ".join(
    (
        "[hidden], [aria-hidden='true'], [style], dialog, a[href^='#']",
        # Parts of the names that `is_spoken` knows, and of `_HIDDEN`: each search takes time.
        "[class*='hid'], [class*='d-none'], [class*='sr-only'], [class*='for-sr']",
        "[class*='screen'], [class*='invisible']",
    )
)
_CAPTION = _named(
    r"captions? image-caption media-info image-(?:text|info|desc\w*|meta)"
    r" photo-(?:caption|credit|info) pic-box legends? cutline"
)
_STORY = re.compile(
    r"(?:article|story|entry|post|body|content|text)[-_]*(?:body|text|content|copy)|rich[-_]*text",
    re.IGNORECASE,
)
# What a name says of neighbours or appearance: ``has-sidebar``, ``layout--right-rail``.
_MODIFIER = re.compile(r"--\S*|(?:^|(?<=\s))(?:has|with|no|not|is)[-_]\S*")
_HIDDEN = re.compile(
    r"(?:^|\s)(?:d-none|hidden|hide)(?=\s|$)"
    r"(?!.*(?::|-(?:sm|md|lg|xl|xxl)-)(?:block|flex|grid|inline|table))"
)
# What is not to be seen, or only until it is faded in.
_FADED = re.compile(
    r"(?<![\w-])(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:px|r?em|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_MOST = 0.6  # the share of a text that cannot be meant to be hidden
_MOST_FADED = 0.2
_LONGEST_NAMES = 300  # characters
_SHORT_SLUG = 5  # letters
_LONGEST_MARK = 6  # characters
_IN_BRACKETS = re.compile(r"\[\d+\]|\(\d+\)")
_CACHE_SIZE = 4096


def names_of(node: LexborNode) -> str:
    """Class and id of an element."""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return names[:_LONGEST_NAMES]


# The elements of a page share a few hundred names: the caches save four fifths of the time.
@lru_cache(_CACHE_SIZE)
def _own(names: str) -> str:
    return _MODIFIER.sub(" ", names)


@lru_cache(_CACHE_SIZE)
def is_never_story(names: str) -> bool:
    """Whether an element with these names is never part of a story, or is not shown."""
    own = _own(names)
    return bool(_NEVER.search(own) or _HIDDEN.search(own))


@lru_cache(_CACHE_SIZE)
def is_rarely_story(names: str) -> bool:
    """Whether an element with these names is boilerplate, unless it holds much of the text."""
    return bool(_RARELY.search(_own(names)))


@lru_cache(_CACHE_SIZE)
def rare_word(names: str) -> str:
    """The word in an element's names for which it is rarely the story; ``""`` for none."""
    found = _RARELY.search(_own(names))
    return found[0].lower() if found else ""


@lru_cache(_CACHE_SIZE)
def is_caption(names: str) -> bool:
    return bool(_CAPTION.search(_own(names)))


@lru_cache(_CACHE_SIZE)
def is_story(names: str) -> bool:
    """Whether an element with these names is likely to hold a story's text and nothing else."""
    return bool(_STORY.search(_own(names)))


def is_in_boilerplate(node: LexborNode) -> bool:
    """Whether an element, or one above it up to the article's own, is boilerplate by what it is or
    by its names."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("article", "main", "body"):
        names = names_of(above)
        named = is_boilerplate(names) or is_caption(names)
        if named or above.tag in _OUTSIDE or _is_foreign(above):
            return True
        above = above.parent
    return False


def _is_foreign(node: LexborNode) -> bool:
    attributes = node.attributes
    is_unseen = attributes.get("aria-hidden") == "true" or _is_unseen(node)
    return node.tag in FOREIGN_TAGS or attributes.get("role") in FOREIGN_ROLES or is_unseen


@lru_cache(_CACHE_SIZE)
def is_boilerplate(names: str) -> bool:
    """Whether a small element with this class and id is boilerplate."""
    return is_never_story(names) or is_rarely_story(names)


@lru_cache(_CACHE_SIZE)
def is_barely_story(names: str) -> bool:
    """Whether an element with this class and id is boilerplate where it holds hardly any prose."""
    return bool(_BARELY.search(_own(names)))


@lru_cache(_CACHE_SIZE)
def is_weakly_boilerplate(names: str) -> bool:
    """Whether an element with this class and id is boilerplate unless it is plain prose."""
    return bool(_WEAKLY.search(_own(names)))


@lru_cache(_CACHE_SIZE)
def is_pull_quote(names: str) -> bool:
    return bool(_PULL_QUOTE.search(names))


def without_slug(names: str, heading: str) -> str:
    """Without an id that is made of a heading's words, as publishing systems make them."""
    own, _, id_ = names.partition(ID)
    return own if heading and _is_slug(_letters(id_), _letters(heading)) else names


def _is_slug(name: str, words: str) -> bool:
    is_made_of = words.startswith(name) or name.startswith(words) or name.endswith(words)
    return name == words or (min(len(name), len(words)) > _SHORT_SLUG and is_made_of)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def hidden_in(container: LexborNode) -> set[int]:
    """The ``mem_id`` of what is not shown in an element, of copies for the eye alone, and of signs
    and numbers that lead to a note or a row; of nothing that is most of the text."""
    found: set[int] = set()
    faded: dict[int, int] = {}
    may_be_hidden = container.css(_HIDDEN_ELEMENTS)
    whole = len(container.text()) if may_be_hidden else 0
    for node in may_be_hidden:
        is_gone = _is_unseen(node) or _is_copy(node) or _is_mark(node)
        if not is_gone and not _is_faded(node):
            continue
        length = len(node.text())
        if length > _MOST * whole:
            continue
        if is_gone:
            found.add(node.mem_id)
        else:
            faded[node.mem_id] = length
    return found | set(faded) if sum(faded.values()) <= _MOST_FADED * whole else found


def _is_unseen(node: LexborNode) -> bool:
    names = node.attributes.get("class") or ""
    return is_spoken(node) or bool(_HIDDEN.search(names)) or is_hidden(node)


def _is_faded(node: LexborNode) -> bool:
    """Whether an element is without colour, or a text without size: boxes that hold inline boxes
    have none. Scripts fade in whole stories, box by box."""
    faded = _FADED.search(node.attributes.get("style") or "")
    if faded is None:
        return False
    return faded[0].startswith("opacity") or all(child.tag in INLINE for child in node.iter())


def _is_mark(node: LexborNode) -> bool:
    """Whether a link within the page is no word: "[1]", a raised number, an arrow back, the number
    of a row. A figure of a sentence may be a link, too."""
    above = node.parent
    if node.tag != "a" or not (node.attributes.get("href") or "").startswith("#") or above is None:
        return False
    text = node.text().strip()
    if len(text) > _LONGEST_MARK or any(map(str.isalpha, text)):
        return False
    is_sign = not any(map(str.isdigit, text)) or _IN_BRACKETS.fullmatch(text) is not None
    is_raised = above.tag == "sup" or node.css_first("sup") is not None
    return is_sign or is_raised or (above.tag == "td" and _is_alone(node))


def _is_alone(node: LexborNode) -> bool:
    """Whether no text stands beside an element."""
    for step in (attrgetter("prev"), attrgetter("next")):
        beside = step(node)
        while beside is not None:
            if (beside.text() or "").strip():
                return False
            beside = step(beside)
    return True


def _is_copy(node: LexborNode) -> bool:
    """Whether an element that screen readers pass by says what is shown beside it, too; in a box
    of its own it is no text anyway."""
    if node.attributes.get("aria-hidden") != "true":
        return False
    if node.tag in ("div", "section", "aside", "figure", "ul", "p"):
        return True
    text, above = node.text().strip(), node.parent
    if not text or above is None:
        return True
    said = above.text().count(text)
    return said > 1 and said > 1 + sum(map(partial(_is_unseen_copy, text), above.iter()))


def _is_unseen_copy(text: str, node: LexborNode) -> bool:
    return node.text().strip() == text and _is_unseen(node)
