"""One round of the outbox: what is due goes out, each message once; no process but this one does
so at the same time.

A message is put together in the record before it is sent, and marked when the service has taken
it. Who is killed between the two sends it again, under the same name: receivers of webhooks and
mail can tell, other services cannot.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from newsdiff_crawler.store import DatabaseError, Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.writing.outbox import OFTEN, Message, Notice
from newsdiff_crawler.telling import message as telling
from newsdiff_crawler.telling.alarms import problems
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent, channel_of
from newsdiff_crawler.telling.composing import Composer
from newsdiff_crawler.telling.routes import began_at
from newsdiff_crawler.telling.secrets import SecretError, Secrets
from newsdiff_crawler.telling.watches import ALARMS, FILE_NAME, How, Watches, read_watches, with_hub
from newsdiff_crawler.telling.websub import FEEDS
from newsdiff_crawler.times import from_iso, to_iso

logger = logging.getLogger(__name__)

MOST_AN_HOUR = 20  # messages of a watch by a channel; what is more is one digest
HOUR = timedelta(hours=1)
GIVEN_UP = timedelta(days=3)  # after the first attempt was due
LONGEST_SENDING = 60.0  # seconds of one message, whatever comes of it
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Round:
    """What a round came to. ``lines``: what people should know of, one each."""

    sent: int = 0
    waiting: int = 0  # messages that were tried in vain
    lines: tuple[str, ...] = ()
    is_elsewhere: bool = False  # another process is at it

    def say(self, line: str) -> None:
        """Adds a line for people."""
        self.lines = (*self.lines, line)


def send_due(
    folder: Path, titles: Mapping[str, str], site: str, now: datetime, hub: str = ""
) -> Round:
    """Sends what is due. ``hub``: of the site's feeds. Raises StoreError and DatabaseError."""
    watches = with_hub(read_watches(folder), hub)
    said = Round(lines=tuple(watches.mistakes))
    with closing(Store.open_made(folder)) as store:
        lock = store.locks.notifying()
        if not lock.acquire():
            said.is_elsewhere = True
            return said
        try:
            _Sending(
                store, watches, folder, Composer(Records(store.db), titles, site), now, said
            ).run()
        finally:
            lock.release()
    return said


