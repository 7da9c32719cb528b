"""Words that say the opposite of each other, in twelve languages."""

from __future__ import annotations

_TEXT = """
    rose fell|rise fall|rises falls|won lost|win lose|wins loses|alive dead|accepted rejected
    |accept reject|approved rejected|approve reject|allowed banned|allow ban|before after
    |more fewer|more less|increase decrease|increased decreased|higher lower|up down|north south
    |east west|northern southern|eastern western|left right|for against|first last
    |supports opposes|support oppose|supported opposed|open closed|opened closed|true false
    |legal illegal|upheld struck|uphold strike|condemned praised|buy sell|bought sold|arrived left
    |confirmed denied|confirms denies|agreed refused|present absent|male female|man woman|boy girl
    |father mother|son daughter|brother sister|husband wife|with without|ökade minskade
    |ökar minskar|vann förlorade|vinner förlorar|levande död|höjer sänker|höjde sänkte|före efter
    |fler färre|mer mindre|högre lägre|upp ner|norr söder|öster väster|norra södra|östra västra
    |för emot|öppen stängd|öppnade stängde|bekräftar dementerar|man kvinna|mannen kvinnan
    |pojke flicka|pojken flickan|far mor|son dotter|bror syster|med utan|stieg fiel|gewann verlor
    |vor nach|mehr weniger|mann frau|sohn tochter|nord süd|ost west|mit ohne|gagné perdu
    |plus moins|avant après|homme femme|denied admitted|denies admits|deny admit|förnekade erkände
    |förnekar erkänner|nekar erkänner|bestritt gestand|bestreitet gesteht|bestätigte dementierte
    |bestätigt dementiert|bestätigte bestritt|erlaubt verboten|angenommen abgelehnt|für gegen
    |offen geschlossen|nié reconnu|nie reconnaît|nié confirmé|confirmé démenti|accepté refusé
    |pour contre|vivant mort|augmenté diminué|hausse baisse|ouvert fermé|vrai faux|nord sud
    |est ouest|avec sans|fils fille|negó admitió|negó reconoció|confirmó negó|confirmó desmintió
    |aceptó rechazó|aprobó rechazó|subió bajó|ganó perdió|aumentó disminuyó|vivo muerto|más menos
    |antes después|con sin|abierto cerrado|norte sur|este oeste|hombre mujer|hijo hija|padre madre
    |yes no|ja nej|ja nein|oui non|sí no|sì no|sim não|tak nie|kyllä ei|nobody somebody
    |nobody everybody|nothing something|never often|never sometimes|both neither|ingen någon
    |inget något|aldrig ofta|ingen alla|niemand jemand|nichts etwas|nie oft|nie immer
    |personne quelqu|jamais souvent|nadie alguien|nada algo|nunca siempre|all none|alla inga
    |alle keine|tous aucun|todos ninguno|tutti nessuno|allen geen|always never|alltid aldrig
    |immer nie|toujours jamais|siempre nunca|sempre mai|altijd nooit|backed opposed|backs opposes
    |back oppose|profit loss|profits losses|gain loss|largest smallest|biggest smallest
    |highest lowest|longest shortest|oldest youngest|majority minority|victory defeat
    |success failure|guilty innocent|succeeded failed|succeeds fails|passed failed|agree disagree
    |agrees disagrees|winner loser|winners losers|raised lowered|raise lower|raises lowers
    |extended cut|welcomed criticised|welcomed criticized|praised criticised|praised criticized
    |likely unlikely|lawful unlawful|married divorced|godkände avslog|godkänner avslår
    |bifaller avslår|bifölls avslogs|antog avslog|godkänt underkänt|största minsta|högsta lägsta
    |längsta kortaste|äldsta yngsta|bästa sämsta|vinst förlust|ökning minskning|ökat minskat
    |steg föll|stiger faller|uppgång nedgång|flest minst|majoritet minoritet|sant falskt
    |stöder motsätter|tillåter förbjuder|tillåtet förbjudet|größte kleinste|größten kleinsten
    |höchste niedrigste|höchsten niedrigsten|längste kürzeste|älteste jüngste|beste schlechteste
    |gewinn verlust|mehrheit minderheit|sieg niederlage|erlaubte verbot|erlaubt verbietet
    |zugestimmt abgelehnt|steigen fallen|schuldig unschuldig|lebend tot|billigte verwarf
    |gebilligt abgelehnt|majorité minorité|victoire défaite|coupable innocent|légal illégal
    |bénéfice perte|approuvé rejeté|adopté rejeté|autorisé interdit|approuve rejette|monté baissé
    |mayoría minoría|victoria derrota|culpable inocente|legal ilegal|mayor menor|mejor peor
    |ganancia pérdida|aprobado rechazado|permitió prohibió|permitido prohibido|subido bajado
    |approvato respinto|accettato rifiutato|vinto perso|aperto chiuso|prima dopo|più meno
    |uomo donna|vivo morto|colpevole innocente|aumentato diminuito|maggioranza minoranza
    |confermato smentito|favorevole contrario|con senza|aprovou rejeitou|aprovado rejeitado
    |aceitou recusou|ganhou perdeu|aberto fechado|antes depois|mais menos|homem mulher
    |aumentou diminuiu|confirmou negou|com sem|culpado inocente|goedgekeurd afgewezen
    |aangenomen verworpen|gewonnen verloren|geopend gesloten|voor na|meer minder|man vrouw
    |levend dood|gestegen gedaald|bevestigd ontkend|met zonder|schuldig onschuldig
    |toegestaan verboden|przyjęła odrzuciła|przyjął odrzucił|wygrał przegrał|wygrała przegrała
    |przed po|więcej mniej|wzrosła spadła|wzrósł spadł|potwierdził zaprzeczył|mężczyzna kobieta
    |vedtog forkastede|godkendte afviste|vandt tabte|før efter|flere færre|mere mindre|steg faldt
    |bekræftede afviste|mand kvinde|manden kvinden|med uden|åben lukket|vedtok forkastet
    |godkjente avviste|vant tapte|før etter|steg falt|bekreftet avkreftet|mann kvinne
    |mannen kvinnen|med uten|åpen stengt|hyväksyi hylkäsi|voitti hävisi|ennen jälkeen
    |enemmän vähemmän|mies nainen|nousi laski|dismissed upheld|upheld overturned
    |upheld quashed|upheld reversed
    |uphold overturn|upholds overturns|backed opposed|backs opposes|backed rejected|granted denied
    |grants denies|passed defeated|strengthened weakened|tightened eased|expanded shrank
    |gained lost|hired fired|safe unsafe|safe dangerous|possible impossible|inside outside
    |above below|maximum minimum|majority minority|positive negative|best worst
    |largest smallest|biggest smallest|highest lowest|longest shortest|oldest youngest
    |richest poorest|fastest slowest|surplus deficit|imports exports|import export
    |attacker victim|buyer seller|employer employee|landlord tenant|approved disapproved
    |fastställde upphävde|fastställer upphäver|fastställt upphävt|inne ute|säker osäker
    |överskott underskott|import export|köpare säljare|bestätigt aufgehoben|bestätigte kippte
    |sicher unsicher|überschuss defizit|innerhalb außerhalb|oberhalb unterhalb
    |confirmé annulé|confirme annule|confirmé infirmé|excédent déficit|dedans dehors
    |confirmó anuló|confirmó revocó|superávit déficit|dentro fuera|encima debajo
    |wel niet|wel geen|doch nicht|wohl nicht|bien pas|visst inte|faktiskt inte|jo ikke
"""
OPPOSITES = frozenset(frozenset(pair.split()) for pair in _TEXT.split("|"))
