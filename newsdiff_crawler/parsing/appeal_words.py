"""The words of appeals, in the languages that we met: see `appeals`. Data: no rule is here."""

from __future__ import annotations

import re

from newsdiff_crawler.parsing.words import Words

# What is told to do begins a sentence: on buttons that lead to an offer, too ...
TAKE = Words("""
    sign_up signing_up subscribe register get join follow download listen click receive support
    enjoy stay never_miss want find_us try donate give become_a take_the_quiz take_the_survey
    take_the_poll take_the_test abonnieren melden folgen erhalten bestellen laden jetzt lesen hören
    spenden testen mitglied_werden zum_quiz mitmachen inscrivez* abonnez* suivez* recevez
    téléchargez rejoignez* retrouvez* je_m'inscris je_m’inscris faire_un_don je_donne devenez_membre
    s'inscrire s’inscrire s'abonner s’abonner suscríb* suscrib* sígue* sigue* recib* descarga* únete
    unete apúntate hazte_socio hazte_socia dona iscriviti segui* ricevi scarica diventa_socio
    abbonati sostienici inscreva* siga receba assine cadastre* seja_membro doe prenumerera följ meld
    tilmeld følg abonner* volg schrijf ontvang aanmelden word_lid word_abonnee word_vriend doneer
    bli_medlem bliv_medlem stöd støtt zapisz obserwuj dołącz śledź wesprzyj zostań_patronem
    подписывай* подпишитесь присоединяй* підписуй* підпишіться стежте поддержать підтримати seuraa
    tilaa liity lahjoita sledujte odebírejte přihlaste přispět kövess* iratkozz* támogatom urmăriți
    urmărește abonează* ακολουθήστε εγγραφείτε ikuti dapatkan theo_dõi تابع* اشترك* ساهم abone_ol
    destek_ol 寄付する 登録する 登録して 후원하기 구독하기 팔로우 フォロー
""")
# ... or in sentences alone.
DO = Words("""
    tap scan don't_miss don’t_miss find become help take_our take_the take_part vote share tell send
    email e-mail write contact message call text_us let_us read see watch visit view buy shop book
    order browse discover explore check_out learn start save have_your add log_in sign_in continue
    unlock claim grab catch keep_up turn_on choose compare ask leave comment submit upload complete
    play test got_a spotted found_an interested enjoying please for_more to_read to_hear to_see
    if_you are_you do_you have_you what_do_you would_you made_a_mistake have_a have_an was_this
    how_well think_you all_articles more_from more_by sie_können alle_artikel mehr_von du_kannst
    vous_pouvez puede puedes pueden pode você_pode puoi potete je_kunt u_kunt du_kan możesz můžete
    вы_можете можете ви_можете voit olvashat* voir lire écouter découvrir consulter accéder
    rejoindre soutenir suivre contacter télécharger donner ver leer escuchar apuntarse vedi
    leggi_tutti ler veja läs_mer les_mer lees_meer hier gleich schreiben schicken senden
    unterstützen werden_sie werde sichern machen_sie nutzen entdecken diskutieren teilen finden_sie
    klicken haben_sie hast_du möchten wollen_sie willst kennen_sie mehr_erfahren mehr_dazu folge hol
    lade schreib abonnier* registrier* probieren was_denken_sie was_meinen_sie sind_sie soutenez*
    faites découvrez écrivez* envoyez* participez testez donnez cliquez consultez contactez* écoutez
    partagez profitez devenez réagissez aidez lisez créez achetez offrez accédez vous_avez
    vous_souhaitez vous_voulez síga* únase apoya* apóy* escríb* escrib* envía* haz hazte hágase
    participa* consulta* descubre descubra contáct* escucha* regístr* déjan* pulse pincha quieres
    tiene_una tienes iscrivetevi sostieni scrivi* partecipa scopri clicca ascolta diventa leggi
    unisciti entra_nel vuoi hai baixe participe apoie envie escreva clique ouça acesse contribua
    faça quer steun word lees luister doe_mee stuur tip_ons deel geef klik ontdek probeer bekijk
    heb_je heeft_u wil_je wilt_u abonneer* bestel tipsa mejla mejla_oss maila skriv läs lyssna ladda
    bli anmäl gå_med klicka ta_del hör_av har_du vill_du få støt les lytt lyt last_ned bliv kjøp køb
    prøv klikk vil_du lataa lähetä kerro lue kuuntele osallistu tue anna ilmoittaudu haluatko
    subskrybuj pobierz napisz kup zobacz czytaj posłuchaj wyślij prześlij masz chcesz skorzystaj
    sprawdź zostań weź_udział pošlete napište podpořte stáhněte přečtěte poslechněte staňte chcete
    předplaťte kupte máte töltse küldj* támogass* támogasd írj* csatlakozz* fizess* olvass*
    hallgass* szeretné* abonați* înscrie* descarcă susține scrie trimite* alătură* κατεβάστε
    στηρίξτε γράψτε στείλτε διαβάστε ακούστε γίνετε κάντε δείτε абонира* последва* изпрат* подкреп*
    изтегл* вижте станете следвай* читайте скачайте поддержите пишите напишите присылайте оформите
    станьте расскажите узнайте слушайте смотрите следите хотите приєднуй* завантаж* підтримайте
    надсилайте долучай* unduh gabung* bergabung* dukung kirim* baca daftar đăng_ký tải tham_gia gửi
    ủng_hộ حمّل* حمل انضم* ادعم* شارك* اكتب اضغط עקבו הצטרפו הירשמו הורידו תמכו שלחו כתבו לחצו רוצים
    ください お届けします ダウンロード 하세요 보세요 받으세요 点击 點擊 扫码 请 關注 关注 下载
    下載 訂閱 订阅 anmelden anhören donar stötta
    tule_jäseneksi támogat* odebírat katıl
""")
# These end one.
DONE = Words("""
    edin ediniz edebilirsiniz ol olun katılın indirin tıklayın okuyun dinleyin करें जुड़ें पढ़ें
    देखें कीजिए
    کنید بخوانید
""")
YOU = Words("""
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
FORMAL = re.compile(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[nmrs]?)\b|\b[A-ZÄÖÜ]\w+n Sie\b")
WE = Words("""
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
AFFAIR = Words("""
    newsletter* inbox e-paper epaper podcast podcasts app apps subscribe subscriber
    subscribers subscription subscriptions subscribing membership digital_edition print_edition
    full_access free_trial push_alerts push_notifications notifications alerts
    our_reporting
    our_coverage reporting_like journalism_like newsroom donate donation donations fundraiser
    contribution a_member a_supporter
    a_patron paywall ad-free your_tips send_tips a_tip story_ideas tip_line whatsapp* telegram
    signal facebook* instagram* twitter tiktok youtube* bluesky threads linkedin google_news
    apple_news preferred_source spotify discord mastodon live_blog liveblog live_coverage quiz
    survey comments comments_section the_comments letters_section the_editor affiliate commission
    sponsored sponsor code_of_ethics code_of_conduct standards our_standards corrections_policy
    ethics_policy editorial_standards editorial_policy editorial_guidelines our_guidelines
    publishing_guidelines community_guidelines
    trust_principles privacy_policy terms_of_use terms_and cookies tickets bookshop gift_article
    discount promo_code promo_codes voucher webinar live_event crossword puzzle puzzles sudoku
    app_store google_play reprints republish syndication creative_commons correspondents
    full_coverage full_story gallery latest_updates latest_news preferences this_series our_series
    account an_account basket checkout briefing an_error a_mistake feedback translated
    machine_translation
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
REPORTED = Words("""
    said says asked added replied told wrote writes warned according schrieb* écrit écrivait
    escribió escribieron scrisse scritto escreveu schreef skrev
    napisał* kirjoitti sagte sagt erklärte teilte laut zufolge
    déclaré affirmé expliqué ajouté assuré selon dijo dice afirmó explicó añadió aseguró según
    señaló detto spiegato aggiunto dichiarato secondo disse afirmou explicou zegt zei aldus volgens
    powiedział powiedziała mówi dodał dodała według säger sade uppger enligt ifølge sier forteller
    siger fortæller sanoo sanoi kertoo kertoi mukaan urged urges appealed rät rieten mahnt mahnte
    uppmanar uppmanade vädjar vädjade exhorte exhorta pidió instó esorta oproept apeluje
""")
# Who else asks something of everybody, or what nobody gives to a newspaper.
OTHERS = Words("""
    police polizei polis polisen politi politiet politie policía policia polizia policja policji
    poliisi* полици* полиці* crimestoppers ministry ministerium* ministère ministerio ministero
    ministério ministerie departementet hospital hospitals krankenh* hôpital hôpitaux hospitales
    ospedal* sjukhus* sykehus* blood blut sangre sang sangue bloed blod krew council
    behörde* bundes* gemeinde* försäkringskassa* skatteverke* vaccinated
""")
# What only a newspaper says, and of its own affairs.
OWN = Words("""
    your_inbox your_mailbox your_letterbox dein_postfach deinem_postfach ihr_postfach
    ihrem_postfach votre_boîte_mail tu_correo su_correo tu_buzón su_buzón tua_casella
    seu_email sua_caixa_de_entrada je_inbox je_mailbox uw_inbox din_inkorg din_innboks din_indbakke
    subscribe_now subscribe_today donate_now donate_today jetzt_abonnieren jetzt_spenden
    unlimited_access subscriber-only subscribers-only news_email news_emails
    independent_journalism quality_journalism local_journalism our_journalism
    unabhängigen_journalismus unseren_journalismus journalisme_indépendant periodismo_independiente
""")
# What opens an offer to who has taken it, as "Already a subscriber? Log in".
SUBSCRIBED = Words("""
    already_a_subscriber already_an_subscriber already_a_member already_subscribed
    bereits_abonnent bereits_abonnentin bereits_registriert bereits_kunde déjà_abonné déjà_abonnée
    déjà_abonnés ya_eres_suscriptor ya_eres_socio sei_già_abbonato sei_già_abbonata
    já_é_assinante já_sou_assinante al_abonnee ben_je_al_abonnee redan_prenumerant
    allerede_abonnent masz_już_konto masz_już_dostęp уже_есть_подписка уже_подписаны
""")
# What it earns by a link.
DISCLOSED = Words("""
    affiliate affiliate-links a_commission eine_provision partnerlinks une_commission una_comisión
    uma_comissão una_commissione een_commissie provisjon provision
""")
HERE = Words("""
    here hier ici aquí aqui qui här her tutaj tu zde itt aici εδώ тук здесь тут buradan buraya
    di_sini tại_đây هنا כאן this_link こちら 여기 这里 此处
""")
# A price, or that there is none.
PRICE = re.compile(
    r"[£$€¥₹₽₩]\s?\d|\d\s?(?:£|\$|€|euro\b|zł|kr\b|kč|Ft\b|lei\b|₽|円|원|元)|\b(?:free|gratis|kostenlos\w*"
    r"|gratuit\w*|grátis|ilmai\w+|za darmo|zdarma|ingyen\w*|бесплатн\w+|безкоштовн\w+|ücretsiz\w*"
    r"|miễn phí)\b|無料|무료|免费|免費|مجان",
    re.IGNORECASE,
)
