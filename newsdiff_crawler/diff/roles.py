"""What somebody is to others: kin, the holder of an office, a man or a woman by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_MISSPELT = 2  # letters in which an office differs from its other spelling

_KIN_TEXT = """
    brother brothers bruder brüder bror brodern bröder broder hermano hermanos frère frères
        fratello fratelli broer irmão brat bror veli
        brata bratu bratem bracia braci broren brødrene broderen
    |sister sisters schwester schwestern syster systern systrar hermana hermanas soeur sœur sœurs
        sorella sorelle zus zuster irmã siostra søster sisko
        siostry siostrze siostrę siostrą søsteren søstrene
    |son sons sohn söhne sonen sönerna hijo hijos fils figlio zoon filho syn søn sønn poika
        syna synowi synem synowie synów sønnen sønnene sønner
    |daughter daughters tochter töchter dotter dottern döttrar hija hijas figlia dochter filha
        córka datter tytär
        córki córce córkę córką datteren dattera døtrene
    |father dad vater pappa pappan papa padre père vader pai ojciec far isä
        ojca ojcu ojcem faderen
    |mother mum mom mutter mamma mamman maman madre mère moeder mãe matka mor äiti
        matki matce matkę matką moren moderen
    |wife wives ehefrau fru hustru hustrun esposa épouse moglie echtgenote żona kone vaimo
        żony żonie żonę żoną kona konen hustruen
    |husband husbands ehemann maken esposo époux marito echtgenoot marido mąż aviomies
        męża mężowi mężem ektemann ektemannen ægtemand
    |uncle onkel farbror morbror tío oncle zio oom tio wujek setä eno
        wuja wujka wujkiem onkelen
    |aunt tante moster faster tía zia tia ciotka täti
        ciotki ciotkę ciotką tanten
    |cousin cousins cousine kusin primo prima cugino cugina neef primos kuzyn kusine serkku
        kuzyna kuzynem kuzynka kuzynki fetter fetteren kusinen
    |nephew neffe brorson systerson sobrino neveu sobrinho
    |niece nichte brorsdotter systerdotter sobrina nièce sobrinha
    |grandfather grandad großvater opa farfar morfar abuelo grand-père nonno avô dziadek isoisä
        dziadka dziadkiem bestefar bestefaren
    |grandmother grandma großmutter oma farmor mormor abuela grand-mère nonna avó babcia isoäiti
        babci babcię babcią bestemor bestemoren
    |grandson enkel sonson dotterson nieto petit-fils nipote kleinzoon neto wnuk
        wnuka wnukiem
    |granddaughter enkelin sondotter dotterdotter nieta petite-fille kleindochter neta wnuczka
        wnuczki wnuczkę wnuczką
    |stepfather stiefvater styvpappa styvfar padrastro beau-père ojczym ojczyma stefar stefaren
    |stepmother stiefmutter styvmamma styvmor madrastra belle-mère
        macocha macochy stemor stemoren
    |stepson stiefsohn styvson|stepdaughter stieftochter styvdotter
    |boyfriend freund pojkvän pojkvännen novio|girlfriend freundin flickvän flickvännen novia
"""
# Words of kin in lower case, each with the number of those that say the same.
KIN = {word: n for n, group in enumerate(_KIN_TEXT.split("|")) for word in group.split()}

_PORTFOLIOS_TEXT = """
    finance foreign interior defence defense justice health education labour labor transport trade
    energy environment agriculture culture home housing industry
    finances intérieur défense santé éducation travail transports environnement affaires armées
    hacienda exteriores defensa justicia sanidad educación trabajo cultura agricultura economía
    finanze esteri interno difesa giustizia sanità istruzione lavoro
    finanças defesa justiça saúde educação
"""
_PORTFOLIOS = frozenset(_PORTFOLIOS_TEXT.split())
_HOLDS = r"(?:minister|secretary|ministry|ministers|spokesman|spokeswoman)"
_HOLDER_AFTER = re.compile(rf"\s?{_HOLDS}\b", re.IGNORECASE)
_HOLDER_BEFORE = re.compile(
    r"\bministr\w+\s(?:d\w{1,4}\s?(?:la\s|l[’'])?|dell[’'])?$", re.IGNORECASE
)
_COMPOUND = re.compile(
    r"(\w{3,}?)s?(minister(?:in|ium|iet|n|ns|s|en)?|chef(?:en|ens|in)?|(?<!om)råd(?:et|ets)?|direktör(?:en)?"
    r"|direktor(?:in)?|sekreterare(?:n)?|sekretär(?:in)?|talesperson(?:en)?)"
)

_PRONOUNS_TEXT = """
    he she|him her|his her|his hers|himself herself|han hon|hans hennes|honom henne|han hun
    |hans hendes|ham hende|il elle|él ella|lui lei|hij zij|ele ela
"""
_PRONOUNS = frozenset(frozenset(pair.split()) for pair in _PRONOUNS_TEXT.split("|"))


def are_other_kin(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether words of kin, in lower case, gave way to others: "brother" to "son", not to "bror".

    >>> are_other_kin(["his", "brother"], ["his", "son"]), are_other_kin(["mother"], ["mum"])
    (True, False)
    """
    one, other = ({KIN[word] for word in side if word in KIN} for side in (old, new))
    return bool(one and other) and one.isdisjoint(other)


def are_two_offices(old: list[str], new: list[str], before: str, after: str) -> bool:
    """Whether words are of two offices: "finance" and "foreign" beside "minister", which stands in
    what is `before` or `after` them; "Finanzminister" and "Außenminister".

    >>> are_two_offices(["finance"], ["foreign"], "the ", " minister, opened")
    True
    """
    fields = [[word for word in side if word in _PORTFOLIOS] for side in (old, new)]
    if all(fields) and fields[0] != fields[1]:
        return bool(_HOLDER_AFTER.match(after) or _HOLDER_BEFORE.search(before))
    if not len(old) == len(new) == 1:
        return False
    one, other = (_COMPOUND.fullmatch(side[0]) for side in (old, new))
    if not (one and other):
        return False
    if one[1].endswith(other[1]) or other[1].endswith(one[1]):
        return False  # in full, or in short
    return OSA.distance(one[1], other[1], score_cutoff=_MISSPELT) > _MISSPELT


def are_two_pronouns(old: list[str], new: list[str]) -> bool:
    """Whether a man was made a woman, or the other way, by a pronoun that gave way alone."""
    return len(old) == len(new) == 1 and frozenset(old + new) in _PRONOUNS
