"""What the server adds to a page, so that the page hears of changes: a script, and what is wrong with the site."""

from __future__ import annotations

import html
import json
import secrets
from datetime import UTC, datetime
from importlib import resources
from urllib.parse import quote

from msgspec import Struct, field

from generator.serve.snapshot import NOT_FOUND, Badge
from generator.serve.store import Failure, State

# More changed paths than this are told as "anything may have changed".
_MOST_PATHS = 500
# What a page cannot show a part of.
_DOCUMENTS = (".html", ".xml", ".json", ".txt")
_END = b"</body>"
_OVERLAY_STYLE = (
    "all:revert;position:fixed;inset:0;z-index:2147483647;overflow:auto;box-sizing:border-box;margin:0;padding:2rem;"
    "background:#1b1b1ff2;color:#f4f4f5;font:1rem/1.5 ui-monospace,monospace;text-align:start"
)
_BADGE_STYLE = (
    "all:revert;position:fixed;inset-block-end:.75rem;inset-inline-end:.75rem;z-index:2147483646;margin:0;"
    "padding:.25rem .6rem;border-radius:.4rem;background:#1b1b1fe6;color:#ffd479;font:.8rem/1.5 system-ui,sans-serif;"
    "pointer-events:none"
)


class LivePage(Struct, frozen=True, kw_only=True):
    """Makes pages live. base_path: of the site. token: of this run; other sites' pages cannot know it."""

    base_path: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def socket_path(self) -> str:
        return f"{self.base_path}_hanji/{self.token}/livereload"

    @property
    def script_path(self) -> str:
        return f"{self.socket_path}.js"

    def render_script(self) -> str:
        """Return the script that runs in each page."""
        script = resources.files("generator.serve").joinpath("livereload.js").read_text(encoding="utf-8")
        return script.replace('"/livereload"', json.dumps(self.socket_path))

    def render_page(self, page: bytes, state: State, path: str) -> bytes:
        """Return the page at a path with the script, its badge, and the last build's failure if there is one."""
        script = f'<script src="{quote(self.script_path)}?version={state.version}"></script>'
        badge = render_badge(state.snapshot.badges.get(path))
        added = (badge + render_overlay(state.failure) + script).encode()
        place = page.rfind(_END)
        if place < 0:
            place = page.lower().rfind(_END)
        return page[:place] + added + page[place:] if place >= 0 else page + added

    def render_news(self, state: State, seen: int, path: str | None) -> str:
        """Return the message to a page of version `seen`: JSON with version, changed URL paths and the overlay.

        path: of the page; no other document is told of, unless it is not known. changed is null when the page has
        missed a version, or too much has changed to tell. Pages that only link their style sheets by other hashes are
        not among it: the sheets are.
        """
        news = state.changed - state.restyled
        if path is not None:
            shown = {path} if state.snapshot.find(path) else {path, NOT_FOUND}
            news = frozenset(each for each in news if each in shown or not each.endswith(_DOCUMENTS))
        known = seen == state.version - 1 and len(news) <= _MOST_PATHS
        changed = sorted(map(self._url_path, news)) if known else None
        return json.dumps({"version": state.version, "changed": changed, "overlay": render_overlay(state.failure)})

    def _url_path(self, path: str) -> str:
        folder, slash, name = path.rpartition("/")
        return self.base_path + (folder + slash if name == "index.html" else path)


def render_badge(badge: Badge | None) -> str:
    """Return, as HTML to stand in a corner, why a page is not for readers yet; nothing when it is."""
    reasons = []
    if badge is not None and badge.draft:
        reasons.append("초안 · Draft")
    if badge is not None and badge.date is not None and badge.date > datetime.now(UTC):
        reasons.append(f"앞선 날짜 · Future date: {badge.date:%Y-%m-%d}")
    if not reasons:
        return ""
    text = html.escape(" / ".join(reasons))
    return f'<div id="hanji-badge" role="note" style="{_BADGE_STYLE}">{text}</div>'


def render_overlay(failure: Failure | None) -> str:
    """Return what is wrong as HTML to lie over a page; nothing without a failure."""
    if failure is None:
        return ""
    text = html.escape(failure.text)
    return (
        f'<div id="hanji-overlay" role="alert" style="{_OVERLAY_STYLE}">'
        '<strong style="all:revert;color:#ff8f87">The site could not be built</strong>'
        f'<pre style="all:revert;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit">{text}</pre>'
        "<p>This page is from the last build that worked. It changes as soon as the problem is mended.</p></div>"
    )
