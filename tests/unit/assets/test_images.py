from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from generator.assets import images
from generator.assets.images import Resize, make_image, read_image_info, resized_dimensions
from generator.errors import SiteError
from generator.files.reading import resolve_roots
from generator.model.config import IMAGE_FORMATS, LimitsConfig
from generator.model.content import ImageRequest


def save(file: Path, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> Path:
    Image.new(mode, size, options.pop("color", 0)).save(file, **options)
    return file


def rotated(file: Path, orientation: int, size: tuple[int, int] = (60, 40)) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return save(file, size, exif=exif)


def request(
    source: Path, operation: str = "fill", width: int | None = 20, height: int | None = 20, **rest: Any
) -> ImageRequest:
    options = {"format": "png", **rest}
    return ImageRequest(source=source, target="t", operation=operation, width=width, height=height, **options)  # type: ignore[arg-type]


def made(wanted: ImageRequest) -> Image.Image:
    return Image.open(io.BytesIO(make_image(wanted)))


@pytest.mark.parametrize(
    ("name", "mode", "expected"),
    [
        ("a.png", "RGBA", ("png", "image/png")),
        ("a.jpg", "RGB", ("jpg", "image/jpeg")),
        ("a.gif", "P", ("gif", "image/gif")),
        ("a.webp", "RGB", ("webp", "image/webp")),
        ("a.avif", "RGB", ("avif", "image/avif")),
        ("a.bmp", "RGB", ("bmp", "image/bmp")),
        ("a.tiff", "RGB", ("tiff", "image/tiff")),
        ("a.ico", "RGB", ("ico", "image/x-icon")),
        ("a.ppm", "RGB", ("pbm", "image/x-portable-anymap")),
        ("a.qoi", "RGB", ("qoi", "image/x-qoi")),
        ("a.tga", "RGB", ("tga", "image/x-targa")),
    ],
)
def test_info_of_every_format(tmp_path: Path, name: str, mode: str, expected: tuple[str, str]) -> None:
    info = read_image_info(save(tmp_path / name, (48, 48), mode))
    assert (info.width, info.height) == (48, 48)
    assert (info.format, info.mime) == expected


def test_format_comes_from_the_content_not_the_name(tmp_path: Path) -> None:
    assert read_image_info(save(tmp_path / "photo.jpg", format="WEBP")).format == "webp"


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (5, (40, 60)), (6, (40, 60)), (8, (40, 60))]
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_size_is_the_one_seen(tmp_path: Path, name: str, orientation: int, size: tuple[int, int]) -> None:
    info = read_image_info(rotated(tmp_path / name, orientation))
    assert (info.width, info.height) == size


@pytest.mark.parametrize(
    ("name", "lossy"), [("a.png", False), ("a.bmp", False), ("a.jpg", True), ("a.gif", True), ("a.webp", True)]
)
def test_auto_format_depends_on_the_source(tmp_path: Path, name: str, lossy: bool) -> None:
    assert read_image_info(save(tmp_path / name)).is_lossy is lossy


@pytest.mark.parametrize(
    ("operation", "wanted", "original", "expected"),
    [
        ("scale", (30, 30), (60, 40), Resize(width=30, height=30)),
        ("fit_width", (21, None), (60, 40), Resize(width=21, height=14)),
        ("fit_width", (7, None), (60, 41), Resize(width=7, height=4)),
        ("fit_height", (None, 7), (60, 40), Resize(width=10, height=7)),
        ("fit_width", (120, None), (60, 40), Resize(width=120, height=80)),
        ("fit", (25, 25), (60, 40), Resize(width=25, height=16)),
        ("fit", (25, 10), (60, 40), Resize(width=15, height=10)),
        ("fit", (500, 500), (60, 40), Resize(width=60, height=40)),
        ("fit", (500, 20), (60, 40), Resize(width=30, height=20)),
        ("fill", (30, 20), (60, 40), Resize(width=30, height=20)),
        ("fill", (20, 20), (60, 40), Resize(width=20, height=20, crop=(10, 0, 50, 40))),
        ("fill", (20, 20), (40, 61), Resize(width=20, height=20, crop=(0, 10, 40, 50))),
        ("fill", (41, 20), (60, 40), Resize(width=41, height=20, crop=(0, 5, 60, 34))),
        ("fill", (1000, 1), (100, 100), Resize(width=1000, height=1, crop=(0, 49, 100, 50))),
        ("fill", (580, 380), (60, 40), Resize(width=580, height=380)),
    ],
)
def test_sizes_follow_zola(
    operation: Any, wanted: tuple[int, int], original: tuple[int, int], expected: Resize
) -> None:
    assert resized_dimensions(operation, *wanted, *original) == expected


@pytest.mark.parametrize("name", ["jpg", "png", "webp", "avif"])
def test_every_output_format(tmp_path: Path, name: str) -> None:
    image = made(request(save(tmp_path / "a.png", mode="RGBA"), format=name))
    assert (image.format, image.size) == ("JPEG" if name == "jpg" else name.upper(), (20, 20))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("name", ["jpg", "png", "webp"])
def test_every_kind_of_pixel(tmp_path: Path, mode: str, name: str) -> None:
    assert made(request(save(tmp_path / "a.png", mode=mode), format=name)).size == (20, 20)


def test_a_transparent_colour_stays_transparent(tmp_path: Path) -> None:
    assert made(request(save(tmp_path / "a.png", transparency=(0, 0, 0)))).getpixel((5, 5)) == (0, 0, 0, 0)


