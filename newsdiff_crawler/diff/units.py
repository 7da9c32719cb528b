"""Units and currencies as newspapers write them, and what they measure."""

from __future__ import annotations

from math import log10

POUND = 0.45359237  # kilograms
_MILE, _FOOT, _INCH, _YARD = 1609.344, 0.3048, 0.0254, 0.9144  # metres
# By what is measured: how many of the base unit each word is.
_MEASURES: dict[str, dict[str, float]] = {
    "length": {
        "m metre metres meter meters mètre mètres metro metros metri metrów metriä": 1,
        "km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros"
        " chilometro chilometri quilómetro quilómetros quilômetro quilômetros kilometrów"
        " kilometriä": 1000,
        "mil": 10_000,  # in the North; a thousand elsewhere, which is read before
        "cm centimetre centimetres centimeter centimeters centimètre centimètres centímetros"
        " zentimeter centimetri centymetrów senttiä": 0.01,
        "mm millimetre millimetres millimeter millimeters millimètres"
        " milímetros millimetri milimetrów": 0.001,
        "mile miles meilen": _MILE,
        "foot feet ft": _FOOT,
        "inch inches zoll": _INCH,
        "yard yards yd": _YARD,
    },
    "mass": {
        "kg kilo kilos kilogram kilograms kilogramm kilogrammes kilogramos": 1,
        "g gram grams gramm grammes gramos": 0.001,
        "tonne tonnes ton tons tonnen toneladas tonnellate": 1000,
        "lb lbs": POUND,
    },
    "speed": {
        "km/h kph kmh km/t km/tim stundenkilometer": 1 / 3.6,
        "mph": 0.44704,
        "m/s": 1,
    },
    "area": {
        "hectare hectares hektar hectáreas ettari ha": 10000,
        "acre acres": 4046.8564224,
        "m² m2 kvm kvadratmeter quadratmeter": 1,
        "km² km2 kvadratkilometer quadratkilometer": 1e6,
    },
    "volume": {"litre litres liter liters litros litri l": 1, "gallon gallons": 3.785411784},
    "times": {"times fold fois veces volte vezes keer gånger gange ganger razy": 1},
    "power": {"kw kilowatt": 1000, "mw megawatt megawatts": 1e6, "gw gigawatt gigawatts": 1e9},
    "energy": {"kwh": 1, "mwh": 1000, "gwh": 1e6, "twh": 1e9},
    "duration": {
        "second seconds sekunde sekunden seconde secondes segundo segundos secondi sekund"
        " sekunder": 1,
        "minute minutes min mins minuten minuto minutos minuti minut minuter minutter"
        " minuuttia": 60,
        "hour hours hrs stunde stunden heure heures hora horas ora ore uur timme timmar time timer"
        " timen godzin tuntia": 3600,
        "day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen dagar dage"
        " dager dni päivää": 86400,
        "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka"
        " veckor uge uger uke uker tygodni viikkoa": 604800,
    },
    "months": {
        "month months monat monate monaten mois mes meses mese mesi mês maand maanden månad månader"
        " måned måneder miesięcy kuukautta": 1,
        "year years jahr jahre jahren an ans année années año años anno anni ano anos jaar år"
        " lat lata vuotta": 12,
        "decade decades jahrzehnt jahrzehnte décennies décadas decenni årtionden": 120,
    },
    "temperature": {
        "c °c ° degrees degree grad grader degrés grados gradi graus": 1,
        "f °f": 5 / 9,  # from 32 degrees on
    },
    "points": {"points point punkte punkten puntos punti pontos punten poäng poeng": 1},
    "percentage points": {
        "procentenhet procentenheter prozentpunkt prozentpunkte prozentpunkten prosentpoeng"
        " percentage¤point percentage¤points point¤de¤pourcentage points¤de¤pourcentage"
        " punto¤porcentual puntos¤porcentuales punto¤percentuale punti¤percentuali"
        " ponto¤percentual pontos¤percentuais": 1,
    },
}
# Hours, months and points are what they are in every country.
_WITHOUT_SYSTEMS = frozenset({"duration", "months", "points", "percentage points"})
_CURRENCIES = {
    "USD": "$ us$ usd dollar dollars dollár dólares dólar dollari dollaro dollaria",
    "EUR": "€ eur euro euros euron euroa",
    "GBP": "£ gbp pound pounds sterling pfund livres libras sterline pund",
    "SEK": "kr sek krona kronor kronan kronen kroner nok dkk",
    "JPY": "¥ jpy yen",
    "PLN": "zł pln złoty złotych zloty zlotys",
    "CHF": "chf franken francs franc",
    "INR": "₹ inr rupee rupees rs",
    "RUB": "₽ rub rouble roubles ruble rubles rubel rublos",
    "CNY": "yuan renminbi rmb",
    "BRL": "r$ real reais",
    "TRY": "₺ lira liras",
    "UAH": "₴ hryvnia",
    "KRW": "₩ won",
}
_PERCENT = (
    "% percent prozent procent prosent prosenttia pct per¤cent pour¤cent por¤ciento per¤cento"
    " por¤cento"
)
# A number that the currency's own word holds: "mkr" is a million kronor.
_SCALED = {"mkr": (1e6, "SEK"), "mdkr": (1e9, "SEK"), "tkr": (1e3, "SEK")}

# By word: what it measures and how many base units it is.
MEASURES = {
    word.replace("¤", " "): (measured, factor)
    for measured, units in _MEASURES.items()
    for words, factor in units.items()
    for word in words.split()
}
CURRENCIES = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
FAHRENHEIT = frozenset({"f", "°f"})
PERCENT = frozenset(word.replace("¤", " ") for word in _PERCENT.split())
SCALED_CURRENCIES = _SCALED


def are_of_two_systems(one: float, other: float, measured: str) -> bool:
    """Whether two figures of what is `measured`, whose last digits are worth so many base units,
    were written in units of which one is no round number of the other: kilometres and miles. What
    is converted is rounded; metres to kilometres, or feet to inches, are not."""
    if measured in _WITHOUT_SYSTEMS or not (one and other):
        return False
    systems = [_digits(each) for each in (one, other)]
    return systems[0] != systems[1] and not _IMPERIAL.issuperset(systems)


def _digits(number: float) -> float:
    """A number without its power of ten."""
    power = log10(number) % 1
    return round(power, 6) % 1


_IMPERIAL = frozenset(map(_digits, (_MILE, _FOOT, _INCH, _YARD)))
