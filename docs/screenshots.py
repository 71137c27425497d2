"""Takes the pictures of the documentation from a class that is graded for them.

    python docs/screenshots.py

needs Chromium, and writes docs/images/. Each photograph carries a digest of what it shows, so that a test can
say when it is out of date.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo
from rich.console import Console
from rich.text import Text
from sample_class import COLUMNS, grade_class, run
from service_pages import service_pages

IMAGES = Path(__file__).parent / "images"
COLOURS = 64  # of a palette: text on a plain ground needs no more
MARGIN = 40  # pixels
TALLEST = 6000  # pixels
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
WIDTHS = {"class": 1280, "feedback": 900, "service-student": 900, "service-class": 1280}
SECONDS = "in 4.5 s"  # of every run, so that the same table is the same picture
SHOWS = "shows"  # the key in a photograph of the digest of what it shows


def main() -> None:
    """Grade, and take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, svg in drawings(folder, grade_class(folder)).items():
            (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")
        for name, page in parts(folder).items():
            photograph(page, WIDTHS[name], IMAGES / f"{name}.png")


def drawings(folder: Path, table: str) -> Mapping[str, str]:
    """Return drawings of two terminals, by name: the table of a class, and the check of a notebook.

    Args:
        folder: The one of the class.
        table: What `grade` printed.
    """
    checked = run(folder, "check", "submissions/fatima.ipynb", "--isolation", "weak")
    table = re.sub(r"in [0-9.]+ s(?=\.)", SECONDS, table)
    return {"grade": _drawn("grade", table), "check": _drawn("check", checked)}


@functools.cache
def parts(folder: Path) -> Mapping[str, str]:
    """Return the pages, and parts of pages, that are photographed, by name, each as a page of its own."""
    feedback = (folder / "results/feedback/fatima.html").read_text(encoding="utf-8")
    report = (folder / "results/report.html").read_text(encoding="utf-8")
    return {
        "feedback": _kept(feedback, r'<article id="linear_backward".*?</article>'),
        "class": _kept(report, r'<section id="attention".*?(?=<section id="cases">)'),  # those are timed
        **service_pages(),
    }


def digest(page: str) -> str:
    """Return a digest of a page but for its figures, which differ between versions of Matplotlib."""
    return hashlib.sha256(re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL).encode()).hexdigest()


def photograph(page: str, width: int, picture: Path) -> None:
    """Write a picture of a page, cut off below what is on it."""
    with tempfile.TemporaryDirectory() as temporary:
        file, raw = Path(temporary, "page.html"), Path(temporary, "page.png")
        file.write_text(page, encoding="utf-8")
        options = (f"--window-size={width},{TALLEST}", f"--screenshot={raw}", file.as_uri())
        subprocess.run([*CHROMIUM, *options], check=True, capture_output=True)
        whole = Image.open(raw).convert("RGB")
    ground = Image.new("RGB", whole.size, whole.getpixel((0, TALLEST - 1)))
    *_, bottom = ImageChops.difference(whole, ground).getbbox() or whole.getbbox()
    shown = PngInfo()
    shown.add_text(SHOWS, digest(page))
    cut = whole.crop((0, 0, width, min(bottom + MARGIN, TALLEST)))
    cut.quantize(COLOURS).save(picture, optimize=True, pnginfo=shown)


def _drawn(name: str, printed: str) -> str:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(printed), end="")
    svg = console.export_svg(title=f"grader {name}", unique_id=name)
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # they would be loaded from elsewhere


def _kept(page: str, part: str) -> str:
    """A page with nothing in its `main` but one part, which is a regular expression."""
    found = re.search(part, page, re.DOTALL)
    if not found:
        raise LookupError(f"no part of the page matches {part}")
    head = re.match(r".*?<body[^>]*>", page, re.DOTALL)
    return f"{head.group() if head else ''}\n<main>{found.group()}</main></body></html>\n"


if __name__ == "__main__":
    main()
