"""Connections that are let go where no whole request comes: each holds a file of the process, and a
thousand that say half a line every few seconds would shut the site out."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class PromptRequests(HttpToolsProtocol):
    """uvicorn's HTTP, with an end to waiting: for a request, with its body, from when the client
    could send it, however often a byte of it arrives, and for a client to take its answer."""

    request_seconds: ClassVar[float] = 10
    answer_seconds: ClassVar[float] = 60  # after that, where the client reads too little
    least_read: ClassVar[int] = 100_000  # bytes in that time

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The client may send."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request, or several of them."""
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """The client may send the next one, or still owes the body of this one."""
        super().on_response_complete()
        if not self._is_answering():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        """Whether a whole request is being answered."""
        cycle = self.cycle
        return cycle is not None and not cycle.more_body and not cycle.response_complete

    def _wait(self) -> None:
        self._stop_waiting()
        self._end = self.loop.call_later(self.request_seconds, self._close)

    def _stop_waiting(self) -> None:
        if self._end:
            self._end.cancel()
            self._end = None

    def _close(self) -> None:
        """What was answered is still sent, to those who read."""
        self.transport.close()
        self._wait_for_reader()

    def _wait_for_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._end = self.loop.call_later(self.answer_seconds, self._let_go, left)

    def _let_go(self, left: int) -> None:
        if self.transport.get_write_buffer_size() <= left - self.least_read:
            self._wait_for_reader()
        else:
            self.transport.abort()
