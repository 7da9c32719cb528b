"""Words that show what sort of change a change is: English, German, French, Spanish, Swedish."""

from __future__ import annotations

import re

from newsdiff_crawler.diff.calendar_words import ALL_WORDS

_ATTRIBUTIONS = """
    said says say told tells claimed claims alleged alleges allegedly reportedly reported according
    announced admitted denied insisted stated suggested warned confirmed acknowledged
    sagte sagt erklärte behauptete berichtete laut zufolge angeblich mitgeteilt teilte bestätigte
    déclaré affirmé indiqué annoncé assuré selon expliqué prétendu rapporté
    dijo afirmó declaró aseguró según indicó señaló anunció supuestamente
    säger sade sa uppger uppgav enligt hävdar hävdade meddelar meddelade påstår påstod berättar
    informed informs informó informa reveló difunde publicó précise rapporte annonce indique
    riferisce riporta scrive meldt bericht meldet schreibt berichtet
    reports reporting confirms rapporterar rapporterade bekräftar bekräftade konstaterar
    ifølge volgens według
"""
ATTRIBUTIONS = frozenset(_ATTRIBUTIONS.split())

_NEWSROOMS_TEXT = """
    ap afp reuters tt dpa efe ansa bbc cnn nbc cbs abc npr msnbc itv itar-tass tass xinhua
    bloomberg upi ntb ritzau sky zdf ard ndr wdr rtl svt sr dn svd nrk dr tv2 yle aftonbladet
    expressen ekot guardian telegraph nyt politico axios cnbc spiegel bild zeit faz figaro monde
    libération país mundo rte aljazeera interfax ria belga apa sda keystone
"""
# Agencies and papers, which are sources wherever they stand.
NEWSROOMS = frozenset(_NEWSROOMS_TEXT.split())

_SPEECH_VERBS = """
    said says say asked added replied
    sagte sagt meinte erklärte erklärt betonte fügte
    dit dite dits déclaré déclare affirmé affirme expliqué explique ajouté ajoute assuré assure
    indiqué indique estimé estime raconté raconte souligné souligne annoncé annonce précisé précise
    poursuit confie lance répond répondu regrette insiste rappelle reconnaît résume
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
    days am um uhr zuletzt vor stunden minuten le du à h il y a heures jours mis jour el las hace
    horas minutos días de kl den sedan timmar minuter dagar p m et mis
    klockan klokken klo kello ore alle às uur godz noon midnight
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

_TITLES = """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister
    sen senator rep representative congressman congresswoman gov governor president vice
    prime minister premier chancellor secretary mayor king queen prince princess duke judge justice
    chief officer police sheriff captain capt colonel col general gen sergeant sgt lieutenant lt
    detective inspector chairman chairwoman ceo director coach pope bishop archbishop ambassador
    councillor councilman councilwoman attorney deputy former acting
    herr frau doktor bundeskanzler bundeskanzlerin kanzler kanzlerin bürgermeister bürgermeisterin
    ministerpräsident präsident präsidentin minister ministerin bundespräsident trainer könig
    m mme mlle monsieur madame président présidente ministre maire
    señor señora sr sra don doña presidente presidenta ministro ministra
    signor signora presidente onorevole senhor senhora
    meneer mevrouw pan pani
    fru fröken statsminister statsministern minister ministern polisen polismästare kung drottning
"""
# What stands before a name and is no part of it.
TITLES = frozenset(_TITLES.split())
_PARTICLES_TEXT = """
    de la le las los del du des di da do dos das della van von der den ten ter zu zum zur af bin
    ibn al el d
"""
PARTICLES = frozenset(_PARTICLES_TEXT.split())
_INSTITUTIONS = """
    academy administration agency alliance assembly association authority bank board bureau center
    centers centre centres chamber church city club coalition college commission committee company
    confederation congress corporation council county court department directorate district division
    duke duchess earl embassy federation foundation fund group guild house institute institution
    isle league library lord lords member ministry minister movement museum office order
    organisation organization parliament party port prince princess register republic school
    secretary service services society speaker state states trust union united university
    university workers doctors friends bay gulf strait cape mount bank
