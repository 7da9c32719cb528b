"""What the tools know of each language of the named sources: a word of each kind is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing import Page, Refusal, generic, promotions, read
from newsdiff_crawler.parsing.boilerplate_text import is_boilerplate_text
from newsdiff_crawler.parsing.dates import to_utc
from newsdiff_crawler.text import sentences

DAY = "2024-10-03T00:00:00Z"
# Of each language: a relative time, a day in words, words over other stories, an advertisement, a
# wall, a question about cookies, a notice of a correction, two sentences.
WORDS: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "ago": "منذ 3 ساعات",
        "dates": "3 أكتوبر 2024",
        "boxes": "اقرأ أيضا",
        "adverts": "إعلان",
        "walls": "هذا المقال متاح للمشتركين فقط",
        "consents": "نستخدم ملفات تعريف الارتباط. قبول الكل",
        "notices": "تصحيح: ذكرت نسخة سابقة من هذا المقال أن العدد سبعة.",
        "sentences": "توقفت العبارة يوم الاثنين. هل تعود؟",
    },
    "cs": {
        "ago": "před 3 hodinami",
        "dates": "3. října 2024",
        "boxes": "Čtěte také",
        "adverts": "Reklama",
        "walls": "Tento článek je jen pro předplatitele",
        "consents": "Používáme cookies. Přijmout vše",
        "notices": "Oprava: V předchozí verzi článku bylo uvedeno chybné číslo.",
        "sentences": "Přívoz skončil v pondělí. Vrátí se na jaře.",
    },
    "da": {
        "ago": "for 3 timer siden",
        "dates": "3. oktober 2024",
        "boxes": "Læs også",
        "adverts": "Annonce",
        "walls": "Denne artikel er kun for abonnenter",
        "consents": "Vi bruger cookies. Accepter alle",
        "notices": "Rettelse: I en tidligere version af artiklen stod der, at tallet var syv.",
        "sentences": "Færgen stoppede mandag. Den kommer igen til maj.",
    },
    "de": {
        "ago": "vor 3 Stunden",
        "dates": "3. Oktober 2024",
        "boxes": "Lesen Sie auch",
        "adverts": "Anzeige",
        "walls": "Dieser Artikel ist exklusiv für Abonnenten",
        "consents": "Wir und unsere Partner nutzen Cookies. Weiter mit Werbung. Alle akzeptieren",
        "notices": "Korrektur: In einer früheren Version dieses Artikels stand eine falsche Zahl.",
        "sentences": "Die Fähre fuhr am 3. Mai zuletzt. Sie kommt nicht wieder.",
    },
    "en": {
        "ago": "3 hours ago",
        "dates": "October 3, 2024",
        "boxes": "Read more",
        "adverts": "Advertisement",
        "walls": "Subscribe to continue reading",
        "consents": "We value your privacy. Accept all",
        "notices": "Correction: An earlier version of this article gave a wrong number.",
        "sentences": "The ferry stopped on Monday. It will not come back.",
    },
    "es": {
        "ago": "hace 3 horas",
        "dates": "3 de octubre de 2024",
        "boxes": "Lea también",
        "adverts": "Publicidad",
        "walls": "Contenido exclusivo para suscriptores",
        "consents": "Utilizamos cookies. Aceptar todo",
        "notices": "Corrección: una versión anterior de este artículo daba una cifra errónea.",
        "sentences": "El ferri paró el lunes. ¿Volverá en mayo?",
    },
    "fa": {
        "ago": "۳ ساعت پیش",
        "boxes": "بیشتر بخوانید",
        "adverts": "تبلیغات",
        "walls": "این مطلب ویژه مشترکان است",
        "notices": "اصلاحیه: در نسخه قبلی این خبر رقم اشتباهی آمده بود.",
        "sentences": "کشتی روز دوشنبه متوقف شد. آیا باز می‌گردد؟",
    },
    "fr": {
        "ago": "il y a 3 heures",
        "dates": "3 octobre 2024",
        "boxes": "Lire aussi",
        "adverts": "Publicité",
        "walls": "Cet article est réservé aux abonnés",
        "consents": "Continuer sans accepter. Tout accepter",
        "notices": "Correction : une version précédente de cet article donnait un chiffre erroné.",
        "sentences": "Le bac s'est arrêté lundi. Reviendra-t-il en mai ?",
    },
    "hi": {
        "ago": "3 घंटे पहले",
        "dates": "3 अक्टूबर 2024",
        "boxes": "यह भी पढ़ें",
        "adverts": "विज्ञापन",
        "walls": "यह लेख केवल सदस्यों के लिए है",
        "notices": "भूल सुधार: इस लेख के पिछले संस्करण में गलत संख्या दी गई थी।",
        "sentences": "नौका सोमवार को बंद हुई। वह मई में लौटेगी।",
    },
    "id": {
        "ago": "3 jam yang lalu",
        "dates": "3 Oktober 2024",
        "boxes": "Baca juga",
        "adverts": "Iklan",
        "walls": "Artikel ini khusus untuk pelanggan",
        "consents": "Kami menggunakan cookie. Terima semua",
        "notices": "Koreksi: Versi sebelumnya dari artikel ini memuat angka yang salah.",
        "sentences": "Feri berhenti pada hari Senin. Ia kembali pada bulan Mei.",
    },
    "it": {
        "ago": "3 ore fa",
        "dates": "3 ottobre 2024",
        "boxes": "Leggi anche",
        "adverts": "Pubblicità",
        "walls": "Abbonati per continuare a leggere",
        "consents": "Utilizziamo i cookie. Accetta tutto",
        "notices": "Correzione: una prima versione di questo articolo aveva una cifra errata.",
        "sentences": "Il traghetto si è fermato lunedì. Tornerà a maggio.",
    },
    "ja": {
        "ago": "3時間前",
        "dates": "2024年10月3日",
        "boxes": "関連記事",
        "adverts": "広告",
        "walls": "この記事は有料会員限定です",
        "consents": "Cookieを使用しています。すべて同意する",
        "notices": "訂正：この記事の以前の版では数字が誤っていました。",
        "sentences": "フェリーは月曜日に終わった。五月に戻る。",
    },
    "ko": {
        "ago": "3시간 전",
        "dates": "2024년 10월 3일",
        "boxes": "관련 기사",
        "adverts": "광고",
        "walls": "이 기사는 구독자 전용입니다",
        "consents": "쿠키를 사용합니다. 모두 동의",
        "notices": "정정: 이 기사의 이전 버전에는 잘못된 숫자가 있었습니다.",
        "sentences": "여객선은 월요일에 멈췄다. 오월에 돌아온다.",
    },
    "lt": {
        "ago": "prieš 3 valandas",
        "dates": "2024 m. spalio 3 d.",
        "boxes": "Taip pat skaitykite",
        "adverts": "Reklama",
        "walls": "Šis straipsnis skirtas tik prenumeratoriams",
        "notices": "Pataisymas: ankstesnėje straipsnio versijoje buvo klaidingas skaičius.",
        "sentences": "Keltas sustojo pirmadienį. Jis grįš gegužę.",
    },
    "nb": {
        "ago": "for 3 timer siden",
        "dates": "3. oktober 2024",
        "boxes": "Les også",
        "adverts": "Annonse",
        "walls": "Denne saken er kun for abonnenter",
        "consents": "Vi bruker informasjonskapsler. Godta alle",
        "notices": "Rettelse: I en tidligere versjon av saken sto det feil tall.",
        "sentences": "Fergen stoppet mandag. Den kommer tilbake i mai.",
    },
    "pl": {
        "ago": "3 godziny temu",
        "dates": "3 października 2024",
        "boxes": "Czytaj także",
        "adverts": "Reklama",
        "walls": "Artykuł tylko dla prenumeratorów",
        "consents": "Używamy plików cookie. Zaakceptuj wszystkie",
        "notices": "Sprostowanie: w poprzedniej wersji artykułu podaliśmy błędną liczbę.",
        "sentences": "Prom stanął w poniedziałek. Wróci w maju.",
    },
    "ru": {
        "ago": "3 часа назад",
        "dates": "3 октября 2024",
        "boxes": "Читайте также",
        "adverts": "Реклама",
        "walls": "Материал доступен только подписчикам",
        "consents": "Мы используем файлы cookie. Принять все",
        "notices": "Исправление: в предыдущей версии статьи была указана неверная цифра.",
        "sentences": "Паром остановился в понедельник. Он вернётся в мае.",
    },
    "sv": {
        "ago": "för 3 timmar sedan",
        "dates": "3 oktober 2024",
        "boxes": "Läs också",
        "adverts": "Annons",
        "walls": "Artikeln är endast för prenumeranter",
        "consents": "Vi använder cookies. Godkänn alla",
        "notices": "Rättelse: I en tidigare version av artikeln stod det fel siffra.",
        "sentences": "Färjan stannade i måndags. Den kommer tillbaka i maj.",
    },
    "sw": {
        "ago": "saa 3 zilizopita",
        "dates": "3 Oktoba 2024",
        "boxes": "Soma pia",
        "adverts": "Tangazo",
        "sentences": "Kivuko kilisimama Jumatatu. Kitarudi Mei.",
    },
    "tr": {
        "ago": "3 saat önce",
        "dates": "3 Ekim 2024",
        "boxes": "Bunu da okuyun",
        "adverts": "Reklam",
        "walls": "Bu haber sadece abonelere özeldir",
        "consents": "Çerezler kullanıyoruz. Tümünü kabul et",
        "notices": "Düzeltme: Bu haberin önceki sürümünde yanlış bir sayı vardı.",
        "sentences": "Feribot pazartesi durdu. Mayısta dönecek.",
    },
    "vi": {
        "ago": "3 giờ trước",
        "dates": "3 tháng 10 năm 2024",
        "boxes": "Đọc thêm",
        "adverts": "Quảng cáo",
        "walls": "Bài viết chỉ dành cho thuê bao",
        "consents": "Chúng tôi sử dụng cookie. Chấp nhận tất cả",
        "notices": "Đính chính: Phiên bản trước của bài viết này đưa số liệu sai.",
        "sentences": "Phà dừng hôm thứ Hai. Nó trở lại vào tháng Năm.",
    },
    "kl": {"sentences": "Umiarsuaq unippoq. Maajimi uteqqissaaq."},
    "xh": {"sentences": "Isikhephe simile ngoMvulo. Siza kubuya ngoMeyi."},
    "zu": {"sentences": "Isikebhe simile ngoMsombuluko. Sizobuya ngoMeyi."},
}


BEGINNING = "The ferry to the island was taken off on Monday, after sixty years of service…"


def _refused(body: str) -> str:
    """Why a page is; empty for one that is read."""
    try:
        read(Page(f"<html><body>{body}</body></html>", "https://elm.example/a"), generic.PARSERS)
    except Refusal as refusal:
        return refusal.reason
    return ""


KNOWN: Mapping[str, Callable[[str], bool]] = {
    "ago": lambda text: is_boilerplate_text(Block("paragraph", text)),
    "dates": lambda text: to_utc(text, day_first=True) == DAY,
    "boxes": promotions.is_label,
    "adverts": lambda text: is_boilerplate_text(Block("paragraph", text)),
    "walls": lambda text: (
        _refused(f"<article><h1>Ferry gone</h1><p>{BEGINNING}</p><p>{text}</p></article>")
        == "paywall"
    ),
    "consents": lambda text: _refused(f"<div>{text}</div>") == "consent_wall",
    "notices": lambda text: notice_of(text) is not None,
    "sentences": lambda text: len(sentences(text)) == 2,
}


@pytest.mark.parametrize(
    ("language", "kind"), [(each, kind) for each, words in WORDS.items() for kind in words]
)
def test_words_of_each_kind_are_known(language: str, kind: str) -> None:
    assert KNOWN[kind](WORDS[language][kind])
