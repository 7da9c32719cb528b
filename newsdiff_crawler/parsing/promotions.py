"""What leads to other stories, in the languages that we met: the words over a list of them and
before a link to one, over a player or an advertisement. What invites and offers is of `appeals`.
Pure functions on texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdiff_crawler.parsing.words import FULL_STOPS

LONGEST = 250  # characters of a promo
_LONGEST_LABEL = 60
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 25, 200
_LONGEST_RUBRIC = 40
_PUNCTUATION = re.compile(r"[.,;!?]")


def _any(words: str) -> str:
    """A pattern for any line of ``words``, with any space where it has one."""
    lines = (line.strip() for line in words.strip().splitlines())
    return "|".join(line.replace(" ", r"\s+") for line in lines if line)


# Over a list of other stories, or before a link to one.
_RELATED = _any(r"""
    (?:read|see|watch|hear|know)(?: more| next| also| this| on)
    (?:also|must|further|recommended|suggested) (?:read|see|reading|watch|watching)s?
    (?:related|similar|recommended|latest|top|other)(?: (?:stories|articles|coverage|topics?))
    (?:related|similar)(?: (?:content|links|posts|reading))
    (?:popular|trending|featured|more)(?: (?:links|news|posts|reading|videos?|stories|articles))
    related|recommended(?: for you)?
    more (?:from|on|about|in|like|to)\b.{0,40}|more
    we recommend|related (?:video|audio|gallery)\b.{0,60}|keep reading|continue reading
    don.?t miss|up next|what to read next|in case you missed it
    (?:you|we) (?:may|might|would)(?: also)? (?:like|enjoy|be interested in)|explore more
    (?:most|more) (?:read|popular|viewed|watched|shared|commented)\b.{0,25}
    (?:popular|trending)(?: (?:now|today|in .{1,25}|on .{1,25}))?|what.s (?:hot|trending)
    editor.?s?.? (?:picks?|choices?)|in this (?:series|package|section)
    (?:lesen|sehen|hören) sie (?:auch|mehr|hier(?:zu)?|weiter|dazu)\b.{0,20}|lesetipps?
    mehr(?: lesen)?|zum weiterlesen|(?:unsere )?(?:lese)?empfehlungen
    mehr (?:zum thema|dazu|aus|zu|über|von)\b.{0,30}|(?:auch|weitere) interessant\w*
    (?:das|dies) könnte (?:sie|dich|ihnen)\b.{0,30}
    weitere (?:artikel|themen|nachrichten|meldungen)
    zum thema|(?:verwandte|ähnliche|beliebte) (?:artikel|themen|beiträge)|meist\s?gelesen\w*
    empfohlen\w*
    (?:à )?(?:lire|voir|écouter)(?: aussi| également)|lisez aussi|à lire
    nos lecteurs lisent aussi
    sur (?:le même|ce) (?:sujet|thème)|dans la même rubrique|pour aller plus loin
    nos recommandations|le choix de la rédaction|(?:nos )?derniers articles
    (?:les )?(?:articles )?(?:les )?plus (?:lus|lues|vus|vues|populaires)
    (?:articles|sujets) (?:liés|associés|similaires)|à découvrir|notre sélection
    (?:le[aeé]r?|ver|vea|mira|lees) (?:también|más|además)|más (?:sobre|en|información)\b.{0,30}
    (?:lo )?más (?:leíd[oa]s?|vist[oa]s?|noticias)
    (?:noticias|artículos|temas) relacionad[oa]s|relacionad[oa]s?
    (?:también )?(?:te|le) (?:puede|podría) interesar|sigue leyendo|otras noticias
    (?:más )?en esta sección|le recomendamos|te recomendamos
    (?:leia|veja|saiba|confira) (?:também|mais|ainda)|(?:as )?mais lidas|notícias relacionadas
    (?:leggi|vedi|guarda|ascolta) (?:anche|tutto|di più)|(?:i )?più (?:letti|visti)
    (?:articoli )?correlati|approfondisci|altr[ei] (?:articoli|notizie)
    (?:ti )?potrebbe interessarti
    outras (?:notícias|matérias)|mais notícias|você (?:também )?(?:pode|vai) gostar
    anderen lazen(?: ook)?|meer nieuws|fler(?:e)? (?:nyheter|artiklar|artikler|saker)
    (?:lees|bekijk|luister) (?:ook|meer|verder)\b.{0,20}|meer over\b.{0,30}
    (?:meest|best) gelezen|gerelateerd\w*
    (?:läs|les|læs|se|hör|høre?)(?: också| även| også| mer| mere| vidare| videre)
    mest (?:läst|lest|læst)\w*|relater\w+
    lue (?:myös|lisää|seuraavaksi)|aiheesta lisää|luetuimmat
    więcej (?:na ten temat|o)\b.{0,20}|warto przeczytać|powiązane (?:artykuły|tematy)
    daha fazla(?:sı)?|diğer haberler|ilginizi çekebilir|ещ[её] по теме|материалы по теме
    διαβάστε (?:επίσης|ακόμα|περισσότερα)|σχετικά (?:άρθρα|θέματα)|articole similare
    související (?:články|témata)|mohlo by vás zajímat|beslægtede artikler
    (?:czytaj|zobacz|przeczytaj)(?: też| także| również| więcej)|najczęściej czytane
    polecamy
    (?:bunu|bunları|ayrıca) (?:da )?(?:okuyun?|oku)|ilgili haber(?:ler)?|en çok okunan(?:lar)?
    читайте (?:также|ещ[её]|далее|також)|смотрите также|по теме|самое читаемое|популярное
    hier (?:weiter)?lesen|viz také|lásd még|vezi și|katso myös|se (?:også|också)|zobacz też
    δείτε (?:επίσης|ακόμα)|вижте (?:още|също)|дивіться також|ayrıca bakınız|lihat juga
    こちらも読む|더 보기|另见|另見|انظر أيضا|vedi anche|zie ook|voir aussi
    (?:around|from|across) the web|aus dem (?:web|netz)|ailleurs sur le web|fra nettet
    čtěte také|olvassa el ezt is|kapcsolódó(?: cikkek?)?|citește și
    baca (?:juga|selengkapnya)|(?:artikel|berita) terkait
    taip pat skaitykite|skaitykite (?:taip pat|daugiau)|susiję straipsniai
    soma (?:pia|zaidi)|habari zinazohusiana|(?:đọc|xem) thêm|(?:tin|bài) liên quan
    (?:بیشتر|همچنین) بخوانید|(?:مطالب|اخبار) مرتبط
    (?:यह|ये|इसे) भी (?:पढ़ें|पढें|देखें)|संबंधित (?:खबरें|ख़बरें|समाचार)
    اقرأ أيض.{1,3}|مواضيع ذات صلة|الأكثر قراءة
    おすすめ(?:の)?記事|함께 보면 좋은 (?:기사|뉴스)|이 시각 (?:주요)?뉴스
    関連(?:記事|ニュース|リンク)|あわせて読みたい|続きを読む|人気(?:記事|ランキング)|アクセスランキング
    (?:相关|相關|推荐|推薦|延伸)(?:阅读|閱讀|新闻|新聞|文章|报道)
    (?:热门|熱門)(?:阅读|閱讀|新闻|新聞|文章)|관련\s?기사|많이 본 (?:기사|뉴스)|추천 기사
