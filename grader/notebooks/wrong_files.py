"""Describe files that are not notebooks, in students' words and with advice."""

from __future__ import annotations

ANOTHER_COPY = "Download the notebook again from where you run it (File > Download), and send that."
_MARKS = ("<" * 7, ">" * 7)
_NEAR = 8
"""An error so close to the end, in characters, means that a file was cut off."""

_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a file that gzip has packed",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"bplist00": "a web archive of Safari",
    b"\x89HDF": "an HDF5 file",
}
_IN_ZIPS = {
    b"word/": "a Word document",
    b"xl/": "an Excel workbook",
    b"ppt/": "a PowerPoint presentation",
    b"mimetypeapplication/vnd.oasis": "an OpenDocument file",
}
_CODE = ("def ", "import ", "from ", "# %%", "#%%", "class ", "print(", "#!")


def kind_of(data: bytes) -> str:
    """Return a message on bytes that are certainly not a notebook; empty if they may be one."""
    begin = data[:64]
    if begin.lstrip().startswith(b"{") and 0 not in begin and not begin.startswith(b"{\\rtf"):
        return ""  # the usual case
    if data.startswith(b"PK\x03\x04"):
        kind = next((kind for name, kind in _IN_ZIPS.items() if name in data), "a zip")
        return f"it is {kind}, not a notebook. {ANOTHER_COPY}"
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return f"it is {kind}, not a notebook. {ANOTHER_COPY}"
    if data.startswith(b"\0" * 64):
        return f"it has nothing but zero bytes, as after a fault of a disk. {ANOTHER_COPY}"
    if wide := _wide_encoding(data):
        return (
            f"it is text in {wide}, and a notebook is in UTF-8. "
            "Open it in an editor and save it with the encoding UTF-8, or download the notebook again."
        )
    return _web_page(data[:4096])


def _wide_encoding(data: bytes) -> str:
    """Return the encoding of text with several bytes per letter; empty for other text."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    begin = data[:64]
    return "UTF-16" if begin.count(0) >= max(len(begin) // 4, 1) and _texts(begin) else ""


def _texts(begin: bytes) -> bool:
    """Return whether every second byte is text as notebooks and pages begin."""
    return any(begin[start::2].lstrip()[:1] in (b"{", b"[", b'"', b"<") for start in (0, 1))


def _web_page(begin: bytes) -> str:
    text = begin.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith("<") or text.startswith("<<<<<<<"):
        return ""
    if "<html" in text.lower() or "<!doctype html" in text.lower():
        first = f"{text.split('>')[0][:40]}>"
        return (
            f"it is a web page, not a notebook (it begins with {first}). "
            "Download the notebook itself: File > Download > .ipynb."
        )
    return f"it is a page of marked-up text, not a notebook. {ANOTHER_COPY}"


def wrong_encoding(data: bytes, error: UnicodeDecodeError) -> str:
    """Return the message on bytes that are not text in UTF-8.

    Args:
        data: the bytes.
        error: the error of decoding them.

    Returns:
        the message.
    """
    line = data.count(b"\n", 0, error.start) + 1
    if not data.lstrip().startswith((b"{", b"[", b'"')):
        return f"it is not text in UTF-8 (byte {error.start})."
    if error.reason == "unexpected end of data":
        return _cut_off(line)
    return (
        f"it is not text in UTF-8 (byte {error.start}, in line {line}), perhaps in Windows' cp1252. "
        "Open it in an editor and save it with the encoding UTF-8, or download the notebook again."
    )


def _cut_off(line: int) -> str:
    return f"it is cut off: it ends in line {line}, in the middle of the notebook. {ANOTHER_COPY}"


def not_json(text: str, error: ValueError) -> str:
    """Return the message on a text that is not JSON.

    Args:
        text: the text.
        error: the error of decoding it.

    Returns:
        the message.
    """
    place = getattr(error, "pos", None)
    if conflict := _conflict(text):
        return conflict
    if not text.startswith(("{", "[", '"')):
        if any(line.startswith(_CODE) for line in text.splitlines()):
            return f"it is Python code, not a notebook: it is not JSON. {ANOTHER_COPY}"
        return f"it is not a notebook: it is not JSON ({error}). {ANOTHER_COPY}"
    near = isinstance(place, int) and len(text) - place < (1 if text.endswith("}") else _NEAR)
    if near or str(error).startswith("Unterminated"):
        return _cut_off(text.count("\n") + 1)
    return f"it is not a notebook: it is not JSON ({error}). {ANOTHER_COPY}"


def _conflict(text: str) -> str:
    """Return the message on git's conflict marks; empty if there are none."""
    marks = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line[:7] in _MARKS]
    if {line[:7] for _, line in marks} != {*_MARKS}:
        return ""
    number, line = marks[0]
    return (
        f"it has a merge conflict of git: two versions of it, from line {number} on ({line[:40]}). "
        "Keep one of them (git checkout --ours FILE, or --theirs), and see it open in Jupyter."
    )
