"""Image files in, their sizes and resized copies out; naming the copies and writing them is left to others."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.files.reading import Roots, open_regular
from generator.model.config import LimitsConfig
from generator.model.content import ImageRequest

if TYPE_CHECKING:
    from PIL import Image

Operation = Literal["scale", "fit_width", "fit_height", "fit", "fill"]
Box = tuple[int, int, int, int]

# Pillow's name of a format -> Zola's name and media type. Nothing else is opened: fewer decoders, fewer surprises.
_FORMATS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
    "GIF": ("gif", "image/gif"),
    "AVIF": ("avif", "image/avif"),
    "BMP": ("bmp", "image/bmp"),
    "TIFF": ("tiff", "image/tiff"),
    "ICO": ("ico", "image/x-icon"),
    "PPM": ("pbm", "image/x-portable-anymap"),
    "QOI": ("qoi", "image/x-qoi"),
    "TGA": ("tga", "image/x-targa"),
}
_USUAL = LimitsConfig()
_LOSSLESS_SOURCES = frozenset({"png", "pbm", "tiff", "tga", "bmp", "ico"})
_ORIENTATION_TAG = 0x0112
# Zola reads the orientation from these alone.
_ORIENTED_FORMATS = frozenset({"JPEG", "MPO", "PNG", "WEBP"})
_DEFAULT_QUALITY = {"jpg": 75, "avif": 80}
_DEFAULT_AVIF_SPEED = 5
# A target of 90 pixels is made from at least 180: what a JPEG decoder halves on its own is as good as exact by then.
_DRAFT_FACTOR = 2


class ImageInfo(Struct, frozen=True, kw_only=True):
    """What an image file says of itself. width, height: pixels, as shown (turned by its EXIF orientation).

    format: Zola's name (`jpg`, `svg`). mime: its media type, `text/svg+xml` for SVG as Zola has it.
    """

    width: int
    height: int
    format: str
    mime: str

    @property
    def is_lossy(self) -> bool:
        """Whether `format = "auto"` makes a JPEG of it, and not a PNG."""
        return self.format not in _LOSSLESS_SOURCES


class Resize(Struct, frozen=True, kw_only=True):
    """How an image is changed. width, height: the result's. crop: left, top, right, bottom of what is kept, or all."""

    width: int
    height: int
    crop: Box | None = None


def read_image_info(file: Path, *, limits: LimitsConfig = _USUAL, roots: Roots | None = None) -> ImageInfo:
    """Read size and format of an image without decoding it.

    roots: where the file must lie. Raises: SiteError when it is no image, or one of a kind that the limits leave out.
    """
    if file.suffix.lower() == ".svg" and "svg" in limits.image_formats:
        from generator.assets.svg import read_svg_size  # few sites measure drawings: they need not load a parser

        width, height = read_svg_size(file, roots)
        return ImageInfo(width=width, height=height, format="svg", mime="text/svg+xml")
    with _decoding(file, limits), _open(file, limits, roots) as image:
        name, mime = _FORMATS["JPEG" if image.format == "MPO" else image.format or ""]
        width, height = image.size
        if _read_orientation(image) >= 5:
            width, height = height, width
        return ImageInfo(width=width, height=height, format=name, mime=mime)