"""
# Words in the names of institutions and places that "of" and "for" may go on with.
INSTITUTIONS = frozenset(_INSTITUTIONS.split())
_DEMONYMS = """
    afghan african albanian algerian american arab argentine argentinian armenian asian australian
    austrian azerbaijani bangladeshi basque bavarian belarusian belgian bolivian bosnian brazilian
    british bulgarian burmese californian cambodian canadian catalan chechen chilean chinese
    christian colombian congolese croatian cuban cypriot czech danish dutch egyptian english
    eritrean estonian ethiopian european finnish flemish french georgian german ghanaian greek
    haitian hindu hungarian icelandic indian indonesian iranian iraqi irish islamic israeli italian
    jamaican japanese jewish jordanian kazakh kenyan korean kosovar kurdish kuwaiti latvian lebanese
    libyan lithuanian macedonian malaysian maltese mexican moldovan mongolian moroccan muslim
    nepalese nigerian nordic norwegian pakistani palestinian parisian peruvian polish portuguese
    protestant catholic republican democratic democrat romanian russian rwandan saudi scottish
    senegalese serbian sicilian singaporean slovak slovenian somali soviet spanish sudanese swedish
    swiss syrian taiwanese texan thai tibetan tunisian turkish ugandan ukrainian uruguayan uzbek
    venezuelan vietnamese welsh western yemeni zimbabwean
"""
DEMONYMS = frozenset(_DEMONYMS.split())
_NATIONALITY_STEMS = """
    norwegian danish swedish finnish icelandic dutch belgian french german austrian swiss spanish
    portuguese italian greek turkish polish czech hungarian romanian russian ukrainian chinese
    japanese korean indian mexican canadian brazilian egyptian israeli iranian iraqi syrian
    norsk dansk svensk finländsk finsk isländsk holländsk nederländsk belgisk fransk tysk
    österrikisk schweizisk spansk portugisisk italiensk grekisk turkisk polsk tjeckisk ungersk
    rysk rumänsk ukrainsk kinesisk japansk koreansk indisk mexikansk kanadensisk brasiliansk
    norwegisch dänisch schwedisch niederländisch französisch deutsch österreichisch spanisch
    portugiesisch italienisch griechisch türkisch polnisch russisch ukrainisch chinesisch
    norvégien danois suédois finlandais néerlandais belge français allemand autrichien espagnol
    portugais italien grec turc polonais russe ukrainien chinois japonais tchèque hongrois roumain
    suisse irlandais américain canadien mexicain brésilien égyptien israélien iranien irakien syrien
    algérien marocain tunisien libanais coréen bulgare serbe croate
    tschechisch ungarisch rumänisch schweizerisch irisch amerikanisch kanadisch bulgarisch serbisch
    kroatisch syrisch iranisch israelisch indisch koreanisch
    noruego noruega danés danesa sueco sueca finlandés holandés belga francés francesa alemán
    alemana austriaco suizo suiza portugués italiano italiana griego turco polaco polaca checo
    húngaro rumano rumana ruso rusa ucraniano chino japonés japonesa mexicano argentino chileno
    colombiano peruano norvegese danese svedese olandese francese tedesco tedesca svizzero spagnolo
    portoghese greca polacco polacca ceco ungherese rumeno russo russa ucraino cinese giapponese
    østerriksk østrigsk nederlandsk hollandsk gresk græsk tyrkisk tsjekkisk tjekkisk russisk rumensk
    rumænsk meksikansk kanadisk brasiliansk sveitsisk irsk irländsk amerikansk islandsk britisk
    serbisk kroatisk bulgarsk bulgarisk syrisk iransk irakisk israelsk
    norwesk duńsk szwedzk fińsk islandzk niderlandzk holendersk belgijsk francusk niemieck austriack
    szwajcarsk hiszpańsk portugalsk włosk greck tureck czesk węgiersk rumuńsk rosyjsk ukraińsk
    chińsk japońsk koreańsk indyjsk meksykańsk kanadyjsk brazylijsk egipsk izraelsk irańsk irack
    syryjsk irlandzk amerykańsk bułgarsk serbsk chorwack słowack litewsk łotewsk estońsk białorusk
"""
_OF_NO_COUNTRY_TEXT = """
    african arab asian basque british catalan bavarian californian christian english european
    flemish hindu islamic jewish kurdish muslim nordic parisian protestant catholic republican
    democratic democrat scottish sicilian soviet texan tibetan welsh western chechen saudi kosovar
    palestinian
