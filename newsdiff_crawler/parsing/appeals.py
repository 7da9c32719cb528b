"""What a newspaper says to its readers of its own affairs: offers, appeals, calls for letters.

No single word tells: a story may be about newsletters, and columns say "you". Signs do together,
for each is rare in reports. In the languages that we met. Pure functions on texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import ClassVar

LONGEST = 280  # characters of an appeal
_SHORT = 200  # of one with a link that may lead anywhere
_SHORTEST = 150  # of one without a link
_LONGEST_CALL = 14  # words of a link
_FEW = 5
_BUTTON = 35
_SENTENCE = 40  # characters of a sentence that must have a sign of its own


class _Words:
    """A list of words and phrases: ``abonn*`` is a beginning, ``sign_up`` a phrase. Those in
    scripts without spaces are looked for anywhere in a text."""

    every: ClassVar[list[_Words]] = []

    def __init__(self, listed: str) -> None:
        self.bit, self.phrase_bit = 1 << 2 * len(self.every), 2 << 2 * len(self.every)
        self.every.append(self)
        words = listed.split()
        self._spaceless = tuple(word for word in words if _SPACELESS.search(word))
        words = [word for word in words if not _SPACELESS.search(word)]
        self._whole = frozenset(word for word in words if word[-1] != "*" and "_" not in word)
        self._stems = tuple(word[:-1] for word in words if word[-1] == "*")
        self._heads = frozenset(stem[:_HEAD] for stem in self._stems)
        self._phrases: dict[str, list[list[str]]] = {}
        for first, *rest in (word.split("_") for word in words if "_" in word):
            self._phrases.setdefault(first, []).append(rest)

    def at(self, words: Sequence[str], at: int) -> bool:
        """Whether a word or phrase of the list begins at a place among words in small letters."""
        word = words[at]
        if word in self._whole or (word[:_HEAD] in self._heads and word.startswith(self._stems)):
            return True
        phrases = self._phrases.get(word, ())
        return any(words[at + 1 : at + 1 + len(rest)] == rest for rest in phrases)

    def any(self, said: _Said) -> bool:
        """Whether one stands anywhere in a text."""
        if said.bits & self.bit:
            return True
        if said.bits & self.phrase_bit and any(
            self.at(said.words, at) for at, word in enumerate(said.words) if word in self._phrases
        ):
            return True
        return self.within(said)

    def bits_of(self, word: str) -> int:
        """What a word says: that it is of the list, that a phrase of it may begin so."""
        is_in = word in self._whole or (
            word[:_HEAD] in self._heads and word.startswith(self._stems)
        )
        return self.bit * is_in | self.phrase_bit * (word in self._phrases)

    def within(self, said: _Said) -> bool:
        return said.is_spaceless and any(word in said.text for word in self._spaceless)


_HEAD = 3  # letters that a beginning has at least
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MARKS = '“„«"'
_QUOTED = re.compile('[“„«"][^“”„«»"]*(?:[“”»"]|$)')
# What is told to do begins a sentence.
_DO = _Words("""
    sign_up signing_up subscribe register get join follow download listen click tap scan receive
    support enjoy stay never_miss don't_miss don’t_miss find become donate give help take_our
    take_the take_part vote share tell send email e-mail write contact message call text_us let_us
    read see watch visit view buy shop book order browse discover explore check_out learn start try
    save have_your add log_in sign_in continue unlock claim grab catch keep_up turn_on choose
    compare ask leave comment submit upload complete play test want got_a spotted found_an
    interested enjoying please for_more to_read to_hear to_see if_you are_you do_you have_you
    what_do_you would_you made_a_mistake have_a have_an was_this how_well think_you
    all_articles more_from more_by sie_können alle_artikel mehr_von du_kannst vous_pouvez puede
    puedes pueden pode você_pode puoi potete je_kunt u_kunt du_kan możesz můžete вы_можете можете
    ви_можете voit olvashat* voir lire écouter découvrir s'abonner s’abonner s'inscrire s’inscrire
    consulter accéder rejoindre soutenir suivre contacter télécharger donner ver leer escuchar
    apuntarse vedi leggi_tutti ler veja läs_mer les_mer lees_meer jetzt hier gleich abonnieren
    melden folgen erhalten bestellen laden lesen hören schreiben schicken senden unterstützen
    werden_sie werde sichern testen machen_sie nutzen entdecken diskutieren teilen finden_sie
    klicken spenden haben_sie hast_du möchten wollen_sie willst kennen_sie mehr_erfahren mehr_dazu
    folge hol lade schreib abonnier* registrier* probieren was_denken_sie was_meinen_sie sind_sie
    inscrivez* abonnez* suivez* recevez téléchargez rejoignez* retrouvez* soutenez* faites
    découvrez écrivez* envoyez* participez testez donnez cliquez consultez contactez* écoutez
    partagez profitez devenez réagissez aidez lisez créez achetez offrez accédez vous_avez
    vous_souhaitez vous_voulez suscríb* suscrib* sígue* sigue* síga* recib* descarga* únete únase
    apoya* apóy* escríb* escrib* envía* haz hazte hágase participa* consulta* descubre descubra
    contáct* escucha* regístr* déjan* pulse pincha
    quieres tiene_una tienes iscriviti iscrivetevi segui*
    ricevi scarica sostieni abbonati scrivi* partecipa scopri clicca ascolta diventa leggi unisciti
    entra_nel vuoi hai inscreva* siga receba assine baixe participe apoie envie escreva clique ouça
    acesse cadastre* contribua faça quer meld volg schrijf ontvang steun word lees luister doe_mee
    stuur tip_ons deel geef klik ontdek probeer bekijk heb_je heeft_u wil_je wilt_u abonneer*
    bestel prenumerera följ tipsa mejla mejla_oss maila skriv läs lyssna ladda stöd bli anmäl
    gå_med klicka ta_del hör_av har_du vill_du få følg abonner* tilmeld støtt støt les lytt lyt
    last_ned bliv kjøp køb prøv klikk vil_du seuraa tilaa lataa lähetä kerro liity lue kuuntele
    osallistu tue anna ilmoittaudu haluatko zapisz obserwuj dołącz śledź subskrybuj pobierz
    wesprzyj napisz kup zobacz czytaj posłuchaj wyślij prześlij masz chcesz skorzystaj sprawdź
    zostań weź_udział sledujte odebírejte přihlaste pošlete napište podpořte stáhněte přečtěte
    poslechněte staňte chcete předplaťte kupte máte kövess* iratkozz* töltse küldj* támogass*
    támogasd írj* csatlakozz* fizess* olvass* hallgass* szeretné* urmăriți urmărește abonează*
    abonați* înscrie* descarcă susține scrie trimite* alătură* ακολουθήστε εγγραφείτε κατεβάστε
    στηρίξτε γράψτε στείλτε διαβάστε ακούστε γίνετε κάντε δείτε абонира* последва* изпрат* подкреп*
    изтегл* вижте станете следвай* подписывай* подпишитесь присоединяй* читайте скачайте поддержите
    пишите напишите присылайте оформите станьте расскажите узнайте слушайте смотрите следите хотите
    підписуй* підпишіться стежте приєднуй* завантаж* підтримайте надсилайте долучай* ikuti dapatkan
    unduh gabung* bergabung* dukung kirim* baca daftar theo_dõi đăng_ký tải tham_gia gửi ủng_hộ
    تابع* اشترك* حمّل* حمل انضم* ادعم* شارك* اكتب اضغط עקבו הצטרפו הירשמו הורידו תמכו שלחו כתבו
    לחצו רוצים ください お届けします フォロー ダウンロード 하세요 보세요 받으세요 点击 點擊 扫码 请
    關注 关注 下载 下載 訂閱 订阅
