"""What is too much work for the event loop, which all readers share: it is handed to a helper.

A route asks before it begins: `check` raises, the handler of the error sends the whole request to
the helper's process, and the site's answer is the helper's.
"""

from __future__ import annotations

from fastapi import Request, Response

from newsdiff_crawler.web.helper import Helper

# Characters of text, blocks counted as `Records.size` does. To compare 10,000 takes 5 ms; to show
# them 1 ms.
MOST_COMPARED = 20_000
MOST_IN_DETAIL = 12_000  # sentence by sentence
MOST_SHOWN = 100_000


class HeavyError(Exception):
    """This request is the helper's."""


class TooHeavyError(Exception):
    """It took even the helper too much time or memory."""

    public = "This is too large to be made here: it takes too much time or memory."


class BusyError(Exception):
    """The helper has enough to do."""

    public = "There is too much to do right now. Please try again in a minute."


def check(request: Request, size: int, most: int = MOST_COMPARED) -> None:
    """Raises HeavyError where so much text is not for the event loop. The helper does all."""
    if size > most and request.app.state.helper:
        raise HeavyError


async def answer_by_helper(request: Request, _: Exception) -> Response:
    """The helper's answer; a feed is kept for whoever asks for it next. Raises TooHeavyError and
    BusyError."""
    helper: Helper = request.app.state.helper
    if helper.is_busy:
        raise BusyError
    answer = await helper.answer(request.scope)
    if answer is None:
        raise TooHeavyError
    made = Response(answer.body, answer.status)
    made.raw_headers = answer.headers
    if answer.status == 200 and "ETag" in made.headers:
        request.app.state.feeds.keep(made.headers["ETag"], answer.body)
    return made