""")
# Alone in its line, an advertisement's.
_ADVERT = _any(r"""
    advertisements?|advertising|adverts?|ads?|sponsored(?: (?:content|post|by .{1,40}))?
    promoted(?: content)?
    paid (?:content|post|partner\w*)
    (?:story|article|text|post) continues (?:below|after)\b.{0,30}|scroll to continue
    anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reclame
    reklam[ae]?|annons|annonce
    mainos|реклама|iklan|広告|广告|廣告|광고|إعلان|विज्ञापन|تبلیغات|آگهی|quảng cáo|tangazo
    inzerce|reklaami|hirdetés|διαφήμιση|publicitate|anuncio|oglas|annonce publicitaire
""")
# Before what is to be heard, seen or judged; a story of its own may be headed by some of them.
_WEAK = _any(r"""
    (?:listen|watch|play|hear)(?: (?:to )?(?:this|the|more|now|live|again|on) ?.{0,30})?
    now playing
    (?:artikel|beitrag|text) (?:an)?hören|anhören|jetzt (?:an)?hören|écoute[rz]\b.{0,25}
    escuch[ae]r?\b.{0,25}|ascolta\b.{0,25}
    (?:im )?videos?|vidéos?|audios?|podcasts?|fotostrecke|bildergalerie|gallery|in pictures
    en images
    (?:opinion|analysis|exclusive|explainer|review|interview|reportage|comment|feature|must read)
    kommentar|analyse|analiz|análisis|analisi|exklusiv|exclusiv[oae]|entrevista|intervista
    premium|plus|abonn[ée](?:.e)?s?|abo|(?:exklusiv |nur )?für abonnent\w*|réservé aux abonnés
    (?:for )?(?:subscribers|members)(?: only)?|(?:para |solo )?suscriptores|abbonati
    (?:para )?assinantes
    newsletters?|follow us\b.{0,30}|folgen sie uns\b.{0,30}|suivez.nous\b.{0,30}
    síguenos\b.{0,30}
    share\b.{0,25}|teilen|partager|compartir|comments?
    tags?|topics?|themen|temas|keywords|schlagw[oö]rter|sujets|thèmes|mots.clés|argomenti|tópicos|onderwerpen|ämnen|emner
    tagi|tematy|теги|темы|етикетки|etiketler|štítky|címkék|タグ|标签|標籤|태그|الوسوم
    about the authors?|über d(?:en|ie) autor\w*|zu[mr] autor\w*|à propos de l.auteure?
    sobre (?:el|la|o|a) autora?|(?:sull.autore|l.autore|l.autrice)|over de auteur
    om (?:författaren|forfatteren)|o autor\w*|об авторе|про автора|yazar hakkında
    著者について|关于作者|عن الكاتب
    support (?:us|our|independent)\b.{0,40}|unterstützen sie\b.{0,30}|donate\b.{0,20}
    sign up\b.{0,40}|subscribe\b.{0,40}
