"""What rendering asks for besides its text, kept until the job that asked is done."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.content import ImageRequest


@dataclass(slots=True)
class Effects:
    """The images that templates asked for since the last `drain`, each once."""

    _images: dict[str, ImageRequest] = field(default_factory=dict)

    def want_image(self, request: ImageRequest) -> None:
        self._images[request.target] = request

    def drain(self) -> tuple[ImageRequest, ...]:
        """Return what was asked for, and forget it."""
        images = tuple(self._images.values())
        self._images.clear()
        return images
