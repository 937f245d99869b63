"""Links to other sites in, those that lead nowhere out; the servers are asked side by side, each in its own time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.links.answer import Answer
from generator.links.internal import has_anchor
from generator.links.location import locate_link, shown_name
from generator.model.config import LinkCheckerConfig
from generator.model.content import Text
from generator.model.library import Library
from generator.text.globs import compile_globs

Fetch = Callable[[str, bool], Answer]
"""Asks for a URL (without its fragment), and for the text of the page if the second argument says so."""

PAUSE_S = 0.5
_MIN_THREADS = 8
_NOT_MODIFIED = 304
# Fragments that programs on the page read, or the browser: no element has them for its id.
_SPECIAL_FRAGMENTS = ("/", "!", ":~:")


class _Link(Struct, frozen=True, kw_only=True):
    """A link as it is used. host: None when the URL has none. anchor: what the page must have, None for nothing."""

    url: str
    host: str | None
    page: str
    anchor: str | None
    where: Location


def check_external_links(
    rendered: Mapping[str, Text],
    library: Library,
    config: LinkCheckerConfig,
    *,
    fetch: Fetch | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[SiteError, ...]:
    """Ask for every page of another site that texts and redirects link to; return a problem for each link that fails.

    Each page is asked for once. A host is asked for one page at a time, with a pause in between.
    Zola: `skip_prefixes`, `skip_anchor_prefixes` and `ignored_files` of `[link_checker]`.
    """
    links = [_parse(url, where, config) for url, where in _wanted_links(rendered, library, config)]
    answers = _ask_all(links, fetch or _load_fetch(), pause)
    found = ((link, _find_fault(link, answers)) for link in links)
    return tuple(SiteError(f"Broken link to {link.url}: {fault}", where=link.where) for link, fault in found if fault)


def _load_fetch() -> Fetch:
    # The network's modules take 40 ms to load; a build never uses them.
    from generator.links.fetch import fetch

    return fetch


def _wanted_links(
    rendered: Mapping[str, Text], library: Library, config: LinkCheckerConfig
) -> Iterator[tuple[str, Location]]:
    ignored = compile_globs(config.ignored_files)
    for key, url, line, column in _all_links(rendered, library):
        if not url.startswith(config.skip_prefixes) and not (ignored and ignored.fullmatch(_file_of(key, library))):
            yield url, locate_link(key, line, column, library)


def _all_links(rendered: Mapping[str, Text], library: Library) -> Iterator[tuple[str, str, int | None, int | None]]:
    for key, document in rendered.items():
        section = library.sections.get(key)
        target = section.meta.redirect_to if section else None
        if target and target.startswith(("http:", "https:")):
            yield key, target, None, None
        for link in document.external_links:
            yield key, link.url, link.line, link.column


def _file_of(key: str, library: Library) -> str:
    document = library.find_document(key)
    return str(document.source.file) if document else shown_name(key, library)


def _parse(url: str, where: Location, config: LinkCheckerConfig) -> _Link:
    page, _, fragment = url.partition("#")
    is_plain = fragment and fragment.lower() != "top" and not fragment.startswith(_SPECIAL_FRAGMENTS)
    anchor = fragment if is_plain and not url.startswith(config.skip_anchor_prefixes) else None
    return _Link(url=url, host=_find_host(url), page=page, anchor=anchor, where=where)


def _find_host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _find_fault(link: _Link, answers: Mapping[str, Answer]) -> str | None:
    if link.host is None:
        return "the URL has no host"
    answer = answers[link.page]
    if answer.problem:
        return answer.problem
    if not 200 <= answer.status < 300 and answer.status != _NOT_MODIFIED:
        return f"the server answered {answer.status} {answer.reason}".rstrip()
    if link.anchor and not any(has_anchor(answer.body, name) for name in (link.anchor, unquote(link.anchor))):
        return f"the page has no anchor `#{link.anchor}`"
    return None


def _ask_all(links: Iterable[_Link], fetch: Fetch, pause: Callable[[float], None]) -> dict[str, Answer]:
    """Return the answer for each page, asked host by host, many hosts at a time."""
    pages: dict[str, dict[str, bool]] = {}
    for link in links:
        if link.host:
            wanted = pages.setdefault(link.host, {})
            wanted[link.page] = wanted.get(link.page, False) or link.anchor is not None
    hosts: SimpleQueue[dict[str, bool]] = SimpleQueue()
    done: SimpleQueue[dict[str, Answer] | BaseException] = SimpleQueue()
    for wanted in pages.values():
        hosts.put(wanted)
    for _ in range(min(len(pages), max(_MIN_THREADS, os.cpu_count() or 1))):
        # Daemons: whoever interrupts the check does not wait for a slow server.
        Thread(target=_ask_hosts, args=(hosts, done, fetch, pause), daemon=True).start()
    return _gather(done, len(pages))


def _ask_hosts(
    hosts: SimpleQueue[dict[str, bool]],
    done: SimpleQueue[dict[str, Answer] | BaseException],
    fetch: Fetch,
    pause: Callable[[float], None],
) -> None:
    while True:
        try:
            wanted = hosts.get_nowait()
        except Empty:
            return
        try:
            done.put(_ask_host(wanted, fetch, pause))
        except BaseException as error:  # a bug's way to the thread that waits
            done.put(error)


def _ask_host(wanted: Mapping[str, bool], fetch: Fetch, pause: Callable[[float], None]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for page, with_body in wanted.items():
        if answers:
            pause(PAUSE_S)
        answers[page] = fetch(page, with_body)
    return answers


def _gather(done: SimpleQueue[dict[str, Answer] | BaseException], count: int) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for _ in range(count):
        result = done.get()
        if isinstance(result, BaseException):
            raise result
        answers |= result
    return answers
