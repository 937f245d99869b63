"""What can be wrong with a piece of data, by its place inside the text; the caller knows the file around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.errors import Location, SiteError, locate

Path = tuple[str | int, ...]
"""Keys and indexes that lead to a value, from the outside in."""

FindOffset = Callable[[str, Path], int]


class DataError(Exception):
    """Text that its format does not allow. offset: in characters of that text; hint: what to do."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message, offset, hint)
        self.message = message
        self.offset = offset
        self.hint = hint

    def to_site_error(self, summary: str, file: str, text: str, *, start: int = 0) -> SiteError:
        """Name the place in `text`, the whole of `file`, in which the data start at `start`."""
        where = locate(file, text, start + self.offset)
        return SiteError(summary, where=where, reasons=(self.message,), hint=self.hint)


def find_hint(message: str, hints: Mapping[str, str]) -> str | None:
    """Return the hint to a parser's message, by words that it holds."""
    return next((hint for words, hint in hints.items() if words in message), None)


class FieldError(Exception):
    """A field whose value does not fit. problem: what is said of it; path: leads to it; hint: what to do."""

    def __init__(self, problem: str, path: Path = (), hint: str | None = None) -> None:
        super().__init__(problem, path, hint)
        self.problem = problem
        self.path = path
        self.hint = hint

    @property
    def message(self) -> str:
        """What is wrong, with the field's name: `` `taxonomies[0].name` must … ``."""
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"`{name.removeprefix('.')}` {self.problem}"


class FieldErrors(Exception):  # noqa: N818 - the plural of FieldError
    """All fields of a table that do not fit."""

    def __init__(self, problems: Sequence[FieldError]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)


def decode_text(data: bytes, file: str) -> str:
    """Return the text of a file's bytes, without a byte order mark.

    Raises: SiteError naming the offset of the first byte that is not UTF-8.
    """
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        good = data[: error.start]
        line = good.count(b"\n") + 1
        column = len(good[good.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise SiteError(
            f"`{file}` is not valid UTF-8: byte {error.start} (0x{data[error.start]:02x}) is part of no character",
            where=Location(file=file, line=line, column=column),
            hint="Save the file with the encoding UTF-8.",
        ) from None
