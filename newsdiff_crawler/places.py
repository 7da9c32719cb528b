"""What countries and languages are called, for readers, in the words of Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale

from newsdiff_crawler.text import fold

_SHORTEST = 4  # letters of the beginning of a name; fewer are a code
_ENGLISH = Locale("en")
_COUNTRIES: Mapping[str, str] = _ENGLISH.territories
# CLDR has no name for one that papers of a country state.
_LANGUAGES: Mapping[str, str] = {**_ENGLISH.languages, "cnr": "Montenegrin"}
_VARIANTS: Mapping[str, str] = {
    **_COUNTRIES,
    **{code: name.lower() for code, name in _ENGLISH.scripts.items()},
}


def country_name(code: str) -> str:
    """Of a country's two letters; the letters where no name is known.

    >>> country_name("NO")
    'Norway'
    """
    return _COUNTRIES.get(code, code)


def country_code(text: str) -> str:
    """Of a country's name, or of how it begins; what was given where it is none.

    >>> country_code("norway"), country_code("Hong Kong"), country_code("NO")
    ('NO', 'HK', 'NO')
    """
    return _code(_COUNTRIES, text)


def language_code(text: str) -> str:
    """Of a language's name, or of how it begins; what was given where it is none."""
    return _code(_LANGUAGES, text)


def _code(names: Mapping[str, str], text: str) -> str:
    known, asked = {fold(name): code for code, name in names.items()}, fold(text)
    begins = (code for name, code in known.items() if name.startswith(asked))
    return known.get(asked) or next(begins if len(asked) >= _SHORTEST else iter(()), text)


def language_name(code: str) -> str:
    """Of a language; the code where no name is known.

    >>> language_name("nb"), language_name("zh-Hant"), language_name("sq-XK")
    ('Norwegian Bokmål', 'Chinese (traditional)', 'Albanian (Kosovo)')
    """
    language, _, variant = code.partition("-")
    if language not in _LANGUAGES:
        return code
    of_variant = _VARIANTS.get(variant, variant)
    return f"{_LANGUAGES[language]} ({of_variant})" if variant else _LANGUAGES[language]