class _Sending:
    """One round, by whoever has the lock."""

    def __init__(
        self,
        store: Store,
        watches: Watches,
        folder: Path,
        composer: Composer,
        now: datetime,
        said: Round,
    ) -> None:
        self._outbox, self._db = store.outbox, store.db
        self._watches, self._folder = watches, folder
        self._composer, self._now, self._said = composer, now, said
        self._secrets = Secrets(folder)
        self._channels: dict[str, Channel] = {}

    def run(self) -> None:
        """Alarms first; then channel by channel: one that does not answer is asked once."""
        if self._watches.alarms:
            found = problems(self._db, self._folder, self._now)
            self._outbox.alarm(found, self._watches.alarms, self._now)
        late = self._outbox.sort_out(self._now)
        if late:
            self._said.say(f"{late} notices were withdrawn: nobody sent them for a week")
        by_channel: dict[str, list[str]] = {}
        for watch, channel in self._outbox.to_whom():
            if self._is_wanted(watch, channel):
                by_channel.setdefault(channel, []).append(watch)
        try:
            for channel, watches in by_channel.items():
                self._serve(channel, watches)
        finally:
            for opened in self._channels.values():
                opened.close()
        self._outbox.forget(self._now)

    def _is_wanted(self, watch: str, channel: str) -> bool:
        """Whether anybody still wants what waits. Where the file has mistakes, it may be one of
        them, and it waits."""
        wanted = self._watches.watches.get(watch)
        wanting = self._watches.alarms if watch == ALARMS else wanted.channels if wanted else ()
        if channel in wanting or self._watches.mistakes:
            return True
        count = self._outbox.withdraw(watch, channel, "nobody wants it any more", self._now)
        line = f"watch {watch}: what waited for channel {channel} was withdrawn ({count})"
        self._said.say(f"{line}: {FILE_NAME} no longer says so")
        return False

    def _serve(self, channel: str, watches: Sequence[str]) -> None:
        if not self._send_all(channel) or self._outbox.is_down(channel, self._now):
            return
        for watch in watches:
            self._put_together(watch, channel)
        self._send_all(channel)

    # --- Putting together -----------------------------------------------------------------------

    def _put_together(self, watch: str, channel: str) -> None:
        """Messages of what is due: one each as long as there is room in this hour, and one digest
        of the rest."""
        notices = self._outbox.waiting(watch, channel, self._now)
        if not notices:
            return
        wanted = self._watches.watches.get(watch)
        if wanted and wanted.how != "at once":
            if self._may_digest(watch, channel, wanted.how):
                self._outbox.put_together(watch, channel, notices, self._now, digest=True)
            return
        made, digest_at = self._outbox.made_since(watch, channel, self._now - HOUR, self._now)
        room = max(MOST_AN_HOUR - made, 0)
        # What is wrong at one time is one message.
        parts = [notices] if watch == ALARMS else [[notice] for notice in notices]
        for part in parts[:room]:
            self._outbox.put_together(watch, channel, part, self._now, digest=False)
        rest = [notice for part in parts[room:] for notice in part]
        if rest and not digest_at:
            self._outbox.put_together(watch, channel, rest, self._now, digest=True)
            self._tell_of_flood(watch, notices)

    def _may_digest(self, watch: str, channel: str, how: How) -> bool:
        """One for each hour or day, whatever becomes clear afterwards. What is new in the feeds is
        announced in each round."""
        begun = began_at(how, self._now) - timedelta(seconds=1)
        return watch == FEEDS or not self._outbox.made_since(watch, channel, begun, self._now)[1]

    def _tell_of_flood(self, watch: str, notices: Sequence[Notice]) -> None:
        """An alarm where one source makes half of a flood."""
        articles = [each.article_id for each in notices if each.article_id is not None]
        counts = Counter(self._outbox.sources_of(articles))
        if not counts:
            return
        ((source, most),) = counts.most_common(1)
        if most * 2 >= len(notices):
            line = f"{source} makes {most} of {len(notices)} notices of the watch {watch}"
            self._alarm(watch, line)

    def _alarm(self, watch: str, line: str) -> None:
        """What operators are to know. What is wrong with their own channel, it cannot tell."""
        self._said.say(line)
        if watch != ALARMS:
            with self._db.transaction():
                self._outbox.tell(ALARMS, self._watches.alarms, line, to_iso(self._now))

    # --- Sending --------------------------------------------------------------------------------

    def _send_all(self, name: str) -> bool:
        """Sends what is due by a channel; whether that works."""
        for message in self._outbox.due(name, self._now):
            try:
                self._outbox.trying(message, self._now + FIRST_WAIT)
                composed = self._composed(message)
                if composed is None:
                    self._outbox.done(message, "withdrawn", self._now)
                else:
                    self._sent(message, send(self._channel(name), composed))
            except (NotSentError, SecretError) as error:  # noqa: PERF203 - of one message
                if self._not_sent(message, error):
                    return False
        return True

    def _composed(self, message: Message) -> telling.Message | None:
        """What a message says by now. A fault of ours in it is that message's alone."""
        try:
            notices = self._outbox.contents(message)
            reply_to = self._outbox.last_answer(message, notices)
            return self._composer.message(message, notices, reply_to)
        except DatabaseError:
            raise
        except Exception as error:
            logger.exception("message %d: a fault of ours", message.id)
            raise NotSentError(f"a fault of ours: {error!r}", is_down=False) from error

    def _sent(self, message: Message, sent: Sent) -> None:
        self._outbox.done(message, "sent", self._now, answer=sent.answer)
        self._said.sent += 1
        if sent.remark:
            self._said.say(f"watch {message.watch}: channel {message.channel}: {sent.remark}")

    def _channel(self, name: str) -> Channel:
        """One for the whole round: some have to log in."""
        if name not in self._channels:
            table = self._watches.channels.get(name)
            if table is None:
                raise NotSentError("its table has a mistake", is_down=True)
            self._channels[name] = channel_of(table, self._secrets)
        return self._channels[name]

    def _not_sent(self, message: Message, error: NotSentError | SecretError) -> bool:
        """Whether the channel does not work at all."""
        is_down, asked = True, None
        if isinstance(error, NotSentError):
            is_down, asked = error.is_down, error.wait
        where = f"watch {message.watch}: channel {message.channel}"
        if self._now - from_iso(message.made_at) >= GIVEN_UP and message.attempts:
            self._outbox.done(message, "given up", self._now, str(error))
            others = 0
            if is_down:
                others = self._outbox.give_up(message, self._now - GIVEN_UP, str(error), self._now)
            more = f", and {others} more that waited for it" if others else ""
            self._alarm(message.watch, f"{where}: given up after three days{more}: {error}")
            return is_down
        is_down = is_down and message.attempts < OFTEN
        failures = message.attempts
        if is_down:
            failures = max(failures, self._outbox.failures(message.channel) - 1)
        wait = max(min(FIRST_WAIT * 2 ** min(failures, 10), LONGEST_WAIT), asked or HOUR * 0)
        due = self._now + wait
        self._outbox.try_again(message, due, str(error), is_down=is_down)
        self._said.waiting += 1
        self._said.say(f"{where}: {error}; tried again at {to_iso(due)}")
        return is_down


def send(channel: Channel, message: telling.Message) -> Sent:
    """Sends a message. What a library throws may have a secret in it: only its kind is told. A
    service may answer a byte at a time: after LONGEST_SENDING it is not waited for."""
    came: list[Sent | Exception] = []

    def run() -> None:
        try:
            came.append(channel.send(message))
        except Exception as error:
            came.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGEST_SENDING)
    if not came:
        raise NotSentError(f"no whole answer within {LONGEST_SENDING:.0f} s", is_down=True)
    if isinstance(came[0], (NotSentError, SecretError)):
        raise came[0]
    if isinstance(came[0], Exception):
        raise NotSentError(f"a fault: {type(came[0]).__name__}", is_down=False)
    return came[0]
