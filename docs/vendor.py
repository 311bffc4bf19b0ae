"""Fetches the pinned front-end packages with npm and copies what we serve into static/vendor.

Run it after changing a version here or an icon list (static/vendor/icons*.txt):
python3 docs/vendor.py. It needs npm. Nothing else in the project does.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"

PACKAGES: dict[str, tuple[str, ...]] = {
    "bootstrap@5.3.9": ("dist/css/bootstrap.min.css", "LICENSE"),
    "trix@2.1.19": ("dist/trix.css", "dist/trix.umd.min.js", "LICENSE"),
    "tom-select@2.6.2": (
        "dist/css/tom-select.bootstrap5.min.css",
        "dist/js/tom-select.complete.min.js",
        "LICENSE",
    ),
    "@fontsource-variable/public-sans@5.3.0": (
        "files/public-sans-latin-wght-normal.woff2",
        "files/public-sans-latin-ext-wght-normal.woff2",
        "files/public-sans-latin-wght-italic.woff2",  # letters (PDF) only
        "files/public-sans-latin-ext-wght-italic.woff2",
        "LICENSE",
    ),
}
"""Package → the files that are served. The folder is named after package and version."""

ICONS = "bootstrap-icons@1.13.2"
SOURCE_MAP = re.compile(rb"\s*(/\*|//)# sourceMappingURL=\S+( ?\*/)?\s*$")


def unpack(package: str, folder: Path) -> Path:
    """Download one package into `folder` and return where its files lie."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    name = said.split()[-1]
    target = folder / name.removesuffix(".tgz")
    with tarfile.open(folder / name) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def folder_name(package: str) -> str:
    """bootstrap@5.3.9 → bootstrap-5.3.9, so that a new version gets a new address."""
    return package.rpartition("/")[2].replace("@", "-")


def copy_files(package: str, files: tuple[str, ...], source: Path) -> None:
    """Copy `files` into the package's folder, emptied first."""
    target = VENDOR / folder_name(package)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in files:
        content = prepared(Path(name).suffix, (source / name).read_bytes())
        (target / Path(name).name).write_bytes(content)


def prepared(suffix: str, content: bytes) -> bytes:
    """Without pointers to source maps; style sheets inside a layer, so that ours always win."""
    if suffix not in (".css", ".js"):
        return content
    content = SOURCE_MAP.sub(b"\n", content)
    if suffix == ".js":
        return content
    return b"@layer vendor {\n" + content.replace(b'@charset "UTF-8";', b"").strip() + b"\n}\n"


def write_sprite(listing: Path, source: Path) -> None:
    """icons.txt → icons.svg: one SVG with a <symbol> for each name in the list."""
    names = sorted(set(listing.read_text().split()))
    symbols = [_symbol(name, source / "icons" / f"{name}.svg") for name in names]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    listing.with_suffix(".svg").write_text(sprite)
    shutil.copyfile(source / "LICENSE", VENDOR / "icons.LICENSE")


def _symbol(name: str, path: Path) -> str:
    if not path.is_file():
        sys.exit(f"The icon lists name {name}, which {ICONS} does not have.")
    drawing = re.sub(r"^<svg[^>]*>|</svg>$", "", path.read_text().strip()).strip()
    drawing = re.sub(r"\s*\n\s*", "", drawing)
    return f'<symbol id="{name}" viewBox="0 0 16 16">{drawing}</symbol>'


def main() -> None:
    """Fetch everything anew."""
    with tempfile.TemporaryDirectory() as folder:
        for package, files in PACKAGES.items():
            copy_files(package, files, unpack(package, Path(folder)))
        icons = unpack(ICONS, Path(folder))
        for listing in ("icons-common.txt", "icons.txt"):
            write_sprite(VENDOR / listing, icons)


if __name__ == "__main__":
    main()