"""
# Adjectives that are of no country, or of one within another.
_OF_NO_COUNTRY = frozenset(_OF_NO_COUNTRY_TEXT.split())
_OF_COUNTRIES = {*_NATIONALITY_STEMS.split(), *DEMONYMS} - _OF_NO_COUNTRY
_NATIONALITY = re.compile(
    rf"({'|'.join(sorted(_OF_COUNTRIES, key=len, reverse=True))})"
    r"(?:n?e[nmrs]?|n?es|a|t|s|i|ą|ie|iego|iemu|im|imi|iej|ich)?"
)

# Two adjectives of one country in one language.
_OF_ONE_COUNTRY = {
    "hollandsk": "nederlandsk", "holländsk": "nederländsk", "finländsk": "finsk",
    "holendersk": "niderlandzk", "olandese": "neerlandese",
}  # fmt: skip


def nationality(word: str) -> str | None:
    """The stem of an adjective of nationality, in lower case; None of another word.

    >>> nationality("franske"), nationality("belgiske"), nationality("frank")
    ('fransk', 'belgisk', None)
    """
    found = _NATIONALITY.fullmatch(word)
    return _OF_ONE_COUNTRY.get(found[1], found[1]) if found else None


_COUNTRIES_TEXT = """
    iraq iran irak austria australia österrike österreich australien niger nigeria mali malawi
    slovakia slovenia slovakien slovenien slowakei slowenien guinea guyana gambia zambia dominica
    latvia lettland estland island ireland iceland irland georgia jordan serbia syria serbien syrien
    india indonesia mauritania mauritius paraguay uruguay congo togo tonga chad china chile cuba
"""
# Countries of which one could be taken for another one misspelt.
COUNTRIES = frozenset(_COUNTRIES_TEXT.split())
_NEGATIONS_TEXT = {
    "en": """
        no not never none nothing nobody neither nor cannot can't won't don't doesn't didn't isn't
        aren't wasn't weren't shouldn't couldn't wouldn't hasn't haven't hadn't mustn't
    """,
    "sv": "inte icke ej aldrig ingen inget inga ingenting",
    "da": "ikke aldrig ingen intet ingenting",
    "no": "ikke aldri ingen ingenting",
    "fi": "ei eivät en emme ette",
    "de": "nicht nie niemals niemand nichts kein keine keinen keinem keiner",
    "nl": "niet nooit niemand niets geen",
    "fr": "n ne pas jamais aucun aucune rien",
    "es": "no nunca jamás nadie nada ningún ninguna",
    "it": "non mai nessuno niente nessuna alcun alcuna",
    "pt": "não nunca ninguém nada nenhum nenhuma",
    "pl": "nie nigdy nikt nic żaden żadna",
}
_NEGATIONS = {language: frozenset(text.split()) for language, text in _NEGATIONS_TEXT.items()}


def negations(language: str) -> frozenset[str]:
    """Words that deny, with straight apostrophes; English ones where no language is known."""
    return _NEGATIONS[language or "en"]


_CHARGES_TEXT = """
    murder manslaughter homicide assault battery rape robbery burglary theft larceny fraud bribery
    corruption arson kidnapping abduction perjury terrorism treason espionage extortion blackmail
    trafficking possession harassment stalking negligence embezzlement laundering conspiracy
    kidnap rioting affray smuggling forgery blasphemy sedition treachery slander libel
    mord dråp misshandel våldtäkt rån stöld inbrott bedrägeri mordbrand utpressning människorov
    mordförsök dråpförsök grovt ofredande tjänstefel mutbrott förskingring vållande häleri
    totschlag körperverletzung vergewaltigung raub diebstahl betrug brandstiftung bestechung
    erpressung untreue nötigung tötung mordversuch freiheitsberaubung hehlerei beleidigung
    meurtre assassinat homicide viol vol escroquerie corruption agression enlèvement extorsion
    asesinato homicidio violación robo hurto fraude estafa corrupción secuestro cohecho
    malversación terrorismo agresión lesiones extorsión
    omicidio rapina furto truffa frode stupro corruzione estorsione sequestro ricettazione peculato
    moord doodslag diefstal verkrachting aanranding oplichting mishandeling brandstichting afpersing
    homicídio assassinato roubo furto estupro sequestro extorsão peculato
    drapsforsøk drabsforsøg mordforsøk overgrep drab drap vold voldtekt voldtægt tyveri ran røveri
    bedrageri ildspåsættelse
    morderstwo morderstwa zabójstwo zabójstwa kradzież kradzieży gwałt gwałtu oszustwo oszustwa
    murha murhasta tappo taposta ryöstö ryöstöstä varkaus varkaudesta petos petoksesta
"""
# What somebody is accused of.
CHARGES = frozenset(_CHARGES_TEXT.split())
_DEGREES_TEXT = """
    attempted aggravated involuntary negligent versuchten versuchter versuchte versuchtem
    fahrlässiger fahrlässige fahrlässigen grov grovt grova
    anstiftan medhjälp stämpling förberedelse försök conspiracy conspiring aiding abetting
    complicity
    anstiftung beihilfe tentative complicité tentativa complicidad encubrimiento tentato medvirken
    medvirkning
