"""How many pixels an image claims to have, read from its head without drawing it (threat T32)."""

from __future__ import annotations

from typing import IO

MAX_PIXELS = 250_000_000
"""The largest phone cameras make 200 million; a bomb claims billions."""

MAX_SEGMENTS = 1_000


def pixels(stream: IO[bytes], extension: str) -> int:
    """Width × height of a png, gif or jpeg; 0 for others and for heads that make no sense."""
    width, height = sides(stream, extension)
    return width * height


def sides(stream: IO[bytes], extension: str) -> tuple[int, int]:
    """(width, height) of a png, gif or jpeg; zeros for others and for heads that make no sense."""
    stream.seek(0)
    if extension == "png":
        start = stream.read(24)
        return int.from_bytes(start[16:20]), int.from_bytes(start[20:24])
    if extension == "gif":
        start = stream.read(10)
        return int.from_bytes(start[6:8], "little"), int.from_bytes(start[8:10], "little")
    if extension in ("jpg", "jpeg"):
        return _jpeg_sides(stream)
    return 0, 0


def _jpeg_sides(stream: IO[bytes]) -> tuple[int, int]:
    """Walk from segment to segment to the one that holds the size (SOF0 to SOF15)."""
    stream.seek(2)
    for _segment in range(MAX_SEGMENTS):
        marker = stream.read(4)
        if len(marker) < 4 or marker[0] != 0xFF:
            break
        kind, length = marker[1], int.from_bytes(marker[2:4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            frame = stream.read(5)
            return int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3])
        stream.seek(max(length - 2, 0), 1)
    return 0, 0
