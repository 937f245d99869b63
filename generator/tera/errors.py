"""What goes wrong in a template, as values: the error with its place and the chain of templates that led there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.errors import Location, SiteError


class CallError(Exception):
    """A filter, function, test or operator that cannot do what a template asks of it.

    Raised without a place: the engine knows which part of which template was running.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TeraError(SiteError):
    """A template that cannot be parsed or rendered.

    where: template, line and column (1-based; None where unknown) and the line itself.
    reasons: the templates, blocks, macros and includes that led there, the outermost first.
    """

    def __init__(
        self,
        message: str,
        *,
        where: Location | None = None,
        reasons: Sequence[str] = (),
        hint: str | None = None,
        problems: Iterable[TeraError] = (),
    ) -> None:
        super().__init__(message, where=where, reasons=reasons, hint=hint)
        self._problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        return _tera_error, (self.message, self.where, self.reasons, self.hint, self._problems)

    def __str__(self) -> str:
        if self._problems:
            return "\n".join(str(problem) for problem in self._problems)
        return super().__str__()

    @property
    def problems(self) -> tuple[TeraError, ...]:
        """This error, or each of those it stands for."""
        return self._problems or (self,)

    @property
    def template(self) -> str | None:
        return self.where.file if self.where else None

    @property
    def line(self) -> int | None:
        return self.where.line if self.where else None

    @property
    def column(self) -> int | None:
        return self.where.column if self.where else None


def raise_together(problems: Sequence[TeraError]) -> None:
    """Raise the one error as itself, several as one whose `problems` they are, none not at all.

    Several share the first one's message and place, so that who asks for one line gets a true one.
    """
    if len(problems) == 1:
        raise problems[0]
    if problems:
        first = problems[0]
        raise TeraError(first.message, where=first.where, reasons=first.reasons, hint=first.hint, problems=problems)


def _tera_error(
    message: str,
    where: Location | None,
    reasons: tuple[str, ...],
    hint: str | None,
    problems: tuple[TeraError, ...],
) -> TeraError:
    return TeraError(message, where=where, reasons=reasons, hint=hint, problems=problems)
