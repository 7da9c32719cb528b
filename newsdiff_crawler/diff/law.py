"""How far the law has gone with somebody: suspected, charged, convicted, cleared. In English,
German, French, Spanish, Swedish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum


class Stage(IntEnum):
    """What somebody is before the law, from the least sure on; who is cleared stands apart."""

    CLEARED = 1
    WITNESS = 2
    SUSPECTED = 3
    ARRESTED = 4
    ACCUSED = 5
    CHARGED = 6
    CONVICTED = 7


_WORDS = {
    Stage.CLEARED: """
        cleared acquitted exonerated absolved innocent unschuldig freigesprochen freigesprochene
        freigesprochener acquitté acquittée acquittés relaxé relaxée relaxés innocenté innocentée
        innocente disculpé blanchi absuelto absuelta absueltos inocente exonerado exonerada oskyldig
        friad frias friades frikänd frikänns frikändes
    """,
    Stage.WITNESS: "witness witnesses zeuge zeugin zeugen témoin témoins testigo testigos vittne",
    Stage.SUSPECTED: """
        suspected suspect suspects alleged verdächtig verdächtigt verdächtige verdächtiger
        verdächtigen tatverdächtig tatverdächtige tatverdächtiger mutmaßliche mutmaßlicher
        soupçonné soupçonnée soupçonnés suspecté suspectée sospechoso sospechosa sospechosos
        investigado investigada misstänkt misstänkta misstänkte misstänks misstänktes
    """,
    Stage.ARRESTED: """
        arrested detained held festgenommen verhaftet festgenommene interpellé interpellée
        interpellés arrêté arrêtée arrêtés detenido detenida detenidos arrestado arrestada gripen
        gripna greps grips anhållen anhållna häktad häktade häktades
    """,
    Stage.ACCUSED: """
        accused accuses beschuldigt beschuldigte beschuldigter beschuldigten accusé accusée accusés
        acusado acusada acusados imputado imputada imputados anklagad anklagade anklagas anklagades
    """,
    Stage.CHARGED: """
        charged indicted prosecuted angeklagt angeklagte angeklagter angeklagten inculpé inculpée
        inculpés examen poursuivi poursuivie procesado procesada procesados encausado encausada
        åtalad åtalade åtalas åtalades
    """,
    Stage.CONVICTED: """
        convicted guilty sentenced jailed imprisoned verurteilt verurteilte verurteilter schuldig
        condamné condamnée condamnés coupable coupables condenado condenada condenados culpable
        culpables dömd dömda döms dömdes fälld fällda fälls fälldes skyldig skyldiga
    """,
}
# What else tells of a suspicion that nobody was charged with so far ...
_SUSPICION_TEXT = """
    suspicion custody remanded investigating investigation utreder utreds utredning rubriceras
    rubricerat häkte häktning misstanke misstankar verdacht tatverdacht mordverdacht ermittelt
    ermitteln untersuchungshaft enquête soupçons détention sospecha sospechas indagato indagata
    gripit griper anhållit häktat arrest arrests festnahm festnahme detuvo detuvieron interpellation
    arrestato arrestata verdachte aangehouden mistænkt mistenkt siktet sigtet podejrzany epäillään
"""
_SUSPICION = frozenset(_SUSPICION_TEXT.split())
# ... and of a deed that failed: who was hurt by it may die.
_ATTEMPTS_TEXT = """
    attempted versuchten versuchter versuchte versuchtem mordversuch försök mordförsök dråpförsök
    tentative tentativa tentato poging drapsforsøk drabsforsøg usiłowanie
"""
_ATTEMPTS = frozenset(_ATTEMPTS_TEXT.split())
_STAGES = {word: stage for stage, words in _WORDS.items() for word in words.split()}


def stage_of(words: Iterable[str]) -> Stage | None:
    """The one stage that some words tell, folded; None if they tell none or several."""
    found = {_STAGES[word] for word in words if word in _STAGES}
    return found.pop() if len(found) == 1 else None


def may_be_another(told: Iterable[str], old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the law may have made another charge of an older one, for nobody is convicted so far,
    given the folded words of the sentence and of both charges: of a suspicion any, of a charge that
    of the deed for that of an attempt at it. What was done is never undone."""
    sentence = frozenset(told)
    stages = {_STAGES[word] for word in sentence if word in _STAGES}
    if not stages.isdisjoint((Stage.CLEARED, Stage.CONVICTED)):
        return False
    failed = [not _ATTEMPTS.isdisjoint(side) for side in (old, new)]
    if failed[1] and not failed[0] and all(any(n.startswith(o) for n in new) for o in old):
        return False
    is_suspected = not stages.isdisjoint((Stage.SUSPECTED, Stage.ARRESTED))
    if is_suspected or not sentence.isdisjoint(_SUSPICION):
        return True
    return failed[0] and not failed[1] and not stages.isdisjoint((Stage.ACCUSED, Stage.CHARGED))


def has_moved_on(old: Stage, new: Stage) -> bool:
    """Whether the law may have gone on from one stage to another within a story: to a charge, or
    from one to who is cleared of it. A verdict is another story."""
    if new == Stage.CLEARED:
        return old != Stage.CONVICTED
    return Stage.CLEARED < old < new < Stage.CONVICTED
