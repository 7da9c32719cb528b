"""What countries and languages are called, for readers."""

from __future__ import annotations

from collections.abc import Mapping

from newsdiff_crawler.text import fold

# ISO 3166 and Kosovo.
_COUNTRY_NAMES = """
    AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua and Barbuda; AI
    Anguilla; AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR Argentina; AS American
    Samoa; AT Austria; AU Australia; AW Aruba; AX Åland Islands; AZ Azerbaijan; BA Bosnia
    and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria;
    BH Bahrain; BI Burundi; BJ Benin; BL St Barthelemy; BM Bermuda; BN Brunei; BO Bolivia;
    BQ Caribbean NL; BR Brazil; BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY
    Belarus; BZ Belize; CA Canada; CC Cocos Islands; CD Congo (Kinshasa); CF Central African
    Rep.; CG Congo (Brazzaville); CH Switzerland; CI Ivory Coast; CK Cook Islands; CL Chile;
    CM Cameroon; CN China; CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde; CW Curaçao;
    CX Christmas Island; CY Cyprus; CZ Czechia; DE Germany; DJ Djibouti; DK Denmark; DM
    Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH
    Western Sahara; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland
    Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD
    Grenada; GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL
    Greenland; GM Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS
    South Georgia; GT Guatemala; GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong; HM
    Heard Island; HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland;
    IL Israel; IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ Iraq; IR
    Iran; IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG
    Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros; KN St Kitts and Nevis; KP North Korea;
    KR South Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos; LB Lebanon; LC St
    Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania; LU
    Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME Montenegro; MF St
    Martin; MG Madagascar; MH Marshall Islands; MK North Macedonia; ML Mali; MM Myanmar; MN
    Mongolia; MO Macau; MP Northern Marianas; MQ Martinique; MR Mauritania; MS Montserrat;
    MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique;
    NA Namibia; NC New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua; NL
    Netherlands; NO Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama;
    PE Peru; PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL
    Poland; PM St Pierre and Miquelon; PN Pitcairn; PR Puerto Rico; PS Palestine; PT
    Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS Serbia; RU Russia;
    RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden; SG
    Singapore; SH St Helena; SI Slovenia; SJ Svalbard; SK Slovakia; SL Sierra Leone; SM San
    Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST São Tomé and Príncipe;
    SV El Salvador; SX Sint Maarten; SY Syria; SZ Eswatini; TC Turks and Caicos Islands; TD
    Chad; TF French S. Terr.; TG Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL East
    Timor; TM Turkmenistan; TN Tunisia; TO Tonga; TR Türkiye; TT Trinidad and Tobago; TV
    Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda; UM US islands; US United States;
    UY Uruguay; UZ Uzbekistan; VA Vatican City; VC St Vincent; VE Venezuela; VG British
    Virgin Islands; VI US Virgin Islands; VN Vietnam; VU Vanuatu; WF Wallis and Futuna; WS
    Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""
# ISO 639, those of sources and some more.
_LANGUAGE_NAMES = """
    af Afrikaans; am Amharic; ar Arabic; arq Algerian Arabic; az Azerbaijani; be Belarusian;
    bg Bulgarian; bn Bengali; bs Bosnian; ca Catalan; cnr Montenegrin; cs Czech; cy Welsh;
    da Danish; de German; el Greek; en English; es Spanish; et Estonian; eu Basque; fa
    Persian; fi Finnish; fr French; ga Irish; gl Galician; ha Hausa; he Hebrew; hi Hindi; hr
    Croatian; hu Hungarian; hy Armenian; id Indonesian; is Icelandic; it Italian; ja
    Japanese; ka Georgian; kk Kazakh; kl Greenlandic; km Khmer; ko Korean; lb Luxembourgish;
    lo Lao; lt Lithuanian; lv Latvian; mk Macedonian; mn Mongolian; ms Malay; mt Maltese; my
    Burmese; nb Norwegian (Bokmål); ne Nepali; nl Dutch; nn Norwegian (Nynorsk); no
    Norwegian; pl Polish; pt Portuguese; ro Romanian; ru Russian; si Sinhala; sk Slovak; sl
    Slovenian; so Somali; sq Albanian; sr Serbian; sv Swedish; sw Swahili; ta Tamil; te
    Telugu; th Thai; tl Tagalog; tr Turkish; uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese;
    xh Xhosa; yo Yoruba; zh Chinese; zu Zulu
"""
_SCRIPTS = {"Hans": "simplified", "Hant": "traditional"}


def _names(listed: str) -> dict[str, str]:
    pairs = (entry.strip().partition(" ") for entry in " ".join(listed.split()).split(";"))
    return {code: name for code, _, name in pairs}


_COUNTRIES, _LANGUAGES = map(_names, (_COUNTRY_NAMES, _LANGUAGE_NAMES))


def country_name(code: str) -> str:
    """Of a country's two letters; the letters where no name is known.

    >>> country_name("NO")
    'Norway'
    """
    return _COUNTRIES.get(code, code)


def country_code(text: str) -> str:
    """Of a country's name; what was given where it is none.

    >>> country_code("norway"), country_code("NO")
    ('NO', 'NO')
    """
    return _code(_COUNTRIES, text)


def language_code(text: str) -> str:
    """Of a language's name; what was given where it is none."""
    return _code(_LANGUAGES, text)


def _code(names: Mapping[str, str], text: str) -> str:
    return next((code for code, name in names.items() if fold(name) == fold(text)), text)


def language_name(code: str) -> str:
    """Of a language; the code where no name is known.

    >>> language_name("nb"), language_name("zh-Hant"), language_name("sq-XK")
    ('Norwegian (Bokmål)', 'Chinese (traditional)', 'Albanian (Kosovo)')
    """
    language, _, variant = code.partition("-")
    if language not in _LANGUAGES:
        return code
    of_variant = _SCRIPTS.get(variant) or _COUNTRIES.get(variant, variant)
    return f"{_LANGUAGES[language]} ({of_variant})" if variant else _LANGUAGES[language]