def test_cmyk_loses_its_profile_and_sixteen_bits_become_eight(tmp_path: Path) -> None:
    cmyk = save(tmp_path / "a.jpg", mode="CMYK", icc_profile=b"\0" * 16 + b"CMYK" + b"\0" * 200)
    assert "icc_profile" not in made(request(cmyk, format="jpg")).info
    grey = made(request(save(tmp_path / "a.png", mode="I;16", color=0x8000)))
    assert (grey.mode, grey.getpixel((5, 5))) == ("L", 128)


@pytest.mark.parametrize("name", ["jpg", "png", "webp", "avif"])
def test_colour_profile_is_kept(tmp_path: Path, name: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = save(tmp_path / "a.png", icc_profile=profile)
    assert made(request(source, format=name)).info["icc_profile"] == profile


def test_fill_crops_the_middle(tmp_path: Path) -> None:
    image = Image.new("RGB", (90, 30), "red")
    image.paste("blue", (30, 0, 60, 30))
    image.save(tmp_path / "a.png")
    assert made(request(tmp_path / "a.png", "fill", 10, 10)).getcolors() == [(100, (0, 0, 255))]


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, (0, 0)), (2, (-1, 0)), (3, (-1, -1)), (4, (0, -1)), (6, (-1, 0)), (8, (0, -1))]
)
def test_image_is_turned_upright(tmp_path: Path, orientation: int, corner: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.new("RGB", (600, 400))
    image.paste("red", (0, 0, 200, 150))
    image.save(tmp_path / "a.jpg", exif=exif, quality=100)
    upright = made(request(tmp_path / "a.jpg", "fit", 60, 60))
    width, height = upright.size
    assert upright.size == ((40, 60) if orientation > 4 else (60, 40))
    red, green, _ = upright.convert("RGB").getpixel((corner[0] % width, corner[1] % height))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)
    assert not upright.getexif()


def test_lossless_webp_is_lossless_and_quality_counts(tmp_path: Path) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    noise.save(tmp_path / "a.png")
    exact = made(request(tmp_path / "a.png", "fit", 64, 64, format="webp"))
    assert exact.convert("RGB").tobytes() == noise.tobytes()
    sizes = [
        len(make_image(request(tmp_path / "a.png", "fit", 64, 64, format="jpg", quality=q))) for q in (10, None, 95)
    ]
    assert sizes == sorted(sizes)


def test_a_large_photograph_gets_a_small_copy_of_itself(tmp_path: Path) -> None:
    gradient = Image.linear_gradient("L").resize((2000, 1500)).convert("RGB")
    gradient.save(tmp_path / "a.jpg", quality=95)
    small = made(request(tmp_path / "a.jpg", "fill", 50, 50)).convert("L")
    exact = gradient.convert("L").crop((250, 0, 1750, 1500)).resize((50, 50), Image.Resampling.LANCZOS)
    assert max(abs(a - b) for a, b in zip(small.tobytes(), exact.tobytes(), strict=True)) <= 2


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    source = save(tmp_path / "a.png")
    for name in ("jpg", "png", "webp", "avif"):
        assert make_image(request(source, format=name)) == make_image(request(source, format=name))


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"hello world\n", "not an image of the kinds"), (b"", "not an image"), (png_header(300, 300)[:60], "")],
)
def test_a_broken_image_names_its_file(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "i.png").write_bytes(data)
    with pytest.raises(SiteError, match=r"i\.png: Failed to read image") as caught:
        make_image(request(tmp_path / "i.png"))
    assert reason in caught.value.reasons[0]


def test_a_missing_image_names_its_file(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"none\.png: Failed to read image Reason: No such file"):
        read_image_info(tmp_path / "none.png")


@pytest.mark.parametrize("size", [(12_000, 12_000), (20_000, 20_000)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "i.png").write_bytes(png_header(*size))
    with pytest.raises(SiteError, match=r"i\.png"):
        make_image(request(tmp_path / "i.png", "fit", 10, 10))


@pytest.mark.parametrize(("width", "message"), [(100_000, "too large"), (0, "no pixels")])
def test_an_impossible_target_is_refused(tmp_path: Path, width: int, message: str) -> None:
    with pytest.raises(SiteError, match=message):
        make_image(request(save(tmp_path / "a.png"), "scale", width, width))


def test_a_site_reads_the_kinds_of_images_that_it_allows(tmp_path: Path) -> None:
    limits = LimitsConfig(image_formats=("jpg", "svg"))
    (tmp_path / "a.svg").write_text('<svg width="3" height="2"/>')
    for name in ("a.jpg", "a.svg"):
        assert read_image_info(save(tmp_path / name) if name == "a.jpg" else tmp_path / name, limits=limits).format
    gif = save(tmp_path / "a.gif")
    for read in (lambda: read_image_info(gif, limits=limits), lambda: make_image(request(gif), limits=limits)):
        with pytest.raises(SiteError) as caught:
            read()
        assert caught.value.reasons == ("it is not an image of the kinds jpg, svg (`limits.image_formats`)",)
    with pytest.raises(SiteError, match=r"limits\.image_formats"):
        read_image_info(tmp_path / "a.svg", limits=LimitsConfig(image_formats=("png",)))


def test_every_kind_of_image_can_be_named() -> None:
    assert {name for name, _ in images._FORMATS.values()} | {"svg"} == set(IMAGE_FORMATS)


def test_an_image_lies_where_it_may(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link.png").symlink_to("../a.png")
    roots = resolve_roots(tmp_path / "site")
    with pytest.raises(SiteError, match="not inside of the site"):
        read_image_info(tmp_path / "site/link.png", roots=roots)
    assert read_image_info(tmp_path / "site/link.png", roots=resolve_roots(tmp_path)).width
