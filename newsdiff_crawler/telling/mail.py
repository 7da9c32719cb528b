"""Mail: HTML and plain text, one thread for each article."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from newsdiff_crawler.services import TIMEOUT
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import MailTable
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret
from newsdiff_crawler.telling.short_post import title_within
from newsdiff_crawler.times import from_iso

_LONGEST_SUBJECT = 200  # characters


class _Policy(EmailPolicy):
    """As `email.policy.SMTP`, which in older releases of Python loses spaces of a long subject that
    is not ASCII (github.com/python/cpython/issues/92081)."""

    def fold(self, name: str, value: str) -> str:
        if name != "Subject" or value.isascii():
            return str(super().fold(name, value))
        lines = Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {lines}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


_POLICY = _Policy(linesep="\r\n")


class MailChannel(Channel):
    """One list of people, by one server."""

    def __init__(self, table: MailTable, password: Secret | None) -> None:
        self._table, self._password = table, password

    def send(self, message: Message) -> Sent:
        """All who are on the list get the one mail. Who of several was refused is said; to send it
        again would be to send it twice to the others."""
        mail = self._mail(message)
        try:
            server = self._connect()
            try:
                refused = server.send_message(mail)
            finally:
                with suppress(OSError, smtplib.SMTPException):  # what was taken was taken
                    server.quit()
        except smtplib.SMTPAuthenticationError as error:
            raise self._not_sent("refused the user or the password", error.smtp_error) from None
        except smtplib.SMTPRecipientsRefused as error:
            said = next(iter(error.recipients.values()))[1]
            raise self._not_sent("refused all of the list", said, is_down=False) from None
        except smtplib.SMTPDataError as error:
            is_down = error.smtp_code < 500
            raise self._not_sent("refused the mail", error.smtp_error, is_down=is_down) from None
        except smtplib.SMTPResponseException as error:
            raise self._not_sent("refused", error.smtp_error) from None
        except UnicodeError:  # whose words have a letter of it
            raise self._not_sent("the password has letters that are not ASCII", "") from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise self._not_sent("cannot be reached", reason) from None
        remark = f"refused by the server: {', '.join(refused)}" if refused else ""
        return Sent(remark=self._hidden(remark))

    def _connect(self) -> smtplib.SMTP:
        table, context = self._table, ssl.create_default_context()
        if table.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                table.server, table.port, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(table.server, table.port, timeout=TIMEOUT)
        try:
            if table.tls == "starttls":
                server.starttls(context=context)
            if self._password:
                server.login(table.user, self._password.value)
        except BaseException:
            server.close()
            raise
        return server

    def _mail(self, message: Message) -> EmailMessage:
        table = self._table
        domain = table.sender.rpartition("@")[2]
        mail = EmailMessage(policy=_POLICY)
        mail["Subject"] = title_within(message, _LONGEST_SUBJECT, len)
        mail["From"] = Address(display_name="newsdiff", addr_spec=table.sender)
        mail["To"] = tuple(Address(addr_spec=each) for each in table.to)
        mail["Date"] = format_datetime(from_iso(message.made_at))
        mail["Message-ID"] = f"<{message.name}@{domain}>"
        if message.thread:
            root = f"<{message.thread}@{domain}>"
            mail["In-Reply-To"], mail["References"] = root, root
        mail["List-Id"] = f"<{message.watch}.newsdiff.{domain}>"
        if table.unsubscribe:
            mail["List-Unsubscribe"] = f"<{table.unsubscribe}>"
        mail["Auto-Submitted"] = "auto-generated"
        # The subject may be cut.
        mail.set_content(f"{message.title}\n\n" * message.is_single + message.as_text())
        mail.add_alternative(message.as_html(), subtype="html")
        return mail

    def _not_sent(self, problem: str, said: bytes | str, *, is_down: bool = True) -> NotSentError:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        line = f"the mail server {self._table.server} {problem}: {text}"
        return NotSentError(self._hidden(line), is_down=is_down)

    def _hidden(self, text: str) -> str:
        return self._password.hidden_in(text) if self._password else text
