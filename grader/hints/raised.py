"""Explain an exception by the values that stood in the expression which raised it."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.hints.observation import Expression
from grader.hints.operands import arrays, described, in_words, keys, of_kind, operands, shaped, shapes
from grader.models.execution import Failure

NUMPY_CALL = re.compile(r"np\.(sum|mean|max|min|prod|std|var)\(")
COUNTS = re.compile(r"expected (\d+)(?:, got (\d+))?")
ASSIGNED_CALL = re.compile(r"(?=.*\)\Z)(?:[^=]*= )+?((\w+)\(.*\))")
"""A statement that assigns what a call returns: the call, and its function. Looking for its end first keeps
the time that a text takes in proportion to its length."""


def by_operands(failure: Failure, function: str, frames: tuple[Expression, ...]) -> str:
    """Explain an exception with the names of the student's own expression.

    Args:
        failure: the exception.
        function: the function that was called.
        frames: the expressions that raised, outermost first.

    Returns:
        the explanation, or "" if the values say nothing.
    """
    if not frames:
        return ""
    inner = frames[-1]
    said = next(filter(None, (explain(failure, inner) for explain in EXPLANATIONS)), "")
    elsewhere = inner.function not in (function, "<module>") and not inner.function.startswith("<")
    where = frames[0].text if frames[0].text.startswith(f"{inner.function}(") else inner.function
    return f"In {where}, {said}" if said and elsewhere and said.startswith("`") else said


def _assertion(failure: Failure, at: Expression) -> str:
    if failure.exception != "AssertionError" or at.kind != "Assert":
        return ""
    said = described(at, most=6)
    single = "isinstance" in at.text and "float" in at.text
    several = next((text for text, shape in arrays(at) if shape not in ((), (1,), (1, 1))), "")
    more = f" It asks for one number, and `{several}` has several." if single and several else ""
    return f"`{at.text}` fails: {said}{more}" if said else f"`{at.text}` fails."


def _shapes(failure: Failure, at: Expression) -> str:
    """Name the arrays whose shapes do not fit."""
    if failure.exception != "ValueError" or not re.search("broadcast|not aligned|matmul", failure.text):
        return ""
    said, found = shapes(at), arrays(at)
    if "broadcast" in failure.text:  # what is combined may be the product of others
        combined = [one for one in found if shaped(one[1]).replace(" ", "") in failure.text]
        if len(combined) == len(found) == 2 and combined[0][1] != combined[1][1]:
            (_, a), (_, b) = combined
            product = at.kind == "Mult" or at.text.startswith("np.multiply(")
            fits = product and len(a) == len(b) == 2 and a[1] == b[0]
            return f"{said}: {_MATRIX if fits else 'element by element these do not fit.'}"
        one = f"`{combined[0][0]}` is {shaped(combined[0][1])}" if len(combined) == 1 else ""
        return f"{one}: it does not fit what it is combined with in `{at.text}`." if one else ""
    if said and len(found) == 2:
        return f"{said}: in a matrix product the columns of the first are as many as the rows of the second."
    return f"{said}." if said else ""


_MATRIX = "`*` and np.multiply work element by element; a matrix product is np.dot or `@`."


def _key(failure: Failure, at: Expression) -> str:
    if failure.exception != "KeyError":
        return ""
    for text, sketch in of_kind(at, "dict"):
        there = keys(sketch)
        return f"`{text}` has {f'the keys {there}' if there else 'no keys'}, and no {failure.text}."
    return ""


def _index(failure: Failure, at: Expression) -> str:
    if failure.exception != "IndexError":
        return ""
    held = next(of_kind(at, "list", "tuple", "array"), None)
    index = next(of_kind(at, "number"), None)
    if held is None or held[1][0] == "array":
        return described(at) if held else ""
    text, (kind, size, *_) = held[0], held[1]
    asked = f", and `{index[0]}` is {index[1][1]}" if index else ""
    last = f": the last one has the index {size - 1}" if size else ""
    return f"`{text}` is a {kind} of {size} entries{last}{asked}."


def _none(failure: Failure, at: Expression) -> str:
    """Name the value that is None."""
    if "NoneType" not in failure.text:
        return ""
    if re.search(r"= None$", at.text):
        return f"`{at.text}` still assigns the placeholder None."
    found = [text for text, _ in of_kind(at, "None")]
    if found:
        return f"`{found[0]}` is None here."
    call = ASSIGNED_CALL.fullmatch(at.text)
    return f"`{call[1]}` returns None." if call else ""


def _too_many_arguments_of_sum(failure: Failure, at: Expression) -> str:
    """Detect a second array as the axis of a sum."""
    head = NUMPY_CALL.match(at.text)
    wrong = re.search("scalar index|interpreted as an integer|scalar arrays", failure.text)
    if failure.exception != "TypeError" or not head or not wrong:
        return ""
    return (
        f"The second argument of np.{head[1]} is the axis, and here it is an array: "
        "is an operator, as +, meant in the place of the comma?"
    )


def _sequence(failure: Failure, at: Expression) -> str:
    """Name the tuple or list that stands where one array is needed."""
    if not re.search("inhomogeneous|element with a sequence|setting an array", failure.text):
        return ""
    found = [*of_kind(at, "tuple", "list")]
    if not found and (packed := re.match(r"np\.\w+\(\(", at.text)):
        return f"`{packed[0]}...` makes one array of what is in the inner parentheses, and the shapes differ."
    for text, sketch in found:
        return f"`{text}` is {in_words(sketch)}, where one array is needed."
    return ""


def _text_and_number(failure: Failure, at: Expression) -> str:
    if not re.search("concatenate str|must be str", failure.text):
        return ""
    for text, sketch in of_kind(at, "number"):
        return f"`{text}` is {in_words(sketch)}: to join it to a text, write str({text})."
    return ""


def _number_for_range(failure: Failure, at: Expression) -> str:
    """Detect a number where a sequence is gone through."""
    if not re.search("not iterable|not reversible", failure.text):
        return ""
    for text, sketch in of_kind(at, "number"):
        return f"`{text}` is {in_words(sketch)}, and no sequence: is range({text}) meant?"
    return described(at)


def _unpacked(failure: Failure, at: Expression) -> str:
    counts = COUNTS.search(failure.text)
    if failure.exception != "ValueError" or "unpack" not in failure.text or not counts:
        return ""
    for text, sketch in of_kind(at, "tuple", "list", "array", "dict"):
        return f"`{text}` is {in_words(sketch)}, and is taken apart into {counts[1]} names."
    call = ASSIGNED_CALL.fullmatch(at.text)
    got = f"returns {counts[2]} values" if counts[2] else "returns more values"
    return f"`{call[2]}` {got}, and there are {counts[1]} names for them." if call else ""


def _single_number(failure: Failure, at: Expression) -> str:
    """Detect an array where a function takes one number."""
    if not re.search("only (length-1|0-dimensional|size-1) arrays|must be real number", failure.text):
        return ""
    for text, shape in arrays(at):
        math = " math works on one number; np on arrays." if "math." in at.text else ""
        return f"`{text}` is an array of the shape {shaped(shape)}, where one number is needed.{math}"
    return ""


def _not_called(failure: Failure, at: Expression) -> str:
    kind = re.fullmatch(r"'(.{1,40})' object is not callable", failure.text)
    name = at.text.partition("(")[0]
    return f"`{name}` is of the type {kind[1]}, and parentheses call it." if kind and "(" in at.text else ""


def _no_number(failure: Failure, at: Expression) -> str:
    """Name what stands in arithmetic and is no number, where the exception names its type."""
    kinds = re.findall(r"'(tuple|list|dict|str|NoneType|function)'", failure.text)
    if failure.exception != "TypeError" or not re.search("operand|multiply", failure.text):
        return ""
    for text, sketch in of_kind(at, *("text" if kind == "str" else kind for kind in kinds)):
        return f"`{text}` is {in_words(sketch)}, where numbers are needed."
    return ""


def _any_kind(failure: Failure, at: Expression) -> str:
    """Describe the operands of an operation that does not work for their types."""
    if failure.exception not in ("TypeError", "AttributeError", "ValueError"):
        return ""
    if failure.exception == "ValueError" and "truth value" not in failure.text:
        return ""
    if "argument" in failure.text and "(" in failure.text:  # the numbers of arguments say more
        return ""
    found = operands(at)
    odd = [part for part in found if part[1][0] not in ("array", "number")]
    told = odd if odd and failure.exception == "TypeError" else found
    return f"{' and '.join(f'`{text}` is {in_words(sketch)}' for text, sketch in told[:3])}." if told else ""


EXPLANATIONS: tuple[Callable[[Failure, Expression], str], ...] = (
    _assertion,
    _too_many_arguments_of_sum,
    _sequence,
    _shapes,
    _key,
    _index,
    _none,
    _text_and_number,
    _number_for_range,
    _unpacked,
    _single_number,
    _not_called,
    _no_number,
    _any_kind,
)
"""What explains an exception by its operands; the first text counts."""
