"""Draws outline.png, the figure of the outline: python outline.py."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from PIL import Image

PURPLE, RED, GREY = "#6a3fa0", "#b3261e", "#444444"
COLOURS = 32  # of a palette, which makes the file a quarter as long
FORWARD = ("$X$", "LINEAR\nReLU", "...", "LINEAR\nReLU", "LINEAR\nsigmoid", "$A^{[L]}$", "cost $J$")
BACKWARD = ("$dA^{[0]}$", "ReLU\nLINEAR", "...", "ReLU\nLINEAR", "sigmoid\nLINEAR", "$dA^{[L]}$")
LAYERS = {1: "1", 3: "L-1", 4: "L"}
"""The number of each layer that is drawn, by its place."""


def draw() -> None:
    """Draw the figure into the folder of this file."""
    mpl.use("Agg")
    figure, axis = plt.subplots(figsize=(9.5, 3.8), dpi=110)
    row(axis, 2, FORWARD, PURPLE, "#efe7fb")
    row(axis, 0, BACKWARD, RED, "#fdeceb", backward=True)
    arrow(axis, (6, 1.7), (5.3, 0.15), RED)
    for x, layer in LAYERS.items():
        arrow(axis, (x, 1.55), (x, 0.45), GREY, style="--")
        axis.text(x + 0.07, 1, "cache", va="center", style="italic", color=GREY)
        axis.text(x, 2.66, f"layer ${layer}$", ha="center", color=GREY)
        arrow(axis, (x, -0.45), (x, -0.8), RED)
        axis.text(x, -0.85, f"$dW^{{[{layer}]}}$\n$db^{{[{layer}]}}$", ha="center", va="top", color=RED)
    axis.text(-0.9, 2, "forward", ha="center", va="center", color=PURPLE, rotation=90, weight="bold")
    axis.text(-0.9, 0, "backward", ha="center", va="center", color=RED, rotation=90, weight="bold")
    axis.text(2.5, -1.9, "update: $W - \\alpha\\, dW$ and $b - \\alpha\\, db$ in every layer", ha="center")
    axis.set(xlim=(-1.1, 6.6), ylim=(-2, 2.95))
    axis.axis("off")
    drawn = io.BytesIO()
    figure.savefig(drawn, bbox_inches="tight", facecolor="white")
    picture = Image.open(drawn).convert("RGB").quantize(COLOURS)
    picture.save(Path(__file__).with_name("outline.png"), optimize=True)


def row(
    axis: Axes, y: float, labels: tuple[str, ...], color: str, fill: str, *, backward: bool = False
) -> None:
    """Draw boxes from left to right, with arrows to the right, or to the left on the way back."""
    box = {"boxstyle": "round,pad=0.45", "facecolor": fill, "edgecolor": color}
    for x, label in enumerate(labels):
        shown = None if label == "..." else box
        axis.text(x, y, label, ha="center", va="center", bbox=shown, color=color, fontsize=9)
    for x in range(len(labels) - 1):
        ends = ((x + 0.38, y), (x + 0.62, y))
        arrow(axis, *(reversed(ends) if backward else ends), color)


def arrow(
    axis: Axes, start: tuple[float, float], end: tuple[float, float], color: str, style: str = "-"
) -> None:
    """Draw an arrow."""
    axis.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "ls": style})


if __name__ == "__main__":
    draw()
