"""Files of a preview that are made when somebody asks for them, or when there is time, and what to keep of them."""

from __future__ import annotations

import threading
from collections.abc import Container

from msgspec import structs
from msgspec.structs import replace

from generator.errors import SiteError
from generator.incremental.images import image_input, process_image
from generator.incremental.memory import Known, Memory
from generator.incremental.outputs import Outputs, keep_or_make, make_output
from generator.incremental.published import InMemory
from generator.incremental.state import OutputRecord
from generator.incremental.texts import LostTextError
from generator.model.content import ImageRequest
from generator.model.output import OutputFile, PendingFile
from generator.render.output import OutputStage


class Later:
    """The pending files of one build. They share the build's views, and so are made one at a time, by any thread."""

    def __init__(
        self, outputs: Outputs, stage: OutputStage, memory: Memory, *, images: Container[str], covered: Container[str]
    ) -> None:
        """Take what is pending. images: paths of those that the build has made; covered: paths of static files."""
        self._jobs = {path: job for path, job in outputs.pending.items() if path not in covered}
        self.costs = outputs.costs
        self._recorder = outputs.recorder
        self._stage = stage
        self._memory = memory
        self._there = images
        self._lock = threading.Lock()
        # Whoever takes over what has been made does not wait for what is being made.
        self._books = threading.Lock()
        self._is_closed = False
        self._waiting = dict.fromkeys(self._jobs)
        self._made: dict[str, OutputFile] = {}
        self._records: dict[str, OutputRecord] = {}
        self._images: dict[str, OutputFile] = {}

    def files(self) -> dict[str, PendingFile]:
        """Return the files that were pending when the build ended, by path."""
        # There may be as many as a site has pages: each is to be made of little.
        make = self._read
        return {path: PendingFile(path, make) for path in self._jobs}

    def find_image(self, path: str) -> bytes | None:
        """Return an image that a file asked for which has been made by now."""
        image = self._images.get(path)
        return None if image is None else image.data

    def next_seconds(self) -> float:
        """Return how long the next file that waits may take; 0 when there is none."""
        return next((self.costs[path] for path in self._waiting), 0.0)

    def make_next(self) -> bool:
        """Make one more file; tell whether there was one to make. Raises: SiteError; that file is not tried again."""
        with self._lock:
            path = next(iter(self._waiting), None)
            if path is None:
                return False
            del self._waiting[path]
            self._make(path)
            return True

    def known_with_made(self, known: Known, published: InMemory) -> tuple[Known, InMemory]:
        """Return what is known of the build, and its files, with those made since; of later ones no notes are taken.

        The next build goes on with these notes, unless it fails, and `resume` is called.
        """
        with self._books:
            self._is_closed = True
            outputs = {**known.state.outputs, **self._records}
            state = structs.replace(known.state, outputs=outputs, output_facts=self._recorder.facts())
            return replace(known, state=state), InMemory({**published.files, **self._made, **self._images})

    def resume(self) -> None:
        """Take notes again of what is made."""
        self._is_closed = False

    def _read(self, path: str) -> bytes:
        with self._lock:
            return self._make(path).data

    def _make(self, path: str) -> OutputFile:
        made = self._made.get(path)
        if made is None:
            try:
                output = make_output(self._jobs[path], self._stage)
            except LostTextError as lost:
                raise SiteError(
                    f"The text of `{lost.key}`, which an earlier build had kept, is gone",
                    hint="Save some file of the site: the next build makes it again.",
                ) from lost
            for request in output.file.images:
                if request.target not in self._there and request.target not in self._images:
                    self._make_image(request)
            # Only now: without its images, a file is not made.
            with self._books:
                made = self._made[path] = output.file
                if not self._is_closed:
                    self._records[path] = self._recorder.record(output)
        return made

    def _make_image(self, request: ImageRequest) -> None:
        config = self._stage.views.site.config
        kept, records = keep_or_make({request.target: image_input(request, config.root)}, self._memory)
        image = kept.get(request.target)
        made = image if isinstance(image, OutputFile) else process_image(request, config)
        with self._books:
            self._images[request.target] = made
            self._records |= records
