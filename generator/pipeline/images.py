"""A site's texts and outputs in, the processed images that they ask for out, made or kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from msgspec import Struct

from generator.engine.stage import Stages
from generator.incremental.images import image_input, image_requests, plain_images, process_image
from generator.incremental.marks import Mark
from generator.incremental.memory import Memory
from generator.incremental.outputs import Outputs, keep_or_make
from generator.incremental.published import Made
from generator.incremental.state import OutputRecord
from generator.model.output import OutputFile
from generator.pipeline.load import Loaded

# To make a small image of a photograph, beside rendering a page.
_IMAGE_COST = 50.0


class Images(Struct, frozen=True, kw_only=True):
    """Processed images by path, and their records. inputs: requests with what they are made from. fresh: made now."""

    files: Mapping[str, Made]
    records: Mapping[str, OutputRecord]
    inputs: Sequence[tuple[Any, Mark]]
    fresh: tuple[OutputFile, ...]


def process_images(loaded: Loaded, outputs: Outputs, memory: Memory, run: Stages) -> Images:
    """Return every image that a text or a template asked for, once."""
    config, texts = loaded.site.config, loaded.bodies.texts.records.values()
    root = config.root
    asked = chain(*(image_requests(images, root) for images in filter(None, map(attrgetter("images"), texts))))
    requests = {request.target: request for request in (*asked, *outputs.images)}
    inputs = {path: image_input(request, root) for path, request in requests.items()}
    kept, records = keep_or_make(inputs, memory)
    missing = [request for path, request in requests.items() if path not in kept]
    made = run.map(process_image, missing, config, cost=_IMAGE_COST)
    known = [(plain_images([request], root)[0], inputs[path]) for path, request in requests.items()]
    return Images(
        files={**kept, **{file.path: file for file in made}}, records=records, inputs=known, fresh=tuple(made)
    )
