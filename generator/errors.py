"""What can go wrong, as values: a message, a place and a way out; turned into text and an exit status by the CLI alone.

Exception
└── SiteError           one problem of the author's site
    └── SiteErrors      all problems of one stage together
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct


class Location(Struct, frozen=True, kw_only=True):
    """A place in a source file, as its author names it.

    file: path shown to the author, from the site's root where possible (`content/posts/a.md`).
    line, column: 1-based; None where unknown. source: the text of that line, without its end.
    """

    file: str
    line: int | None = None
    column: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


def locate(file: str, text: str, offset: int) -> Location:
    """Return the place of `offset` (in characters, 0-based) in `text`."""
    offset = min(max(offset, 0), len(text))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    source = text[start:] if end < 0 else text[start:end]
    line = text.count("\n", 0, offset) + 1
    return Location(file=file, line=line, column=offset - start + 1, source=source.rstrip("\r"))


class SiteError(Exception):
    """One problem of the author's site.

    reasons: what led to it, the outermost first (Zola's `Reason:` lines). hint: what to do, one sentence.
    """

    def __init__(
        self, message: str, *, where: Location | None = None, reasons: Sequence[str] = (), hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.reasons = tuple(reasons)
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way from a worker process to its parent."""
        return _site_error, (self.message, self.where, self.reasons, self.hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return place + " ".join((self.message, *(f"Reason: {reason}" for reason in self.reasons)))

    @property
    def problems(self) -> tuple[SiteError, ...]:
        """This problem, or each of those it stands for."""
        return (self,)

    def during(self, what: str) -> SiteError:
        """Return the same problem with what was being done as its last reason."""
        return SiteError(self.message, where=self.where, reasons=(*self.reasons, what), hint=self.hint)


def _site_error(message: str, where: Location | None, reasons: tuple[str, ...], hint: str | None) -> SiteError:
    return SiteError(message, where=where, reasons=reasons, hint=hint)


class SiteErrors(SiteError):  # noqa: N818 - the plural of SiteError
    """All problems of one stage, in the order of their places; one message at one place counts once."""

    def __init__(self, problems: Iterable[SiteError]) -> None:
        ordered = sorted((p for e in problems for p in e.problems), key=_place_order)
        self._problems = tuple({(p.message, p.where): p for p in reversed(ordered)}.values())[::-1]
        super().__init__("\n".join(str(problem) for problem in self._problems))

    def __reduce__(self) -> tuple[object, ...]:
        return SiteErrors, (self._problems,)

    @property
    def problems(self) -> tuple[SiteError, ...]:
        return self._problems

    def during(self, what: str) -> SiteError:
        return SiteErrors(problem.during(what) for problem in self._problems)


def _place_order(problem: SiteError) -> tuple[str, int, int, str]:
    where = problem.where or Location(file="")
    return where.file, where.line or 0, where.column or 0, problem.message


def raise_all(problems: Iterable[SiteError]) -> None:
    """Raise the one problem as itself, several as SiteErrors, none not at all."""
    found = tuple(problems)
    if len(found) == 1:
        raise found[0]
    if found:
        raise SiteErrors(found)
