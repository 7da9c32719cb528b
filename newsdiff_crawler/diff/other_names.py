"""Other names of the same places, bodies and persons, that no rule tells: a line each."""

from __future__ import annotations

from collections.abc import Iterable

_OTHER_NAMES_TEXT = """
    kiev, kyiv, kiew, kyjiw
    kharkov, kharkiv, charkiw, charkow
    odessa, odesa
    lvov, lviv, lemberg
    dnipro, dnepr, dnipropetrovsk, dnepropetrovsk
    chernobyl, chornobyl, tschernobyl, tjernobyl
    us, usa, america, united states, united states of america, vereinigte staaten
    us, usa, vereinigten staaten, etats unis, estados unidos, eeuu, ee uu, forenta staterna, amerika
    uk, britain, great britain, united kingdom, storbritannien, grossbritannien, royaume uni
    uk, vereinigtes konigreich, vereinigten konigreich, grande bretagne, reino unido, gran bretana
    royaume uni, grande bretagne, reino unido, gran bretana
    grossbritannien, vereinigtes konigreich, vereinigten konigreich
    un, uno, onu, fn, united nations, vereinte nationen, vereinten nationen, nations unies
    onu, naciones unidas, forenta nationerna, fn
    nato, otan
    eu, ue, european union, europaische union, europaischen union, union europeenne, union europea
    burma, myanmar
    rangoon, yangon
    holland, netherlands, nederlanderna, niederlande, niederlanden, pays bas, paises bajos, holanda
    peking, beijing
    canton, guangzhou
    bombay, mumbai
    madras, chennai
    calcutta, kolkata
    bangalore, bengaluru
    saigon, ho chi minh city
    turkey, turkiye, turkei, turkiet
    czech republic, czechia, tschechien, tjeckien
    ivory coast, cote d'ivoire, cote d’ivoire
    cape verde, cabo verde
    east timor, timor leste
    swaziland, eswatini
    macedonia, north macedonia
    belarus, byelorussia, vitryssland, weissrussland
    persia, iran
    ceylon, sri lanka
    formosa, taiwan
    falklands, falkland islands, malvinas
    tel aviv, tel aviv yafo
    aleppo, halab
    mecca, makkah
    cologne, koln
    munich, munchen
    nuremberg, nurnberg
    hanover, hannover
    vienna, wien, vienne
    zurich, zuerich
    geneva, geneve, genf
    basel, basle
    prague, praha, prag
    warsaw, warszawa, warschau
    gdansk, danzig
    wroclaw, breslau
    moscow, moskva, moskau, moscou
    st petersburg, saint petersburg, sankt petersburg, petersburg
    copenhagen, kobenhavn, kopenhagen, kopenhamn, copenhague
    gothenburg, goteborg
    helsinki, helsingfors
    turku, abo
    brussels, bruxelles, brussel, brussel
    antwerp, antwerpen, anvers
    ghent, gent, gand
    bruges, brugge
    the hague, hague, den haag, haag
    lisbon, lisboa, lissabon, lisbonne
    seville, sevilla
    catalonia, catalunya, cataluna
    basque country, euskadi, pais vasco
    rome, roma, rom
    milan, milano, mailand
    turin, torino
    florence, firenze, florenz
    venice, venezia, venedig, venise
    naples, napoli, neapel
    genoa, genova
    athens, athina, athen, aten, athenes
    algiers, algier, alger
    baghdad, bagdad
    cairo, kairo
    donetsk, donezk
    havana, havanna
    krakow, krakau, cracow
    singapore, singapur
    strasbourg, strassburg
    tehran, teheran
    tokyo, tokio
    bucharest, bucuresti, bukarest
    belgrade, beograd, belgrad
    istanbul, constantinople
    damascus, damaskus, damas
    jerusalem, al quds
    derry, londonderry
    germany, deutschland, tyskland
    france, frankreich, frankrike
    spain, espana, spanien
    italy, italia, italien
    sweden, sverige, schweden
    norway, norge, norwegen
    denmark, danmark, danemark
    finland, suomi
    austria, osterreich, osterrike
    switzerland, schweiz, suisse
    russia, russian federation, ryssland, russland
    isis, isil, is, islamic state, daesh
    who, world health organization, world health organisation
    nyt, new york times, the new york times
"""
_FORENAMES_TEXT = """
    robert bob rob bobby robbie bert
    william bill will billy willie liam
    richard rick dick rich ricky
    james jim jimmy jamie
    john jack johnny
    michael mike mick mickey
    thomas tom tommy
    edward ed eddie ted ned teddy
    theodore ted theo teddy
    charles charlie chuck
    henry harry hank
    joseph joe joey
    anthony tony
    antonio tony toni
    elizabeth liz beth betty lizzie eliza elisabeth
    margaret maggie meg peggy
    katherine kate kathy katie katharine catherine cathy
    patrick pat paddy
    patricia pat patty trish
    stephen steve steven
    andrew andy drew
    alexander alex sandy sasha
    alexandra alex sandra
    nicholas nick nicky
    christopher chris kit
    matthew matt
    daniel dan danny
    david dave
    donald don donnie
    ronald ron ronnie
    kenneth ken kenny
    lawrence larry laurence
    gerald jerry gerry
    jeffrey jeff geoffrey geoff
    gregory greg
    timothy tim
    benjamin ben benny
    samuel sam sammy
    samantha sam
    francis frank francisco
    franklin frank
    frederick fred freddie
    peter pete
    philip phil phillip
    leonard len leo
    susan sue suzanne
    barbara barb
    deborah debbie
    jennifer jen jenny
    jacqueline jackie
    rebecca becky
    victoria vicky
    abraham abe
    albert al bert
    alfred alf fred
    eugene gene
    harold hal harry
    walter walt
    johannes hans johann johan
    friedrich fritz
    wilhelm willi
    josef sepp jupp
    maximilian max
    francisco paco pancho
    jose pepe
    ignacio nacho
    manuel manolo
    mikhail misha
    vladimir volodymyr vova
    dmitry dima
    gunnar gunne
    karl kalle carl
    lars lasse
    nils nisse
    oskar oscar
"""
# Words of names that are shortened, and what they are in full.
SHORTENED = {
    "st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "dept": "department",
    "univ": "university", "co": "company", "corp": "corporation", "intl": "international",
    "assn": "association", "natl": "national", "govt": "government", "bros": "brothers",
    "ave": "avenue", "rd": "road", "jr": "junior", "sr": "senior", "gen": "general",
}  # fmt: skip


def _by_name(groups: Iterable[list[str]]) -> dict[str, frozenset[int]]:
    """Of each name, the groups that have it."""
    found: dict[str, frozenset[int]] = {}
    for n, names in enumerate(groups):
        for name in names:
            found[name] = found.get(name, frozenset()) | {n}
    return found


# By name, without accents, full stops and case: the numbers of what it may be the name of.
OTHER_NAMES = _by_name(
    [name.strip() for name in line.split(",")] for line in _OTHER_NAMES_TEXT.strip().splitlines()
)
FORENAMES = _by_name(line.split() for line in _FORENAMES_TEXT.strip().splitlines())
