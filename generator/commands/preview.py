"""A site's options in, snapshots of it out, again and again; each build's problems and warnings are told once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Protocol

import click
from msgspec.structs import replace

from generator.commands.bug import format_bug, save_bug
from generator.commands.diagnostics import format_error
from generator.commands.output_dir import check_output_dir
from generator.commands.report import say_warnings
from generator.config.find import find_config
from generator.errors import SiteError
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, CopiedFile, OutputFile, PendingFile, SiteOutput, find_copied
from generator.serve.changes import find_replaced
from generator.serve.snapshot import Badge, PendingEntry, Snapshot, UnmadeError
from generator.serve.store import Failure
from generator.write.collisions import PlannedFile

# A save changes few files; of more than that, each is looked at.
_FEW = 10


class Site(Protocol):
    """Builds a site, and makes what a build has left pending."""

    def build(self, options: BuildOptions, doubtful: frozenset[Path] | None = None) -> SiteOutput: ...

    def make_next(self) -> bool: ...

    def next_seconds(self) -> float: ...


class Builder:
    """Makes builds of one site. target: where to write them too; store: to the config's folder.

    since_ns: what is changed from then on may not be in the first build.
    """

    def __init__(self, preview: Site, options: BuildOptions, *, target: Path | None, store: bool) -> None:
        self.target = target
        self.since_ns = time.time_ns()
        self._preview = preview
        self._options = options
        self._store = store
        self.snapshots = Snapshots()
        self._report = BuildReport()
        self._is_unsure = self._has_failed = False

    def build_first(self) -> SiteOutput:
        """Build as `hanji build` does. Raises: SiteError."""
        output = self._build(self._options)
        self._report = output.report
        return output

    def rebuild(self, causes: frozenset[Path]) -> Snapshot | Failure:
        """Build anew; a failure is given back to be shown over the pages, a bug is one as well.

        Of the content, what has changed is looked at first; `recheck` looks at all. After a failure nobody knows what
        has changed since the last good build.
        """
        is_save = len(causes) <= _FEW and not self._has_failed
        outcome = self._rebuild(causes if is_save else None)
        self._is_unsure = is_save and isinstance(outcome, Snapshot)
        return outcome

    def recheck(self) -> Snapshot | Failure | None:
        """Build what the last rebuild may have missed, if it did not look at everything."""
        if not self._is_unsure:
            return None
        self._is_unsure = False
        return self._rebuild(None)

    def _rebuild(self, doubtful: frozenset[Path] | None) -> Snapshot | Failure:
        # Other threads run by now, from among which processes are not forked unless asked for.
        options = replace(self._options, jobs=self._options.jobs or 1)
        self._has_failed = True
        try:
            output = self._build(options, doubtful)
        except Exception as problem:
            return _failure(problem)
        self._has_failed = False
        before, self._report = self._report, output.report
        say_warnings(_new_of(self._report, before))
        return self.snapshots.take(output)

    def make_next(self) -> bool | Failure:
        """Make one of the files that the last build left pending; tell whether there was one."""
        try:
            return self._preview.make_next()
        except Exception as problem:
            return _failure(problem)

    def next_seconds(self) -> float:
        """Return how long the next of them may take."""
        return self._preview.next_seconds()

    def _build(self, options: BuildOptions, doubtful: frozenset[Path] | None = None) -> SiteOutput:
        if self.target is None and not self._store:
            return self._preview.build(options, doubtful)
        # Only who writes builds somewhere needs what writes them.
        from generator.write import publish
        from generator.write.lock import build_lock

        with build_lock(find_config(options.root, options.config_file)[0]):
            output = self._preview.build(options, doubtful)
            target = self.target or output.config_output_dir
            check_output_dir(target, output.root)
            publish(output, target)
        return output


def _failure(problem: Exception) -> Failure:
    """Return what is to be told of a problem; a bug must not take the server, and the author's pages, away."""
    text = (
        format_error(problem) if isinstance(problem, SiteError) else format_bug(problem, save_bug(problem, ["serve"]))
    )
    return Failure(text=click.unstyle(text), coloured=text)


def _new_of(report: BuildReport, before: BuildReport) -> BuildReport:
    """Return a report that tells what the one before did not: an author need not read it all at every save."""
    ignored, warnings = set(before.ignored), set(before.warnings)
    return replace(
        report,
        ignored=tuple(path for path in report.ignored if path not in ignored),
        warnings=tuple(text for text in report.warnings if text not in warnings),
    )


class Snapshots:
    """Takes builds of one site as the server answers from them; what is as it was in the last one, as it is there."""

    def __init__(self) -> None:
        self._files: Mapping[str, PlannedFile] = {}
        self._last = Snapshot(entries={})

    def take(self, output: SiteOutput) -> Snapshot:
        """Return a build as the server answers from it."""
        files: dict[str, PlannedFile] = {**output.files, **output.pending}
        # A file on disk may be another although it stands where it stood.
        looked_at = chain(find_replaced(self._files, files), find_copied(files))
        fresh = {path: _content(files[path]) for path in looked_at}
        badges = {path: Badge(draft=unready.draft, date=unready.date) for path, unready in output.unready.items()}
        find_late = output.find_image if output.pending else None
        taken = self._last.renew(self._files.keys() - files.keys(), fresh, badges, find_late)
        if len(taken.entries) != len(files):
            # Two paths are one to the server: what came and went does not tell which of them is there.
            contents = {path: _content(file) for path, file in files.items()}
            taken = Snapshot.of(contents, badges, find_late)
        self._files, self._last = files, taken
        return taken


def _content(file: PlannedFile) -> bytes | Path | PendingEntry:
    if isinstance(file, PendingFile):
        return _LateEntry(file)
    if isinstance(file, CopiedFile):
        return file.file
    # A preview leaves nothing in folders of its own.
    assert isinstance(file, OutputFile)
    return file.data


class _LateEntry(PendingEntry):
    """Makes a pending file of a build; there may be as many as a site has pages."""

    __slots__ = ("_file",)

    def __init__(self, file: PendingFile) -> None:
        self.seen = None
        self._file = file

    def make(self) -> bytes:
        try:
            return self._file.read()
        except Exception as problem:
            failure = _failure(problem)
            raise UnmadeError(failure.text, failure.coloured) from problem
