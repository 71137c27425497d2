"""What to mend is seen without scrolling, on a screen and on a telephone, however much is wrong."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from samples import GRADED, HEADER, RIGHT, WRONG

from grader.models.marking import Lateness, Ruling
from grader.models.report import Repair
from grader.models.submission import Student
from grader.reports.feedback_page import write_feedback

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

HEIGHT = 600
WIDTHS = (390, 1280)
MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body>{frames}<script>
addEventListener("load", () => {{
  const boxes = [...document.querySelectorAll("iframe")].map(frame =>
    frame.contentDocument.querySelector("nav").getBoundingClientRect().bottom);
  document.body.innerHTML = "<pre></pre>";
  document.body.firstChild.textContent = JSON.stringify(boxes);
}});
</script>"""

SHAPES = "operands could not be broadcast together with shapes (4,6) (2,6) ()"
RAISED = replace(
    WRONG,
    name="linear_activation_backward",
    message=f"ValueError: {SHAPES}, in a call of linear_backward (In [12], line 23)",
    hint="Two arrays whose shapes do not fit are combined element by element.",
)
PLACED = replace(
    WRONG,
    name="linear_backward",
    hint="Every element is 4 times the expected value, and there are m = 4 examples: is the 1/m missing?",
    repair=Repair((3, 3), "a factor", "factor"),
)


def bottoms(page: bytes, folder: Path) -> list[float]:
    """Where the first box of a page ends, in pixels, at each of the widths."""
    source = html.escape(page.decode())
    frames = "".join(
        f'<iframe style="border:0; width:{width}px; height:900px" srcdoc="{source}"></iframe>'
        for width in WIDTHS
    )
    (folder / "measure.html").write_text(MEASURE.format(frames=frames), encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--window-size=1400,1000",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000", "--dump-dom",
        (folder / "measure.html").as_uri(),
    ]  # fmt: skip
    dumped = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()
    found = re.search(r"<pre>(.*)</pre>", dumped)
    assert found
    boxes: list[float] = json.loads(found[1])
    return boxes


def test_three_long_mistakes_of_late_work_end_within_the_first_screen(tmp_path: Path) -> None:
    lateness = Lateness("2026-11-29T23:59:00+01:00", 2, 0, 0.2, 3.5)
    report = replace(
        GRADED,
        exercises=(RAISED, PLACED, replace(WRONG, name="update_parameters"), RIGHT),
        student=Student("ann", name="Ann-Kathrin Example of Elsewhere"),
        ruling=Ruling(90, 100, lateness=lateness),
        late=True,
    )
    header = replace(
        HEADER, title="Building your Deep Neural Network: Step by Step", course="Deep Learning, autumn 2026"
    )
    boxes = bottoms(write_feedback(header, report), tmp_path)
    assert len(boxes) == len(WIDTHS)
    assert all(100 < bottom < HEIGHT for bottom in boxes), boxes


def test_the_measure_would_notice_a_box_below(tmp_path: Path) -> None:
    page = b"<body><p style='height:2000px'></p><nav>x</nav>"
    assert min(bottoms(page, tmp_path)) > HEIGHT
