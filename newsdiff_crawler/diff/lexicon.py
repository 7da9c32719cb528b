"""Words that show what sort of change a change is: English, German, French, Spanish, Swedish."""

from __future__ import annotations

import re

from newsdiff_crawler.diff.calendar_words import ALL_WORDS

_NUMBERS = """
2 two zwei deux dos två
3 three drei trois tres tre
4 four vier quatre cuatro fyra
5 five fünf cinq cinco fem
6 six sechs seis sex
7 seven sieben sept siete sju
8 eight acht huit ocho åtta
9 nine neun neuf nueve nio
10 ten zehn dix diez tio
11 eleven elf onze elva
12 twelve zwölf douze doce tolv
13 thirteen dreizehn treize trece tretton
14 fourteen vierzehn quatorze catorce fjorton
15 fifteen fünfzehn quinze quince femton
16 sixteen sechzehn seize dieciséis sexton
17 seventeen siebzehn dix-sept diecisiete sjutton
18 eighteen achtzehn dix-huit dieciocho arton
19 nineteen neunzehn dix-neuf diecinueve nitton
20 twenty zwanzig vingt veinte tjugo
30 thirty dreißig trente treinta trettio
40 forty vierzig quarante cuarenta fyrtio
50 fifty fünfzig cinquante cincuenta femtio
60 sixty sechzig soixante sesenta sextio
70 seventy siebzig setenta sjuttio
80 eighty achtzig ochenta åttio
90 ninety neunzig noventa nittio
100 hundred hundert cien hundra
1000 thousand tausend mille mil tusen
tens dutzende dizaines decenas tiotals
dozens douzaines docenas dussintals
hundreds hunderte centaines cientos hundratals
thousands tausende milliers miles tusentals
million millions millionen millones miljon miljoner
billion billions milliarden milliard milliards miljard miljarder
"""
_DATES = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
måndag tisdag onsdag torsdag fredag lördag söndag
måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen
january february march april may june july august september october november december
januar februar märz mai juni juli oktober dezember
janvier février mars avril juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
januari februari maj augusti
jan feb mar apr jun jul aug sep sept oct okt nov dec dez
"""
# A word for a number, and the number; a word for a day or a month, and itself.
FIGURE_WORDS = {
    word: line.split()[0] for line in _NUMBERS.strip().splitlines() for word in line.split()
} | {word: word for word in _DATES.split()}

_ATTRIBUTIONS = """
    said says say told tells claimed claims alleged alleges allegedly reportedly reported according
    announced admitted denied insisted stated suggested warned confirmed acknowledged
    sagte sagt erklärte behauptete berichtete laut zufolge angeblich mitgeteilt teilte bestätigte
    déclaré affirmé indiqué annoncé assuré selon expliqué prétendu rapporté
    dijo afirmó declaró aseguró según indicó señaló anunció supuestamente
    säger sade sa uppger uppgav enligt hävdar hävdade meddelar meddelade påstår påstod berättar
"""
ATTRIBUTIONS = frozenset(_ATTRIBUTIONS.split())

_SPEECH_VERBS = """
    said says say asked added replied
    sagte sagt meinte erklärte erklärt betonte fügte so
    dit dite dits déclaré déclare affirmé affirme expliqué explique ajouté ajoute assuré assure
    indiqué indique estimé estime raconté raconte souligné souligne annoncé annonce précisé précise
    poursuit confie lance répond répondu regrette insiste rappelle reconnaît résume note
    dijo dice afirmó afirma explicó explica añadió añade aseguró asegura señaló señala declaró
    respondió contó cuenta insistió
    detto dice spiegato spiega aggiunto aggiunge dichiarato dichiara affermato afferma commenta
    racconta sottolinea
    disse diz afirmou afirma explicou explica acrescentou declarou contou
    zegt zei aldus vertelt verklaarde
    powiedział powiedziała mówi dodał dodała podkreślił podkreśliła wyjaśnił wyjaśnia
    säger sa sade berättar menar fortsätter förklarar tycker uppger skriver svarar tillägger hävdar
    konstaterar påpekar kommenterar frågar undrar tror betonar utvecklar skrattar lovar medger
    understryker resonerar hälsar beskriver anser varnar summerar
    sier forteller mener fortsetter forklarer skriver svarer legger opplyser
    siger fortæller forklarer fortsætter skriver tilføjer lyder
    sanoo sanoi kertoo kertoi toteaa totesi arvioi jatkaa pohtii muistuttaa