""")
_PLAYER = _any(r"""
    listen (?:to|now|here)(?: (?:this|the))?(?: (?:article|story|post|episode|report|audio))?
    hear more|listen
    (?:diesen |den )?(?:artikel|beitrag|text) (?:an)?hören|anhören|vorlesen lassen
    écoute[rz] (?:l.article|cet article)|escuch[ae]r? (?:este|el) artículo
    ascolta (?:l.articolo|questo articolo)
    luister naar dit artikel|lyssna på (?:artikeln|texten)
    ouça (?:este|a|o) (?:artigo|matéria|notícia)
""")
_END = r"\s*(?:[:：|›»>→–—-]+|\.{3}|…)?\s*"
_EDGE = r"[\W_]*"
_RELATED_LABEL = re.compile(rf"{_EDGE}(?:{_RELATED}){_END}{_EDGE}", re.IGNORECASE)
_ADVERT_LABEL = re.compile(rf"{_EDGE}(?:{_ADVERT}){_EDGE}", re.IGNORECASE)
_WEAK_LABEL = re.compile(rf"{_EDGE}(?:{_WEAK}){_END}{_EDGE}", re.IGNORECASE)
# Not text even if nothing is known of what is near.
_ALONE = re.compile(rf"{_EDGE}(?:{_ADVERT}|{_PLAYER}){_EDGE}", re.IGNORECASE)
# "Related: a headline", in one text.
_LABELLED = re.compile(rf"{_EDGE}(?:{_RELATED}|{_WEAK})\s*(?:[:：|›»>→]|\s[–—-]\s)", re.IGNORECASE)
_BEFORE_HEADLINE = re.compile(
    rf"{_EDGE}(?:(?:{_RELATED})(?::|\s\|)|(?:watch|listen|video|vidéo|audio|podcast)\b.{{0,20}}?(?::|\s\|))\s",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\W*(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4}))", re.IGNORECASE)
_BEFORE_LINKS = re.compile(r"[^.!?]{0,30}[:：|›»→►▶▸]\s*|[^.!?:a-z]{3,25}")


def is_label(text: str) -> bool:
    """Whether a text is what stands over other stories or an advertisement, and nothing else."""
    return len(text) <= _LONGEST_LABEL and bool(
        _RELATED_LABEL.fullmatch(text) or _ADVERT_LABEL.fullmatch(text)
    )


def is_weak_label(text: str) -> bool:
    """Whether a text is what stands over a player, a card or the newspaper's own affairs; over a
    part of a story, too."""
    return len(text) <= _LONGEST_LABEL and bool(_WEAK_LABEL.fullmatch(text))


def is_promotion(text: str, links: Sequence[str] = ()) -> bool:
    """Whether a paragraph leads to another story, is the label of a player or an advertisement or a
    notice of copyright. ``links``: the texts of the links in it."""
    if len(text) > LONGEST:
        return False
    if len(text) <= _LONGEST_LABEL and _ALONE.fullmatch(text):
        return True
    if _RIGHTS.match(text) or is_link(text, links):
        return True
    has_label = ":" in text[:_LONGEST_LABEL] or " | " in text[:_LONGEST_LABEL]
    if has_label and not links and (label := _BEFORE_HEADLINE.match(text)):
        return " " in label[0].strip() and not text.endswith(FULL_STOPS)
    is_linked = 2 * sum(map(len, links)) > len(text)
    return is_linked and _LABELLED.match(text) is not None


def is_film_label(text: str) -> bool:
    """Whether the text under a picture is the headline of a film or of what is to be heard."""
    return _BEFORE_HEADLINE.match(text) is not None and not text.endswith(FULL_STOPS)


def is_link(text: str, links: Sequence[str]) -> bool:
    """Whether a text is nothing but links to other stories, and perhaps a short "Read more:"
    before them. A linked sentence is text: it ends in a full stop or goes on from its beginning."""
    if not links or not 0 < len(text) <= 2 * _LONGEST_HEADLINE:
        return False
    unlinked = text
    for link in links:
        unlinked = unlinked.replace(link, "", 1)
    unlinked = unlinked.strip(" ()[]")
    if len(unlinked) <= _LONGEST_LABEL and _RELATED_LABEL.fullmatch(unlinked):
        return True
    has_words = any(map(str.isalpha, unlinked))
    if has_words and 2 * len(unlinked) >= len(text):  # as nearly all
        return False
    if _is_sentence(" ".join(links), text):
        return False
    if not has_words:
        return True
    if _WEAK_LABEL.fullmatch(unlinked):
        return True
    if links[0][:1].islower():
        return False
    return bool(_BEFORE_LINKS.fullmatch(unlinked)) or _is_list_of_links(unlinked, links)


def _is_list_of_links(unlinked: str, links: Sequence[str]) -> bool:
    """Whether several headlines are all there is but for a few words."""
    are_headlines = len(links) > 1 and min(map(len, links)) >= _SHORTEST_HEADLINE
    return are_headlines and len(unlinked) <= _LONGEST_RUBRIC and not _PUNCTUATION.search(unlinked)


def _is_sentence(link: str, text: str) -> bool:
    whole = text.rstrip("\"'”’»)\\ ")
    return whole.endswith(FULL_STOPS) and len(link.split()) > 5 and not whole.endswith("...")
