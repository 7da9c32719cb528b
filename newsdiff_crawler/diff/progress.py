"""Whether a figure moved on because its story did: a toll, a price, a score, a time."""

from __future__ import annotations

import re

from newsdiff_crawler.diff.figures import Date, Figure

# Words of sentences whose figures are counted on, by language: "die" is a word of tolls in English
# only, "offer" in Swedish.
_COUNTED_ON = {
    "en": r"""kill(?:s|ed|ing)? | dead | deaths? | die[ds]? | died | dying | injur\w+
        | wound(?:ed|s)
        | hurt | missing | casualt\w+ | victims? | bodies | survivors? | rescued | evacuat\w+
        | displaced | arrest\w* | detain\w* | cases | infect\w+ | hospitali[sz]ed | patients
        | votes? | signatures | protest\w+ | homes | households | customers | raised | donat\w+
        | viewers | firefighters | acres | burn(?:ed|t|ing) | turnout | precincts | counted
        | magnitude | \w*quakes? | aftershocks | charged""",
    "sv": r"""död\w* | omkom\w* | omkomna | skad\w+ | saknas | saknade | offer | gripit\w*
        | anhåll\w*
        | häkt\w* | åtal\w* | \w*skalv\w* | gripna | gripits | evakuer\w+ | smitta\w* | sjuka
        | röst\w* | namnunderskrifter | samlat | hektar | brandmän | anmäl\w+ | demonstr\w+
        | magnitud | hushåll | drabb\w+ | begravts | räddats""",
    "de": r"""tote[nr]? | getötet\w* | verletzt\w* | vermisst\w* | opfer | festgenommen\w* | stimmen
        | infiziert\w* | gestorben | ums[ ]leben | evakuiert\w*""",
    "fr": r"""mort(?:e|s|es)? | tu[ée]\w* | bless[ée]\w* | disparus? | victimes? | interpell\w+
        | cas""",
}
_TALLIES = {
    language: re.compile(rf"\b(?:{words})\b", re.VERBOSE | re.IGNORECASE)
    for language, words in _COUNTED_ON.items()
}
# Those who are looked for or held: fewer as they are found.
_FEWER = re.compile(
    r"""\b(?: missing | unaccounted[ ]for | hostages? | trapped | stranded | saknas | saknade
    | vermisst\w*
    | geiseln? | disparus? | otages? )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Words beside figures that the world moves from hour to hour, up and down.
_MOVING = re.compile(
    r"""\b(?:
      shares? | stocks? | \w*index\w* | dow | nasdaq | ftse | s&p | nikkei | dax | futures
    | barrel | bitcoin | ounce | yields? | bond | exchange[ ]rate | odds | polls? | polling
    | temperature\w* | degrees | mph | winds? | gusts | forecast\w* | rain(?:fall)? | traffic
    | lead(?:s|ing)? | ahead | trail(?:s|ing) | \w*aktie\w* | \w*börs\w* | kurs\w* | omxs?
    | fatet | räntan | kronan | oddset | temperatur\w* | grader | sekundmeter | \w*mätning\w*
    | väljarbarometer\w* | leder | ledning | prozentpunkte? | grad | (?:plus|minus)[ ]\d+
    | bourse | indice | cours | baril | rose | rises? | fell | falls? | gain\w* | climb\w*
    | slip\w* | drop\w* | jump\w* | slid | stig\w+ | steg | föll | faller | backa\w* | uppgång\w*
    | nedgång\w*
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What leaves an amount open, before it or anywhere in its sentence.
_OPEN = re.compile(
    r"""\b(?:
      at[ ]least | as[ ]many[ ]as | up[ ]to | more[ ]than | over | nearly | almost | about
    | around | some | roughly | approximately | estimated | so[ ]far | as[ ]of | until[ ]now
    | by[ ]\w+[ ](?:morning|afternoon|evening|night|noon) | preliminary | currently | now | minst
    | hittills | än[ ]så[ ]länge | uppemot | omkring | runt | ungefär | cirka | drygt | knappt
    | närmare | nästan | över | preliminär\w* | just[ ]nu | nu | fler[ ]än | mer[ ]än
    | upp[ ]till | mindestens | bisher | rund | etwa | mehr[ ]als | bislang | au[ ]moins
    | environ | près[ ]de | plus[ ]de | jusqu
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What makes a clock time the one at which the report was written.
_NOW = re.compile(
    r"\b(?:still|yet|shortly|ännu|fortfarande|strax|just[ ]nu|noch|kurz|encore|toujours)\b|"
    + _MOVING.pattern,
    re.VERBOSE | re.IGNORECASE,
)
_FUTURE = re.compile(
    r"""\b(?:
      will | won[’']t | would | shall | is[ ](?:due|set|expected|scheduled)[ ]to | going[ ]to
    | plans?[ ]to | are[ ](?:due|set|expected|scheduled)[ ]to | ska | skall | kommer[ ]att
    | väntas | planeras | wird | werden | soll(?:en)? | va | vont | doit | devrait
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"""\b(?:
      (?: has | have | had ) (?: n[’']t | [ ]not ) | not[ ]yet | no[ ]\w+[ ](?:has|have)
    | (?: har | hade | är ) [ ](?:\w+[ ]){0,2}(?: inte | ännu | ingen | inga ) | ännu[ ]inte
    | (?: hat | haben ) [ ](?:\w+[ ]){0,2}(?: nicht | kein\w* ) | noch[ ]nicht
    | (?: a | ont ) [ ]pas | pas[ ]encore
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b(?:hours?|minutes?|days?|timmar|timme|minuter|dagar|dygn|stunden?|tagen?|heures?|jours?)\b",
    re.IGNORECASE,
)


def is_future(sentence: str) -> bool:
    """Whether a sentence tells what is to come."""
    return bool(_FUTURE.search(sentence))


def is_open(sentence: str) -> bool:
    """Whether a sentence says that something has not come about so far."""
    return bool(_NOT_YET.search(sentence))


def moves(sentence: str) -> bool:
    """Whether a sentence tells of what moves from hour to hour: markets, weather, polls."""
    return bool(_MOVING.search(sentence))


def is_known(language: str) -> bool:
    """Whether the words of tallies are known in a language."""
    return language in _TALLIES


def has_moved_on(old: Figure, new: Figure, before: str, after: str, language: str) -> bool:
    """Whether the story, and not the paper, made one figure of another, by the sentences in which
    they stand: it was counted on, it is one that moves, or was left open.

    >>> from newsdiff_crawler.diff.figures import figures
    >>> texts = "It killed 12 people.", "It killed 14 people."
    >>> has_moved_on(*(figures(text, "en")[0] for text in texts), *texts, "en")
    True
    """
    if is_future(before) and not is_future(after):
        return True
    if old.kind == new.kind == "score":
        return _rose_in_score(old, new)
    if old.kind == new.kind == "time" and all(_NOW.search(side) for side in (before, after)):
        return True
    if "time" in (old.family, new.family) or "date" in (old.family, new.family):
        return is_future(before) and is_future(after) and _is_later(old, new)
    if "age" in (old.kind, new.kind) or "phone" in (old.kind, new.kind):
        return False
    if moves(before) or moves(after):
        return True
    if _FEWER.search(before) and _FEWER.search(after):
        return True
    tallies = _TALLIES.get(language, _TALLIES["en"])
    rises = _rises(old, new)
    if rises and (tallies.search(before) or tallies.search(after) or _HOURS.search(after)):
        return True
    return bool(_OPEN.search(before) or _OPEN.search(after))


def _rises(old: Figure, new: Figure) -> bool:
    if not (isinstance(old.value, float | int) and isinstance(new.value, float | int)):
        return False
    return new.value > old.value


def _rose_in_score(old: Figure, new: Figure) -> bool:
    one, other = (list(map(int, re.findall(r"\d+", figure.shown))) for figure in (old, new))
    return len(one) == len(other) and all(a <= b for a, b in zip(one, other, strict=True))


def _is_later(old: Figure, new: Figure) -> bool:
    if isinstance(old.value, Date) and isinstance(new.value, Date):
        return old.value < new.value
    return _rises(old, new)
