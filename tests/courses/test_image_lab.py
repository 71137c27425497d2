"""An image lab: parts of a function, whole numbers, a global kernel, and a picture that is handed out."""

from __future__ import annotations

import pytest
from proof import Proof, Work, check_losses

STUDENT_STYLE = {
    "convolve": """# GRADED FUNCTION: convolve
def zero_pad(X, p, q):
    return np.pad(X, [(p, p), (q, q)], mode="constant", constant_values=0)


def convolve(X, K, padding="valid"):
    flipped = np.flip(K)
    kr, kc = flipped.shape
    if padding == "same":
        X = zero_pad(X, (kr - 1) // 2, (kc - 1) // 2)
    h = X.shape[0] - kr + 1
    w = X.shape[1] - kc + 1
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            out[i][j] = (X[i:i + kr, j:j + kc] * flipped).sum()
    return out
""",
    "edges": """# GRADED FUNCTION: edges
def edges(X):
    E = abs(convolve(X, KERNEL, padding="valid"))
    top = np.max(E)
    print("steepest slope:", top)
    return E if top == 0 else E / top
""",
    "equalize": """# GRADED FUNCTION: equalize
def equalize(X):
    table = []
    for grey in range(256):
        table.append(255 * (X <= grey).sum() // X.size)
    return np.array(table)[X].astype("uint8")
""",
    "crop": """# GRADED FUNCTION: crop
f = h5py.File("pictures.h5", "r")
whole = np.array(f["evening"])
f.close()


def crop(top, left, rows, columns):
    part = whole[top:top + rows, left:left + columns]
    return part, np.mean(part)
""",
    "brightness": """# GRADED VARIABLE: brightness
ordered = sorted(evening.flatten())
n = len(ordered)
brightness = (float(ordered[n // 2 - 1]) + float(ordered[n // 2])) / 2
""",
}

WORKS = {
    "right": Work(),
    "student_style": Work(cells=STUDENT_STYLE),
    "kernel_as_floats": Work({"[-2, 0, 2]": "[-2.0, 0, 2]"}),
    "kernel_of_the_other_direction": Work({"0, 1]])": "0, 1]]) * -1"}),
    # ------------------------------------------------ one mistake each
    "kernel_is_not_turned": Work({"K[::-1, ::-1]": "K"}, loses={"convolve": (0, "Y is wrong")}),
    "pads_with_the_edge": Work(
        {"(q // 2, q // 2)))": "(q // 2, q // 2)), mode='edge')"}, loses={"convolve": (4, "Y is wrong")}
    ),
    "always_same": Work(
        {'    if padding == "same":': "    if True:"}, loses={"convolve": (2, "Y has the shape")}
    ),
    "wrong_kernel": Work({"[-2, 0, 2]": "[-1, 0, 1]"}, loses={"edges": (0, "E is wrong")}),
    "edges_of_both_signs": Work(
        {"np.abs(convolve(X, KERNEL))": "convolve(X, KERNEL)"}, loses={"edges": (0, "")}
    ),
    "divides_by_zero": Work({"    if E.max() > 0:": "    if True:"}, loses={"edges": (0, "")}),
    "rounds_up": Work({"np.floor(255 * C)": "np.ceil(255 * C)"}, loses={"equalize": (0, "Y is wrong")}),
    "floats": Work(
        {"[X].astype(np.uint8)": "[X]"}, loses={"equalize": (0, "Y holds float64 numbers, expected uint8.")}
    ),
    "rows_for_columns": Work(
        {"[top : top + rows, left : left + columns]": "[left : left + rows, top : top + columns]"},
        loses={"crop": (0, "part")},
    ),
    "mean_of_the_rows": Work({"part.mean()": "part.mean(axis=1)"}, loses={"crop": (0, "mean")}),
    "mean_for_median": Work(
        {"np.median(evening)": "evening.mean()"}, loses={"brightness": (0, "brightness is wrong")}
    ),
    # ------------------------------------------------ odd ones
    "no_kernel": Work(
        cells={},
        changes={"KERNEL = np.array": "SOBEL = np.array"},
        loses={"edges": (0, "name 'KERNEL' is not defined")},
    ),
    "another_file": Work(
        {'    with h5py.File("pictures.h5", "r")': '    with h5py.File("C:/Users/me/pictures.h5", "r")'},
        loses={"crop": (0, "FileNotFoundError")},
    ),
    "writes_into_the_picture": Work(
        {'    with h5py.File("pictures.h5", "r")': '    with h5py.File("pictures.h5", "r+")'},
        loses={"crop": (0, "")},
    ),
    "kernel_changed_later": Work(more=("KERNEL = KERNEL * 0",), loses={"edges": (0, "E is wrong")}),
    "picture_changed_later": Work(more=("evening = evening[:2]",)),
    "syntax_error": Work(
        {"counts = np.bincount(": "counts == = np.bincount("}, loses={"equalize": (0, "does not parse")}
    ),
    "no_variable": Work({"brightness = np.median": "bright = np.median"}, loses={"brightness": (0, "")}),
}


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return Proof("image_lab", tmp_path_factory.mktemp("image_lab"), WORKS, hints="kind")


def test_it_is_ready_to_hand_out(proof: Proof) -> None:
    assert "✗" not in proof.command("validate")


def test_the_picture_is_handed_out_as_it_is(proof: Proof) -> None:
    given = proof.course.root / "solutions" / "image_lab" / "pictures.h5"
    assert (proof.released / "pictures.h5").read_bytes() == given.read_bytes()


@pytest.mark.parametrize("who", WORKS)
def test_what_is_wrong_loses_its_points_and_nothing_else(who: str, proof: Proof) -> None:
    check_losses(proof.scores[who], WORKS[who])


@pytest.mark.parametrize("who", ["right", "student_style"])
def test_public_tests_pass_right_work(who: str, proof: Proof) -> None:
    assert set(proof.public(who).values()) == {""}


@pytest.mark.parametrize("who", ["pads_with_the_edge", "wrong_kernel", "mean_of_the_rows"])
def test_public_tests_tell_what_is_wrong(who: str, proof: Proof) -> None:
    ((name, (_, told)),) = WORKS[who].loses.items()
    errors = proof.public(who)
    assert told in errors.pop(name)
    assert set(errors.values()) == {""}
