"""Countries and large cities, as newspapers of several languages write them: names also where their
capital tells nothing, at the beginning of a sentence and among German nouns. Those that are plain
words too ("Essen", "Nice", "Turkey") are left out."""

from __future__ import annotations

import re

_COUNTRIES = """
    afghanistan ägypten albania albanien albanie algeria algerien algérie angola argentina
    argentinien argentine armenia armenien arménie australia australien australie austria österreich
    autriche azerbaijan aserbaidschan bahamas bahrain bangladesh bangladesch barbados belarus
    belgium belgien belgique bolivia bolivien bolivie bosnia bosnien botswana brazil brasilien
    brésil brasil bulgaria bulgarien bulgarie burma burundi cambodia kambodscha cameroon kamerun
    canada kanada chile china chine colombia kolumbien colombie congo kongo croatia kroatien croatie
    cuba kuba cyprus zypern czechia tschechien denmark dänemark danemark danmark ecuador egypt
    égypte eritrea estonia estland estonie ethiopia äthiopien éthiopie finland finnland finlande
    france frankreich frankrike francia gabon gambia germany deutschland allemagne tyskland alemania
    ghana greece griechenland grèce grekland greenland grönland groenland guatemala guinea haiti
    honduras hungary ungarn hongrie ungern iceland island islande india indien inde indonesia
    indonesien indonésie iran iraq irak ireland irland irlande israel italy italien italie italia
    jamaica jamaika japan japon kazakhstan kasachstan kenya kenia kosovo kuwait latvia lettland
    lettonie lebanon libanon liban liberia libya libyen libye lithuania litauen lituanie luxembourg
    luxemburg malawi malaysia mali malta mauritania mexico mexiko mexique méxico moldova moldau
    monaco mongolia mongolei montenegro morocco marokko maroc mozambique mosambik myanmar namibia
    nepal netherlands niederlande nicaragua niger nigeria norway norwegen norvège norge noruega oman
    pakistan panama paraguay peru philippines philippinen poland polen pologne polonia portugal
    qatar katar romania rumänien roumanie russia russland russie ryssland rusia rwanda ruanda samoa
    senegal serbia serbien serbie slovakia slowakei slovakien slovenia slowenien slovénie somalia
    spain spanien espagne españa sudan sweden schweden suède sverige suecia switzerland schweiz
    suisse syria syrien syrie taiwan tajikistan tanzania tansania thailand thailande togo tunisia
    tunesien tunisie türkei turquie turkiet uganda ukraine uruguay uzbekistan usbekistan venezuela
    vietnam yemen jemen zambia sambia zimbabwe simbabwe
"""
_CITIES = """
    aachen aarhus abuja adelaide aleppo algier alger almaty amsterdam ankara antwerp antwerpen
    athens athen athènes atlanta auckland augsburg austin bagdad baghdad bakhmut baku baltimore
    bangkok barcelona basel beirut beijing belfast belgrade belgrad bergen berlin bern bilbao
    birmingham bochum bogotá bologna bombay bonn bordeaux boston bratislava braunschweig bremen
    brisbane bristol brussels brüssel bruxelles bucharest budapest cairo kairo calais cardiff
    caracas casablanca charkiw kharkiv chicago cologne copenhagen kopenhagen copenhague köpenhamn
    córdoba cottbus dakar dallas damascus damaskus darmstadt delhi denver detroit dhaka donetsk
    donezk dortmund dresden dublin duisburg dundee düsseldorf edinburgh eindhoven erfurt eskilstuna
    falun florence florenz frankfurt freiburg gaza genf geneva genève göteborg gothenburg glasgow
    granada graz grenoble guangzhou gävle hamburg hannover hanoi harare havanna havana heidelberg
    helsingborg helsinki hiroshima honolulu houston idlib innsbruck islamabad istanbul izmir
    jakarta jerusalem johannesburg jönköping kabul kalmar karachi karlsruhe karlstad kassel
    kathmandu kharkov khartoum kherson kiel kiev kiew kigali kinshasa klagenfurt kolkata köln
    krakow krakau kyiv kyoto lagos lahore lausanne leeds leicester leipzig liège lille linköping
    linz lisbon lissabon lisbonne liverpool ljubljana london londres lübeck luleå lugansk lund lyon
    madrid mailand milan milano mainz málaga malmö manchester mannheim manila mariupol marrakesch
    marseille melbourne miami minsk mogadishu mombasa montreal montréal moscow moskau moscou moskva
    mosul münchen munich münster mumbai murcia nairobi nantes naples neapel nottingham novosibirsk
    nuremberg nürnberg odessa oldenburg orlando örebro oslo osnabrück ottawa oxford palermo paris
    peking perth philadelphia phoenix pisa porto portland potsdam prague prag pretoria pyongyang
    quito rabat ramallah regensburg rennes reykjavik riga riyadh rom rome roma rostock rotterdam
    saarbrücken sacramento salzburg santiago sarajevo schwerin seattle seoul sevilla seville
    shanghai sheffield singapore singapur sofia solingen southampton stavanger stockholm strasbourg
    straßburg stuttgart sundsvall sunderland sydney tallinn tampere tashkent tbilisi teheran tehran
    thessaloniki tirana tokyo tokio toronto toulouse trier trieste tripoli tromsø trondheim tunis
    turin turku umeå uppsala utrecht valencia vancouver västerås växjö venice venedig venise verona
    vienna wien vienne vilnius visby warsaw warschau varsovie warszawa washington wiesbaden
    winnipeg wolfsburg wuhan wuppertal würzburg yokohama zagreb zaragoza zürich zurich
"""
# A part of a country by the compass: "Västsverige", "northern England".
REGION = re.compile(
    r"""(?:väst|öst|nord|norr|syd|söder|mellan|sør|vest|øst|süd|west|ost|nord(?:west|ost)|mittel
    |(?:north|south|east|west|central)(?:east|west)?(?:ern)?|noord|zuid|oost)[-\s]?
    (?:sverige|norge|danmark|finland|england|scotland|wales|deutschland|frankreich|italien|spanien
    |france|germany|spain|italy|europ[ae]|nederland|jylland|sjælland|norway|sweden)""",
    re.VERBOSE | re.IGNORECASE,
)
# In lower case.
COUNTRIES, CITIES = (frozenset(text.split()) for text in (_COUNTRIES, _CITIES))
PLACES = COUNTRIES | CITIES
