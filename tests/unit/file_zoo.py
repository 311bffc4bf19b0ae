"""Small files of every kind, honest and hostile, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(main: str, part: str, **more: bytes) -> bytes:
    types = f'<Types><Override PartName="/{part}" ContentType="{OFFICE}.{main}.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), part: b"<x/>", **more})


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    entries = {"mimetype": f"{OPEN}.{kind}".encode(), "content.xml": b"<x/>", **(more or {})}
    return zipped(entries, zipfile.ZIP_STORED)


def png(width: int = 4, height: int = 3) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + bytes(9)


def jpeg(width: int = 4, height: int = 3) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(12)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + frame


def gif(width: int = 4, height: int = 3) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(6)


def mp4_family(major: bytes, *brands: bytes) -> bytes:
    box = b"ftyp" + major + bytes(4) + b"".join(brands)
    return struct.pack(">I", len(box) + 4) + box + bytes(32)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MAIL = b"From: Anna <anna@example.se>\r\nSubject: =?utf-8?q?Hej?=\r\n\r\nHej!\r\n"

HONEST: dict[str, bytes] = {
    "blankett.pdf": PDF,
    "bild.jpg": jpeg(),
    "bild.jpeg": jpeg(),
    "BILD.JPG": jpeg(),
    "bild.png": png(),
    "mobil.heic": mp4_family(b"heic", b"mif1", b"heic"),
    "mobil2.heic": mp4_family(b"mif1", b"heic"),
    "bild.webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "bild.gif": gif(),
    "skannat.tif": b"II*\x00" + bytes(20),
    "skannat.tiff": b"MM\x00*" + bytes(20),
    "brev.docx": office("wordprocessingml.document", "word/document.xml"),
    "brev.odt": open_document("text"),
    "brev.rtf": b"{\\rtf1\\ansi Hej}",
    "brev.txt": "Räksmörgås\r\npå ön\t.".encode(),
    "brev latin.txt": "Räksmörgås".encode("cp1252"),
    "brev windows.txt": "Räksmörgås".encode("utf-16"),
    "lista.xlsx": office("spreadsheetml.sheet", "xl/workbook.xml"),
    "lista.ods": open_document("spreadsheet"),
    "mejl.eml": MAIL,
    "mejl.msg": OLE + "__properties_version1.0".encode("utf-16-le") + bytes(50),
    "ljud.mp3": b"ID3\x04" + bytes(20),
    "ljud utan etikett.mp3": b"\xff\xfb\x90\x00" + bytes(20),
    "röstmemo.m4a": mp4_family(b"M4A ", b"mp42", b"isom"),
    "ljud.wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "film.mp4": mp4_family(b"isom", b"iso2", b"avc1", b"mp41"),
    "mobil.mov": mp4_family(b"qt  "),
}

_HTML = b"<!doctype html><script>alert(1)</script>"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_DOCX_PARTS = {"[Content_Types].xml": f"{OFFICE}.wordprocessingml.document.main+xml".encode()}

HOSTILE: dict[str, bytes] = {
    "sida.html": _HTML,
    "sida.htm": _HTML,
    "sida.xhtml": _HTML,
    "bild.svg": _SVG,
    "data.xml": b"<?xml version='1.0'?><x/>",
    "program.exe": b"MZ" + bytes(40),
    "faktura.pdf.exe": b"MZ" + bytes(40),
    "skript.js": b"alert(1)",
    "arkiv.zip": zipped({"a.txt": b"a"}),
    "gammal.doc": OLE,
    "makro.docm": office("wordprocessingml.document", "word/document.xml"),
    "film.avi": b"RIFF\x24\x00\x00\x00AVI LIST",
    "film.mkv": b"\x1aE\xdf\xa3" + bytes(40),
    "utan ändelse": b"text",
    ".htaccess": b"text",
    "html som bild.png": _HTML,
    "html som bild.jpg": _HTML,
    "html som bild.gif": _HTML,
    "svg som bild.webp": _SVG,
    "html som pdf.pdf": _HTML + PDF,
    "program som pdf.pdf": b"MZ" + PDF,
    "jpeg som png.png": jpeg(),
    "png som jpeg.jpg": png(),
    "zip som docx.docx": zipped({"a.txt": b"a"}),
    "xlsx som docx.docx": HONEST["lista.xlsx"],
    "ods som odt.odt": HONEST["lista.ods"],
    "html framför zip.docx": _HTML + HONEST["brev.docx"],
    "avklippt.docx": HONEST["brev.docx"][:60],
    "lösenord.docx": OLE,
    "word som outlook.msg": OLE,
    "binärt som text.txt": b"MZ\x00\x01",
    "styrtecken.txt": b"text\x1b[31m",
    "text som mejl.eml": b"Hej, jag heter Anna och undrar en sak.",
    "avif som heic.heic": mp4_family(b"avif", b"mif1"),
    "film som ljud.m4a": mp4_family(b"qt  "),
    "webp som ljud.wav": HONEST["bild.webp"],
    "utf16 som ljud.mp3": "hej".encode("utf-16"),
    "tom.pdf": b"",
    "makron.docx": office("wordprocessingml.document", "word/document.xml",
                         **{"word/vbaProject.bin": b"x"}),
    "activex.xlsx": office("spreadsheetml.sheet", "xl/workbook.xml",
                           **{"xl/activeX/activeX1.bin": b"x"}),
    "makron.odt": open_document("text", {"Basic/Standard/Module1.xml": b"x"}),
    "bomb.docx": zipped({**_DOCX_PARTS, "word/document.xml": bytes(30_000_000)}),
    "många delar.docx": zipped({**_DOCX_PARTS, **{f"n{n}": b"" for n in range(2_001)}}),
    "utanför.docx": zipped({**_DOCX_PARTS, "../../etc/passwd": b"x"}),
    "bildbomb.png": png(50_000, 50_000),
    "bildbomb.gif": gif(65_000, 65_000),
    "bildbomb.jpg": jpeg(65_000, 65_000),
}  # fmt: skip
