"""How figures are written: patterns of those in digits, and words that one may begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsdiff_crawler.diff import calendar_words as calendar
from newsdiff_crawler.diff import shares
from newsdiff_crawler.diff.numerals import first_words

ITEM = re.compile(r"\d|[^\W\d_]+")
AMOUNT = re.compile(
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:[.,’']\d{3})+(?!\d)|\d+)"
    r"(?:[.,]\d+)?(?!\d)"
)
SIGN = re.compile(r"(?:^|[\s(])([-−])\s?(?:[$£€]\s?)?$")
SYMBOL = re.compile(
    r"((?:US|R|A|C)?\$|[£€¥₹₽₺₴₩]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|Rs)\b)[ \u00a0]?$"
)
ORDINAL_END = re.compile(r"(?:st|nd|rd|th|ère|er|ème|e|º|ª|°|:[ae])(?!\w)")
WORD_AFTER = re.compile(
    r"[\s\u00a0\u202f-]?\s?([^\W\d_]+[²/]?[^\W\d_]*\d?|[%‰°]\s?[CF]?)\b|[\s\u00a0]?([%‰°€£$](?!\d)(?:\s?[CF])?)"
)
JOINT = re.compile(r"\.(?= [^\W\d])|\s(?:of|de|di)(?=\s)|\s(?:d|di)[’']")  # "Mio. Euro"
TWO_AFTER = re.compile(
    r"[\s\u00a0]?((?:per|pour|por)\s\w+|percentage\spoints?|points?\sde\spourcentage"
    r"|puntos?\sporcentuale?s?|punt[oi]\spercentual[ei]|pontos?\spercentuais)",
    re.I,
)
# A unit of speed in words, by what it is in short.
SPEEDS = {
    "mph": re.compile(r"[\s\u00a0-]?miles?[\s-](?:per|an)[\s-]hour\b", re.I),
    "km/h": re.compile(
        r"[\s\u00a0-]?(?:km|kil[oóô]m[eéè]tr?[eo]r?s?)[\s-](?:(?:per|an|i|pro|par|por|per)\s|à\sl[’']|all[’'])"
        r"(?:hour|timmen?|stunde|heure|hora|ora|uur|timen?)\b",
        re.I,
    ),
    "m/s": re.compile(
        r"[\s\u00a0-]?m[eéè]t(?:re|er|ro)s?\s(?:per|pro|par|por|i)\s(?:second|sekunden?|seconde|segundo)\b",
        re.I,
    ),
}
RANGE = re.compile(r"\s?(?:to|and|or|till|och|bis|und|à|[-–—])\s?\d[\d.,]{0,9}(?!\d)")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
NUMBER_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.|:[ae])?[ \u00a0](?:(?:de|of|di|d’)[ \u00a0])?([^\W\d_]+)"
)
YEAR_AFTER = re.compile(r"[.,]?(?: de| del)? (\d{4})(?!\d)")
DAY_AFTER = re.compile(r"\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.,]\d|\d|%)")
PHONE = re.compile(
    r"(?:\+\d{1,3}(?:[ .-]?\d{1,5}){2,6}"
    r"|(?:\(\d{1,5}\)[ .-]?)?\d{2,5}(?:[ .\-–/]\d{2,5}){1,5})(?!\w)"
)
AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
CALLED = re.compile(r"(?:tel|phone|call|helpline|ring|telefon|hotline|téléphone|teléfono)\b", re.I)
CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
DOTTED_CLOCK = re.compile(r"([01]?\d|2[0-4])(?:\.|[ ]?h[ ]?)([0-5]\d)(?!\d)")
HALF_DAY = re.compile(r"[ \u00a0]?([ap])\.?m\b\.?", re.I)
HOUR_WORD = re.compile(r"[ \u00a0]?(?:Uhr|uur|o[’']clock|GMT|BST|CET|EST|EDT)\b")
DOTTED_TIMES = frozenset({"sv", "da", "no", "fi"})
BEFORE_TIME = re.compile(
    r"(?:\b(?:at|kl\.?|klockan|klo|klokken|kello|alle|ore|um|till|until|from|om)) $", re.I
)
SCORE = re.compile(r"(\d{1,3})\s?([-–:])\s?(\d{1,3})(?![\d%]|[.,:]\d|\s?(?:%|per|to|million))")
DECADE = re.compile(r"(?:his|her|their|mid|early|late|i|in)[ -](?:early |mid-?|late )?$", re.I)
# Of the same in other languages, where nothing else is called so.
DECADE_AFTER = re.compile(
    r"[-–’']?(?:års?[ -]?åld(?:ern|rarna)|årene|åra|erne|årsalderen|ern)\b", re.I
)
# And before a round number in words, by language.
DECADE_IN_WORDS = {
    "nl": re.compile(r"\b(?:in de|in zijn|in haar|begin|midden|eind) $", re.I),
    "de": re.compile(r"\b(?:anfang|mitte|ende) $", re.I),
    "no": re.compile(r"\b(?:midt i|begynnelsen av|slutten av) $", re.I),
}
AGE_BEFORE = re.compile(
    r"\b(?:aged?|âgée?s? de|à l’âge de|edad de|anni|i åldern|im alter von|leeftijd van|w wieku)"
    r" (?:of )?$",
    re.I,
)
# "She was 61.", alone
AGE_ALONE = re.compile(r"(?:^|[.!?”\"]\s)(?:he|she) (?:was|is) $", re.I)
AGE_ENDS = re.compile(r"(?=[.,;]|$| and\b| when\b)")
AGE_AFTER = re.compile(
    r"""[ -]?(?:years?[ -]olds?\b|jahre?\ alt|jährige[rsnm]?\b|jährig\b|år(?:ig|ige|iga|ing)\w*
    |-åring\w*|år\ gam\w+|ans\b(?=\s*[,.)])|jaar\ oud|-jarige\b|-letni\w*|enne\b|-vuotia\w+)""",
    re.VERBOSE | re.I,
)
# An age behind what somebody is: "the singer, 54, died", "die Sängerin (54)".
OF_ROLE = re.compile(
    r"""\b(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w-]+\s)?(?!number|order|paper|letter)
        (?:[a-z-]+(?:er|or|ist|man|woman|ian)|wife|husband|boy|girl|son|actress|victim|suspect
        |pilot|judge|chef|hero|star|nurse|poet|queen|king|model|artist|athlete|student|president
        |resident|agent),\s
    |(?:[Dd]er|[Dd]ie|[Ee]ine?)\s(?:[\w-]+\s)?[A-ZÄÖÜ][\w-]+(?:in|er|or|ist|mann|frau)(?:,\s|\s\()
    )$""",
    re.VERBOSE,
)
AGE_APPOSED = re.compile(r"\)|,\s(?!\d)")
APPOSED = re.compile(r"[A-ZÀ-Þ][\w’-]+, $")
IN_DATES = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|during|last|next|this|early|late|mid|between|and|before"
    r"|after|on|im|seit|bis|ab|anfang|ende|mitte|en|depuis|fin|début|desde|i|sedan|från|till|på|om"
    r"|nel|dal|fino al|em|no|até|sinds|tot|w|od|do|fra|siden|vuonna|vuodesta|år|año|anno|roku)"
    r"[ -]$",
    re.I,
)
COUNTED = re.compile(r"[\s-]+(?:of |the |of the )?([^\W\d_]{3,6})")
LONE_YEAR = re.compile(r"(?:1[89]|20)\d\d(?![\d.,:/-]?\d|\w| ?[%€$£])")
BEFORE_DAY = re.compile(r",? (?:the |den |le |der |dem |el |d\. ?)?")
WORD = re.compile(r"[^\W\d_]+")
SURNAME = re.compile(r"\s[A-ZÀ-Þ][a-zà-ÿ]")
HOUR = re.compile(r"([01]?\d|2[0-4])(?![\d.,:/]{0,20}\d)")

_VAGUE = {
    "en": "most many few several some dozens hundreds thousands millions scores handful numerous"
    " dozen couple",
    "de": "viele einige mehrere wenige dutzende hunderte tausende zahlreiche meisten dutzend",
    "fr": "plusieurs beaucoup quelques dizaines centaines milliers nombreux nombreuses plupart",
    "es": "varios varias muchos muchas algunos algunas pocos decenas cientos miles mayoría",
    "it": "molti molte alcuni alcune parecchi decine centinaia migliaia",
    "pt": "vários várias muitos muitas alguns algumas dezenas centenas milhares",
    "nl": "veel enkele meerdere tientallen honderden duizenden",
    "pl": "wiele kilka setki tysiące dziesiątki",
    "sv": "många några flera få tiotals dussintals hundratals tusentals",
    "da": "mange nogle flere få hundredvis tusindvis snesevis",
    "no": "mange noen flere få hundrevis tusenvis titalls",
    "fi": "monta useita satoja tuhansia kymmeniä",
}
# Words for amounts that are left open, of all languages.
VAGUE_WORDS = frozenset(" ".join(_VAGUE.values()).split())


@dataclass(frozen=True)
class Vocabulary:
    """What words may begin a figure in one language."""

    days: dict[str, int]
    months: dict[str, int]
    vague: frozenset[str]
    numbers: frozenset[str]

    @property
    def first(self) -> frozenset[str]:
        """All of them."""
        return self.numbers | self.vague | self.days.keys() | self.months.keys()


@lru_cache(maxsize=16)
def vocabulary(language: str) -> Vocabulary:
    vague = frozenset(_VAGUE.get(language, "").split())
    days, months = calendar.days(language), calendar.months(language)
    numbers = first_words(language) | shares.first_words(language)
    return Vocabulary(days, months, vague, numbers)


@lru_cache(maxsize=16)
def first_of(language: str) -> frozenset[str]:
    return vocabulary(language).first
