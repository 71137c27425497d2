"""Draws the pictures of the exercises on real data: cats, and what is not a cat.

`python testcases/datasets.py` writes them into each assignment of `ASSIGNMENTS`, always the same ones. Names,
keys and shapes are those of the files that notebooks of these exercises open. A cat may be anywhere, and
lighter or darker than what is behind it: a logistic regression, which gives each pixel one weight, gets 72 %
of the test pictures right, a network of four layers 82 %.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

ASSIGNMENTS = ("logistic_regression", "dnn_application")
FILES = {"train": "train_catvnoncat.h5", "test": "test_catvnoncat.h5"}
CLASSES = np.array([b"non-cat", b"cat"])

EXAMPLES = {"train": 209, "test": 50}
SEED = 42

# Notebooks compare the first numbers of three pictures with these, to see that they were flattened rightly.
CHECKED = {
    ("train", 0): [17, 31, 56, 22, 33],
    ("train", 1): [196, 192, 190, 193, 186, 182, 188, 179, 174, 213],
    ("test", 1): [115, 110, 111, 137, 129, 129, 155, 146, 145, 159],
}

SIDE = 64
FINE = 2 * SIDE  # they are drawn twice as large, so that edges are smooth
STEP = 3  # grey levels are multiples of it, which halves the files

Array = np.ndarray
Point = tuple[float, float]

BLACK, WHITE = np.zeros(3), np.full(3, 0.95)
PINK, WOOD, BRICK = np.array([[0.8, 0.45, 0.45], [0.4, 0.27, 0.15], [0.6, 0.25, 0.2]])
GLASS, POLLEN, STEM = np.array([[0.85, 0.8, 0.45], [0.85, 0.7, 0.15], [0.2, 0.45, 0.15]])
EYES = np.array([[0.75, 0.8, 0.2], [0.35, 0.75, 0.35], [0.85, 0.6, 0.15]])


def clouds(rng: np.random.Generator, cells: int) -> Array:
    """Return noise (FINE, FINE, 3), bilinear between the corners of cells x cells squares."""
    corners = rng.normal(0, 0.04, (cells + 1, cells + 1, 3))
    place = (np.arange(FINE) + 0.5) / FINE * cells
    low = place.astype(int)
    part = (place - low)[:, None, None]
    rows = corners[low] * (1 - part) + corners[low + 1] * part
    part = part.reshape(1, FINE, 1)
    return rows[:, low] * (1 - part) + rows[:, low + 1] * part


class Canvas:
    """A picture, on which shapes are painted in the units of a thing at a random place, size and angle.

    The thing is about 2 wide and 2 high, and its middle is (0, 0); y points down.
    """

    def __init__(self, rng: np.random.Generator, ground: Array) -> None:
        self.rng = rng
        self.image = ground.copy()
        self.ground = ground
        self.grain = clouds(rng, 6).mean(axis=2, keepdims=True)
        size = rng.uniform(0.5, 0.92)
        across, down = rng.uniform(-0.42, 0.42, 2)
        angle = rng.uniform(-0.35, 0.35)
        at = (np.arange(FINE) + 0.5) / FINE * 2 - 1
        x, y = np.meshgrid((at - across) / size, (at - down) / size)
        self.x = x * np.cos(angle) + y * np.sin(angle)
        self.y = y * np.cos(angle) - x * np.sin(angle)

    def paint(self, where: Array, colour: Array) -> None:
        """Paint the pixels of a mask."""
        self.image[where] = colour + self.grain[where]

    def in_ellipse(self, x: float, y: float, rx: float, ry: float) -> Array:
        """Return the mask of an ellipse with its middle at (x, y)."""
        return np.asarray(((self.x - x) / rx) ** 2 + ((self.y - y) / ry) ** 2 < 1)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Array) -> None:
        """Paint an ellipse."""
        self.paint(self.in_ellipse(x, y, rx, ry), colour)

    def rectangle(self, x: float, y: float, rx: float, ry: float, colour: Array) -> None:
        """Paint a rectangle with its middle at (x, y)."""
        self.paint((abs(self.x - x) < rx) & (abs(self.y - y) < ry), colour)

    def triangle(self, a: Point, b: Point, c: Point, colour: Array) -> None:
        """Paint a triangle."""
        turns = [
            (q[0] - p[0]) * (self.y - p[1]) - (q[1] - p[1]) * (self.x - p[0])
            for p, q in ((a, b), (b, c), (c, a))
        ]
        self.paint(np.all(np.greater(turns, 0), axis=0) | np.all(np.less(turns, 0), axis=0), colour)

    def line(self, a: Point, b: Point, width: float, colour: Array) -> None:
        """Paint a line."""
        way = np.subtract(b, a) / np.hypot(*np.subtract(b, a))
        along = (self.x - a[0]) * way[0] + (self.y - a[1]) * way[1]
        beside = (self.x - a[0]) * way[1] - (self.y - a[1]) * way[0]
        length = np.hypot(*np.subtract(b, a))
        self.paint((along > 0) & (along < length) & (abs(beside) < width), colour)

    def small(self) -> Array:
        """Return the picture, (SIDE, SIDE, 3) bytes."""
        mean = self.image.reshape(SIDE, 2, SIDE, 2, 3).mean(axis=(1, 3))
        return (np.clip(np.round(mean * 255 / STEP), 0, 255 // STEP) * STEP).astype(np.uint8)


def cat(on: Canvas, fur: Array) -> None:
    """Paint a head with pointed ears, slit pupils and whiskers."""
    on.ellipse(0, 1.05, 0.62, 0.62, fur * 0.85)
    for side in (-1, 1):
        on.triangle((side * 0.6, -0.05), (side * 0.52, -0.85), (side * 0.05, -0.45), fur)
        on.triangle((side * 0.5, -0.2), (side * 0.47, -0.66), (side * 0.18, -0.42), (fur + PINK) / 2)
    on.ellipse(0, 0, 0.62, 0.52, fur)
    iris = on.rng.choice(EYES)
    whisker = WHITE if fur.mean() < 0.5 else BLACK
    for side in (-1, 1):
        on.ellipse(side * 0.25, -0.1, 0.13, 0.11, iris)
        on.ellipse(side * 0.25, -0.1, 0.035, 0.1, BLACK)
        for slope in (-0.1, 0.03, 0.16):
            on.line((side * 0.16, 0.22 + slope / 4), (side * 0.8, 0.22 + slope), 0.014, whisker)
        on.line((0, 0.2), (side * 0.12, 0.32), 0.014, BLACK)
    on.triangle((-0.08, 0.12), (0.08, 0.12), (0, 0.21), PINK)


def dog(on: Canvas, fur: Array) -> None:
    """Paint a head with drooping ears and a muzzle."""
    on.ellipse(0, 1.05, 0.62, 0.62, fur * 0.85)
    on.ellipse(0, 0, 0.52, 0.56, fur)
    for side in (-1, 1):
        on.ellipse(side * 0.58, 0.05, 0.17, 0.45, fur * 0.6)
        on.ellipse(side * 0.2, -0.15, 0.08, 0.08, BLACK)
    on.ellipse(0, 0.27, 0.28, 0.24, fur * 1.3)
    on.ellipse(0, 0.16, 0.1, 0.07, BLACK)


def fish(on: Canvas, scales: Array) -> None:
    """Paint a fish with stripes that swims to one side."""
    side = on.rng.choice([-1, 1])
    on.triangle((side * 0.45, 0), (side * 0.95, -0.4), (side * 0.95, 0.4), scales * 0.8)
    on.triangle((side * -0.1, -0.3), (side * 0.3, -0.3), (side * 0.2, -0.62), scales * 0.8)
    body = on.in_ellipse(0, 0, 0.68, 0.38)
    on.paint(body, scales)
    for x in (-0.1, 0.12, 0.34):
        on.paint(body & (abs(on.x - side * x) < 0.03), scales * 0.6)
    on.ellipse(side * -0.4, -0.08, 0.08, 0.08, WHITE)
    on.ellipse(side * -0.42, -0.08, 0.04, 0.04, BLACK)


def ball(on: Canvas, colour: Array) -> None:
    """Paint a ball with a band."""
    body = on.in_ellipse(0, 0.1, 0.62, 0.62)
    on.paint(body, colour)
    on.paint(body & (abs(on.x * 0.6 + on.y - 0.1) < 0.2), on.rng.uniform(0.2, 0.8, 3))
    on.ellipse(-0.25, -0.25, 0.12, 0.1, colour + 0.3)


def house(on: Canvas, wall: Array) -> None:
    """Paint a house with a door and two windows."""
    on.rectangle(0, 0.35, 0.55, 0.45, wall)
    on.triangle((-0.75, -0.05), (0.75, -0.05), (0, -0.75), BRICK * on.rng.uniform(0.5, 1.4))
    for side in (-1, 1):
        on.rectangle(side * 0.28, 0.2, 0.13, 0.13, GLASS)
    on.rectangle(0, 0.6, 0.11, 0.22, wall * 0.4)


def tree(on: Canvas, _: Array) -> None:
    """Paint a tree in leaf."""
    on.rectangle(0, 0.65, 0.1, 0.35, WOOD)
    leaves = np.array([0.2, 0.5, 0.2]) * on.rng.uniform(0.5, 1.6)
    for x, y, r in ((0, -0.3, 0.45), (-0.35, 0, 0.36), (0.35, 0, 0.36), (0, 0.1, 0.4)):
        on.ellipse(x, y, r, r, leaves * on.rng.uniform(0.85, 1.1))


def flower(on: Canvas, petals: Array) -> None:
    """Paint a flower of seven petals."""
    on.line((0, 0), (0.05, 1), 0.04, STEM)
    for angle in np.arange(7) * 2 * np.pi / 7:
        on.ellipse(0.42 * np.cos(angle), 0.42 * np.sin(angle) - 0.15, 0.24, 0.24, petals)
    on.ellipse(0, -0.15, 0.26, 0.26, POLLEN)


def mug(on: Canvas, glaze: Array) -> None:
    """Paint a mug with its handle on one side."""
    side = on.rng.choice([-1, 1])
    handle = on.in_ellipse(side * 0.55, 0.1, 0.3, 0.33) & ~on.in_ellipse(side * 0.55, 0.1, 0.18, 0.2)
    on.paint(handle, glaze * 0.9)
    on.rectangle(0, 0.1, 0.48, 0.52, glaze)
    on.ellipse(0, -0.42, 0.48, 0.14, glaze * 0.5)


OTHERS: tuple[Callable[[Canvas, Array], None], ...] = (ball, dog, fish, flower, house, mug, tree)


def picture(rng: np.random.Generator, is_cat: bool) -> Array:
    """Draw one picture.

    Args:
        rng: where everything about it is drawn from.
        is_cat: whether a cat is in it.

    Returns:
        the picture, shape (SIDE, SIDE, 3), bytes.
    """
    light, dark = rng.uniform(0.5, 0.9), rng.uniform(0.08, 0.3)
    stands_out = rng.random() < (0.68 if is_cat else 0.35)
    behind, front = (dark, light) if stands_out else (light, dark)
    top, bottom = behind * rng.uniform(0.7, 1.3, 2)
    height = ((np.arange(FINE) + 0.5) / FINE).reshape(FINE, 1, 1)
    ground = (top * (1 - height) + bottom * height) * rng.uniform(0.6, 1.4, 3) + clouds(rng, 4)
    canvas = Canvas(rng, ground)
    tint = np.array([1.1, 1, 0.85]) * rng.uniform(0.85, 1.15, 3) if is_cat else rng.uniform(0.5, 1.4, 3)
    paint = cat if is_cat else OTHERS[rng.integers(len(OTHERS))]
    paint(canvas, np.clip(front * tint, 0, 1))
    return canvas.small()


def draw(seed: int) -> dict[str, tuple[Array, Array]]:
    """Draw the training and the test pictures.

    Args:
        seed: of all random numbers.

    Returns:
        by "train" and "test": pictures, shape (m, SIDE, SIDE, 3), and labels, shape (m,), 1 for a cat; half
        of them are cats.
    """
    rng = np.random.default_rng(seed)
    drawn = {}
    for part, m in EXAMPLES.items():
        labels = rng.permutation(np.arange(m) % 2)
        drawn[part] = np.array([picture(rng, bool(label)) for label in labels]), labels
    for (part, example), numbers in CHECKED.items():
        drawn[part][0][example].flat[: len(numbers)] = numbers
    return drawn


def write(path: Path, part: str, pictures: Array, labels: Array) -> None:
    """Write one file.

    Args:
        path: the file.
        part: "train" or "test".
        pictures: bytes of shape (m, SIDE, SIDE, 3).
        labels: shape (m,).
    """
    smaller: dict[str, Any] = {"compression": "gzip", "compression_opts": 9}
    with h5py.File(path, "w") as file:
        file.create_dataset(f"{part}_set_x", data=pictures, chunks=(10, SIDE, SIDE, 3), **smaller)
        file.create_dataset(f"{part}_set_y", data=labels.astype(np.int64))
        file.create_dataset("list_classes", data=CLASSES)


def main() -> None:
    """Write both files of every assignment."""
    for part, (pictures, labels) in draw(SEED).items():
        for assignment in ASSIGNMENTS:
            folder = Path(__file__).parents[1] / "solutions" / assignment / "datasets"
            folder.mkdir(parents=True, exist_ok=True)
            write(folder / FILES[part], part, pictures, labels)


if __name__ == "__main__":
    main()
