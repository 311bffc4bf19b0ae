"""Real pictures, made in memory: with a place and a camera in their EXIF, turned, or hostile."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

from PIL import Image

CANARY = "KANARIEKAMERA"
"""The name of the camera. It must not be found in anything that is shown or sent."""


def photo(seed: int = 0, size: tuple[int, int] = (64, 48), kind: str = "PNG", **how: Any) -> bytes:
    """A small picture, red on its left half and blue on its right; another one for each seed."""
    image = Image.new("RGB", size, (200, 30, seed % 256))
    image.paste((30, 30, 200), (size[0] // 2, 0, *size))
    return encoded(image, kind, **how)


def phone_photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), turned: bool = True) -> bytes:
    """A photo as phones make them: place, camera, and the note that it must be turned to the
    right to be seen upright (its red side is then on top).
    """
    return photo(size=size, kind=kind, exif=phone_exif(6 if turned else 1))


def phone_exif(orientation: int) -> Image.Exif:
    """EXIF with a place, a camera and an orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CANARY
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (58.0, 18.0, 9.0)
    place[3], place[4] = "E", (14.0, 17.0, 5.0)
    return exif


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The bytes of a picture."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def secrets_in(content: bytes) -> list[str]:
    """What a picture tells beside itself: tags of EXIF, places, texts."""
    with Image.open(io.BytesIO(content)) as image:
        tags = [str(tag) for tag in image.getexif() if tag < 0x0100 or tag > 0x0115]
        told = [key for key in ("exif", "xmp", "comment", "Author") if key in image.info]
        place = [f"gps {tag}" for tag in image.getexif().get_ifd(0x8825)]
    found = [CANARY] if CANARY.encode() in content else []
    return [*(tag for tag in tags if image.format != "TIFF"), *told, *place, *found]


def pixel_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A tiny PNG that claims to be huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _png(head, zlib.compress(bytes(1000)))


def memory_bomb(side: int = 6_300) -> bytes:
    """A PNG of few bytes and just as many pixels as are allowed, 16 bits for each colour."""
    head = struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side * 8 + 1)) for _row in range(side))
    return _png(head, rows + packer.flush())


def _png(head: bytes, data: bytes) -> bytes:
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


# Made once with pillow-heif (which can write HEIC; pi-heif only reads it): 64 × 48 pixels, red on
# the left, blue on the right, with the EXIF of phone_exif(1).
HEIC = base64.b64decode(
    """
    AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA
    AAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAACQAAgAAAAACBgABAAAAAAAAAJ4AAAA4aWluZgAAAAAAAgAAABVp
    bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZo
    dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAA
    AwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAA
    AAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1h
    AAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAym1kYXQAAAAgKAGvGYDvSaW//9/jH/X2r/im
    yF//s4530Vsf7vcDbW8AAAAGRXhpZgAATU0AKgAAAAgAAgEPAAIAAAAIAAAAJoglAAQAAAABAAAALgAAAABLQU5BUklFAAAE
    AAEAAgAAAAJOAAAAAAIABQAAAAMAAABkAAMAAgAAAAJFAAAAAAQABQAAAAMAAAB8AAAAAAAAADoAAAABAAAAEgAAAAEAAAAJ
    AAAAAQAAAA4AAAABAAAAEQAAAAEAAAAFAAAAAQ==
    """
)
