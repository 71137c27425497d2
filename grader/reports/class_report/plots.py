"""Draw the figures of a class report, as SVG in the colours of its page."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from grader.reports.class_report.failure_propagation import Edge
from grader.reports.class_report.item_analysis import Item
from grader.reports.class_report.mark_distribution import MarkDistribution

# Placeholder colours that Matplotlib writes, and the CSS variables that replace them.
TEXT, QUIET, LINE, PAGE = "#010101", "#010102", "#010103", "#010104"
GOOD, BAD, OPEN = "#010105", "#010106", "#010107"
_VARIABLES = {
    TEXT: "--text",
    QUIET: "--quiet",
    LINE: "--line",
    PAGE: "--page",
    GOOD: "--good",
    BAD: "--bad",
    OPEN: "--open",
}

_WIDTH = 5.2
"""Inches: 374 units, so that text of 10.5 points is readable on a narrow phone."""

_LONGEST = 28
"""The number of characters shown of a function's name."""

_STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "grader",  # the same names in every run
    "font.size": 10.5,
    "font.sans-serif": ["DejaVu Sans"],  # wide and part of Matplotlib: text in other fonts fits too
    "text.color": TEXT,
    "axes.edgecolor": LINE,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "xtick.major.size": 0,
    "ytick.color": TEXT,
    "ytick.major.size": 0,
    "figure.constrained_layout.use": True,
}

_FATES = {"passed": GOOD, "wrong": BAD, "did not run": OPEN, "not written": LINE}

_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def histogram(marks: MarkDistribution, says: str) -> Markup:
    """Return a bar chart of the marks.

    Args:
        marks: the distribution.
        says: the figure in words.

    Returns:
        an SVG element.
    """
    with style.context(["default", _STYLE]):
        figure = Figure((_WIDTH, 2.6))
        axes = figure.subplots()
        bars = axes.bar(range(len(marks.counts)), marks.counts, 0.85, color=GOOD)
        axes.bar_label(bars, [str(count or "") for count in marks.counts])
        axes.set_xticks(range(len(marks.counts)), [name.split("–")[0] for name in marks.ranges])
        axes.set_yticks([])
        axes.spines.left.set_visible(False)
        axes.set_xlabel("percent of all points, from")
        return _svg(figure, says)


def fate_bars(items: Sequence[Item], says: str) -> Markup:
    """Return a bar for each function, divided by result: passed, wrong, did not run, not written.

    Args:
        items: the functions.
        says: the figure in words.

    Returns:
        an SVG element.
    """
    rows = range(len(items))
    with style.context(["default", _STYLE]):
        figure = Figure((_WIDTH, 0.7 + 0.32 * len(items)))
        axes = figure.subplots()
        left = np.zeros(len(items))
        for i, (label, colour) in enumerate(_FATES.items()):
            counts = [item.fates[i] for item in items]
            axes.barh(rows, counts, 0.75, left, color=colour, edgecolor=PAGE, label=label)
            left += counts
        axes.set_yticks(rows, [_short(item.function) for item in items])
        axes.invert_yaxis()
        axes.set_xticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        figure.legend(loc="outside upper right", ncols=4, frameon=False, handlelength=0.8, columnspacing=1)
        return _svg(figure, says)


def cause_graph(items: Sequence[Item], edges: Sequence[Edge], says: str) -> Markup:
    """Return arrows from each function to those that it makes fail, thicker the more often.

    Args:
        items: the functions.
        edges: the arrows, at least one.
        says: the figure in words.

    Returns:
        an SVG element.
    """
    involved = {name for edge in edges for name in (edge.cause, edge.function)}
    names = [item.function for item in items if item.function in involved]
    with style.context(["default", _STYLE]):
        figure = Figure((_WIDTH, 0.4 + 0.42 * len(names)))
        axes = figure.subplots()
        most = max(edge.count for edge in edges)
        for edge in edges:
            _arrow(axes, names.index(edge.cause), names.index(edge.function), edge.count, most)
        axes.set_xlim(0, 0.6 * len(names))
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks(range(len(names)), map(_short, names))
        axes.set_xticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        return _svg(figure, says)


def _arrow(axes: Axes, start: int, end: int, count: int, most: int) -> None:
    """Draw an arc beside two names; a quadratic Bézier curve reaches half as far as its control point."""
    middle, reach = (start + end) / 2, 0.45 * abs(end - start)
    arc = Path([(0.05, start), (2 * reach, middle), (0.05, end)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    width = 1 + 3 * count / most
    axes.add_patch(FancyArrowPatch(path=arc, arrowstyle="-|>", mutation_scale=12, color=BAD, linewidth=width))
    axes.text(reach + 0.1, middle, str(count), va="center", bbox={"color": PAGE, "pad": 1})


def _short(name: str) -> str:
    """Return a name cut to leave room for the figure."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


# ---------------------------------------------------------------- SVG for a page


def _svg(figure: Figure, says: str) -> Markup:
    """Return a figure as an element of a page: in its colours and font, as wide as its container."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata=_NO_METADATA)
    svg = file.getvalue()
    size = re.search(r'viewBox="[^"]*"', svg)
    body = svg[svg.index("</defs>") + len("</defs>") :]  # the rest is for separate files
    body = re.sub(r' id="(?!p[0-9a-f]{10})[^"]*"', "", body)  # a page has each id once
    body = body.replace("'DejaVu Sans'", "system-ui")
    for colour, variable in _VARIABLES.items():
        body = body.replace(colour, f"var({variable})")
    label = html.escape(says)
    return Markup(f'<svg class="plot" role="img" aria-label="{label}" {size and size[0]}>{body}')  # noqa: S704  # Matplotlib escapes text
