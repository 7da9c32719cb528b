"""Words that tell whether a figure moves on with its story, for texts in lower case."""

from __future__ import annotations

import re

from newsdiff_crawler.diff.calendar_words import MONTHS


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.VERBOSE)


_NORDIC = r"""død\w* | døde | dræbt\w* | drept\w* | omkom\w* | såret | sårede | kvæst\w+ | skadde
    | skadet | skadede | savnet | savnede | ofre | anhold\w+ | sigtet | sigtede | siktet | siktede
    | pågrepet | pågrepne | arrest\w+ | evakuer\w* | smitted\w* | indlagt\w* | innlagt\w*
    | sy[gk]e?hus\w* | stemmer | underskrifter | demonstran\w+ | reddet | hektar | brandfolk
    | hus(?:stande|stander|holdninger) | tilfælde | tilfeller | eftersøg\w+ | ettersøk\w+"""
# What is counted on, by language: "die" is a word of tolls in English only, "offer" in Swedish.
_COUNTED_ON = {
    "en": r"""kill(?:s|ed|ing)? | dead | deaths? | die[ds]? | died | dying | injur\w+ | toll
        | wound(?:ed|s|ing) | hurt | missing | casualt\w+ | victims? | bodies | survivors? | rescued
        | evacuat\w+ | displaced | arrest\w* | detain\w* | cases | infect\w+ | hospitali[sz]ed
        | patients | votes? | signatures | protest\w+ | homes | households | customers | viewers
        | looking[ ]for | seeking | hunt\w* | search\w* | suspects? | wanted | (?:to|in)[ ]hospital
        | petition\w* | viewed | watched | views? | seen | shared | downloads? | downloaded
        | streamed
        | followers | subscribers | likes | firefighters | acres | burn(?:ed|t|ing) | turnout
        | precincts | counted | magnitude | intensive[ ]care | critical(?:ly)? | serious(?:ly)?
        | stable | fighting[ ]for
        | \w*quakes? | aftershocks | charged""",
    "sv": r"""söker | letar | jagar | misstänk\w+ | (?:till|på)[ ]sjukhus | vårdas
        | namninsamling\w*
        | visningar | visats | delats | följare | brunnit | brinner | död\w* | dog | dött
        | omkom\w* | omkomna | skad\w+ | saknas | saknade | offer
        | gripit\w* | anhåll\w* | häkt\w* | åtal\w* | \w*skalv\w* | gripna | gripits | evakuer\w+
        | smitta\w* | sjuka | röst\w* | namnunderskrifter | samlat | hektar | brandmän | anmäl\w+
        | demonstr\w+ | magnitud | hushåll | drabb\w+ | begravts | räddats | allvarligt | kritiskt
        | intensivvård\w*""",
    "de": r"""such(?:t|en|te|ten) | fahnde\w* | verdächtig\w* | (?:ins|im)[ ]krankenhaus | klinik
        | petition | aufrufe | follower\w* | verbrannt\w* | brenn\w+ | tote[nrs]? | getötet\w*
        | töte\w* | starb(?:en)? | sterben | todesopfer\w*
        | ausgezählt\w* | auszählung | wahlkreisen? | wahlbezirken? | wahllokalen? | hochrechnung\w*
        | verletz\w* | vermisst\w* | opfern? | festgenommen\w* | festnahmen | stimmen | infizier\w*
        | gestorben | ums?[ ]leben | evakuier\w* | obdachlos\w* | demonstr\w+ | haushalten?
        | feuerwehrleute | magnitude | hektar | lebensgefähr\w+ | intensivstation\w* | schwer
        | leicht""",
    "fr": r"""recherch\w+ | suspects? | hospitalis\w+ | hôpital | pétition | vues | vu | abonnés
        | brûl\w+ | ravag\w+ | détrui\w+ | mort(?:e|s|es)? | tu(?:e|é|ée|és|ées|ent|ant)
        | décès | décéd\w+ | bless[ée]\w*
        | disparue?s? | victimes? | interpell\w+ | arrêt\w+ | cas | évacu\w+ | manifest\w+ | voix
        | foyers | hectares | magnitude | pompiers | sinistrés | urgence | réanimation
        | gri[eè]vement | graves?""",
    "it": r"""mort[oiae] | uccis[oaie] | uccid\w+ | vittim\w+ | decedut\w+ | decessi | ferit[oaie]
        | dispers[oaie] | arrestat\w+ | arresti | fermat[oaie] | indagat[oaie] | evacuat\w+
        | sfollat\w+ | contagi\w+ | casi | ricoverat\w+ | ospedale | voti | firme | manifestanti
        | salvat\w+ | soccors\w+ | ettari | magnitudo | visualizzazioni | intensiva | gravi?
        | bruciat\w+ | distrutt\w+ | cadut[oaie]""",
    "pt": r"""mort[oae]s? | morreram | morreu | vítimas? | ferid[oa]s? | desaparecid\w+
        | detid[oa]s?
        | detenções | pres[oa]s | casos | evacuad\w+ | desalojad\w+ | desabrigad\w+ | infec?tad\w+
        | internad\w+ | hospital\w* | votos | assinaturas | manifestantes | resgatad\w+ | hectares
        | bombeiros | magnitude | visualizações | intensivos | graves? | queimad\w+ | destruíd\w+
        | afetad[oa]s""",
    "nl": r"""dod(?:e|en)? | gedood | omgekomen | overleden | overleed | slachtoffers? | gewond\w*
        | vermist\w* | opgepakt | aangehouden | arrestaties | geëvacueerd\w* | besmet\w* | gevallen
        | ziekenhui\w+ | stemmen | handtekeningen | betogers | demonstranten | gered | hectare
        | brandweer\w* | huishoudens | magnitude | opgenomen | verwoest\w* | getroffen""",
    "pl": r"""zabit\w+ | zgin\w+ | zmar\w+ | ofiar\w* | nie[ ]żyje | śmierteln\w+ | rann\w+
        | zagin\w+ | zatrzyma\w+ | aresztowa\w+ | ewakuowa\w+ | zakaż\w+ | przypadk\w+
        | szpital\w+ | głos\w* | podpis\w+ | protestując\w+ | uratowa\w+ | hektar\w+
        | strażak\w+ | poszkodowan\w+ | spłon\w+ | zniszczon\w+""",
    "da": _NORDIC,
    "no": _NORDIC,
    "fi": r"""kuol\w+ | surmansa | loukkaantu\w+ | haavoittu\w+ | kadon\w+ | kateissa | uhr\w+
        | pidätet\w+ | evakuoi\w+ | tartun\w+ | sairaala\w+ | ään(?:i|iä|tä) | allekirjoit\w+
        | mielenosoitt\w+ | pelast\w+ | hehtaar\w+ | palanut | tuhoutu\w+""",
    "es": r"""busca[n]? | sospechos\w+ | hospital\w* | petición | visto | vistas | reproducciones
        | seguidores | quem\w+ | arras\w+ | calcin\w+ | muert[oae]s? | fallec\w+ | murieron
        | mueren | mat(?:ó|aron|ando) | falleci\w+
        | herid[oa]s? | desaparecid[oa]s? | víctimas? | detenid[oa]s? | arrest\w+ | casos | votos
        | evacuad[oa]s? | afectad[oa]s | damnificad[oa]s | contagi\w+ | hectáreas | magnitud
        | manifestantes | hogares | bomberos | rescatad[oa]s | graves? | intensivos""",
}
TALLIES = {language: _words(words) for language, words in _COUNTED_ON.items()}
# Those who are looked for or held, and what is left: fewer as they are found.
FEWER = _words(
    r"""remain(?:s|ing|ed)? | left | återstår | återstod | kvar | verbleib\w+ | übrig
    | rest(?:e|ent) | quedan | resterende | rimangono | restam | missing | unaccounted[ ]for
    | hostages? | trapped | stranded | saknas | saknade
    | vermisst\w* | geiseln? | disparue?s? | otages? | desaparecid[oa]s? | rehenes?
    | atrapad[oa]s | dispers[oaie] | ostagg\w+ | reféns | vermisten | gijzelaars | zaginion\w+
    | zakładni\w+ | savne(?:t|de) | gids(?:el|ler)\w* | gis(?:el|sel|ler)\w* | kateissa"""
)
# Sums that are added to.
COLLECTED = _words(
    r"""raised | raises | donat\w+ | collected | damages? | losses | pledged | samlat | samlade
    | insamlat | skänkt\w* | gespendet | gesammelt | schäden | schaden | récolt\w+ | dégâts
    | recaudad\w+ | recaud\w+ | daños"""
)
# Prices that are asked now: they go up.
PRICED = _words(
    r"""costs? | costing | asking[ ](?:for|price) | (?:for|on)[ ]sale | guide[ ]price | till[ ]salu
    | utgångspris\w* | zum[ ]verkauf | à[ ]vendre | en[ ]venta | in[ ]vendita | te[ ]koop | koster
    | kost | costa(?:no)? | custam? | kosztuj[eą] | maksaa | maksavat | prices? | priced
    | sells? | selling | kostar | pris(?:et|er)? | säljs
    | kostet | kosten | preis(?:e|es)? | coûtent? | coûtera | prix | vendus? | cuestan? | costará
    | precios?"""
)
# What the world moves from hour to hour, up and down.
MARKETS = _words(
    r"""shares? | stocks? | \w*index\w* | dow | nasdaq | ftse | s&p | nikkei | dax | futures
    | barrel | bitcoin | ounce | yields? | bonds | bond[ ](?:yields?|markets?|prices?)
    | exchange[ ]rate | odds | polls? | polling
    | temperature\w* | degrees | mph | winds? | gusts | forecast\w* | rain(?:fall)? | traffic
    | \w*aktie\w*
    | \w*börs\w* | kurs\w* | omxs? | fatet | räntan | kronan | oddset | temperatur\w* | grader
    | sekundmeter | \w*orkan\w* | kategori\w* | hurricanes? | category | categories | cyclone
    | \w*mätning\w* | väljarbarometer\w* | aktien? | prozentpunkte? | grad
    | (?:plus|minus)[ ]\d+ | bourse | indice | cours | baril | acciones | bolsa | índice | barril
    | grados | encuestas? | azion[ei] | titol[oi] | borsa | barile | gradi | sondagg\w+ | pioggi\w+
    | ações | barril | graus | sondage[nm]s? | chuva | aandelen | aandeel | beurs\w* | koers\w*
    | graden | peiling\w* | akcj\w+ | giełd\w+ | baryłk\w+ | stopni | sondaż\w*
    | aksj\w+ | tønde | målinger?
    | osak\w+ | pörssi\w* | kurssi\w* | astetta | tynnyri\w*"""
)
# What of them is of a whole market.
INDICES = _words(
    r"""\w*index\w* | indice | índice | dow | nasdaq | ftse | s&p | nikkei | dax | omxs?
    | \w*börs\w* | bourse | borsa | bolsa | beurs\w* | giełd\w+ | pörssi\w*"""
)
# Verbs and adverbs of what goes up and down.
RISING = _words(
    r"""trad(?:ed|ing)[ ]at | reach(?:ed|es|ing)? | erreicht\w* | nått | nådde | atteint | alcanz\w+
    | changing[ ]hands | quoted[ ]at | against[ ]the[ ](?:dollar|euro|yen)
    | stood[ ]at | stands?[ ]at | turnout | moving | heading | headed | approach\w+ | drifting
    | rör[ ]sig | drar | närmar | zieht | nähert | bewegt | se[ ]dirige | avanza | avance
    | lead(?:s|ing)? | ahead | trail(?:s|ing) | leder | ledning | rose | rises? | risen | fell
    | falls? | fallen | gain\w* | climb\w* | slip\w* | drop\w* | jump\w* | slid | surg\w+ | plung\w+
    | stig\w+ | steg | föll | faller | backa\w* | uppgång\w* | nedgång\w* | stieg\w* | gestiegen
    | führ(?:t|en|te|ten)[ ]mit | liegt[ ](?:mit|bei) | liegen[ ](?:mit|bei) | kommt[ ]auf
    | kommen[ ]auf
    | fiel\w* | gefallen | hausse | baisse | progress\w+ | recul\w+ | sub(?:e|ió|en|ieron)
    | caen? | cayó | cayeron | salit[oi] | salgono | scend\w+ | cal(?:a|ano|ati?)
    | cresc(?:e|ono|iut\w+)
    | perd(?:e|ono) | rialzo | ribasso | sobem? | subiu | ca(?:i|em|iu|íram) | stijg\w+ | steeg
    | gestegen | daal\w+ | gedaald | wzr[oó]s\w* | rośnie | rosną | spad(?:ł\w*|a|ają|ek|ku)
    | stiger | steget | falder | faldt | faldet | falt | økt\w* | økning\w* | nous\w+
    | lask\w+"""
)
# Small words of the same.
UP_OR_DOWN = _words(
    r"""up | down | higher | lower | plus | minus | upp | ner | ned | högre | lägre | auf | ab
    | höher
    | niedriger | arriba | abajo | su | giù | op | omhoog | omlaag | opp | odds | polls? | polling
    | \w*mätning\w* | sondage[nm]s? | encuestas? | sondagg\w+ | peiling\w* | sondaż\w*
    | målinger?"""
)
# What leaves an amount open, just before it.
OPEN = re.compile(
    r"""\b(?:at[ ]least | as[ ]many[ ]as | up[ ]to | more[ ]than | over | nearly | almost | about
    | around | some | roughly | approximately | (?:an[ ])?estimated | close[ ]to | now
    | (?:thought|believed|said|reckoned|understood|reported)[ ]to[ ]be | minst
    | uppemot | omkring | runt | ungefär | cirka | drygt | knappt | närmare | nästan | över | nu
    | fler[ ]än | mer[ ]än | upp[ ]till | mindestens | rund | etwa | circa | mehr[ ]als | über
    | fast | knapp | bis[ ]zu | au[ ]moins | environ | près[ ]de | plus[ ]de | jusqu[’']à
    | quelque | al[ ]menos | por[ ]lo[ ]menos | más[ ]de | unos | unas | cerca[ ]de
    | alrededor[ ]de | casi | hasta | almeno | più[ ]di | oltre | quasi | fino[ ]a | pelo[ ]menos
    | ao[ ]menos | mais[ ]de | quase | até | minstens | ten[ ]minste | zeker | ruim | bijna
    | ongeveer | meer[ ]dan | mindst | minst | næsten | nesten | rundt | mere[ ]end | mer[ ]enn
    | opp[ ]til | op[ ]til | co[ ]najmniej | przynajmniej | około | ponad | prawie | niemal | blisko
    | ainakin | vähintään | noin | yli | lähes | jopa
    )\b (?:\s\w+)? (?:\sat)? \s?[$£€]?\s?$""",
    re.VERBOSE,
)
# What says that one is rounded, just before it.
ROUNDED = re.compile(
    r"""\b(?:more[ ]than | over | nearly | almost | about | around | some | roughly
    | approximately | (?:an[ ])?estimated | close[ ]to | just[ ]under | under | less[ ]than
    | omkring | runt | ungefär | cirka | drygt | knappt | närmare | nästan | över | fler[ ]än
    | mer[ ]än | um[ ]die | in[ ]de | rund | etwa | circa | mehr[ ]als | über | fast | knapp | gut
    | environ
    | près[ ]de | plus[ ]de | quelque | más[ ]de | unos | unas | cerca[ ]de | alrededor[ ]de | casi
    | più[ ]di | oltre | quasi | mais[ ]de | quase | ruim | bijna | ongeveer | meer[ ]dan | næsten
    | nesten | rundt | mere[ ]end | mer[ ]enn | około | ponad | prawie | niemal | blisko | noin
    | yli
    | lähes
    )\b \s?[$£€]?\s?$""",
    re.VERBOSE,
)
# What says, just before it, that it is no less, or no more.
AT_LEAST = re.compile(
    r"""\b(?:at[ ]least | more[ ]than | over | minst | drygt | över | fler[ ]än | mer[ ]än
    | mindestens
    | mehr[ ]als | über | au[ ]moins | plus[ ]de | al[ ]menos | por[ ]lo[ ]menos | más[ ]de | almeno
    | più[ ]di | oltre | pelo[ ]menos | ao[ ]menos | mais[ ]de | minstens | ten[ ]minste | ruim
    | meer[ ]dan | mindst | mere[ ]end | mer[ ]enn | co[ ]najmniej | przynajmniej | ponad | ainakin
    | vähintään | yli )\b \s?[$£€]?\s?$""",
    re.VERBOSE,
)
AT_MOST = re.compile(
    r"""\b(?:nearly | almost | up[ ]to | under | less[ ]than | fewer[ ]than | nästan | knappt
    | närmare
    | upp[ ]till | uppemot | fast | knapp | bis[ ]zu | weniger[ ]als | presque | jusqu[’']à
    | moins[ ]de
    | casi | hasta | menos[ ]de | quasi | fino[ ]a | meno[ ]di | quase | até | bijna | minder[ ]dan
    | næsten | nesten | op[ ]til | opp[ ]til | prawie | niemal | lähes | jopa )\b \s?[$£€]?\s?$""",
    re.VERBOSE,
)
# What leaves all amounts of its clause open.
SO_FAR = _words(
    r"""so[ ]far | as[ ]of | until[ ]now | by[ ]\w+[ ](?:morning|afternoon|evening|night|noon)
    | to[ ]date
    | preliminary | currently | (?:is|are|was|were)[ ]estimated | estimates? | beräkna(?:s|des)
    | uppskatta(?:s|des) | geschätzt\w* | schätzungsweise | estimée?s? | se[ ]estima
    | hittills | än[ ]så[ ]länge | preliminär\w* | just[ ]nu | bisher
    | bislang | derzeit | vorläufig\w* | jusqu[’']ici | pour[ ]l[’']instant | provisoire
    | hasta[ ](?:ahora|el[ ]momento) | por[ ]ahora | provisional\w* | finora | al[ ]momento
    | per[ ]ora | provvisori\w* | até[ ](?:agora|ao?[ ]momento) | por[ ](?:enquanto|ora)
    | provisóri\w+ | tot[ ](?:nu[ ]toe|dusver|nog[ ]toe) | voorlopig\w* | inmiddels
    | indtil[ ]videre | hidtil | foreløbig\w* | lige[ ]nu | så[ ]langt | hittil | foreløpig\w*
    | akkurat[ ]nå | do[ ]tej[ ]pory | dotychczas | na[ ]razie | dotąd | tähän[ ]mennessä
    | toistaiseksi | alustav\w+"""
)
# What says that it is counted on for a while: more comes, and what is less was wrong.
THIS_YEAR = _words(
    r"""this[ ](?:season|year|month|week|term) | i[ ]år | (?:den[ ]här|denna)[ ]säsong\w*
    | (?:in[ ])?dieser?[ ]saison | cette[ ](?:saison|année) | esta[ ]temporada | este[ ]año
    | quest[’']?\s?anno | questa[ ]stagione | este[ ]ano | esta[ ]época | dit[ ](?:jaar|seizoen)
    | (?:denne|dette)[ ](?:sæson\w*|sesong\w*) | w[ ]tym[ ](?:roku|sezonie)
    | tänä[ ]vuonna | tällä[ ]kaudella"""
)
# What says, just before a clock time, that it is none to the minute.
NEARLY = re.compile(
    r"""\b(?:just|shortly|around|about|nearly|almost|approximately|before|after|strax|omkring|runt
    |vid|ungefär|cirka|knappt|före|efter|kurz|gegen|etwa|circa|rund|vor|nach|vers|environ|avant
    |après|sobre|hacia|antes|poco|alrededor|verso|circa|prima|dopo)\b[^.;]{0,20}$""",
    re.VERBOSE,
)
# What is counted on by ordinals, right behind one: "the third night of riots".
NTH = re.compile(
    r"""\s(?:[\w-]+\s){0,3}?(?:in\sa\srow|straight|consecutive|running|successive|i\srad|in\sfolge
    |d[’']affilée|consécutive?s?|consecutiv[oa]s?|seguid[oa]s?|di\sfila|op\srij|på\srad)\b
    |[\s-]+(?:\w+\s)?(?:(?:days?|nights?|weeks?|months?|weekends?|hours?|mornings?|evenings?
    |bod(?:y|ies)|victims?|suspects?|deaths?|fatality|casualty|arrests?|person|man|woman
    |hostage|patient|case|attack|strike|wave|blast|explosion|quake|aftershock|rounds?|stage|session
    |lap|set|heat|innings?|half|quarter|leg|reading|goal|raid|missile|drone|attempt)\b
    | (?:dag|dagen|dygnet|natt|natten|veckan?|månaden|kvällen|offer|offret|kropp\w*|misstänkta
    |dödsoffret|gripna|personen|attacken|vågen|omgången|etappen|varvet|setet|halvlek\w*)\b
    | (?:tag|tages|nacht|woche|monat|abend|opfer|leiche|tote[rns]?|verdächtige[rn]?|angriff|welle
    |runde|etappe|satz|durchgang|festnahme|explosion)\b
    | (?:jour|journée|nuit|semaine|mois|soir|soirée|corps|victime|suspect|attaque|vague|tour|étape
    |set|manche)\b
    | (?:día|noche|semana|mes|jornada|cuerpo|cadáver|víctima|sospechoso|detenido|ataque|ola|ronda
    |etapa|set)\b
    | (?:giorno|notte|settimana|mese|corpo|vittima|giornata|tappa|dia|noite|corpo|vítima
    |avond|week|maand|lichaam|slachtoffer|ronde|døgn\w*|natten|uge|uken?|måned\w*|noc|dzień
    |tydzień|ofiara|päivä\w*|yö)\b)""",
    re.VERBOSE,
)
# What counts places in a race or a table, and what says that it is over.
RANKED = _words("plats(?:en)? | placering | place[d]? | position | platz | rang | puesto | posto")
FINISHED = _words(
    r"""finish\w* | ended | came | slutade | kom | blev | terminé\w* | terminó | belegt\w* | wurde
    | arriv[ée]\w* | quedó | classée?s?"""
)
# What makes a clock time the one at which the report was written.
STILL = _words(
    r"""still | yet | shortly | ännu | fortfarande | strax | just[ ]nu | noch | kurz | encore
    | toujours | aún | todavía"""
)
# A year that is over, as the time of what is told, and what makes it one to compare with.
IN_A_PAST_YEAR = _words(
    r"""(?: in | during | throughout | (?:im|des|den)[ ]jahre?s? | under | år | sommaren | hösten
    | våren
    | en | nel | em | w | i | vuonna )[ ](?:1[5-9]\d\d|20[01]\d)"""
)
COMPARED = _words(
    r"""since | than | compared | versus | against | record | \w+est | sedan | än | jämfört
    | jämförelse
    | rekord\w* | \w+sta | seit | als | verglichen | vergleich | gegenüber | höch\w+ | niedrig\w+
    | depuis | que | rapport | comparé\w* | desde | comparad\w+ | respecto | rispetto | dal | sinds
    | dan | vergeleken | niż | od | porównaniu | siden | end | enn | sammenlignet | kuin
    | lähtien"""
)
# What brings a year that is over up to now.
SINCE = _words("since | sedan | seit | depuis | desde | siden | sinds")
FUTURE = _words(
    r"""will | won[’']t | would | shall | is[ ](?:due|set|expected|scheduled)[ ]to | going[ ]to
    | plans?[ ](?:to|for) | planning[ ]to | aims?[ ]to | hopes?[ ]to
    | are[ ](?:due|set|expected|scheduled)[ ]to | (?:is|are)[ ]to[ ]be | ska | skall
    | kommer[ ]att | väntas | planerar | planeras | wird | werden | soll(?:en)?
    | planen | plant[ ](?:die|der|das|den|de|het|eine?n?|een|ein|für|im|am|bis|om|met)
    | va | vont | doit | doivent
    | devrai(?:en)?t | prévoi(?:t|ent) | van?[ ]a
    | \w+[aei]r(?:á|án|emos) | sera | seront | aura | auront | \w+eront | prevén? | planean?
    | \w+[aei]r(?:à|anno) | zal | zullen | gaat | gaan | skal | vil | ventes | forventes
    | kommer[ ]til[ ](?:at|å)
    | będzie | będą | vai | vão | \w+[aei]rão | dever[áã]o? | tulee[ ]\w+maan | aikoo | aikovat"""
)
# The same in French, whose endings mean something else in other languages: "votera", "demonstrera".
FUTURE_IN_FRENCH = re.compile(r"\b\w{2,}(?:era|ira|dra|vra|rra)\b")
# What tells in the present of a day to come.
SCHEDULED = _words(
    r"""starts? | begins? | opens? | resumes? | takes?[ ]place | is[ ]held | are[ ]held | due
    | scheduled | plays? | airs | kicks[ ]off | spelas | sänds | avgörs | startar | börjar
    | inleds | öppnar | hålls | äger[ ]rum | återupptas | beginnt | startet
    | öffnet | findet | stattfindet | commence | débute | ouvre | a[ ]lieu | empieza | comienza
    | abre | se[ ]celebra | se[ ]juega | se[ ]disputa | se[ ]joue | se[ ]tient | spielt | läuft"""
)
# What tells, by language, of what is over: tenses by their endings, and the commonest verbs that
# have none.
_PAST = {
    "en": r"""(?!(?:need|speed|feed|seed|indeed|hundred|unite[ds])\b)\w{2,}ed | was | were | had
        | did
        | began | broke | brought | came | caught | fell | fled | found | fought | gave | got | grew
        | held | hit | knew | led | left | lost | made | met | paid | said | sat | saw | sent | shot
        | spent | spoke | stood | struck | took | told | threw | went | woke | won | wrote | rose
        | ran | born | built | sank | stole | shook | sold | drove | flew | heard | hurt | cut | put
        | set | since""",
    "sv": r"""(?!både|arbete)\w{2,}(?:[adlnr]de|[fkprst]te)s?
        | var | blev | kom | gick | fick | tog | gav | såg | låg | stod | satt | föll | dog | sköt
        | sköts | slog | slogs | höll | hölls | lät | bröt | skrev | steg | sprang | hann | vann
        | försvann | skar | sjönk | brann | drog | drogs | greps | togs | avled | omkom | uppstod
        | (?:sved|knif|knivh|h)öggs | sade | sa | fanns | fann
        | (?:har|hade)[ ](?:\w+[ ]){0,3}\w+(?:t|ts)
        | sedan""",
    "de": r"""war(?:en)? | wurden? | hatten? | kam(?:en)? | ging(?:en)? | fiel(?:en)? | starb(?:en)?
        | begann(?:en)? | fand(?:en)? | gab(?:en)? | stand(?:en)? | traf(?:en)? | brach(?:en)?
        | blieb(?:en)? | schoss(?:en)? | nahm(?:en)? | sprach(?:en)? | stieg(?:en)? | verlor(?:en)?
        | \w{3,}[^aeiou]ten? | (?:hat|haben|ist|sind|worden)\b.*\b\w+(?:t|en) | seit""",
    "fr": r"""(?:a|ont|est|sont|ai|avons|s[’']est)[ ](?:\w+[ ]){0,2}\w+(?:é|i|u|is|t)(?:e|s|es)?
        | \w+(?:ait|aient|èrent|irent|urent) | fut | fit | naquit | mourut | depuis""",
    "es": r"""\w+(?:ó|aron|ieron|aba|aban|ía|ían) | fue | fueron | hizo | tuvo | dijo | vino | murió
        | (?:ha|han|había)[ ]\w+[dt]o | nacid[oa] | desde""",
    "it": r"""(?:è|ha|hanno|sono|era|erano|aveva)[ ](?:\w+[ ]){0,2}\w+[tsr][oaie]
        | \w+(?:ava|avano|eva|evano)
        | fu | furono | era | erano | nacque | morì | dal""",
    "pt": r"""\w+(?:ou|aram|eu|eram|iu|iram|ava|avam|ia|iam) | foi | foram | fez | teve | disse
        | veio | era | desde""",
    "nl": r"""was | waren | werd | werden | had | hadden | kwam(?:en)? | ging(?:en)? | viel(?:en)?
        | vond(?:en)? | stierf | begon(?:nen)? | \w{3,}(?:[dt]e|[dt]en) | (?:heeft|hebben|is|zijn)\b
        .*\b(?:\w*ge\w{2,}(?:d|t|en)|\w+(?:d|en)) | sinds""",
    "pl": r"""\w+(?:ł|ła|ło|li|ły) | \w+n[oa] | od""",
    "da": r"""var | blev | kom | gik | fik | tog | gav | så | lå | stod | faldt | døde | skete
        | \w{3,}(?:[dt]e|edes|tes) | (?:er|har|havde)[ ](?:\w+[ ]){0,2}\w+et | siden""",
    "no": r"""var | ble | kom | gikk | fikk | tok | ga | så | lå | sto | falt | døde | skjedde
        | \w{3,}(?:[dt]e|et|dde) | (?:er|har|hadde)[ ](?:\w+[ ]){0,2}\w+(?:et|t) | siden""",
    "fi": r"""oli(?:vat)? | \w{3,}(?:i|ivat) | (?:on|ovat|ei)[ ]\w+(?:ut|yt|eet) | syntyi
        | lähtien""",
}
PAST = {language: _words(words) for language, words in _PAST.items()}
NOT_YET = _words(
    r"""(?: has | have | had ) (?: n[’']t | [ ]not ) | not[ ]yet | no[ ]\w+[ ](?:has|have)
    | (?: har | hade | är ) [ ](?:\w+[ ]){0,2}(?: inte | ännu | ingen | inga ) | ännu[ ]inte
    | (?: hat | haben ) [ ](?:\w+[ ]){0,2}(?: nicht | kein\w* ) | noch[ ]nicht
    | (?: a | ont ) [ ]pas | pas[ ]encore | todavía[ ]no | aún[ ]no
    | non[ ]ancora | ainda[ ]não | nog[ ](?:niet|geen) | (?:endnu|ennå)[ ]ikke | jeszcze[ ]nie
    | ei[ ](?:ole[ ])?vielä"""
)
# What says that an amount is one that stands ...
SETTLED = _words(
    r"""voted[ ]by | (?:vote|majority|margin)[ ]of | stimmten[ ]mit | röstade[ ]med | röstsiffrorna
    | voté[ ]par | votaron[ ]por | seat(?:ed|ing) | capacity | population | weigh\w*
    | measur\w+ | years[ ]old | per[ ]cent[ ]alcohol | rymmer | sittplatser | väg(?:er|de) | mäter
    | fasst | wieg(?:t|en) | wog | misst | pèse | mesure | mide | pesa | weegt | career"""
)
# ... what a sum was paid or owed for, or what was built of a size ...
SUMMED = _words(
    r"""fined | bought | inherited | jailed | sentenced | founded | built | opened | established
    | böter | köpte\w* | dömdes | döms | byggd\w* | grundad\w* | geldstrafe | gekauft | verurteilt
    | gebaut | gegründet | eröffnet | amende | acheté\w* | condamné\w* | construit\w* | fondée?
    | multa | comprad[oa] | condenad[oa]s? | construid\w+ | fundad\w+ | costruit\w+ | fondat\w+
    | gebouwd | opgericht | bygget | grundlagt | zbudowan\w+"""
)
# ... and how large something is.
SIZED = _words(
    r"""long | high | tall | wide | deep | thick | heavy | lång[at]? | hög[at]? | bre[dt]\w*
    | djup\w*
    | lang | hoch | breit | tief | long(?:ue)? | haut(?:e)? | large | profonde? | largo | alto
    | ancho | lungo | lunga | alta | larga | comprimento | altura | hoog | breed | diep | høj | høy
    | długości"""
)
_OF_A_HOUSE = "seat|room|bedroom|floor|storey|story|page|bed|wheel|episode|chapter|string"
_ELSEWHERE = (
    "on|in|at|of|off|from|to|into|with|and|i|på|av|från|med|auf|im|aus|von|mit|dans|sur|de|en"
)
# What an amount may be counted of that stands, right behind it. In the twelve languages as far as a
# word or two of each go.
STANDS = re.compile(
    rf"""-(?:{_OF_A_HOUSE})\b
    | [-\s]?\s?(?:(?!(?:{_ELSEWHERE})\b)[\w-]+\s){{0,3}}?
    (?:seats | rooms | bedrooms | floors
    | storeys
    | stories | pages | chapters | episodes | inhabitants | wheels | arches
    | columns | islands | species | strings | letters | rows | platforms | apartments | flats
    | beds | sons? | daughters? | children | siblings | brothers? | sisters? | grandchildren
    | wives | novels | books | films | albums | people[ ]live
    | människor[ ]bor | gäster | plats(?:er)? | sittplatser | rum | våningar | sidor | kapitel
    | avsnitt | invånare | hjul | öar | arter | lägenheter | söner | döttrar | barn | syskon
    | barnbarn | böcker | romaner | filmer | plätze | sitzplätze | zimmer | stockwerke | etagen
    | seiten | kapitel | folgen | einwohner\w* | räder | inseln | arten | wohnungen | söhne
    | töchter | kinder\w* | geschwister | bücher | romane | filme | places | chambres | étages
    | chapitres | épisodes | habitants | roues | îles | espèces | appartements | fils | filles
    | enfants | frères | sœurs | romans | plazas | habitaciones | plantas | páginas | capítulos
    | episodios | habitantes | ruedas | islas | especies | viviendas | hijos | hijas | hermanos
    | libros | novelas | posti | stanze | piani | pagine | capitoli | abitanti | isole | figli
    | figlie | libri | lugares | quartos | andares | ilhas | filhos | filhas | plaatsen | kamers
    | verdiepingen | bladzijden | inwoners | eilanden | zonen | dochters | kinderen | pladser
    | værelser | etager | sider | indbyggere | innbyggere | øer | sønner | døtre | miejsc | pokoi
    | pięter | stron | mieszkańców | wysp | synów | córek | asukasta | huonetta | sivua)\b""",
    re.VERBOSE,
)
_ALSO = (
    "only|just|exactly|also|a total of|bara|endast|totalt|nur|genau|insgesamt|seulement|sólo|solo"
)
# Whoever has them, right before it: of all that is done to them, "abducted 12 children", the world
# does more.
HAS = re.compile(
    rf"""\b(?:has | have | had | having | leaves | leaves\sbehind | survived\sby
    | (?:father|mother|parents?|dad|mum|mom)\s(?:of|to) | har | hade | lämnar | efterlämnar
    | (?:far|mor|pappa|mamma)\still | hat | haben | hatte | hatten | hinterlässt
    | (?:vater|mutter)\svon | a | ont | avait | avaient | laisse | (?:père|mère)\sde
    | tiene | tienen | tenía | tenían | tuvo | deja | (?:padre|madre)\sde | ha | hanno | aveva
    | avevano | lascia | (?:padre|madre)\sdi | tem | têm | tinha | tinham | teve | deixa
    | (?:pai|mãe)\sde | heeft | hebben | hadden | (?:vader|moeder)\svan | havde | hadde
    | (?:far|mor)\stil | ma | mają | miał\w* | mieli | on | oli
    )\s(?:(?:{_ALSO})\s | (?:\w+\s){{1,2}}(?:and|och|und|et|y|e)\s)?$""",
    re.VERBOSE,
)
# What has such parts, is of so many, or wrote them, right before it.
IS_OF = re.compile(
    rf"""\b(?:with | is | was | boasts | contains | comprises | consists\sof | runs\sto
    | runs\sfor | stretches\sto | counts | numbers | offers
    | (?:an?|the)\s(?:\w+\s)?(?:building|block|house|tower|hotel|village|town|city|book|novel
        |archipelago|chain|hamlet)\sof
    | med | är | omfattar | rymmer | består\sav | (?:bok|roman|hus|hotell|byggnad|rapport)\w*\spå
    | mit | umfasst | zählt\w* | bietet | bot
    | avec | (?:immeuble|livre|roman|maison|hôtel|village|ville|salle|rapport)\sde | compte
    | comptait | comptent | comporte | comprend | possède | offre | con | wrote | skrev | schrieb
    | posee | comprende | consta\sde | conta | di | com | met | telt | telde | tæller | teller
    | liczy\w* | ze? | er
    )\s(?:(?:{_ALSO})\s)?$""",
    re.VERBOSE,
)
# Which of them are people, who may be treated, held, in quarantine.
KIN = _words(
    r"""sons? | daughters? | children | siblings | brothers? | sisters? | grandchildren | wives
    | söner | döttrar | barn | syskon | barnbarn | söhne | töchter | kinder\w* | geschwister
    | fils | filles | enfants | frères | sœurs | hijos | hijas | hermanos | figli | figlie
    | filhos | filhas | zonen | dochters | kinderen | sønner | døtre | synów | córek"""
)
# Where they are or what they do just now, right behind them.
THERE = re.compile(
    r"\s(?:in|at|on|under|from|who|i|på|från|som|im|auf|aus|unter|die|dans|à|sous|en|qui|a|bajo"
    r"|que|nel|sotto|che|em|op|onder|w|na)\b"
)
# What is done to them, right behind them; in German and Dutch at the end: "hat 12 Kinder befragt".
BEFALL = re.compile(
    r"""\s(?:\w{3,}ed | open | without | under | to | ohne | utan
    | sans | sous | zonder | sotto | bajo
    | \w+(?:ats|its|rts|tts))\b
    |\s(?:(?!(?:und|en|oder|of)\s)\w+\s){0,5}
    (?:\w*ge\w{3,}(?:t|d|en|et)
    |(?:be|ver|ent|er|zer|ab|an|aus|auf|ein|über|durch|unter|her|ont)\w{2,}(?:t|d|en|et)
    |\w{3,}iert|lassen)\s*(?:[.,]|$)""",
    re.VERBOSE,
)
# Who has children of others: more come, and some go.
HOMES = _words(
    r"""school | kindergarten | nursery | orphanage | shelter | camp | centre | center | home
    | hospital | clinic | ward | class | group | club | choir | village | town | city | country
    | skolan? | förskolan? | klassen | hemmet | lägret | boendet | sjukhuset | avdelningen
    | kommunen | schule | kita | klasse | heim | lager | klinik | krankenhaus | école | classe
    | foyer | camp | hôpital | crèche | escuela | colegio | centro | hospital | albergue | scuola
    | classe | ospedale | ziekenhuis | klas"""
)
HOLDS = re.compile(r"\bholds?\s$")
SEATS = re.compile(r"\bseats$")
# What holds so much, and where seats stand: those of a party are counted.
VENUE = _words(
    r"""\w*theat(?:er|re)s? | playhouse
    | cinemas? | halls? | stadium | arena | auditorium | venue | ground
    | opera | church | chapel | restaurant | café | bar | pub | bus | coach | train | tram | plane
    | aircraft | airliner | jet | boat | ferry | car | minibus | tank | reservoir | can | jar
    | bottle | pool | lorry | ship | vessel | room | stand | tent | cathedral | court
    | plants? | mill | depot | warehouse | silo | refinery | tanker | container | vat | museum
    | library | archive | collection | vault | dam"""
)
# What is had for the time being.
FOR_NOW = _words(
    r"""left | free | available | full | occupied | empty | ready | ill | sick | missing | more
    | remaining | vacant | lediga | kvar | sjuka | fler | saknas | frei | belegt | krank | weitere
    | libres? | occupée?s? | malades? | disponib\w+ | ocupad\w+ | enferm\w+ | liber[ei]
    | quarantine | karantän | quarantäne | quarantaine | cuarentena | born | född\w* | geboren"""
)
# What says how many it was built for, right before it.
BUILT_FOR = re.compile(
    r"\b(?:(?:built|made|designed|meant|room|space)\sfor|(?:byggd|plats|rum)\sför"
    r"|(?:gebaut|platz)\sfür|(?:construite?|prévue?)\spour)\s$"
)
# What says that such are counted for what befell them, or who was there.
EVENTS = _words(
    r"""there[ ](?:were|are) | on[ ](?:board|the[ ](?:bus|train|plane|boat|scene)) | aboard
    | fires? | blaze
    | damag\w+ | destroy\w+ | flooded | freed | took | taken | seized | captured | rescued | trapped
    | guests | det[ ]f[ai]nns | ombord | på[ ](?:bussen|tåget|båten) | brand(?:en)? | skada\w*
    | förstör\w*
    | befria\w* | räddade\w* | saßen | befanden | an[ ]bord | im[ ]bus | in[ ]dem[ ]bus | brand
    | beschädig\w*
    | zerstör\w* | befreit\w* | il[ ]y[ ](?:a|avait) | à[ ]bord | dans[ ]le[ ](?:bus|car|train)
    | incendie | endommag\w* | détrui\w* | libér\w* | había | hay | a[ ]bordo | incendio | dañ\w*
    | destru\w* | liber\w+ | c[’']erano | danneggi\w* | distrutt\w* | havia | danific\w*
    | aan[ ]boord | beschadig\w* | verwoest\w* | bevrijd\w* | skadet | skadde | brann\w*
    | befri\w*"""
)
# What was built of a size, right behind it.
BUILT = re.compile(
    r"""[-\s](?:long\s|high\s|tall\s|wide\s)?(?:\w+\s)?(?:bridge|viaduct|tunnel|tower|spire|mast|dam
    |pier|wall|statue|building|skyscraper|ship|ferry|yacht|vessel|runway|pipeline|canal|pool)\b""",
    re.VERBOSE,
)
# What says so before it.
SPANS = re.compile(r"\b(?:spans|spanning|överspannar|überspannt|enjambe|overspant)\s(?:\w+\s)?$")
# What has a size only for now.
GROWING = _words(
    r"""queues? | lines?[ ]of | tailbacks? | jams? | traffic | waves? | swell | flames? | fires?
    | blaze
    | wildfires? | fronts? | smoke | plumes? | ash | clouds? | slick | spill | flood\w* | water
    | rivers?
    | levels? | snow\w* | drifts? | ice | icebergs? | lava | crack | crater | sinkhole | storm
    | growing | landsl\w+ | mudsl\w+ | rockfall | avalanches? | mud | debris | rubble | holes?
    | craters? | cracks? | fissures? | gap | breach | march | rall(?:y|ies) | protest\w*
    | demonstrat\w+ | parade | procession | crowds? | convoys? | columns?[ ](?:of|\d) | tanks
    | front[ ]?line | barricades?
    | \w*skred\w* | (?:jord|snö|berg|sten)?ras(?:et)? | lera\w* | slukhål\w* | hålet?
    | krater\w* | demonstration\w* | marschen | kolonn\w* | konvoj\w*
    | \w*rutsch\w* | lawine\w* | schlamm\w* | loch | \w*marsch | demonstrationszug | kolonne
    | konvoi | spalte | glissement | coulée | boue | trou | cratère | cortège | défilé
    | colonne[ ]de | convoi | deslizamiento | alud | lodo | socavón | agujero | cráter | marcha
    | columna[ ]de | convoy | grieta | frana | fango | buca | voragine | corteo | colonna[ ]di
    | deslizamento | lama | cratera
    | kön | köer | köerna | \w*kö | vågor\w* | lågor\w* | \w*brand\w* | rök\w* | moln\w* | vatten\w*
    | älven | ån | snö\w* | isen | lavan? | spricka\w*
    | \w*stau | schlange | wellen | flammen | \w*feuer\w* | \w*brand | rauch\w* | wolke | aschewolke
    | wasser\w* | hochwasser | pegel\w* | schnee\w* | eis | riss
    | file | bouchons? | vagues? | flammes? | feu | incendie | fumée | nuage | eau | crue | neige
    | fila | cola | atasco | olas? | llamas | incendio | humo | nube | agua | nieve
    | coda | onde | fiamme | fumo | nuvola | acqua | neve | ondas | chamas | fogo | fumaça
    | rij | golven | vlammen | vuur | rook | wolk | kø\w* | bølger\w* | flammer | brann\w* | røyk\w*
    | røg\w* | vann\w* | vand\w* | kolejka | korek | fale | płomienie | pożar\w* | dym\w*"""
)
# What says that it is of a time that was.
THEN = _words(
    r"""då[ ]med(?![ ]sig) | (?:was|were|had|with)[ ]then | then[ ](?:with|had|numbered)
    | at[ ]the[ ]time(?![ ]of[ ](?:writing|publication|publishing|reporting|going|press))
    | originally | ursprungligen | damals | ursprünglich | à[ ]l[’']époque | à[ ]l[’']origine
    | all[’']epoca | à[ ]época | destijds | oorspronkelijk | dengang | den[ ]gang | oprindeligt
    | opprinnelig | wówczas | tuolloin"""
)
_MONTH = f"(?:{'|'.join(sorted(MONTHS))})"
# A span of which both ends are told by their months: "since 1 January up to 23 August".
SPAN = _words(
    rf"""(?:between|from|since|mellan|från|sedan|zwischen|von|vom|seit|entre|du|depuis|del?|desde
        |dal|fra|tra|tussen|van|od|mellem|mellom)
    [ ](?:\w+\.?[ ]){{0,3}}{_MONTH}[ ](?:\d+[ ])?
    (?:(?:up|fram)[ ])?(?:and|to|until|through|till|och|und|bis|et|au|jusqu[’']au|y|hasta|al?|e
        |tot|en|til|og|do|i)
    [ ](?:\w+\.?[ ]){{0,3}}{_MONTH}"""
)
# What is told in figures to be there for now, or is spoken of as that.
STANDING = _words(
    r"""under[ ]control | by[ ]\d+(?:[.:]\d\d)?[ ]?[ap]\.?m | under[ ]kontroll | unter[ ]kontrolle
    | set[ ]for | scheduled[ ]for | due[ ](?:on|in|at) | planned[ ]for | slated | fixed[ ]for
    | postponed | delayed | rescheduled | put[ ]off | adjourned | moved[ ]to | until
    | deadline | follow | watch | tonight | tomorrow | next | upcoming | coming
    | senast | fram[ ]till | uppskjut\w+ | flyttas | i[ ]morgon | nästa | kommande
    | bis | spätestens
    | verschoben | vertagt | morgen | nächste[nrs]? | kommende[nrs]? | jusqu[’']au? | reporté\w*
    | prévue?s? | demain | prochaine?s? | fixée?s? | hasta | aplazad\w+ | prevista?s?
    | previsto?s? | mañana | próxim\w+ | fijad[oa] | fino[ ]al? | rinviat\w+ | domani | prossim\w+
    | até | adiad\w+ | amanhã | próxim\w+ | uitgesteld | gepland | volgende | komende
    | indtil | inntil | udsat | utsatt | næste | neste"""
)
# The same where the word means more elsewhere, right before a time.
UNTIL = re.compile(r"\btill?\s(?:klockan\s|klokken\s|kl\.?\s)?$")
# What makes a score the last one, and what leaves it open.
FINAL = _words(
    r"""final | finals | beat | beats | beaten | won | wins? | winning | defeat\w* | victory | lost
    | ended | ends | full[ -]time | penalties | slutade | slutresultat\w* | vann | vinner | seger
    | segern | besegra\w* | förlorade | slog | straffar | gewann\w* | gewonnen | siegt\w* | sieg
    | besiegt\w* | schlug\w* | endete | verlor\w* | unterlag\w* | gagn\w+ | battus? | s[’']impos\w+
    | imposée?s? | victoire | défaite | perdu | venci\w+ | gan(?:ó|aron) | derrot\w+ | victoria
    | perdi(?:ó|eron)"""
)
PLAYING = _words(
    r"""lead(?:s|ing)? | ahead | trail(?:s|ing) | up[ ](?:in|after|when|with) | half[ -]time
    | so[ ]far | minutes?[ ]left | leder
    | ledning | halvtid | pausvila | führ(?:t|en|te) | zur[ ](?:pause|halbzeit) | mène(?:nt)?
    | à[ ]la[ ]mi-temps | descanso"""
)
# In place of a figure, in what is looked through for others.
HERE = "\0"
# What tells of a year when something else in the sentence was built, founded, born.
TOLD_ASIDE = re.compile(
    rf"""(?:\b(?:which|who|whose|that|som)\b
    | ,\s(?:die|der|das|dat|qui|que|che|który|która|które)\b
      | \b(?:built|founded|born|opened|erected|completed|constructed|dating|established|launched
        |byggd\w*|grundad\w*|född\w*|uppförd\w*|gebaut\w*|erbaut\w*|gegründet\w*|construite?s?
        |fondée?s?|née?s?|bâtie?s?|construid\w+|fundad\w+|nacid\w+|costruit\w+|fondat\w+|nat[oa]
        |gebouwd\w*|opgericht|geboren|bygget|grundlagt|zbudowan\w+)\b)
    [^,;.{HERE}]{{0,60}}?\b(?:1[5-9]\d\d|20[01]\d)\b
    | ,\s(?=[^,]*[^\W\d])[^,;.{HERE}]{{0,60}}?\b(?:1[5-9]\d\d|20[01]\d)\b
    [^,;.{HERE}]{{0,60}}(?=,)""",
    re.VERBOSE,
)
# A year that tells which one is meant: "the 1998 bombing", "the massacre of 1989".
OF_ANOTHER_YEAR = re.compile(
    rf"""\b(?:the|an?)\s(?:1[5-9]\d\d|20[01]\d)\b
    | (?<={HERE})(?P<between>.*?)\b(?:of|over|von|vom|des|du|van)\s(?:1[5-9]\d\d|20[01]\d)\b""",
    re.VERBOSE,
)
# What tells of the day of the report, or up to it.
NOW = _words(
    r"""has | have | is | are | now | today | yesterday | tonight
    | this[ ](?:week|month|year|morning)
    | last[ ](?:week|night) | \w+day | har | är | nu | i[ ]?dag | i[ ]?går | \w+dag(?:en)? | hat
    | haben
    | ist | sind | jetzt | heute | gestern | \w+tag | a[ ]\w+é | ont | est | sont
    | aujourd[’']hui | hier
    | ha[ ]\w+[dt]o | han[ ]\w+[dt]o | está | están | hoy | ayer | è | hanno | sono | oggi
    | ieri | é | são | tem
    | hoje | ontem | heeft | hebben | zijn | jest | są | dziś | wczoraj | ovat | nyt"""
)
# What makes a figure a part of the one before it: "eight hurt, two of them badly".
OF_THEM = re.compile(
    r"""\s(?:of\s(?:them|whom|these|those)|de\sell[oa]s|d[’']entre\s(?:eux|elles)|av\s(?:dem|vilka)
    |von\sihnen|davon|di\s(?:loro|cui)|del(?:es|as)|van\shen|fatally|serious\w*|critical\w*|badly
    |schwer|lebensgefähr\w+|allvarligt|kritiskt|gri[eè]vement|graves?)\b""",
    re.VERBOSE,
)
AMONG_THEM = re.compile(
    r"""\b(?:including|among\sthem|davon|darunter|dont|varav|däribland|entre\sellos|incluid[oa]s
    |tra\scui|di\scui|waaronder|waarvan|heraf|hvorav|av\sdem)\s(?:\w+\s)?$""",
    re.VERBOSE,
)
# What begins another clause, in which a word says nothing of a figure before it.
BREAK = re.compile(
    r"""[;:()]|[,.]\s|\s[–—-]\s|\b(?:which|who|whose|whom|where|that|when|while|after|before|because
    |although|built|founded|born|som|där|när|efter|sedan|innan|medan|byggd\w*|grundad\w*|född\w*
    |nachdem|bevor|während|weil|gebaut\w*|gegründet\w*|qui|dont|où|après|avant|pendant|construit\w*
    |fondée?|née?s?|cuando|donde|después|antes|mientras|construid\w+|fundad\w+|nacid\w+)\b""",
    re.VERBOSE,
)