"""
# Verbs that put a speaker's name into speech.
SPEECH_VERBS = frozenset(_SPEECH_VERBS.split())

_TIMESTAMPS = """
    updated published posted modified aktualisiert veröffentlicht publié modifié actualizado
    publicado uppdaterad publicerad
"""
# Words of which one makes a line of times a time stamp ...
TIMESTAMPS = frozenset(_TIMESTAMPS.split())
_TIME_WORDS = """
    last first on at am pm utc gmt bst est edt cet cest ago hour hours minute minutes min mins day
    days am um uhr zuletzt vor stunden minuten le à h il y a heures jours mis jour el las hace
    horas minutos días de kl den sedan timmar minuter dagar
"""
# ... and the others that may stand in it.
TIME_WORDS = TIMESTAMPS | frozenset(_TIME_WORDS.split()) | ALL_WORDS

_OPENERS = """
    the a an in on at of for from with after before when while as but and or if he she it they we
    his her its their this that these those there then now one two some many most both all no not
    former president police mr mrs ms dr according
    der die das ein eine im in am auf von für mit nach vor als wenn aber und oder er sie es wir
    auch dieser diese dieses laut bei seit
    le la les un une des du de en au aux dans sur pour par avec après avant mais et ou il elle ils
    l d selon ce cette ces
    el los las una en del al con tras antes cuando pero y o según este esta
    en ett den det de i på av för från med efter före när som men och eller om han hon vi hans
    hennes även också enligt under där då nu både alla inte har går är kan vill
"""
# Words that open sentences and are no part of the name that may follow.
OPENERS = frozenset(_OPENERS.split())

# What opens an added block that owns up to a change ...
_OPENING = r"""
    corrections? (?:\ and\ clarifications?)? | clarification | correction\ notice
  | editor[’']?s?[’']?\ note
  | update | amendment | erratum
  | korrektur | korrekturhinweis | richtigstellung | berichtigung | klarstellung | aktualisierung
  | anmerkung\ der\ redaktion | hinweis\ der\ redaktion
  | rectificatif | rectification | précision | mise\ à\ jour | note\ de\ la\ rédaction
  | corrección | fe\ de\ erratas? | fe\ de\ errores | rectificación | aclaración | actualización
  | rättelse | förtydligande | uppdatering | korrigering
"""
# ... or what it says anywhere in it.
_PHRASE = r"""
    (?:this|the|our)\ (?:article|story|report|headline|piece|post|page|caption)\b [^.]{0,60}
        \b(?:has\ been|was)\ (?:corrected|amended|updated|clarified|revised|changed)
  | an?\ (?:earlier|previous)\ (?:version|headline) | earlier\ versions? \ of\ this
  | originally\ (?:said|stated|reported)\ .{0,80}\bcorrected
  | (?:früheren|vorherigen|ersten|älteren)\ (?:version|fassung)
  | (?:artikel|text|meldung|beitrag)\b [^.]{0,60}\b(?:korrigiert|berichtigt|aktualisiert)
  | version\ (?:précédente|antérieure|initiale)
  | (?:article|texte)\b [^.]{0,60}\ba\ été\ (?:corrigé|modifié|mis\ à\ jour|rectifié)
  | versión\ (?:anterior|previa)
  | (?:artículo|texto|noticia)\b [^.]{0,60}\bha\ sido\ (?:corregid|modificad|actualizad)
  | tidigare\ version
  | (?:artikeln|texten)\b [^.]{0,60}\b(?:har|är)\ (?:korrigera|uppdatera|rätta)
"""
CORRECTION = re.compile(
    rf"^\W*(?:{_OPENING})\b\s*(?:[:\-–—.,(|]|\d|$) | {_PHRASE}", re.VERBOSE | re.IGNORECASE
)
