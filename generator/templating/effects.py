"""What rendering asks for and what it reads besides its own input, kept until the job at hand is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.model.content import ImageRequest

if TYPE_CHECKING:
    from generator.tera import TemplateTimer

# Something that a render can read: its kind, and what names it (`("page", "a.md", "title")`).
Fact = tuple[str, ...]


class Effects(Struct):
    """Of the job at hand: the images that it asked for and the facts that it read, each once, in that order.

    timer: of its templates, when somebody wants to know.
    """

    timer: TemplateTimer | None = None
    reads: dict[Fact, None] = field(default_factory=dict)
    _images: dict[str, ImageRequest] = field(default_factory=dict)

    def read(self, *fact: str) -> None:
        """Note that the job depends on a fact."""
        self.reads[fact] = None

    def want_image(self, request: ImageRequest) -> None:
        self._images[request.target] = request

    def drain_timer(self) -> tuple[tuple[str, float], ...]:
        """Return the seconds that each template took by itself, and forget them."""
        return self.timer.drain() if self.timer else ()

    def drain(self) -> tuple[tuple[ImageRequest, ...], tuple[Fact, ...]]:
        """Return the images and the facts, in the order in which they were first asked for, and forget both."""
        images, reads = tuple(self._images.values()), tuple(self.reads)
        self._images.clear()
        self.reads.clear()
        return images, reads
