"""Copies of pictures: the picture and nothing else, whatever comes in (T31, T32, decision 0010)."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from gateways import picture_child
from gateways.pictures import PictureFailed, picture_copies
from tests.support.pictures import (
    CANARY,
    HEIC,
    encoded,
    memory_bomb,
    phone_exif,
    phone_photo,
    photo,
    pixel_bomb,
    secrets_in,
)


def copies_of(content: bytes) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """(type, bytes) of the copy and of the thumbnail."""
    with picture_copies(io.BytesIO(content)) as made:
        copy = made.copy_type, made.copy.read()
        return copy, (made.thumbnail_type, made.thumbnail.read())


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def is_red(image: Image.Image, x: int, y: int) -> bool:
    red, _green, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return bool(red > 150 > blue)


@pytest.mark.row("H10")
@pytest.mark.parametrize(
    ("kind", "copy_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/jpeg"),
    ],
)
def test_place_and_camera_are_gone_and_the_picture_stands_upright(kind: str, copy_type: str):
    original = phone_photo(kind)
    assert secrets_in(original) or kind == "TIFF"
    assert CANARY.encode() in original

    (found_type, copy), (thumbnail_type, thumbnail) = copies_of(original)

    assert found_type == copy_type
    assert thumbnail_type == "image/jpeg"
    for content in (copy, thumbnail):
        assert secrets_in(content) == []
        image = opened(content)
        assert image.size == (48, 64)
        assert (is_red(image, 24, 10), is_red(image, 24, 54)) == (True, False)


def test_a_heic_becomes_a_jpeg_without_its_place():
    assert CANARY.encode() not in copies_of(HEIC)[0][1]

    (copy_type, copy), (thumbnail_type, _thumbnail) = copies_of(HEIC)

    assert (copy_type, thumbnail_type) == ("image/jpeg", "image/jpeg")
    assert secrets_in(copy) == []
    image = opened(copy)
    assert image.size == (64, 48)
    assert (is_red(image, 5, 24), is_red(image, 60, 24)) == (True, False)


def test_texts_and_comments_go_too():
    with_comment = photo(kind="JPEG", comment=CANARY.encode())
    gif = photo(kind="GIF", comment=CANARY.encode())
    for original in (with_comment, gif):
        assert CANARY.encode() in original
        assert CANARY.encode() not in copies_of(original)[0][1]


def test_the_colours_keep_their_meaning():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    (_type, copy), _thumbnail = copies_of(photo(kind="JPEG", icc_profile=profile))

    assert opened(copy).info["icc_profile"] == profile


def test_what_shines_through_still_does():
    image = Image.new("RGBA", (40, 40), (200, 30, 30, 0))

    (copy_type, copy), (thumbnail_type, thumbnail) = copies_of(encoded(image, "PNG"))

    assert (copy_type, thumbnail_type) == ("image/png", "image/png")
    for content in (copy, thumbnail):
        assert opened(content).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF"])
def test_every_frame_and_page_is_in_the_copy(kind: str):
    pages = [Image.effect_noise((40, 30), 50).convert("RGB") for _page in range(3)]
    more = {} if kind == "GIF" else {"exif": phone_exif(1)}
    original = encoded(pages[0], kind, save_all=True, append_images=pages[1:], **more)

    (copy_type, copy), (thumbnail_type, thumbnail) = copies_of(original)

    assert copy_type == f"image/{kind.lower()}"
    assert opened(copy).n_frames == 3  # type: ignore[attr-defined]
    assert CANARY.encode() not in copy
    assert (thumbnail_type, opened(thumbnail).size) == ("image/jpeg", (40, 30))


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "I;16", "LA"])
def test_pictures_of_every_kind_of_colour_can_be_copied(mode: str):
    kinds = {"CMYK": "JPEG", "LA": "PNG"}
    source = Image.new("RGB", (40, 30), (90, 90, 90))
    image = Image.new("I;16", (40, 30), 30_000) if mode == "I;16" else source.convert(mode)
    for kind in {kinds.get(mode, "PNG"), "TIFF"}:
        (_type, copy), (_small, thumbnail) = copies_of(encoded(image, kind))
        assert opened(copy).size == opened(thumbnail).size == (40, 30)
        assert 60 < opened(thumbnail).convert("L").getpixel((5, 5)) < 160  # type: ignore[operator]


def test_a_thumbnail_is_small_and_keeps_its_shape():
    _copy, (_type, thumbnail) = copies_of(photo(size=(3000, 1500), kind="JPEG"))

    assert opened(thumbnail).size == (320, 160)


def test_the_same_picture_gives_the_same_copies():
    original = phone_photo()

    assert copies_of(original) == copies_of(original)


def test_a_photo_of_many_pixels_is_made_smaller_rather_than_refused():
    (_type, copy), _thumbnail = copies_of(photo(size=(8000, 6000), kind="JPEG"))

    assert opened(copy).size == (4000, 3000)


def test_a_picture_that_claims_to_be_huge_is_refused_at_once():
    began = time.monotonic()

    with pytest.raises(PictureFailed, match="too many pixels"):
        copies_of(pixel_bomb())

    assert time.monotonic() - began < 3


def test_a_picture_that_fills_the_memory_ends_only_its_own_process():
    bomb = memory_bomb()
    assert len(bomb) < 500_000

    with (
        pytest.raises(PictureFailed, match="MemoryError|code -"),
        picture_copies(io.BytesIO(bomb), memory=200 * 1024 * 1024),
    ):
        pass


def test_a_picture_that_takes_too_long_is_killed():
    began = time.monotonic()

    with (
        pytest.raises(PictureFailed, match="took too long"),
        picture_copies(io.BytesIO(photo(size=(5000, 5000))), seconds=0.05),
    ):
        pass

    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"\xff\xd8\xff\xe0", photo(kind="JPEG")[:300], b"II*\x00" + bytes(20)],
    ids=["empty", "html", "head only", "cut", "empty tiff"],
)
def test_what_is_no_picture_fails_with_a_word(content: bytes):
    with pytest.raises(PictureFailed):
        copies_of(content)


def test_formats_that_are_not_asked_for_are_not_even_tried():
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EOF\n"
    for content in (
        eps,
        encoded(Image.new("RGB", (9, 9)), "BMP"),
        encoded(Image.new("RGB", (9, 9)), "PPM"),
    ):
        with pytest.raises(PictureFailed, match="UnidentifiedImageError"):
            copies_of(content)


def test_the_child_knows_nothing_of_ours():
    source = Path(picture_child.__file__).read_text(encoding="utf-8")
    ours = ("config", "extensions", "models", "services", "gateways")

    assert not any(f"from {name}" in source or f"import {name}" in source for name in ours)