""")
# These end one.
_DONE = _Words("""
    edin ediniz olun katılın indirin tıklayın okuyun dinleyin करें जुड़ें पढ़ें देखें कीजिए کنید
    بخوانید
""")
_YOU = _Words("""
    you your yours you're you’re you've you’ve you'll you’ll you'd you’d reader readers dein deine
    deinen deiner deinem deines dich dir euch eure euren eurer eurem leser* vous votre vos lecteurs
    usted ustedes vosotr* vuestr* tus contigo lectores tuo tua tuoi tue vostr* lettori você vocês
    leitores jouw jullie uw lezers ditt dina läsare dere deres læsere lesere sinun sinulle teidän
    lukijat twój twoj* ciebie państwa państwo wasz* czytelni* váš vaš* vám vás čtenář* önök* neked
    olvasó* dumneavoastră cititor* σας вас вам вами ваш* тебе твой читател* читач* sizin sizi sana
    senin anda kamu pembaca bạn あなた 皆さん みなさま 皆様 読者 여러분 독자 您 读者 讀者 आपको आपके
    आपकी पाठक شما لكم القراء אתם לכם שלכם
""")
# Formal address in German is told by its capital in the midst of a sentence.
_FORMAL = re.compile(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[nmrs]?)\b|\b[A-ZÄÖÜ]\w+n Sie\b")
_WE = _Words("""
    we us our ours we're we’re we've we’ve we'll we’ll wir uns unser* nous notre nos nuestr*
    nosotr* noi nostr* nós noss* vår vårt våra våre oss vores onze ons nasz* meidän meille meitä
    náš naš* nám nás nekünk minket lapunk* hírlevelünk* nostru noastr* μας наш* нас нам bizi bizim
    bize kami redaksi chúng_tôi لنا معنا قناتنا نشرتنا שלנו אותנו אלינו לנו हमारे हमारी हमें ما_را
    escríbenos contáctanos síguenos envíanos cuéntanos contarnos ayúdanos apóyanos acompáñanos
    scriveteci scrivici seguici seguiteci aiutaci contattaci sostienici scrivi-ci siga-nos
    escreva-nos envie-nos 当社 当サイト 本紙 弊社 編集部 私たち 저희 본지 우리 本报 本報 本站 我们
    我們 the_editor the_editors the_reporter the_reporters the_newsroom the_author die_redaktion
    unsere_redaktion la_rédaction la_redacción la_redazione a_redação de_redactie redaktionen
    redakcj* our_editors
