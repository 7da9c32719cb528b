"""What a newspaper says to its readers of its own affairs, by signs that add up."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing.appeals import is_appeal, is_call, is_invitation, is_offer


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Seen a lamp? Send your tips to keeper@rock.example.", ["keeper@rock.example"]),
        ("Haben Sie Hinweise? Schreiben Sie uns an a@rock.example.", ["a@rock.example"]),
        ("Cet article vous a plu ? Abonnez-vous dès 1 € par mois.", ["Abonnez-vous"]),
        ("Har du tips? Mejla oss på a@rock.example eller ring.", ["a@rock.example"]),
        ("Per sapere tutto iscriviti alla nostra newsletter", ["alla nostra newsletter"]),
        ("Subscribe to our print edition for the whole coast: ten weeks for £9.", ["ten weeks"]),
        ("What do you think of it? Let us know in the comments below.", []),
        ("If you buy through these links, we may earn a commission. Learn more.", ["Learn more"]),
        ("Our Standards: The Rock Trust Principles.", ["The Rock Trust Principles"]),
        ("Puede seguirnos en X o recibir nuestro boletín.", ["X", "nuestro boletín"]),
        ("¿Y tú qué opinas? Déjanos unas palabras.", ["Déjanos unas palabras"]),
        ("Weet u meer? Mail naar tips@rock.example.", ["tips@rock.example"]),
        ("These are affiliate links. We may be paid for what you buy.", []),
        ("Подписывайтесь на наш телеграм-канал", ["телеграм-канал"]),
        ("灯台の話をお届けします。メールマガジンの登録はこちら", ["メールマガジンの登録はこちら"]),
        ("تابعونا على فيسبوك وتلغرام", ["فيسبوك", "تلغرام"]),
        ("Reporting like this takes months. Give £10 today and keep it going.", ["Give £10 today"]),
        ("تابعوا آخر الأخبار عبر قناتنا على تلغرام", ["قناتنا على تلغرام"]),
        ("Sign up for our newsletter.", []),
        ("Follow us on Facebook and Instagram, our readers do.", []),
        ("Abonnieren Sie unseren Newsletter.", []),
        ("Already a subscriber? Log in to read on.", []),
    ],
)
def test_who_speaks_of_itself_and_asks_for_something_appeals(text: str, links: list[str]) -> None:
    assert is_appeal(text, links)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("We asked the museum for comment; it did not reply.", []),
        ("You can donate to the crew’s fund, which has £30,000.", ["donate to the crew’s fund"]),
        ("You can read the full report here.", ["here"]),
        ("Did he lie? The court papers show it.", ["The court papers show it."]),
        ("Give us our standards back, the strikers wrote to us.", []),
        ("Download the app first, the railway told passengers.", ["Download the app"]),
        ("We need you, he said, and asked them to donate to him.", ["donate to him"]),
        ("“Sign up for our newsletter,” the keeper told reporters.", ["reporters"]),
        ("The museum’s newsletter, to which 400 subscribe, is silent on it.", ["newsletter"]),
        ("Voters can register online until Monday, the council said.", ["register online"]),
        ("Contact with the ship was lost at dawn, its owner said on X.", ["X"]),
        ("Read the report’s last page and you find the price.", ["last page"]),
        ("The US navy has an app of its own for that, the keeper said.", ["an app"]),
        (
            "Subscribe to our newsletter. The lamp was sold on Monday for nine hundred pounds to a "
            "museum on the mainland.",
            ["Subscribe"],
        ),
        (
            "The keeper sold the lamp on Facebook and left the island. Follow our updates here.",
            ["Follow our updates here"],
        ),
        ("Who sold it? The keeper did, his son told the court on Monday.", ["the court"]),
        ("Les abonnés du club devront payer 14 euros de plus.", ["payer 14 euros"]),
        ("In einer E-Mail an die Redaktion bestritt der Wärter das.", ["E-Mail"]),
    ],
)
def test_a_report_does_not_appeal(text: str, links: list[str]) -> None:
    assert not is_appeal(text, links)


@pytest.mark.parametrize(
    ("text", "link", "is_offer"),
    [
        ("We need your help to report from the rock. Donate today", "Donate today", True),
        ("This was in our letter of the week. Sign up for it here.", "Sign up for it here", True),
        ("News costs money. Donate to keep us on the rock.", "Donate", True),
        ("The keeper takes gifts for a new lamp. Donate here.", "Donate here", False),
        ("“We need a lamp,” he said. Donate here.", "Donate here", False),
        ("We were told to sign up here for the boat.", "sign up here", False),
        ("Sign up here, he told us. Nobody did so.", "Sign up here", False),
    ],
)
def test_an_appeal_of_the_newspaper_has_a_link_to_its_offer(
    text: str, link: str, is_offer: bool
) -> None:
    assert is_appeal(text, [link]) == is_offer


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Haberleri WhatsApp kanalımızdan takip edin.", "WhatsApp kanalımızdan"),
        ("Obserwuj nas na WhatsAppie", "WhatsAppie"),
        ("Підписуйтесь на наш канал у Telegram!", "наш канал у Telegram"),
        ("Seuraa meitä Facebookissa", "Facebookissa"),
        ("ニュースはFacebookでフォローする", "Facebook"),
    ],
)
def test_an_invitation_is_an_appeal_in_languages_with_cases_and_late_verbs(
    text: str, link: str
) -> None:
    assert is_appeal(text, [link])


@pytest.mark.parametrize(
    ("text", "links", "is_sure"),
    [
        ("Sign up to our free news emails", [], True),
        (
            "Vill du veta mer? Prenumerera på vårt nyhetsbrev – det är gratis.",
            ["Prenumerera"],
            True,
        ),
        ("Join me in this fight pic.example", ["pic.example"], False),
        ("Discover three keepers’ lamps and podcasts", ["lamps and podcasts"], False),
    ],
)
def test_an_invitation_tells_to_do_something_about_an_affair_of_ours(
    text: str, links: list[str], is_sure: bool
) -> None:
    assert is_invitation(text, links) == is_sure


@pytest.mark.parametrize(
    ("text", "is_button"),
    [("Donate now", True), ("Mitglied werden", True), ("The lamp", False), ("", False)],
)
def test_a_button_begins_by_telling_to_do_something(text: str, is_button: bool) -> None:
    assert is_call(text) == is_button


def test_a_box_is_an_offer_if_most_of_what_it_says_is() -> None:
    button = ("Add to basket", ["Add to basket"])
    assert is_offer([("Buy the mug of the rock for £14.", []), button])
    report = "The lamp was sold on Monday, and nobody in the village had been told of it before."
    assert not is_offer([(report, []), ("Buy the mug.", []), button])


def test_a_box_without_a_link_is_no_offer() -> None:
    assert not is_offer([("Dear readers of our letter, we close. You can keep your tickets.", [])])


def test_who_is_quoted_on_an_offer_makes_none() -> None:
    assert not is_appeal("“Sign up for our newsletter, they told me,” said the keeper.")
