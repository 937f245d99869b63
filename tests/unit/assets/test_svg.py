from __future__ import annotations

from pathlib import Path

import pytest

from generator.assets.images import read_image_info
from generator.errors import SiteError


def write(folder: Path, text: str) -> Path:
    (folder / "a.svg").write_text(text, encoding="utf-8")
    return folder / "a.svg"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('viewBox="0 0 64 48"', (64, 48)),
        ('viewBox="0,0, 64, 48"', None),
        ('viewBox="0, 0, 64.9, 48"', (64, 48)),
        ('width="30" viewBox="0 0 64 48"', (64, 48)),
        ('width="50%" height="100%" viewBox="0 0 64 48"', (32, 48)),
        ('width="50%" height="100%"', (50, 100)),
        ('width="12.7px" height="3IN"', (12, 3)),
        ('width="10rem" height="10rem" viewBox="0 0 1 2"', (1, 2)),
        ('width="-5" height="5"', (0, 5)),
        ('width="auto" height="auto"', None),
        ("", None),
    ],
)
def test_size_of_the_root_element(tmp_path: Path, attributes: str, size: tuple[int, int] | None) -> None:
    file = write(
        tmp_path,
        f'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg xmlns="http://w3.org/svg" {attributes}><g width="1"/></svg>',
    )
    if size is None:
        with pytest.raises(SiteError, match="neither width and height nor a viewBox"):
            read_image_info(file)
    else:
        info = read_image_info(file)
        assert (info.width, info.height, info.format, info.mime) == (*size, "svg", "text/svg+xml")


def test_entities_that_name_urls_are_fine(tmp_path: Path) -> None:
    file = write(
        tmp_path, '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="3" height="4"/>'
    )
    assert read_image_info(file).width == 3


def test_entities_of_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg width="&b;" height="1"/>'
    with pytest.raises(SiteError, match="entities"):
        read_image_info(write(tmp_path, bomb))


@pytest.mark.parametrize("text", ["", "not xml", "<!-- " + "x" * 1_100_000])
def test_what_is_no_svg_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SiteError, match=r"a\.svg: Failed to read image"):
        read_image_info(write(tmp_path, text))
