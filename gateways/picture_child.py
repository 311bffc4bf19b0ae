"""The process that decodes a picture: it knows nothing of us, and is limited in all it can use.

Started by gateways/pictures.py as `python picture_child.py <memory> <original> <copy> <thumbnail>`.
Writes the two files and says on standard output which types they are. Runs by itself: imports no
package of ours.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MEGABYTE = 1024 * 1024
PROCESSOR_SECONDS = 20
LARGEST_FILE = 200 * MEGABYTE
MAX_PIXELS = 40_000_000
MAX_FRAMES = 100
MAX_BYTES = 400 * MEGABYTE
THUMBNAIL = (320, 320)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF")
ANIMATED = ("GIF", "WEBP", "TIFF")


def main() -> None:
    """Make both files, or end with a code that is not 0."""
    memory, original, copy, thumbnail = sys.argv[1:]
    limit(int(memory))
    warnings.simplefilter("ignore")
    # TIFF reads back what it wrote, so the copies are opened for both.
    with open(original, "rb") as file, open(copy, "w+b") as first, open(thumbnail, "w+b") as second:
        print(json.dumps(make(file, first, second)))  # noqa: T201 - this is the answer


def limit(memory: int) -> None:
    """Hard limits that no picture can lift."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def make(file: IO[bytes], copy: IO[bytes], thumbnail: IO[bytes]) -> dict[str, str]:
    """Write a copy without any metadata and a thumbnail; returns their types."""
    import pi_heif
    from PIL import Image, ImageOps

    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted below, with a word for large photos
    with Image.open(file, formats=FORMATS) as image:
        kind = image.format or ""
        fit(image)
        frames = getattr(image, "n_frames", 1)
        if frames > 1 and kind in ANIMATED:
            copy_type = save_frames(image, frames, kind, copy)
            image.seek(0)
        else:
            copy_type = save(plain(ImageOps.exif_transpose(image)), kind, copy)
        small = plain(ImageOps.exif_transpose(image))
        small.thumbnail(THUMBNAIL)
        return {"copy": copy_type, "thumbnail": save_small(small, thumbnail)}


def fit(image: Image) -> None:
    """Refuse what would fill the memory. A large JPEG can be decoded at half its size or less."""
    width, height = image.size
    for scale in (2, 4, 8):
        if image.format == "JPEG" and image.width * image.height > MAX_PIXELS >= (
            width * height // scale**2
        ):
            image.draft(None, (width // scale, height // scale))
    if image.width * image.height > MAX_PIXELS:
        raise ValueError("too many pixels")


def plain(image: Image) -> Image:
    """The pixels and nothing else: no EXIF, GPS, comment or text. Colours keep their meaning."""
    kept = ("icc_profile", "transparency", "duration", "loop", "disposal")
    bare = image.copy()
    bare.info = {name: image.info[name] for name in kept if name in image.info}
    if hasattr(bare, "_exif"):
        bare._exif = None
    return bare


def save(image: Image, kind: str, copy: IO[bytes]) -> str:
    """Save one picture in its own format; HEIC and TIFF become JPEG, which everybody can open."""
    profile: dict[str, Any] = {}
    if image.info.get("icc_profile"):
        profile["icc_profile"] = image.info["icc_profile"]
    if kind in ("PNG", "GIF", "WEBP"):
        image.save(copy, kind, **profile)
        return f"image/{kind.lower()}"
    if image.mode not in ("RGB", "L", "CMYK"):
        image, profile = flat(image), {}
    image.save(copy, "JPEG", quality=90, **profile)
    return "image/jpeg"


def save_frames(image: Image, frames: int, kind: str, copy: IO[bytes]) -> str:
    """All pages of a scanned document, all frames of an animation."""
    from PIL import ImageOps, ImageSequence

    size = image.width * image.height * len(image.getbands()) * frames
    if frames > MAX_FRAMES or size > MAX_BYTES:
        raise ValueError("too many frames")
    first, *rest = [plain(ImageOps.exif_transpose(f)) for f in ImageSequence.Iterator(image)]
    how = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    first.save(copy, kind, save_all=True, append_images=rest, **how)
    return f"image/{kind.lower()}"


def save_small(image: Image, thumbnail: IO[bytes]) -> str:
    """A thumbnail: PNG where something shines through, else JPEG."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        plain(image.convert("RGBA")).save(thumbnail, "PNG")
        return "image/png"
    flat(image).save(thumbnail, "JPEG", quality=80)
    return "image/jpeg"


def flat(image: Image) -> Image:
    """The picture in plain colours, on white where something shines through."""
    from PIL import Image as Images

    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Images.new("RGBA", image.size, "white")
        image = Images.alpha_composite(ground, image)
    bare = image.convert("RGB")
    bare.info = {}
    return bare


if __name__ == "__main__":
    main()