""")
# What a newspaper offers and asks for.
_AFFAIR = _Words("""
    newsletter newsletters inbox e-paper epaper podcast podcasts app apps subscribe subscriber
    subscribers subscription subscriptions subscribing membership digital_edition print_edition
    unlimited_access full_access free_trial push_alerts push_notifications notifications alerts
    our_journalism independent_journalism quality_journalism local_journalism our_reporting
    our_coverage reporting_like journalism_like newsroom donate donation donations fundraiser
    contribution a_member a_supporter
    a_patron paywall ad-free your_tips send_tips a_tip story_ideas tip_line whatsapp telegram
    signal facebook instagram twitter tiktok youtube bluesky threads linkedin google_news
    apple_news preferred_source spotify discord mastodon live_blog liveblog live_coverage quiz
    survey comments comments_section the_comments letters_section the_editor affiliate commission
    sponsored sponsor code_of_ethics code_of_conduct standards our_standards corrections_policy
    ethics_policy editorial_standards editorial_policy editorial_guidelines guidelines
    trust_principles privacy_policy terms_of_use terms_and cookies tickets bookshop gift_article
    discount promo_code voucher webinar live_event crossword puzzle puzzles sudoku app_store
    google_play reprints republish syndication creative_commons correspondents full_coverage
    full_story gallery latest_updates latest_news preferences this_series our_series account
    an_account basket checkout briefing an_error a_mistake feedback translated machine_translation
    postfach abo abos abonn* probeabo* digitalabo* mitglied spende spenden leserbrief* hinweise
    rabatt* gutschein* umfrage unterstützen push-* kostenlos* provision affiliate-* kanal
    kommentare kommentaren newsticker lettre_d'info lettre_d’info infolettre boîte_mail essai appli
    application dons soutien chaîne alertes sondage témoignages commentaires journalisme
    mots_croisés billetterie notre_direct le_direct information_à_nous boletín boletines buzón
    suscri* socio socia canal aplicación donación donativo alertas encuesta comentarios periodismo
    cartas_al_director descuento bollettino abbonament* abbonat* canale donazion* sondaggio
    commenti giornalismo notifiche sconto assinatura assinante* boletim aplicativo doaç* jornalismo
    enquete comentários notificações desconto nieuwsbrief* abonnement* abonnee* kanaal nieuwsapp
    donatie lid enquête reacties meldingen journalistiek korting lezersbrief* nyhetsbrev*
    nyhedsbrev* prenumer* abonnemang* medlem* journalistik* notiser erbjudande varsler tipstelefon*
    insändare debattinlägg støtte tips tipsa uutiskirje* tilaus tilaaja* kanava* sovellu* kysely*
    kommentoi* vinkki* vinkkaa subskrypcj* prenumerat* aplikacj* kanał* wpłat* zrzutk* ankiet*
    komentarz* powiadomie* dziennikarstw* předplat* odběr* aplikac* upozorněn* práce příspěv*
    hírlev* előfizet* fizessen alkalmazás* adomány* csatorn* abonament* aplicați* canalul* donaț*
    συνδρομ* ενημερωτικ* εφαρμογή* κανάλι δωρε* абонамент* бюлетин* приложени* канал* дарени*
    подписк* рассылк* телеграм* пожертвовани* донат* розсилк* підписк* застосун* опрос*
    телеграм-канал* bülten* abone* uygulama* kanalı* bağış* bildirim* buletin berlangganan aplikasi
    saluran donasi bản_tin kênh ứng_dụng メールマガジン メルマガ ニュースレター アプリ 会員登録
    無料登録 購読 有料会員 アンケート チャンネル 뉴스레터 구독 앱 채널 제보 후원 订阅 訂閱 客户端
    公众号 會員 投稿 下载 下載 关注 關注 न्यूज़लेटर व्हाट्सएप चैनल ऐप सब्सक्राइब النشرة نشرتنا
    تطبيق* قناتنا واتساب تلغرام خبرنامه کانال اپلیکیشن تلگرام ניוזלטר ערוץ טלגרם וואטסאפ אפליקציה
    מנוי
