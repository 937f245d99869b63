"""Image requests to plain values and back, their source named from the site's root."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.files.reading import read_regular
from generator.incremental.marks import Mark, digest, mark
from generator.model.config import SiteConfig
from generator.model.content import ImageRequest
from generator.model.output import OutputFile


def plain_images(requests: Iterable[ImageRequest], root: Path) -> list[Any]:
    """Return requests as lists of values."""
    return [
        [os.path.relpath(r.source, root), r.target, r.operation, r.width, r.height, r.format, r.quality, r.speed]
        for r in requests
    ]


def image_requests(values: Iterable[Any], root: Path) -> tuple[ImageRequest, ...]:
    """Return the requests that those values stand for."""
    return tuple(
        ImageRequest(
            source=root / source,
            target=target,
            operation=operation,
            width=width,
            height=height,
            format=form,
            quality=quality,
            speed=speed,
        )
        for source, target, operation, width, height, form, quality, speed in values
    )


def image_input(request: ImageRequest, root: Path) -> Mark:
    """What a processed image is made from."""
    try:
        content: Mark = digest(read_regular(request.source))
    except OSError:
        content = None
    return mark((plain_images([request], root), content))


def process_image(request: ImageRequest, config: SiteConfig) -> OutputFile:
    """Make a processed image. Raises: SiteError."""
    from generator.assets.images import make_image  # only sites with images to process pay for loading it

    started = time.perf_counter()
    data = make_image(request, limits=config.limits, roots=config.roots)
    return OutputFile(path=request.target, data=data, seconds=time.perf_counter() - started)
