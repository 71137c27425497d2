"""Takes the pictures of the documentation from real runs of the commands.

    python docs/screenshots.py

needs Chromium, grades the sample submissions in a temporary folder, and writes docs/images/.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.text import Text

from grader.assignments.course import shipped_course
from grader.assignments.loader import load
from grader.cli.demo import ASSIGNMENT, write_samples

IMAGES = Path(__file__).parent / "images"
SEED = "a secret of yours"  # as the pages have it, because the names of groups follow from it
COLUMNS = 80
COLOURS = 64  # of a palette: text on a plain ground needs no more
ENVIRONMENT = {**os.environ, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def main() -> None:
    """Grade, and take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_samples(load(shipped_course(), ASSIGNMENT), folder / "submissions")
        shutil.copy(folder / "submissions/fatima.ipynb", folder / "submissions/gita.ipynb")  # makes a group
        _draw("grade", _printed(folder, "grade", ASSIGNMENT, "submissions", "--seed", SEED))
        _draw("check", _printed(folder, "check", "submissions/fatima.ipynb"))
        _printed(folder, "report", "results")
        _photograph(folder / "results/report.html", "class", 1000, (0, 2800))
        _photograph(folder / "results/feedback/fatima.html", "feedback", 900, (2030, 3170))


def _printed(folder: Path, *arguments: str) -> str:
    """What a command shows at a terminal, with its colours."""
    command = [sys.executable, "-m", "grader", *arguments]
    ended = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if ended.returncode == 2:
        sys.exit(ended.stderr)
    return ended.stdout


def _draw(name: str, printed: str) -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(printed), end="")
    svg = console.export_svg(title=f"grader {name}", unique_id=name)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # they would be loaded from elsewhere
    (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")


def _photograph(page: Path, name: str, width: int, rows: tuple[int, int]) -> None:
    """Write a picture of the rows of pixels from the first to before the last."""
    picture = IMAGES / f"{name}.png"
    top, bottom = rows
    subprocess.run(
        [*CHROMIUM, f"--window-size={width},{bottom}", f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
    )
    cut = Image.open(picture).convert("RGB").crop((0, top, width, bottom))
    cut.quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    main()
