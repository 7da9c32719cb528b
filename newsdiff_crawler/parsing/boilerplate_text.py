"""Boilerplate in the blocks of any parser: only times, datelines, counts of readers, comments or
shares, the words of a button ("Share"), "Advertisement" or "5 min read", in any number and order.

Such blocks change while nobody at the newspaper touches the story.

A block is cut into parts, each of a sort (`_SORTS`). It is boilerplate if nothing is left over and
one of the parts says when, how many or how long, or is a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdiff_crawler.items import Block
from newsdiff_crawler.text import remembered

_LONGEST = 90  # characters


def _either(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


_MONTH = (
    _either(
        r"jan(?:uar[yi]?|vier|v|eiro)?|jän(?:ner)?|feb(?:ruar[yi]?|rero|braio|r)?"
        r"|f[ée]v(?:rier|ereiro|r)?|mar(?:ch"
        r"|s|zo|ço|ts?)?|mär(?:z)?|mrt|maart|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?"
        r"|ma[iyj]|mei|mayo|maio"
        r"|maggio|mag|june?|juni|juin|junio|junho|giu(?:gno)?|july?|juli|juil(?:let)?"
        r"|julio|julho"
        r"|lug(?:lio)?|aug(?:ust(?:us|i)?)?|ao[uû]t|ago(?:sto)?|sept?(?:ember|embre"
        r"|tiembre|tembre)?|set(?:embro"
        r"|tembre)?|o[ck]t(?:ober|obre|ubre)?|out(?:ubro)?|ott(?:obre)?|nov(?:ember"
        r"|embre|iembre|embro)?"
        r"|de[czs](?:ember|embro)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?|ene(?:ro)?"
        r"|gen(?:naio)?",
        r"sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|stycz(?:nia|eń)|lut(?:ego|y)|marca"
        r"|kwie(?:tnia|cień)|maja|czerwca|czerwiec|lipca|lipiec"
        r"|sierp(?:nia|ień)|wrze(?:śnia|sień)|paździer(?:nika|nik)|listopada?|grud(?:nia|zień)",
        r"янв(?:аря)?|фев(?:р|раля)?|мар(?:та)?|апр(?:еля)?|мая|июня?|июля?"
        r"|авг(?:уста)?|сент?(?:ября)?"
        r"|окт(?:ября)?|нояб?(?:ря)?|дек(?:абря)?",
    )
    + r"\.?"
)
_DAY = _either(
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}",
    r"\w+tag|mittwoch|\w+day",
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    r"(?:lune|marte|mercole|giove|vener)dì|sabato|domenica",
    r"(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?",
    r"\w+dag|\w+dagen",
)
_DATE = _either(
    rf"(?:{_DAY}\.?,?\s+)?(?:den\s+)?\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+)?{_MONTH}"
    r"(?:,?\s+(?:del?\s+)?\d{4})?(?:\s*(?:г\.|r\.))?",
    rf"(?:{_DAY}\.?,?\s+)?{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?",
    rf"(?:{_DAY},?\s+)?\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}",
    r"\d{4}[-/.]\d{2}[-/.]\d{2}",
    r"\d{4}年\d{1,2}月\d{1,2}日",
    r"\d{4}년\s?\d{1,2}월\s?\d{1,2}일",
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?)|\d{1,2}時\d{2}分)"
    r"(?:\s*(?:uhr|hrs|gmt|utc|bst|ist|jst|ce?s?t|me?s?z|aes?t|aedt|e[sd]?t|p[sd]?t|m[sd]t)\b)?"
)
_MANY = r"(?:\d+|an?|one|a few|half an?|ein(?:er|em|e)?|une?|una?|uno|een|en|ett|um|uma|\w{2,6})"
_AGO = _either(
    r"(?:(?:about|over|almost|nearly|around|less than|more than)\s+)?(?:\d+|an?|one|two"
    r"|three|four"
    r"|five|six|a few|half an|a couple of|several)\s?(?:s|secs?|seconds?|m|mins?"
    r"|minutes?|h|hrs?"
    r"|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)\.?(?:\s+\d+\s*\w+)?\s+ago",
    r"(?:just|right) now|moments ago|seconds ago",
    rf"vor\s+(?:(?:etwa|rund|über|ca\.|circa|mehr als|weniger als|knapp)\s+)?{_MANY}\s+"
    r"(?:sek|min|std|stunde|tag|woche|monat|jahr)\w*\.?|(?:gerade|so)\s?eben",
    rf"il y a\s+(?:(?:environ|plus de|moins de|près de)\s+(?:d['’])?)?(?!des\b){_MANY}\s*"
    r"(?:secondes?|s|min|mn|minutes?|h|heures?|j|jours?|sem|semaines?|mois|ans?)\b\.?"
    r"|à l['’]instant",
    rf"hace\s+(?:(?:unos|unas|más de|cerca de|menos de|casi)\s+)?{_MANY}\s*"
    r"(?:seg|min|h\b|hora|d\b|día|semana|mes|año|instante|momento)\w*\.?",
    rf"(?:(?:circa|oltre|quasi)\s+)?(?:un['’]|{_MANY}\s)\s*(?:second|minut|or[ae]|giorn"
    rf"|settiman|mes"
    r"|ann|min|h)\w*\.?\s+fa|poco fa|proprio ora",
    rf"há\s+(?:(?:cerca de|mais de|menos de)\s+)?{_MANY}\s*(?:seg|min|h\b|hora|dia"
    rf"|semana|m[eê]s|ano)"
    rf"\w*\.?|{_MANY}\s+(?:segundo|minuto|min|hora|h|dia|semana)\w*\s+atrás",
    rf"{_MANY}\s+(?:sec|min|uur|uren|dag|dagen|week|weken|maand|jaar)\w*\.?\s+geleden|zojuist",
    rf"(?:för|for)\s+(?:(?:ca|cirka|omkring|omtrent)\.?\s+)?{_MANY}\s*(?:sek|min|tim|dag"
    rf"|døgn|dygn"
    r"|uke|uge|veck|måned|månad|år)\w*\.?\s+(?:sedan|siden)",
    rf"{_MANY}\s+(?:sek|min|tim|dag|dygn|veck)\w*\.?\s+(?:sedan|siden)|nyss|just nu|nettopp",
    r"\d*\s*(?:sekun|minut|min|godz|dni|dzień|tydzień|tygodni|miesi)\w*\.?\s+temu|przed chwilą",
    r"\d+\s+(?:minuut|min|tun|päiv)\w*\.?\s+sitten|před\s+\d+\s+(?:min|hod|dn)\w*",
    r"\d*\s*(?:сек|мин|час|дн|ден|недел|месяц)\w*\.?\s+назад|только что",
    r"\d*\s*(?:сек|хв|год|дн|ден|тиж)\w*\.?\s+тому|щойно",
    r"\d+\s*(?:sn|saniye|dk|dakika|sa|saat|gün|hafta)\w*\.?\s+önce",
    r"\d+\s*(?:秒|分|時間|日|週間|か月|ヶ月|年)前|たった今",
    r"\d+\s*(?:秒|分|分钟|分鐘|小时|小時|个小时|天|日|周)[钟鐘]?前|刚刚|剛剛",
    r"\d+\s*(?:초|분|시간|일|주)\s?전|방금",
    r"(?:منذ|قبل)\s+(?:\d+\s+)?(?:ثوان|دقيقة|دقائق|دقيقتين|ساعة|ساعات|ساعتين|يوم|أيام"
    r"|يومين|أسبوع|شهر)",
    r"\d+\s*(?:ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال)\s+(?:پیش|قبل)",
    r"\d+\s*(?:सेकंड|मिनट|घंट[ेा]|दिन|सप्ताह|हफ्ते|महीन[ेा]|साल)\s+पहले",
    r"\d+\s*(?:detik|menit|jam|hari|minggu|bulan|tahun)\s+(?:yang\s+)?lalu",
    r"prieš\s+\d+\s*(?:sek|min|val|dien|savait|mėn|met)\w*\.?",
    r"(?:sekunde|dakika|saa|siku|wiki|miezi|miaka)\s+\d+\s+(?:zi|i)li(?:zo|yo)pita",
    r"\d+\s*(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+trước",
    r"לפני\s+(?:\d+\s+)?(?:דקה|דקות|שעה|שעות|שעתיים|יום|ימים|יומיים|שבוע)",
)
# Days that need something beside them to be no text: "Heute, 9.31 Uhr".
_RELATIVE_DAY = _either(
    r"today|yesterday|heute|gestern|vorgestern|aujourd['’]hui|hier|avant-hier|hoy|ayer"
    r"|oggi|ieri",
    r"hoje|ontem|vandaag|gisteren|i ?dag|i ?går|dzisiaj|dziś|wczoraj|сегодня|вчера",
    r"今日|昨日|今天|昨天",
)
_LABEL = _either(
    r"(?:(?:first|last|originally|most recently)\s+)?"
    r"(?:published|updated?|posted|modified|edited|revised|created|filed|issued|added|released)"
    r"(?:\s+(?:on|at))?(?:\s+date)?",
    r"(?:publication )?date(?: published)?|first|last",
    r"(?:zuletzt\s+)?(?:aktualisiert|veröffentlicht|erstellt|geändert|bearbeitet|publiziert)"
    r"(?:\s+am)?|(?:letzte[rs]?\s+)?(?:aktualisierung|änderung|update)"
    r"|erschienen(?:\s+am)?|stand",
    r"(?:publié|modifié|posté|créé)e?s?(?:\s+le)?|mise?s? à jour(?:\s+le)?"
    r"|dernière mise à jour",
    r"(?:publicad|actualizad|modificad|cread)[oa]s?(?:\s+el)?|última actualización"
    r"|actualización",
    r"pubblicat[oa](?:\s+il)?|aggiornat[oa](?:\s+il)?|ultimo aggiornamento|modificat[oa]",
    r"(?:publicad|atualizad)[oa]s?(?:\s+em)?|última atualização",
    r"gepubliceerd(?:\s+op)?|bijgewerkt(?:\s+op)?|geplaatst|laatste update|aangepast",
    r"(?:senast\s+)?(?:publicerad|uppdaterad|ändrad)(?:\s+den)?|(?:sist\s+"
    r"|senest\s+)?(?:publisert"
    r"|oppdatert|publiceret|opdateret)|julkaistu|päivitetty",
    r"opublikowano|opublikowany|(?:ostatnia\s+)?aktualizacja|zaktualizowano|dodano|utworzono",
    r"опубликован[оа]?|обновлен[оа]?|обновлён|изменен[оа]?|опубліковано|оновлено",
    r"yayınlanma|güncelleme|(?:最終)?更新(?:日時?)?|公開(?:日時?)?|配信|投稿|(?:发布|更新)(?:时间|于)?"
    r"|입력|수정|등록|게재|승인",
)
_CONNECTOR = _either(
    r"on|at|am|um|le|el|il|à|a las|alle|alle ore|ore|às|em|op|om|den|kl\.?|klo|godz\.?"
    r"|в|о|に|の|で"
)
_PEOPLE = r"(?:people|readers?|others?|users?|visitors?|viewers?|fans?)"
_COUNTED = _either(
    r"comments?|shares?|likes?|views?|reads?|reactions?|replies|retweets?",
    r"kommentare?|aufrufe|reaktionen|likes|mal geteilt|leser(?:innen)?|leserkommentare?"
    r"|beiträge",
    r"commentaires?|partages?|vues?|réactions?|lectures?|contributions?",
    r"comentarios?|compartidos?|visitas|lecturas|reacciones|comentários?|visualizações",
    r"commenti|commento|condivisioni|visualizzazioni|letture|reacties|reactie|keer gelezen",
    r"kommentarer?|delningar|visningar|delinger|komentarz\w*|odsłon\w*|wyświetle\w+"
    r"|udostępnie\w+",
    r"комментари\w+|просмотр\w*|件のコメント|コメント|评论|条评论|댓글",
)
_NUMBER = r"\d[\d.,\s]{0,9}\s?(?:k|m|tsd\.?|mln)?"
_MINUTES = (
    r"(?:min(?:s|\b\.?)|minutes?|minuten|minuter|minutter|minut[iy]?|minutos?|минут\w*|мин\.?)"
)
_DURATION = rf"(?:\d+\s*{_MINUTES}(?:\s*\d+\s*s\w*\.?)?|\d{{1,2}}:\d{{2}}(?:\s*{_MINUTES})?)"
_READING = _either(
    r"(?:estimated\s+)?read(?:ing)?\s+time|time to read|lese(?:zeit|dauer)|lecture|écoute",
    r"temps de lecture|durée(?: de lecture)?|tiempo de lectura|tempo di lettura"
    r"|tempo de leitura|lectura|lettura|leitura",
    r"leestijd|lästid|læsetid|lesetid|lukuaika|czas czytania|время чтения|читать|読了時間|читання",
)
_LENGTH = _either(
    rf"{_READING}\s*[:：]?\s*(?:ca\.?|environ|about|circa|около)?\s*\d+\s*(?:{_MINUTES}|分)?",
    rf"{_DURATION}[\s-]*(?:to\s+)?(?:read|listen|watch|video|audio|{_READING}|de lecture"
    rf"|de lectura"
    r"|di lettura|de leitura|leestijd|lesen|hören|lezen|läsning|czytania|чтения)",
    r"\d+[\s-]min(?:ute)?s?[\s-]read|\d+分で読める",
)
_SHARING = _either(
    r"share on \w+|share(?: (?:this|the|full)(?: (?:article|story|page|post))?)?|tweet|copy link"
    r"|link copied!?|comments?|(?:add|leave|post|view|show|read|see|hide) (?:a |all"
    r" |the )?comments?|no comments(?: yet)?|join the (?:conversation|discussion)",
    r"(?:artikel |beitrag )?teilen|kommentieren|kommentare?|partager(?: cet article"
    r"| l['’]article)?",
    r"commenter|compartir|condividi|compartilhar|compartilhe|delen|deel|dela|del"
    r"|udostępnij|podziel się",
    r"поделиться|シェアする?|分享|공유",
)
# What a control beside a text does.
_CONTROL = _either(
    r"(?:re)?play(?: video)?|watch video|pause|mute|unmute|close|open in (?:the )?app|back to top"
    r"|(?:save|print|bookmark|gift|e?mail)(?: (?:this )?(?:article|story|page))?(?: for later)?"
    r"|add to favou?rites|read (?:the )?full (?:story|article)|(?:read|show|see|view) (?:more|less)"
    r"|(?:view|see|open) (?:the )?(?:gallery|slideshow)|(?:view|see) \d+ (?:images|photos)"
    r"|(?:image|photo|slide) \d+ ?(?:of|/) ?\d+|\d{1,3} of \d{1,3}|jump to recipe|a a a"
    r"|(?:text|font) size"
    r"|report an? (?:error|typo|mistake)|follow|remove ads|go ad[- ]free",
    r"drucken|merken|artikel (?:merken|drucken|verschenken)|schließen|mehr (?:anzeigen|lesen)"
    r"|fehler melden|zur startseite|abspielen|nach oben",
    r"imprimer|enregistrer|lire la suite|réagir|fermer|voir plus|offrir(?: cet article)?"
    r"|signaler une erreur|guardar|imprimir|leer más|ver más|cerrar|comentar|reportar error",
    r"stampa|salva|commenta|leggi tutto|chiudi|salvar|ler mais|ver mais|imprimir|opslaan|afdrukken"
    r"|lees meer|sluiten|reageer|spara|skriv ut|läs mer|stäng|zapisz|drukuj|zamknij"
    r"|czytaj dalej|сохранить|распечатать|закрыть|комментировать|читать далее"
    r"|保存|印刷|閉じる|收藏|打印",
)
_ADVERT = _either(
    r"(?:skip )?(?:advertisements?|ad)|advertising|sponsored(?: content)?|promoted"
    r"|(?:article|story|content) continues (?:below|after)"
    r"(?: (?:this |the )?(?:advertisement|ad|video))?|scroll to continue(?: with content)?"
    r"|(?:continue|keep) reading(?: (?:below|after)(?: (?:this |the )?(?:advertisement|ad))?)?"
    r"|continue reading the main story",
    r"anzeige|werbung|nach der (?:anzeige|werbung) weiterlesen|(?:der )?artikel (?:geht"
    r"|wird) (?:nach|unter)"
    r" der (?:anzeige|werbung) (?:weiter|fortgesetzt)",
    r"publicité|(?:(?:lisez )?la suite|l['’]article continue) après (?:cette|la) publicité"
    r"|(?:continuez|poursuivez) (?:la|votre) lecture(?: (?:ci-dessous|après la publicité))?",
    r"publicidad|(?:continúa|sigue|la noticia continúa)(?: leyendo)? (?:después|tras) (?:de )?"
    r"la publicidad",
    r"pubblicità|(?:l['’]articolo )?continua (?:a leggere )?dopo (?:la|questa) pubblicità",
    r"publicidade|continua (?:após|depois d)a? (?:a )?publicidade|advertentie"
    r"|(?:artikel|lees) (?:gaat )?"
    r"(?:verder|door)(?: na| onder) (?:de )?advertentie",
    r"annons|annonse|annonce|artikeln fortsätter (?:efter|under|nedanför) annonsen|(?:artikkelen"
    r"|artiklen) fortsetter? (?:under"
    r"|efter|etter) annonsen|reklama|(?:dalsza część"
    r"|ciąg dalszy) (?:artykułu )?pod reklamą|реклама",
    r"広告|广告|廣告|광고|إعلان|reklam|mainos|iklan|विज्ञापन|تبلیغات|آگهی|quảng cáo|tangazo"
    r"|inzerce|reklaami|hirdetés|διαφήμιση|publicitate|anuncio|oglas|реклама",
)
_LISTENING = _either(
    r"(?:listen(?: to (?:this |the )?(?:article|story|post|page))?|hear this (?:article|story)"
    r"|play audio|play video)",
    r"(?:(?:diesen |den )?(?:artikel|beitrag|text) |jetzt )?(?:an)?hören"
    r"|vorlesen(?: lassen)?|(?:écouter|écoutez)(?: (?:l['’]article"
    r"|cet article))?|escuchar?(?: (?:el artículo|este artículo|esta noticia))?",
    r"ascolta(?: (?:l['’]articolo|questo articolo))?|ou(?:vir|ça)(?: (?:este"
    r"|o) (?:conteúdo|artigo))?",
    r"(?:be)?luister(?: naar dit artikel)?|lyssna(?: på artikeln)?|lyt til artiklen"
    r"|lytt til saken"
    r"|posłuchaj(?: artykułu)?|слушать(?: статью)?|この記事を聴く|收听",
)
_WATCHED = _either(
    rf"{_NUMBER}\s*{_COUNTED}",
    rf"{_COUNTED}\s*[:(]?\s*{_NUMBER}\)?",
    rf"{_NUMBER}\s*(?:{_PEOPLE}\s*)?(?:(?:are|is)\s+)?(?:currently\s+)?(?:reading"
    rf"|viewing|watching"
    r"|online|following)(?:\s+this)?(?:\s+(?:article|story|page|now))?(?:\s+(?:right\s+)?now)?",
    rf"{_NUMBER}\s*(?:personen|menschen|leser) lesen (?:das"
    rf"|dies\w*)?(?:\s*artikel)?\s*(?:gerade|jetzt)?",
    rf"{_NUMBER}\s*(?:personnes|lecteurs) lisent (?:cet article|ceci)(?: en ce moment)?",
    rf"{_NUMBER}\s*personas (?:están )?ley(?:endo|eron)(?: (?:esto|este artículo))?(?: ahora)?",
    rf"{_NUMBER}\s*persone stanno leggendo(?: questo articolo)?"
    rf"|{_NUMBER}\s*pessoas (?:estão )?lendo",
    rf"{_NUMBER}\s*(?:mensen|lezers) lezen dit(?: artikel)?(?: nu)?"
    rf"|{_NUMBER}\s*läser (?:detta )?(?:just )?nu",
    r"be the first to comment|no comments yet|loading(?: (?:comments?|video|more))?(?:\.{3}|…)",
)
_NAME = r"(?:[A-ZÀ-ÖØ-ÞА-Я][\w.'’-]*\s*(?:(?:de|von|van|der|da|la|al|bin|di|du)\s+)*){1,4}"
_BY = re.compile(
    rf"(?i:by|von|par|por|di|door|av|af|autor:?|автор:?)\s+{_NAME}"
    rf"(?:(?i:and|und|et|y|e|en|och|og|i|и|&)\s+{_NAME})?"
)
_CREDIT = r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核)[:：]\s?[^\s。，）)]{2,12}"
_SIGNS = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"  # arrows, clocks, faces
_GAP = re.compile(rf"(?:[\s,;:|·•/()\[\]+~–—：・、，（）｜{_SIGNS}-]|(?<=\w)\.(?=\s|$))+")
# Scripts without spaces end no word.
_SPACELESS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_END = rf"(?:(?<=[{_SPACELESS}])|(?!(?![{_SPACELESS}])\w))"
_SORTS = {
    sort: re.compile(rf"(?:{pattern}){_END}", re.IGNORECASE)
    for sort, pattern in {
        "count": _either(_LENGTH, _WATCHED),
        "ago": _AGO,
        "date": _either(_DATE, _CLOCK),
        "advert": _ADVERT,
        "button": _either(_LISTENING, _SHARING, _CONTROL),
        "duration": _DURATION,
        "credit": _CREDIT,
        "label": _LABEL,
        "day": _RELATIVE_DAY,
        "connector": _CONNECTOR,
    }.items()
} | {
    "name": _BY,
    "name alone": re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){1,3}(?=\s*[,|•·–—])"),
}
_DIGIT = re.compile(r"\d")
_WITHOUT_DIGITS = {sort: it for sort, it in _SORTS.items() if sort not in ("date", "duration")}
_LONGEST_MONTH = 30
_MONTH_OF_YEAR = re.compile(rf"(?:{_MONTH}\s+(?:de\s+)?)?(?:1[5-9]|20)\d\d:?", re.IGNORECASE)
_FURNITURE = frozenset({"count", "ago", "advert", "button", "credit"})
_ENDS_OF_DATELINES = (")", "–", "—", "-")
_DATELINE = re.compile(
    r"[A-Z][\w .,'’/-]{1,55}?\s*"
    r"(?:\((?:AP|Reuters|AFP|dpa|ANSA|EFE|CNN|UPI)\)\s*[–—-]*|\s[–—-]+)"
)


def is_boilerplate_text(block: Block) -> bool:
    """Whether a block says nothing but when, where from or how often, wherever it stands."""
    return bool(_sorts_of(block))


def is_month(text: str) -> bool:
    """Whether a text is a year, or a month of one: a date of no day."""
    return len(text) <= _LONGEST_MONTH and bool(_MONTH_OF_YEAR.fullmatch(text))


def _sorts_of(block: Block) -> set[str]:
    """Of a block that is boilerplate the sorts of its parts; of any other none."""
    text = block.text
    if len(text) > _LONGEST:
        return set()
    if text[-1:] in _ENDS_OF_DATELINES and _DATELINE.fullmatch(text):
        return {"dateline"}
    sorts = _sorts_in(text)
    if "" in sorts or ("button" in sorts and text[-1] in ".?…"):
        return set()
    if "name alone" in sorts and "ago" not in sorts:
        return set()
    is_date = "date" in sorts and block.kind != "subheading"
    is_day = {"day", "label"} <= sorts
    is_length = "duration" in sorts and block.kind == "paragraph"
    is_boilerplate = is_date or is_day or is_length or not sorts.isdisjoint(_FURNITURE)
    return set(sorts - {"connector"}) if is_boilerplate else set()


@remembered(256)  # a judge asks up to five times of a text
def _sorts_in(text: str) -> frozenset[str]:
    return frozenset(_parts(text))


def _parts(text: str) -> Iterator[str]:
    """The sorts of the parts of a text, each the longest that fits; "" for what is of no sort."""
    sorts = _SORTS if _DIGIT.search(text) else _WITHOUT_DIGITS
    at = 0
    while at < len(text):
        if gap := _GAP.match(text, at):
            at = gap.end()
            continue
        found = [(match.end(), sort) for sort, it in sorts.items() if (match := it.match(text, at))]
        end, sort = max(found, default=(0, ""))
        yield sort
        if not sort:
            return
        at = end
