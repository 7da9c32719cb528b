"""What the helper's process makes of faults."""

from __future__ import annotations

import asyncio
import errno
from typing import Any

import pytest

from newsdiff_crawler.web.helper_process import _answer


def answer_of_what_fails(error: Exception, cause: Exception | None = None) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 500, "headers": []})
        raise error from cause

    return asyncio.run(_answer(app, {"path": "/"}))


NO_MEMORY = OSError(errno.ENOMEM, "Cannot allocate memory", "site-packages/anyio")


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (MemoryError(), None),
        (NO_MEMORY, None),
        (ImportError("anyio"), NO_MEMORY),
        (RuntimeError("can't start new thread"), None),
    ],
)
def test_want_of_memory_ends_the_process_by_whatever_name_it_comes(
    error: Exception, cause: Exception | None
) -> None:
    with pytest.raises(SystemExit):
        answer_of_what_fails(error, cause)


def test_an_error_that_is_its_own_cause_is_looked_at_once() -> None:
    error = ValueError("of ours")
    assert answer_of_what_fails(error, error).status == 500


def test_another_fault_is_answered_and_told(caplog: pytest.LogCaptureFixture) -> None:
    assert answer_of_what_fails(ValueError("of ours")).status == 500
    assert "/: a fault of ours" in caplog.text