""")
# Who speaks in a report, as in "…, the railway told passengers": no newspaper of its own affairs.
_REPORTED = _Words("""
    said says asked added replied told wrote writes warned according schrieb* écrit écrivait
    escribió escribieron scrisse scritto escreveu schreef skrev
    napisał* kirjoitti sagte sagt erklärte teilte laut zufolge
    déclaré affirmé expliqué ajouté assuré selon dijo dice afirmó explicó añadió aseguró según
    señaló detto spiegato aggiunto dichiarato secondo disse afirmou explicou zegt zei aldus volgens
    powiedział powiedziała mówi dodał dodała według säger sade uppger enligt ifølge sier forteller
    siger fortæller sanoo sanoi kertoo kertoi mukaan
""")
# What it earns by a link.
_DISCLOSED = _Words("""
    affiliate affiliate-links a_commission eine_provision partnerlinks une_commission una_comisión
    uma_comissão una_commissione een_commissie provisjon provision
""")
_HERE = _Words("""
    here hier ici aquí aqui qui här her tutaj tu zde itt aici εδώ тук здесь тут buradan buraya
    di_sini tại_đây هنا כאן this_link こちら 여기 这里 此处
""")
_PRICE = re.compile(
    r"[£$€¥₹₽₩]\s?\d|\d\s?(?:£|\$|€|euro\b|zł|kr\b|kč|Ft\b|lei\b|₽|円|원|元)|\b(?:free|gratis|kostenlos\w*"
    r"|gratuit\w*|grátis|ilmai\w+|za darmo|zdarma|ingyen\w*|бесплатн\w+|безкоштовн\w+|ücretsiz\w*"
    r"|miễn phí)\b|無料|무료|免费|免費|مجان",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\w@[\w-]+\.\w|(?<![\w@])@\w{3,}|\+\d[\d ()-]{7,}")
_OPENS = re.compile(r"(?:[.!?…:;|»>►▶•–—()¿¡？！。]|\s-)\W*\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟])\s+|(?<=[。！？])(?=.)")
_STOPS = (".", "!", "?", "…", ":", "。", "！", "？", "।", "؟", "۔")
_CLOSING = "\"'”’»“)]」』 "


@dataclass(frozen=True)
class Signs:
    """What a text has of an appeal. ``does``: it tells to do something; ``you`` and ``we``: it
    speaks of them; ``affair``: of what newspapers offer; ``price``: of one, or of none;
    ``contact``: an address; ``leads``: a link that tells to do something, names an affair or ends
    the text, and ``linked``: any."""

    does: bool = False
    you: bool = False
    we: bool = False
    affair: bool = False
    price: bool = False
    contact: bool = False
    leads: bool = False
    linked: bool = False

    def __or__(self, other: Signs) -> Signs:
        return Signs(*(getattr(self, name) or getattr(other, name) for name in _NAMES))

    @property
    def is_addressed(self) -> bool:
        return self.does or self.you


_NAMES = tuple(Signs.__dataclass_fields__)


class _Said:
    """A text without its quotations, and its words: in small letters but for US, and the parts of
    those with a hyphen at the end. ``bits``: what they all say (`_Words.bits_of`)."""

    def __init__(self, text: str) -> None:
        self.text = _QUOTED.sub(" … ", text) if any(mark in text for mark in _MARKS) else text
        found = _WORD.findall(self.text)
        words = [word if word == "US" else word.lower() for word in found]
        words += [part for word in words if "-" in word for part in word.split("-")]
        self.words = words

    @cached_property
    def is_spaceless(self) -> bool:
        return not self.text.isascii() and _SPACELESS.search(self.text) is not None

    @cached_property
    def bits(self) -> int:
        bits = 0
        for word in self.words:
            bits |= _bits_of(word)
        return bits

    def tells(self) -> bool:
        """Whether a sentence begins by telling to do something, or ends so."""
        end = 0
        may_begin = self.bits & (_DO.bit | _DO.phrase_bit)
        for at, match in enumerate(_WORD.finditer(self.text) if may_begin else ()):
            begins = at == 0 or _OPENS.search(self.text, end, match.start())
            if begins and _DO.at(self.words, at):
                return True
            end = match.end()
        return _DONE.any(self) or _DO.within(self)


@lru_cache(8192)  # texts are made of the same few words
def _bits_of(word: str) -> int:
    bits = 0
    for words in _Words.every:
        bits |= words.bits_of(word)
    return bits


@lru_cache(256)  # a box within a box has the same texts
def signs_of(text: str, links: tuple[str, ...] = ()) -> Signs:
    """Quotations do not count."""
    said = _Said(text)
    return Signs(
        does=said.tells() or any(map(_calls, links)),
        you=_YOU.any(said) or bool(_FORMAL.search(said.text)),
        we=_WE.any(said),
        affair=_AFFAIR.any(said),
        price=bool(_PRICE.search(said.text)),
        contact=bool(_CONTACT.search(said.text)),
        leads=any(map(_leads, links)) or ends_in_link(text, links),
        linked=bool(links),
    )


def _calls(link: str) -> bool:
    """Whether a link begins by telling to do something, and is no part of a sentence."""
    words = _Said(link).words
    return " " in link and bool(words) and not link[0].islower() and _DO.at(words, 0)


def _leads(link: str) -> bool:
    said = _Said(link)
    if not 0 < len(said.words) <= _LONGEST_CALL:
        return False
    is_here = len(said.words) <= _FEW and _HERE.any(said)
    return "@" in link or is_here or _calls(link) or _AFFAIR.any(said)


def is_appeal(text: str, links: Sequence[str]) -> bool:
    """Whether a paragraph is nothing but an appeal to readers, or an offer."""
    if len(text) > LONGEST or not (links or len(text) <= _SHORTEST or "@" in text or "+" in text):
        return False
    said = _Said(text)
    if _REPORTED.any(said):
        return False
    if links and _asks(text, links):
        return True
    may_offer = bool(links) or len(text) > _SHORTEST
    offers = may_offer and any(map(_AFFAIR.any, (said, *map(_Said, links))))
    if not (offers or _WE.any(said)):  # as nearly all
        return False
    sentences = _SENTENCE_END.split(text)
    is_one = len(sentences) == 1
    return _appeals(text, tuple(links)) and (is_one or all(map(_is_personal, sentences)))


def _asks(text: str, links: Sequence[str]) -> bool:
    """Whether a question stands before a sentence that is little more than a link, which tells to
    do something: "Seen it? Tell us."."""
    *before, last = _SENTENCE_END.split(text)
    if not before or len(text) > _SHORT or not before[-1].endswith(("?", "？", "؟")):
        return False
    link = links[-1]
    is_most = link in last and len(link) <= _BUTTON and 2 * len(link) >= len(last)
    return is_most and _leads(link)


def _appeals(text: str, links: tuple[str, ...]) -> bool:
    found = signs_of(text, links)
    if found.leads or (found.contact and (found.you or found.we)):
        is_label = len(text) <= _SHORTEST or not ends_as_sentence(text)
        is_told = found.does or (found.you and found.we)
        return is_told or (found.we and found.affair and is_label)
    if links and len(text) <= _SHORT:
        return found.is_addressed and found.we and found.affair
    is_told = found.does or _DISCLOSED.any(_Said(text))
    return len(text) <= _SHORTEST and is_told and found.we and found.affair


def _is_personal(sentence: str) -> bool:
    """Whether a sentence speaks to somebody or of "us", or is too short to report anything."""
    found = signs_of(sentence) if len(sentence) > _SENTENCE else Signs(we=True)
    return found.is_addressed or found.we


def _speaks(sentence: str) -> bool:
    """Whether a sentence has a part in an offer."""
    return _is_personal(sentence) or signs_of(sentence).affair


def is_offer(texts: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether a box with these texts, and their links, is one: most of what it says is. One
    without a link or an address is none."""
    found = Signs()
    for text, links in texts:
        found |= signs_of(text, tuple(links))
    return _offers(found) and _most_speak([text for text, _ in texts])


def _offers(found: Signs) -> bool:
    if found.leads or found.contact:
        about = found.affair or found.price or found.we
        return (found.is_addressed and about) or (found.we and found.affair)
    return found.linked and found.is_addressed and found.affair


def _most_speak(texts: Iterable[str]) -> bool:
    sentences = [part for text in texts for part in _SENTENCE_END.split(text)]
    spoken = sum(len(part) for part in sentences if _speaks(part))
    return 2 * spoken >= sum(map(len, sentences))


def ends_in_link(text: str, links: Sequence[str]) -> bool:
    """Whether a short link stands at the end, after a sentence, and is none itself."""
    link = links[-1] if links else ""
    if not text.endswith(link) or not 2 < len(link) <= _BUTTON or ends_as_sentence(link):
        return False
    is_words = " " in link or _SPACELESS.search(link)
    return bool(is_words) and ends_as_sentence(text[: -len(link)].rstrip(" >»→–|-"))


def ends_as_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_STOPS)
