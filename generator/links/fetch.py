"""A URL in, what its server says out."""

from __future__ import annotations

from generator.http.ask import Bounds, NoReplyError, Request, ask
from generator.links.answer import Answer

TIMEOUT_S = 30.0
MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 10
_HEADERS = (("Accept", "text/html, */*"),)


def fetch(url: str, with_body: bool, timeout_s: float = TIMEOUT_S) -> Answer:
    """Ask for a page, following up to MAX_REDIRECTS redirects. timeout_s: for all of it."""
    request = Request(url=url, headers=_HEADERS, with_content=with_body)
    try:
        reply = ask(request, Bounds(seconds=timeout_s, size=MAX_BYTES, redirects=MAX_REDIRECTS))
    except NoReplyError as error:
        return Answer(problem=str(error))
    return Answer(status=reply.status, reason=reply.reason, body=reply.text)
