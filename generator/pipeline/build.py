"""The build on one screen: load, plan, render; what comes out is written, or served, by others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.assets.static import StaticFiles, static_files
from generator.config.load import load_config
from generator.engine.stage import Stages
from generator.engine.watch import UNWATCHED, Watch
from generator.incremental.glance import Glance, is_covered, is_unchanged, kept_files, report_of
from generator.incremental.index import Index
from generator.incremental.memory import Known, Memory, open_memory
from generator.incremental.published import InMemory
from generator.incremental.state import without_outputs
from generator.incremental.texts import LostTextError, TextStore
from generator.model.config import SiteConfig
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, OutputFile, Shelve, SiteOutput, hold
from generator.pipeline.inputs import read_inputs
from generator.write.collisions import join_files

if TYPE_CHECKING:
    from generator.incremental.later import Later


def build_site(options: BuildOptions, watch: Watch = UNWATCHED, shelve: Shelve = hold) -> SiteOutput:
    """Build a site in memory. Raises: SiteErrors with all problems of the first stage that has any.

    shelve: puts rendered files away until they are published, where they need not be in memory.
    """
    try:
        return _build(options, partial(open_memory, options=options), watch, shelve)
    except LostTextError:
        # What the last build left is not whole: begin anew, and leave a whole one.
        return _build(options, partial(open_memory, options=options, anew=True), watch, shelve)


class Preview:
    """Builds one site again and again, for a preview that holds it in memory: only what an edit changes is redone.

    patience_s: when rendering would take longer than that, the build leaves its files pending; None to wait for all.
    """

    def __init__(self, patience_s: float | None = None) -> None:
        self._patience_s = patience_s
        self._last: tuple[bytes, Known, InMemory] | None = None
        self._texts: TextStore | None = None

    def build(self, options: BuildOptions, doubtful: frozenset[Path] | None = None) -> SiteOutput:
        """Build the site as it is now; what is not pending is there, none in an output folder. Raises: SiteErrors.

        doubtful: paths that alone may have changed in the content since the last build; None where any may.
        """
        self._settle()
        try:
            return self._build(options, doubtful, anew=False)
        except LostTextError:
            self._last = None
            return self._build(options, None, anew=True)
        finally:
            # After a failure the next build begins where this one did.
            if self._later is not None:
                self._later.resume()

    def make_next(self) -> bool:
        """Make one more of the files that are pending; tell whether there was one. Raises: SiteError."""
        return self._later is not None and self._later.make_next()

    def next_seconds(self) -> float:
        """Return how long the next of them may take."""
        return self._later.next_seconds() if self._later else 0.0

    @property
    def _later(self) -> Later | None:
        return self._last[1].later if self._last else None

    def _settle(self) -> None:
        """Take what has been made since the last build for made by it."""
        if self._last is not None and self._later is not None:
            version, known, published = self._last
            self._last = version, *self._later.known_with_made(known, published)

    def _build(self, options: BuildOptions, doubtful: frozenset[Path] | None, *, anew: bool) -> SiteOutput:
        output = _build(options, partial(self._recall, options=options, doubtful=doubtful, anew=anew), UNWATCHED, hold)
        output.published()
        return output

    def _recall(
        self,
        config: SiteConfig,
        target: Path,
        *,
        options: BuildOptions,
        doubtful: frozenset[Path] | None,
        anew: bool,
    ) -> Memory:
        opened = open_memory(config, target, options=options, anew=anew)
        # One connection to the texts is enough; a site elsewhere has others.
        self._texts = opened.texts if self._texts is None or not self._texts.is_same(opened.texts) else self._texts
        memory = replace(
            opened,
            texts=self._texts,
            published=InMemory(),
            keep=partial(self._keep, opened),
            load_glance=lambda: None,
            patience_s=self._patience_s,
            index=Index(),
        )
        if self._last is None or self._last[0] != opened.version:
            return memory
        _, known, published = self._last
        return replace(memory, known=known, published=published, doubtful=doubtful, index=known.index)

    def _keep(
        self, opened: Memory, known: Known, glance: Callable[[], Glance], files: Mapping[str, OutputFile]
    ) -> None:
        if self._last is None:
            # The next preview begins with these texts; what it shows of them, it makes itself.
            opened.keep(replace(known, state=without_outputs(known.state)), glance, files)
        self._last = opened.version, known, InMemory(files)


def check_site(options: BuildOptions, watch: Watch = UNWATCHED) -> BuildReport:
    """Load a site and check its links; no page is rendered by a template. Raises: SiteErrors as build_site does."""
    from generator.pipeline.check import check_links

    config = load_config(replace(options, mode="check"))
    inputs = read_inputs(config, drafts=options.drafts)
    with _stages(options, config, watch) as run:
        return check_links(inputs, run, drafts=options.drafts, outside=not options.skip_external_links)


def _build(
    options: BuildOptions, recall: Callable[[SiteConfig, Path], Memory], watch: Watch, shelve: Shelve
) -> SiteOutput:
    watch.begin("looking for changes")
    config = load_config(options)
    target = options.output_dir or config.root / config.output_dir
    memory = recall(config, target)
    inputs = read_inputs(config, drafts=options.drafts, memory=memory)
    glance = memory.load_glance()
    if glance is not None and is_unchanged(glance, inputs, memory.published):
        static = static_files(config)
        if is_covered(glance, static.files):
            return _found_again(glance, static, config, target)
    watch.begin("loading hanji")
    # What makes pages brings a lot with it; a build that has nothing to do needs none of it.
    from generator.pipeline.whole import build_whole

    with _stages(options, config, watch) as run:
        return build_whole(inputs, memory, run, target, shelve, drafts=options.drafts)


def _stages(options: BuildOptions, config: SiteConfig, watch: Watch) -> Stages:
    named = config.build.executor
    if named is None:
        return Stages(options.jobs, watch)
    from generator.engine.executors import NamedExecutor  # most sites name none

    return Stages(options.jobs, watch, NamedExecutor(name=named, options=config.build.executor_options))


def _found_again(glance: Glance, static: StaticFiles, config: SiteConfig, target: Path) -> SiteOutput:
    """Return the site as the last build left it. static: files as they are now."""
    files, collisions = join_files(kept_files(glance, config.root), static.files)
    report = report_of(glance)
    return SiteOutput(
        root=config.root,
        roots=config.roots,
        files=files,
        folders=static.folders,
        config_output_dir=target,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=replace(report, warnings=(*report.warnings, *static.warnings, *collisions)),
    )
