"""Boilerplate in the blocks of any parser: only a time, a dateline, a count of comments or shares,
the words of a button ("Share"), "Advertisement" or "5 min read".

Such blocks change while nobody at the newspaper touches the story.
"""

from __future__ import annotations

import re

from newsdiff_crawler.items import Block

_LONGEST = 90  # characters

_MONTH = (
    r"(?:jan|feb|f[ée]v|m[aä]r|apr|avr|abr|ma[iy]|mag|jun|juin|giu|jul|juil|lug|aug|ao[uû]|ago"
    r"|sep|set|o[ck]t|ott|nov|de[cz]|d[ée]c|dic|ene|gen)\w{0,7}\.?"
)
_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}|\w+tag|mittwoch),?"
_DATE = (
    rf"(?:{_DAY}\s+)?(?:(?:\d{{1,2}}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}})"
    r"(?:,?\s+(?:de\s+)?\d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_CLOCK = (
    r"\d{1,2}(?:[:.h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?)"
    r"(?:\s*(?:uhr|gmt|utc|bst|cest|cet|mesz|mez|e[sd]?t|p[sd]?t|c[sd]?t)\b)?"
)
_AGO = (
    r"(?:\d+|an?|one)\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?"
    r"|years?)\s+ago|just now|vor\s+\w+\s+(?:sekunde|minute|stunde|tag|woche|monat|jahr)\w*"
    r"|il y a\s+\w+\s+(?:minute|heure|jour|semaine|mois|an)\w*"
    r"|hace\s+\w+\s+(?:minuto|hora|día|semana|mes|año)\w*"
)
_LABEL = (
    r"(?:first|last|date|published|updated|posted|modified|stand|aktualisiert|veröffentlicht"
    r"|publié|mis à jour|publicado|actualizado|le|el|am|um|on|at|à|a las)\b:?"
)
_GAP = r"[\s,;|·•/–—-]*"
_LABELS = rf"(?:{_LABEL}{_GAP})*"
_RELATIVE = re.compile(rf"{_LABELS}(?:{_AGO})\W*", re.IGNORECASE)
_WHEN = rf"(?:{_DATE}|{_CLOCK}|{_AGO})"
_TIME = re.compile(
    rf"{_LABELS}(?:{_DATE}|{_CLOCK})(?:[\s,;|·•/–—-]+{_LABELS}{_WHEN})*\W*", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:(?:comments?|shares?|likes?|views?|kommentare?|commentaires?)\s*[:(]?\s*[\d.,]+\s*[km]?\)?"
    r"|[\d.,]+\s*[km]?\s*(?:comments?|shares?|likes?|views?|kommentare?|commentaires?)"
    r"|(?:share|tweet|share this (?:article|story|page)|comments?|teilen|partager|advertisement)"
    r"|\d+[\s-]min(?:ute)?s?\s+read)\W*",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"[A-Z][\w .,'’/-]{{1,40}}?(?:,?\s+{_DATE})?\s*"
    r"(?:\((?:AP|Reuters|AFP|dpa|ANSA|EFE|CNN|UPI)\)\s*[–—-]*|\s[–—-]+)"
)


def is_boilerplate_text(block: Block) -> bool:
    """Whether a block says nothing but when, where from or how often.

    A date as a subheading is text: in a chronology it matters.
    """
    text = block.text
    if len(text) > _LONGEST:
        return False
    if _RELATIVE.fullmatch(text) or _COUNT.fullmatch(text) or _DATELINE.fullmatch(text):
        return True
    return block.kind != "subheading" and _TIME.fullmatch(text) is not None
