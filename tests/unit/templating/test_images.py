from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SiteError
from generator.model.config import SiteConfig
from generator.model.content import ImageRequest
from generator.templating.effects import Effects
from generator.templating.functions.files import SiteFiles
from generator.templating.functions.images import GetImageMetadata, ResizeImage
from generator.templating.functions.siphash import siphash_1_3
from generator.tera.errors import CallError

pytest.importorskip("PIL", reason="images are an extra")

SIZE = (400, 300)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    from PIL import Image

    (tmp_path / "static").mkdir()
    for name in ("im.png", "photo.jpg", "photo.webp"):
        Image.new("RGB", SIZE).save(tmp_path / "static" / name)
    (tmp_path / "static/icon.svg").write_text('<svg width="10" height="20"/>')
    (tmp_path / "static/broken.png").write_text("no image")
    return tmp_path


@pytest.fixture
def effects() -> Effects:
    return Effects()


@pytest.fixture
def resize(root: Path, effects: Effects, make_config: Callable[..., SiteConfig]) -> Callable[..., dict[str, Any]]:
    config = make_config()
    function = ResizeImage(config=config, files=SiteFiles(config, effects), effects=effects)
    return lambda **args: function(args)


def test_siphash_is_that_of_its_paper_with_one_round() -> None:
    assert siphash_1_3(b"") == 0xD1FBA762150C532C
    assert siphash_1_3(bytes(range(15))) != siphash_1_3(bytes(range(16)))


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ({"path": "im.png", "width": 100, "height": 50}, "im.24647916f288d920.png"),
        ({"path": "/im.png", "width": 100, "height": 50, "op": "fill"}, "im.24647916f288d920.png"),
        (
            {"path": "static/im.png", "width": 100, "op": "fit_width", "format": "jpg", "quality": 80},
            "im.812b5667a13da417.jpg",
        ),
        ({"path": "im.png", "height": 100, "op": "fit_height", "format": "webp"}, "im.434e65736a686727.webp"),
    ],
)
def test_names_are_zolas(resize: Callable[..., dict[str, Any]], args: dict[str, Any], name: str) -> None:
    answer = resize(**args)
    assert answer["url"] == f"https://example.com/processed_images/{name}"
    assert answer["static_path"] == f"static/processed_images/{name}"


@pytest.mark.parametrize(
    ("args", "size"),
    [
        ({"width": 10, "height": 20, "op": "scale"}, (10, 20)),
        ({"width": 100, "op": "fit_width"}, (100, 75)),
        ({"height": 100, "op": "fit_height"}, (133, 100)),
        ({"width": 100, "height": 100, "op": "fit"}, (100, 75)),
        ({"width": 1000, "height": 1000, "op": "fit"}, SIZE),
        ({"width": 100, "height": 100}, (100, 100)),
    ],
)
def test_sizes(resize: Callable[..., dict[str, Any]], args: dict[str, Any], size: tuple[int, int]) -> None:
    answer = resize(path="im.png", **args)
    assert (answer["width"], answer["height"]) == size
    assert (answer["orig_width"], answer["orig_height"]) == SIZE


def test_images_are_asked_for_once(root: Path, resize: Callable[..., dict[str, Any]], effects: Effects) -> None:
    answer, _ = [resize(path="photo.webp", width=8, height=6, op="scale") for _ in range(2)]
    assert effects.drain()[0] == (
        ImageRequest(
            source=root / "static/photo.webp",
            target=answer["static_path"].removeprefix("static/"),
            operation="scale",
            width=8,
            height=6,
            format="jpg",
            quality=75,
        ),
    )
    assert effects.drain()[0] == ()


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ({"path": "none.png", "width": 1, "height": 1}, "Cannot find file: none.png"),
        ({"path": "im.png"}, "op=fill requires a `width` and `height` argument"),
        ({"path": "im.png", "op": "fit_width"}, "op=fit_width requires a `width` argument"),
        ({"path": "im.png", "op": "squeeze", "width": 1}, "Invalid image resize operation: squeeze"),
        ({"path": "im.png", "width": -1, "height": 1}, "`width` must be a whole number"),
        ({"path": "im.png", "width": 1, "height": 1, "format": "gif"}, "Invalid image format: gif"),
        ({"path": "photo.jpg", "width": 1, "height": 1, "quality": 0}, "between 1 and 100"),
        ({"path": "photo.jpg", "width": 1, "height": 1, "format": "avif", "speed": 11}, "Speed for AVIF"),
        ({"path": "broken.png", "width": 1, "height": 1}, "Failed to read image broken.png"),
        ({"path": "icon.svg", "width": 1, "height": 1}, "is an SVG"),
        ({"path": "im.png", "width": 1, "op": "fit_width"}, "would have no pixels: 1 × 0"),
        ({"path": "im.png", "width": 100_000, "height": 100_000}, "too large"),
    ],
)
def test_mistakes(resize: Callable[..., dict[str, Any]], args: dict[str, Any], problem: str) -> None:
    with pytest.raises(CallError, match=problem):
        resize(**args)


def test_metadata_are_read(root: Path, make_config: Callable[..., SiteConfig]) -> None:
    get_image_metadata = GetImageMetadata(files=SiteFiles(make_config(), Effects()))
    assert get_image_metadata({"path": "photo.jpg"}) == {
        "width": 400,
        "height": 300,
        "format": "jpg",
        "mime": "image/jpeg",
    }
    assert get_image_metadata({"path": "icon.svg"}) == {
        "width": 10,
        "height": 20,
        "format": "svg",
        "mime": "text/svg+xml",
    }
    assert get_image_metadata({"path": "none.jpg", "allow_missing": True}) is None
    with pytest.raises(CallError, match=r"Cannot find path: none\.jpg"):
        get_image_metadata({"path": "none.jpg"})
    with pytest.raises(CallError, match=r"Failed to read image broken\.png"):
        get_image_metadata({"path": "broken.png"})


def test_a_missing_library_is_the_authors_to_install(
    resize: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(SiteError) as caught:
        resize(path="im.png", width=1, height=1)
    assert caught.value.hint == "pip install 'hanji[images]'"