"""
# Words before a charge that make it another one, and small ones between both: "Beihilfe zum".
DEGREES = frozenset(_DEGREES_TEXT.split())
OF_DEGREES = frozenset(
    ["till", "to", "in", "of", "zu", "zum", "zur", "de", "d", "en", "di", "a", "til"]
)
_PARTIES_TEXT = """
    d r republican republicans democrat democrats democratic labour conservative conservatives tory
    tories liberal liberals green greens independent socialist socialists communist ukip snp
    moderaterna socialdemokraterna sverigedemokraterna centerpartiet vänsterpartiet liberalerna
    kristdemokraterna miljöpartiet moderat socialdemokrat sverigedemokrat centerpartist liberal
    vänsterpartist kristdemokrat miljöpartist cdu csu spd fdp afd grüne grünen linke linken
"""
# Parties and their members; after a name, by their letter.
PARTIES = frozenset(_PARTIES_TEXT.split())
_HEDGES_TEXT = """
    may might reportedly allegedly alleged apparently possibly probably likely unconfirmed
    suspected presumed uppges misstänkt misstänkta troligen troligtvis förmodligen antagligen
    sannolikt möjligen eventuellt angeblich
    möglicherweise wohl mutmaßlich mutmaßliche mutmaßlicher vermutlich serait auraient aurait
    présumé peut-être prétendument presuntamente supuestamente posiblemente presumibilmente forse
    supostamente possivelmente vermoedelijk mogelijk angiveligt formentlig angivelig trolig
    muligens måske kanskje kanske rzekomo prawdopodobnie ilmeisesti mahdollisesti
"""
# Words that say that something is not sure ...
HEDGES = frozenset(_HEDGES_TEXT.split())
# ... and what tells a verb as hearsay.
HEDGED = re.compile(
    r"(?:ska(?:ll)? ha|uppges ha|sägs ha|lär ha|tros ha|skal ha(?:ve)?|skal være|soll|sollen"
    r"|(?:is|are|was|were) (?:said|believed|thought|reported|alleged) to(?: have)?"
    r"|a(?:urait|uraient)|s(?:erait|eraient)|habrían?|avrebbe(?:ro)?|sarebbe(?:ro)?|teria"
    r"|zou(?:den)?)\b"
)
_SOLE_TEXT = """
    sole enda einzige einziger einzigen einziges seul seule única único enige eneste
"""
# Words that say that there is no other.
SOLE = frozenset(_SOLE_TEXT.split())
_QUANTIFIERS_TEXT = """
    all some most many few none every several
    alla några många flera få ingen inga flesta samtliga
    alle einige viele wenige mehrere keine sämtliche
    tous toutes certains certaines plusieurs aucun peu
    todos todas algunos algunas muchos muchas pocos varios ningún
    tutti tutte alcuni alcune molti molte pochi nessuno
"""
# How many of them, without a number.
QUANTIFIERS = frozenset(_QUANTIFIERS_TEXT.split())
_RANKS_TEXT = """
    second third fourth fifth sixth seventh eighth ninth tenth näst tredje fjärde femte nest
"""
# Before a superlative: the second-largest is another one than the largest.
RANKS = frozenset(_RANKS_TEXT.split())
SUPERLATIVE = re.compile(r"-?\s?(?:[^\W\d_]{3,}(?:est|sta|ste)|most|least)\b")
_SMALL_WORDS_TEXT = """
    a an any the do does did will would shall should can could is are was were be been has have had
    en ett någon något några den det de är var har hade ska skulle kan kunde blir blev
    ein eine einen der die das ist sind war waren hat haben wird werden kann
    un une le la les des du est sont était a ont va peut
    y il de het een is zijn waren heeft hebben en et ei er har blev ble
    oli olivat on ovat ole ollut olleet
    lo i gli uno è c sono era o os as um uma é são foi há jest są
"""
# Auxiliaries and articles.
SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_OF_NOTICES_TEXT = """
    correction corrected corrects correct clarification clarify amended updated update editor
    editors article story version earlier previous previously original incorrectly stated
    misstated wrongly wrong published error errors mistake mistakes fixed several
    reflect remove removed monday tuesday wednesday thursday
    friday saturday sunday january february april august september october november december
    another other that this with from have been were gave than then said which because
    rättelse rättad artikeln texten tidigare angavs uppgift uppdaterad felaktig felaktigt
    korrektur früheren artikel artikels fassung wurde korrigiert
    précédente indiquait erronée rectificatif modifié
"""
# Words of notices that do not tell what they speak of.
OF_NOTICES = frozenset(_OF_NOTICES_TEXT.split())
