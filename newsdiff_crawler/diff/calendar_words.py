"""Days of the week and months in the languages of this package."""

from __future__ import annotations

# By language: seven days from Monday, twelve months.
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
}
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
    " syyskuuta lokakuuta marraskuuta joulukuuta",
}
# Forms beside the first ones, and the number of the day or the month.
_OTHER_DAYS = {
    "de": {"sonnabend": 6},
    "pl": {"środę": 3, "sobotę": 6, "niedzielę": 7, "poniedziałku": 1, "piątku": 5},
}
_OTHER_MONTHS = {
    "en": {
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
        "oct": 10, "nov": 11, "dec": 12,
    },
    "de": {"jänner": 1, "jan": 1, "feb": 2, "okt": 10, "nov": 11, "dez": 12, "sept": 9},
    "fr": {"janv": 1, "févr": 2, "juill": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12},
    "es": {"setiembre": 9},
    "pl": {"maj": 5, "maju": 5, "lipiec": 7, "lipcu": 7, "czerwcu": 6, "grudniu": 12},
    "sv": {"jan": 1, "feb": 2, "aug": 8, "sept": 9, "okt": 10, "nov": 11, "dec": 12},
    "fi": {"tammikuussa": 1, "toukokuussa": 5, "kesäkuussa": 6, "elokuussa": 8},
}  # fmt: skip
# Endings that leave a day the same day: "måndagens", "Montags", "Mondays".
_ENDINGS = {
    "en": ("s",),
    "de": ("s",),
    "sv": ("en", "s", "ens", "ar", "arna"),
    "da": ("en", "s", "ens"),
    "no": ("en", "s", "ens"),
    "nl": ("s",),
    "fi": ("na", "ta", "n"),
}  # fmt: skip
# Its parts, written in one word with it: "Montagabend", "måndagseftermiddagen".
_PARTS_OF_DAYS = {
    "de": "abend morgen nachmittag mittag vormittag nacht früh abends",
    "sv": "kväll kvällen morgon morgonen natt natten eftermiddag eftermiddagen förmiddag"
    " förmiddagen",
    "da": "aften aftenen morgen morgenen nat natten eftermiddag eftermiddagen formiddag"
    " formiddagen",
    "no": "kveld kvelden morgen morgenen natt natten ettermiddag ettermiddagen formiddag"
    " formiddagen",
    "nl": "avond ochtend middag nacht morgen",
}
LANGUAGES = frozenset(_MONTHS)
# Languages that write days and months with a capital.
CAPITALISED = frozenset({"en", "de"})


def days(language: str) -> dict[str, int]:
    """The words for days of the week in a language, in lower case, and their numbers from 1."""
    named = {day: n for n, day in enumerate(_DAYS.get(language, "").split(), 1)}
    parts = _PARTS_OF_DAYS.get(language, "").split()
    ends = [*_ENDINGS.get(language, ()), *parts, *(f"s{part}" for part in parts)]
    longer = {day + end: n for day, n in named.items() for end in ends}
    return {**named, **longer, **_OTHER_DAYS.get(language, {})}


def months(language: str) -> dict[str, int]:
    """The words for months in a language, in lower case, and their numbers."""
    named = {month: n for n, month in enumerate(_MONTHS.get(language, "").split(), 1)}
    return {**named, **_OTHER_MONTHS.get(language, {})}


ALL_WORDS = frozenset(
    word for language in LANGUAGES for words in (days(language), months(language)) for word in words
)
MONTHS = frozenset(month for language in LANGUAGES for month in months(language))

_RELATIVE_TEXT = """
    today yesterday tomorrow tonight heute gestern morgen aujourd hui hier demain hoy ayer mañana
    oggi ieri domani hoje ontem amanhã vandaag gisteren igår idag imorgon imorse ikväll dag går
    gårdagens dagens kväll dzisiaj wczoraj jutro
"""
_RELATIVE = frozenset(_RELATIVE_TEXT.split())


def is_day(word: str) -> bool:
    """Whether a word in lower case names a day: of the week, or as seen from today."""
    return word in _RELATIVE or word in ALL_WORDS