def resized_dimensions(
    operation: Operation, width: int | None, height: int | None, original_width: int, original_height: int
) -> Resize:
    """Return what an operation makes of an image of the original size.

    Zola: `fit` never enlarges; sides that follow the other are rounded down.
    """
    w, h = width or 0, height or 0
    match operation:
        case "scale":
            return Resize(width=w, height=h)
        case "fit_width":
            return Resize(width=w, height=original_height * w // original_width)
        case "fit_height":
            return Resize(width=original_width * h // original_height, height=h)
        case "fit":
            return _fit(w, h, original_width, original_height)
        case "fill":
            return Resize(width=w, height=h, crop=_fill_crop(w, h, original_width, original_height))


def _fit(width: int, height: int, original_width: int, original_height: int) -> Resize:
    if original_width <= width and original_height <= height:
        return Resize(width=original_width, height=original_height)
    if original_width * height > original_height * width:
        return resized_dimensions("fit_width", width, None, original_width, original_height)
    return resized_dimensions("fit_height", None, height, original_width, original_height)


def _fill_crop(width: int, height: int, original_width: int, original_height: int) -> Box | None:
    """Return the middle part in the target's shape, None when the shapes are near enough.

    Zola: factors are 32-bit floats, and a difference up to 0.1 is squeezed rather than cropped.
    """
    if not width or not height:
        return None
    by_width, by_height = _f32(original_width / width), _f32(original_height / height)
    if _f32(abs(by_width - by_height)) <= _f32(0.1):
        return None
    if by_width < by_height:
        kept = _clamp(_f32(by_width * height), original_height)
        top = (original_height - kept) // 2
        return 0, top, original_width, top + kept
    kept = _clamp(_f32(by_height * width), original_width)
    left = (original_width - kept) // 2
    return left, 0, left + kept, original_height


def _clamp(length: float, longest: int) -> int:
    return max(1, min(math.floor(length + 0.5), longest))


def _f32(value: float) -> float:
    return float(struct.unpack("f", struct.pack("f", value))[0])


def make_image(request: ImageRequest, *, limits: LimitsConfig = _USUAL, roots: Roots | None = None) -> bytes:
    """Make the resized image that a template asked for: turned upright, cropped, resized, encoded.

    The colour profile is kept where it still fits, other metadata is not. roots: where the source must lie.
    Raises: SiteError when the source cannot be read, or it or the result has more pixels than the limits allow.
    """
    with _decoding(request.source, limits), _open(request.source, limits, roots) as image:
        _check_pixels(request.source, "The image", *image.size, limits)
        size = image.size[::-1] if _read_orientation(image) >= 5 else image.size
        resize = resized_dimensions(request.operation, request.width, request.height, *size)
        _check_pixels(request.source, "The resized image", resize.width, resize.height, limits)
        profile = image.info.get("icc_profile")
        return _encode(_resized(image, resize), request, profile)


def _resized(image: Image.Image, resize: Resize) -> Image.Image:
    """Decode, turn upright, crop and resize."""
    from PIL.Image import Resampling

    turned = _read_orientation(image) >= 5
    width, height = image.size[::-1] if turned else image.size
    left, top, right, bottom = resize.crop or (0, 0, width, height)
    if image.format in ("JPEG", "MPO"):
        shrink = min((right - left) / resize.width, (bottom - top) / resize.height) / _DRAFT_FACTOR
        if shrink > 1:
            image.draft(None, (int(image.width / shrink), int(image.height / shrink)))
    upright = _in_plain_mode(_upright(image))
    if resize.crop:
        across, down = upright.width / width, upright.height / height
        upright = upright.crop((round(left * across), round(top * down), round(right * across), round(bottom * down)))
    size = (resize.width, resize.height)
    return upright if upright.size == size else upright.resize(size, Resampling.LANCZOS)


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return image if _read_orientation(image) == 1 else ImageOps.exif_transpose(image)


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Return the image in a mode that can be resampled and encoded: L, LA, RGB or RGBA."""
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode == "1" else "RGB")


def _encode(image: Image.Image, request: ImageRequest, profile: bytes | None) -> bytes:
    options: dict[str, Any] = {}
    if profile and profile[16:20] == (b"GRAY" if image.mode in ("L", "LA") else b"RGB "):
        options["icc_profile"] = profile
    if request.format == "jpg" and image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "LA" else "RGB")
    if request.format == "webp" and request.quality is None:
        options["lossless"] = True
    elif request.format != "png":
        options["quality"] = _DEFAULT_QUALITY.get(request.format, 100) if request.quality is None else request.quality
    if request.format == "avif":
        # One thread: the same bytes on every machine.
        options |= {"speed": request.speed or _DEFAULT_AVIF_SPEED, "max_threads": 1}
    out = io.BytesIO()
    image.save(out, "JPEG" if request.format == "jpg" else request.format.upper(), **options)
    return out.getvalue()


def find_size_problem(what: str, width: int, height: int, limits: LimitsConfig) -> str | None:
    """Return why an image of that size can't be read or made."""
    if not width or not height:
        return f"{what} would have no pixels: {width} × {height}"
    if width * height > limits.image_pixels:
        limit = f"{limits.image_pixels:,} pixels (`limits.image_pixels`)"
        return f"{what} is too large: {width} × {height} is more than {limit}"
    return None


def _check_pixels(file: Path, what: str, width: int, height: int, limits: LimitsConfig) -> None:
    problem = find_size_problem(what, width, height, limits)
    if problem:
        raise SiteError(problem, where=Location(file=str(file)))


@contextmanager
def _open(file: Path, limits: LimitsConfig, roots: Roots | None) -> Iterator[Image.Image]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = limits.image_pixels
    # A TGA has no mark of its own: only its name tells it from noise.
    names = [name for name in limits.image_formats if name != "tga" or file.suffix.lower() == ".tga"]
    formats = [pillow for pillow, (name, _) in _FORMATS.items() if name in names]
    with io.BufferedReader(open_regular(file, roots=roots)) as opened, Image.open(opened, formats=formats) as image:
        yield image


def _read_orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; from 5 on width and height change places."""
    if image.format not in _ORIENTED_FORMATS or (image.format == "PNG" and "exif" not in image.info):
        return 1  # asking a PNG for EXIF that does not come first would decode it whole
    orientation = image.getexif().get(_ORIENTATION_TAG, 1)
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1


@contextmanager
def _decoding(file: Path, limits: LimitsConfig) -> Iterator[None]:
    """Turn whatever a decoder says of a broken file into a SiteError."""
    try:
        from PIL.Image import DecompressionBombWarning
    except ImportError as error:
        raise SiteError("Images need Pillow", hint="pip install 'hanji[images]'") from error
    try:
        with warnings.catch_warnings():
            # Sizes are checked here, before decoding.
            warnings.simplefilter("ignore", DecompressionBombWarning)
            yield
    except SiteError:
        raise
    except Exception as error:  # decoders fail in as many ways as files are broken
        raise _unreadable(file, _cause(error, limits)) from error


def _cause(error: Exception, limits: LimitsConfig) -> str:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):
        return f"it is not an image of the kinds {', '.join(limits.image_formats)} (`limits.image_formats`)"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _unreadable(file: Path, cause: str) -> SiteError:
    return SiteError("Failed to read image", where=Location(file=str(file)), reasons=(cause,))
