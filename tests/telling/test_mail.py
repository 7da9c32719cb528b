"""Mail, by a real server on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from newsdiff_crawler.telling.channel import NotSentError
from newsdiff_crawler.telling.channels_table import MailTable
from newsdiff_crawler.telling.mail import MailChannel
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret
from newsdiff_crawler.telling.sending import send_due
from tests.support.receivers import PASSWORD, USER, Mails, mail_server
from tests.support.records import add_article, story
from tests.telling.conftest import LATER, Desk

LIST = "mailto:leave@news.example?subject=leave"
HOSTILE = "Rise\u202e\r\nBcc: all@news.example\x1b<script>alert(1)</script>"


@pytest.fixture(scope="module")
def server() -> Iterator[Mails]:
    with mail_server() as opened:
        yield opened


@pytest.fixture
def mails(server: Mails) -> Mails:
    server.taken.clear()
    server.refusal = ""
    return server


def says_mail(desk: Desk, port: int, more: str = "") -> None:
    desk.says(
        '[watch.all]\nchannels = ["desk"]\n'
        f'[channel.desk]\nkind = "mail"\nserver = "127.0.0.1"\nport = {port}\ntls = "none"\n'
        f'sender = "newsdiff@news.example"\nto = ["a@news.example", "b@news.example"]\n{more}\n'
    )


def channel(port: int, password: str | None = None, tls: str = "none") -> MailChannel:
    table = MailTable.model_validate(
        {
            "kind": "mail",
            "server": "127.0.0.1",
            "port": port,
            "tls": tls,
            **({"user": USER, "password": "DESK_PASSWORD"} if password else {}),
            "sender": "newsdiff@news.example",
            "to": ["a@news.example"],
        }
    )
    return MailChannel(table, Secret(password) if password else None)


def message(title: str = "Title") -> Message:
    return Message("n1", "all", "2025-04-22T15:00:00Z", title, text="It rains.")


def parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert html
    return plain.get_content().replace("\r\n", "\n"), html.get_content()


def test_a_change_is_a_mail_of_plain_text_and_html(desk: Desk, mails: Mails) -> None:
    says_mail(desk, mails.port)
    article = desk.change()
    assert desk.round().lines == ()
    (mail,) = mails.taken
    assert mail["Subject"] == "The Paper: Two hurt in 1 → Five hurt in 1"
    assert mail["To"] == "a@news.example, b@news.example"
    plain, html = parts(mail)
    page = f"https://site.example/articles/{article}/diff/1/2"
    assert "[-Two-]{+Five+} people were hurt." in plain
    assert f"What changed: {page}\nAt the source: https://paper.example/world/1\n" in plain
    assert re.search(r"<del [^>]*>Two</del>&thinsp;<ins [^>]*>Five</ins> people were hurt\.", html)
    assert f'<a href="{page}">What changed</a>' in html


def test_a_long_subject_of_any_letters_arrives_with_all_its_spaces(
    desk: Desk, mails: Mails
) -> None:
    says_mail(desk, mails.port)
    before, after = "وزير الخارجية يستقيل من منصبه اليوم", "وزير المالية يستقيل من منصبه أمس"
    add_article(desk.store, story(before, "It rains."), story(after, "It rains."))
    assert send_due(desk.folder, {"paper": "الجزيرة"}, "", LATER).lines == ()
    (mail,) = mails.taken
    assert mail["Subject"] == f"الجزيرة: \u2068{before}\u2069 → \u2068{after}\u2069"


def test_the_mails_of_one_article_are_one_thread(desk: Desk, mails: Mails) -> None:
    says_mail(desk, mails.port, f'unsubscribe = "{LIST}"')
    texts = [story(f"Toll at {n}", f"{n} people were hurt.") for n in (2, 3, 4)]
    article = add_article(desk.store, *texts)
    desk.change(7)
    desk.round(LATER + timedelta(hours=1))
    roots = [mail["References"] for mail in mails.taken]
    assert sorted(roots, key=roots.count) == [
        f"<article-{article + 1}@news.example>",
        *[f"<article-{article}@news.example>"] * 2,
    ]
    assert len({mail["Message-ID"] for mail in mails.taken}) == 3
    assert {mail["List-Unsubscribe"] for mail in mails.taken} == {f"<{LIST}>"}
    assert {mail["List-Id"] for mail in mails.taken} == {"<all.newsdiff.news.example>"}


def test_a_hostile_headline_is_one_line_and_no_markup(desk: Desk, mails: Mails) -> None:
    says_mail(desk, mails.port)
    add_article(desk.store, story("Fall", "It fell."), story(HOSTILE, "It rose."))
    desk.round()
    (mail,) = mails.taken
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("The Paper: Fall → Rise Bcc: all@news.example <script>")
    assert "<script>" not in parts(mail)[1]
    assert not {"\u202e", "\x1b"} & {*mail.as_string(), *parts(mail)[0], *parts(mail)[1]}


def test_the_right_password_opens_the_server_and_a_wrong_one_is_not_shown(mails: Mails) -> None:
    channel(mails.port, PASSWORD).send(message())
    assert len(mails.taken) == 1
    with pytest.raises(NotSentError) as raised:
        channel(mails.port, "hunter2hunter2").send(message())
    said = "the mail server 127.0.0.1 refused the user or the password: "
    assert str(raised.value).startswith(said)
    assert raised.value.is_down
    assert "hunter2" not in f"{raised.value!r} {raised.value.__context__!r}"


@pytest.mark.parametrize(
    ("refusal", "is_down"),
    [("451 try later", True), ("550 no such list", False), ("554 spam", False)],
)
def test_a_refused_mail_is_one_line_and_may_be_the_mails_fault(
    refusal: str, is_down: bool, mails: Mails
) -> None:
    mails.refusal = refusal
    with pytest.raises(NotSentError) as raised:
        channel(mails.port).send(message())
    said = f"the mail server 127.0.0.1 refused the mail: {refusal[4:]}"
    assert (str(raised.value), raised.value.is_down) == (said, is_down)


def test_a_server_without_tls_gets_no_mail_where_it_is_wanted(mails: Mails) -> None:
    with pytest.raises(NotSentError, match="cannot be reached: STARTTLS"):
        channel(mails.port, tls="starttls").send(message())
    assert mails.taken == []


def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(NotSentError, match=r"127\.0\.0\.1 cannot be reached: Connection refused"):
        channel(9).send(message())
