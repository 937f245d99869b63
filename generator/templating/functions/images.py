"""`resize_image` and `get_image_metadata`: image files in, their sizes and the names of resized copies out."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast

from msgspec import Struct

from generator.assets.images import ImageInfo, Operation, Resize, find_size_problem, resized_dimensions
from generator.errors import SiteError
from generator.model.config import SiteConfig
from generator.model.content import ImageRequest
from generator.templating.effects import Effects
from generator.templating.functions.arguments import Arguments
from generator.templating.functions.files import FoundFile, SiteFiles
from generator.templating.functions.siphash import siphash_1_3

Extension = Literal["jpg", "png", "webp", "avif"]

_FOLDER = "processed_images"
# How Zola numbers the operations in a name's hash.
_OPERATIONS: dict[str, int] = {"scale": 0, "fit_width": 1, "fit_height": 2, "fit": 3, "fill": 4}
_U32 = 2**32 - 1
_U8 = 2**8 - 1
_NEEDED_SIDES = {"fit_width": ("width",), "fit_height": ("height",)}
_BOTH_SIDES = ("width", "height")


class Encoding(NamedTuple):
    """How a resized image is written. quality: None for PNG and lossless WebP. speed: AVIF alone."""

    extension: Extension
    quality: int | None = None
    speed: int | None = None


class GetImageMetadata(Struct, frozen=True, kw_only=True):
    """`get_image_metadata(path, allow_missing=false)`."""

    files: SiteFiles

    def __call__(self, args: Mapping[str, Any]) -> dict[str, Any] | None:
        arguments = Arguments("get_image_metadata", args)
        path = arguments.text("path")
        allow_missing = arguments.flag("allow_missing", False)
        found = self.files.find(path)
        if found is None:
            if allow_missing:
                return None
            raise arguments.error(f"Cannot find path: {path}")
        info = _read_info(self.files, found, arguments)
        return {"width": info.width, "height": info.height, "format": info.format, "mime": info.mime}


class ResizeImage(Struct, frozen=True, kw_only=True):
    """`resize_image(path, width=…, height=…, op="fill", format="auto", quality=…, speed=…)`; asks for the image."""

    config: SiteConfig
    files: SiteFiles
    effects: Effects

    def __call__(self, args: Mapping[str, Any]) -> dict[str, Any]:
        arguments = Arguments("resize_image", args)
        path = arguments.text("path")
        operation, sides = _read_operation(arguments)
        form = arguments.text_or("format", "auto")
        quality, speed = arguments.number("quality", _U8), arguments.number("speed", _U8)
        found = self.files.find(path)
        if found is None:
            raise arguments.error(f"Cannot find file: {path}")
        info = _read_info(self.files, found, arguments)
        if info.format == "svg":
            raise arguments.error(f"{path} is an SVG, which has no pixels to resize")
        encoding = _read_encoding(form, info, quality, speed, arguments)
        size = resized_dimensions(operation, sides.get("width"), sides.get("height"), info.width, info.height)
        problem = find_size_problem("The resized image", size.width, size.height, self.config.limits)
        if problem:
            raise arguments.error(problem)
        name = _image_name(found, operation, sides, encoding)
        self._want(found, operation, sides, encoding, name)
        return self._answer(name, info, size)

    def _want(
        self, found: FoundFile, operation: Operation, sides: Mapping[str, int], encoding: Encoding, name: str
    ) -> None:
        request = ImageRequest(
            source=found.file,
            target=f"{_FOLDER}/{name}",
            operation=operation,
            width=sides.get("width"),
            height=sides.get("height"),
            format=encoding.extension,
            quality=encoding.quality,
            speed=encoding.speed,
        )
        self.effects.want_image(request)

    def _answer(self, name: str, info: ImageInfo, size: Resize) -> dict[str, Any]:
        return {
            "url": self.config.make_permalink(_FOLDER) + name,
            "static_path": f"static/{_FOLDER}/{name}",
            "width": size.width,
            "height": size.height,
            "orig_width": info.width,
            "orig_height": info.height,
        }


def _read_info(files: SiteFiles, found: FoundFile, arguments: Arguments) -> ImageInfo:
    try:
        return files.image_info(found)
    except SiteError as error:
        if error.where is None:
            raise  # nothing is wrong with the file: what reads images is missing
        raise arguments.error(f"Failed to read image {found.name}: {'; '.join(error.reasons)}") from error


def _read_operation(arguments: Arguments) -> tuple[Operation, dict[str, int]]:
    """Return the operation and those sides that it uses."""
    name = arguments.text_or("op", "fill")
    given = {side: arguments.number(side, _U32) for side in _BOTH_SIDES}
    if name not in _OPERATIONS:
        raise arguments.error(f"Invalid image resize operation: {name}")
    needed = _NEEDED_SIDES.get(name, _BOTH_SIDES)
    sides = {side: length for side in needed if (length := given[side]) is not None}
    if len(sides) < len(needed):
        wanted = " and ".join(f"`{side}`" for side in needed)
        raise arguments.error(f"op={name} requires a {wanted} argument")
    return cast("Operation", name), sides


def _read_encoding(
    form: str, info: ImageInfo, quality: int | None, speed: int | None, arguments: Arguments
) -> Encoding:
    """Return how to write the copy. Zola: `auto` is PNG for lossless sources, JPEG for all others, WebP too."""
    if form == "auto":
        form = "jpg" if info.is_lossy else "png"
    match form:
        case "jpeg" | "jpg":
            return Encoding("jpg", _within("Quality for JPEG", 75 if quality is None else quality, 1, 100, arguments))
        case "png":
            return Encoding("png")
        case "webp":
            return Encoding(
                "webp", None if quality is None else _within("Quality for WebP", quality, 0, 100, arguments)
            )
        case "avif":
            return Encoding(
                "avif",
                _within("Quality for AVIF", 80 if quality is None else quality, 1, 100, arguments),
                _within("Speed for AVIF", 5 if speed is None else speed, 1, 10, arguments),
            )
    raise arguments.error(f"Invalid image format: {form}")


def _within(what: str, number: int, least: int, most: int, arguments: Arguments) -> int:
    if least <= number <= most:
        return number
    raise arguments.error(f"{what} must be between {least} and {most} (inclusive); {number} is not valid")


def _image_name(found: FoundFile, operation: Operation, sides: Mapping[str, int], encoding: Encoding) -> str:
    """Return a resized copy's file name. Zola: a hash of the path as it was asked for, the operation and the format."""
    lossless = -1
    hashed = b"".join(
        (
            found.name.encode(),
            struct.pack("<q", _OPERATIONS[operation]),
            *(struct.pack("<I", length) for length in sides.values()),
            encoding.extension.encode(),
            struct.pack("<h", lossless if encoding.quality is None else encoding.quality),
            struct.pack("<h", -1 if encoding.speed is None else encoding.speed),
        )
    )
    return f"{found.file.stem}.{siphash_1_3(hashed):016x}.{encoding.extension}"
