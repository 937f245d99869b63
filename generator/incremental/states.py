"""The states that a site's builds left, in its own folder: one for each address, output folder and kind of build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.incremental.saved import load_saved, save
from generator.incremental.state import State

# A preview at a port of its own leaves another state each time.
_MOST_STATES = 6


class States(Struct, frozen=True, kw_only=True):
    """The state of one kind of build, and what there is to begin with where it has left none.

    name: of its file. version: of all but the site's address and the kind of build. settings: stands for all settings.
    home: the address of the site's first page.
    """

    folder: Path
    name: str
    version: bytes
    settings: bytes
    home: str

    def load(self) -> State:
        """Return what the last such build left; else what another left, as far as it holds for this one."""
        for file in (self.folder / self.name, *self._others()):
            state = load_saved(file, self.version, State)
            if state is not None:
                return state if state.settings == self.settings else self._borrow(state)
        return State()

    def save(self, state: State) -> None:
        """Leave a state, and drop those that have not been used for long."""
        save(self.folder / self.name, self.version, replace(state, settings=self.settings, home=self.home))
        for file in list(self._others())[_MOST_STATES - 1 :]:
            for leaving in (file, file.with_name(file.name.replace("state", "glance", 1))):
                leaving.unlink(missing_ok=True)

    def _borrow(self, state: State) -> State:
        """Return the documents, and those texts that are the same at any address but for its links."""
        texts = {key: text for key, text in state.texts.items() if text.is_portable or state.home == self.home}
        return State(documents=state.documents, texts=texts, text_facts=state.text_facts)

    def _others(self) -> Iterator[Path]:
        """Yield the states of other builds, the newest first."""
        found: list[tuple[float, Path]] = []
        with suppress(OSError):
            found.extend((file.stat().st_mtime, file) for file in self.folder.glob("state-*"))
        yield from (file for _, file in sorted(found, reverse=True) if file.name != self.name)
