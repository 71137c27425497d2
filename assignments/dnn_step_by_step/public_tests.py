"""The public tests of dnn_step_by_step. Written by `grader release`; do not edit.

Call `initialize_parameters_test(initialize_parameters)`, and so on, or import all with *.
"""

from __future__ import annotations

import functools
import types


# ---------------------------------------------------------------------- grader.comparison.proxies


@functools.cache
def _grader_comparison_proxies():
    """Objects that pass on whatever is done with them: calls, attributes, entries and operators.

    A test that is handed a `Proxy` in place of a student's function or object works as written, and each thing
    that it does is one step of a deck, which performs it, or looks up what it gave elsewhere.
    """


    import ast
    import builtins
    import operator
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol

    CALL, METHOD, GET, SET, READ, APPLY = "call", "method", "get", "set", "read", "apply"
    """What a step does: calls its target, calls a method of it, reads or sets an attribute, reads a name, or
    applies a function of the table below."""

    OPERATORS = (
        *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor"),
        *("lt", "le", "eq", "ne", "gt", "ge", "neg", "pos", "invert"),
        *("getitem", "setitem", "delitem", "contains"),
    )
    BUILTINS = (
        *("len", "iter", "next", "reversed", "str", "repr", "bool", "float", "int", "complex"),
        *("hash", "abs", "round", "dir"),
    )
    CHECKS: dict[str, Callable[..., Any]] = {
        "instancecheck": lambda kind, one: isinstance(one, kind),
        "subclasscheck": lambda kind, one: issubclass(one, kind),
        "typecheck": lambda kind, one: type(one) is kind,
    }
    """What Python asks a class for: `isinstance(one, kind)` inside of a class that a proxy stands for, too; and
    what a test asks by `type(one) is kind`."""

    FUNCTIONS: dict[str, Callable[..., Any]] = {
        **CHECKS,
        **{name: getattr(operator, name) for name in OPERATORS},
        **{name: getattr(builtins, name) for name in BUILTINS},
    }
    """What can be applied to a target, by name."""

    REFLECTED = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"]


    class Deck(Protocol):
        """Performs the steps of a test."""

        def take(self, kind: str, on: str | int, args: Sequence[Any], keys: dict[str, Any]) -> Any:
            """Perform a step.

            Args:
                kind: what it does.
                on: its target: a name, or the number of an earlier step.
                args: what it is done with.
                keys: the keyword arguments of a call.

            Returns:
                its result: plain data, or a proxy.
            """

        def is_method(self, on: str | int, name: str) -> bool:
            """Return whether an attribute of a target is a method.

            Args:
                on: the target.
                name: the attribute.

            Returns:
                True if it is called.
            """


    class Proxy:
        """Stands for a function, class or object: the one of a name, or the result of the step of that number."""

        def __init__(self, deck: Deck, on: str | int, kind: type | None = None) -> None:
            object.__setattr__(self, "_deck", deck)
            object.__setattr__(self, "_on", on)
            object.__setattr__(self, "_kind", kind)

        @property  # type: ignore[misc]
        def __class__(self) -> type:  # isinstance() asks for it
            return self._kind or Proxy

        def __call__(self, *args: Any, **keys: Any) -> Any:
            """Call the target."""
            return self._deck.take(CALL, self._on, args, keys)

        def __getattr__(self, name: str) -> Any:
            if not self._deck.is_method(self._on, name):
                return self._deck.take(GET, self._on, [name], {})
            return lambda *args, **keys: self._deck.take(METHOD, self._on, [name, *args], keys)

        def __setattr__(self, name: str, value: Any) -> None:
            self._deck.take(SET, self._on, [name, value], {})

        def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
            raise TypeError("a test cannot derive a class from a student's")

        def __index__(self) -> int:
            return int(self._deck.take(APPLY, self._on, ["int"], {}))


    def _applied(name: str) -> Callable[..., Any]:
        def method(self: Any, *args: Any) -> Any:
            return self._deck.take(APPLY, self._on, [name, *args], {})

        return method


    def _reflected(name: str) -> Callable[..., Any]:
        def method(self: Any, other: Any) -> Any:
            return self._deck.take(APPLY, self._on, [f"r{name}", other], {})

        return method


    for _name in (*OPERATORS, *BUILTINS, *CHECKS):
        setattr(Proxy, f"__{_name.strip('_')}__", _applied(_name))
    for _name in REFLECTED:
        setattr(Proxy, f"__r{_name}__", _reflected(_name))
        _operator = FUNCTIONS.get(_name) or FUNCTIONS[f"{_name}_"]
        FUNCTIONS[f"r{_name}"] = lambda mine, other, _operator=_operator: _operator(other, mine)


    def perform(kind: str, target: Any, args: Sequence[Any], keys: dict[str, Any]) -> Any:
        """Do to a target what a step says.

        Args:
            kind: what the step does.
            target: the object.
            args: what it is done with.
            keys: the keyword arguments of a call.

        Returns:
            the result.
        """
        if kind == CALL:
            return target(*args, **keys)
        if kind == METHOD:
            return getattr(target, args[0])(*args[1:], **keys)
        if kind == GET:
            return getattr(target, args[0])
        if kind == SET:
            return setattr(target, args[0], args[1])
        if kind == READ:
            return target
        return FUNCTIONS[args[0]](target, *args[1:])


    # ---------------------------------------------------------------- what a test asks by type()

    IS_OF = "__is_of__"
    """The name of `is_of` in a test; see `asking_proxies`."""

    SAME = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)


    def is_of(one: Any, kind: Any) -> bool:
        """Return whether `type(one) is kind`, of what proxies stand for.

        Args:
            one: an object, or a proxy of one.
            kind: a class, or a proxy of one.

        Returns:
            True if it is.
        """
        return bool(kind.__typecheck__(one)) if issubclass(type(kind), Proxy) else one.__class__ is kind


    class _Asking(ast.NodeTransformer):
        """Lets a proxy answer where a test asks for a type: `type(one)` itself is that of the proxy."""

        def visit_Compare(self, node: ast.Compare) -> ast.expr:
            """Replace `type(one) is kind` and `kind == type(one)` by a call of `is_of`, or its negation."""
            self.generic_visit(node)
            sides = [node.left, *node.comparators]
            asked = [side for side in sides if isinstance(side, ast.Attribute) and side.attr == "__class__"]
            if len(asked) != 1 or len(sides) != 2 or not isinstance(node.ops[0], SAME):
                return node
            kind = sides[1] if asked[0] is sides[0] else sides[0]
            call = ast.Call(ast.Name(IS_OF, ast.Load()), [asked[0].value, kind], [])
            negated = isinstance(node.ops[0], ast.IsNot | ast.NotEq)
            return ast.copy_location(ast.UnaryOp(ast.Not(), call) if negated else call, node)

        def visit_Call(self, node: ast.Call) -> ast.expr:
            """Replace `type(one)` by `one.__class__`, which a proxy has."""
            self.generic_visit(node)
            match node:
                case ast.Call(func=ast.Name(id="type"), args=[one], keywords=[]):
                    return ast.copy_location(ast.Attribute(one, "__class__", ast.Load()), node)
            return node


    def asking_proxies(tree: ast.Module) -> ast.Module:
        """Return a test that asks for types in a way that proxies can answer.

        Args:
            tree: the test, which is changed; it has to find `is_of` by the name `IS_OF`.

        Returns:
            the same tree.
        """
        _Asking().visit(tree)
        return ast.fix_missing_locations(tree)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.asserting


@functools.cache
def _grader_comparison_asserting():
    """Judge answers by the assertions of a test that runs where the student's code is not.

    The test is called with proxies. What it does with them are the steps that were recorded, and what they
    give are the student's answers to these steps, plain data.
    """


    import ast
    import builtins
    import copy
    import sys
    from collections.abc import Mapping, Sequence
    from typing import Any

    import numpy as np

    IS_OF = _grader_comparison_proxies().IS_OF
    METHOD = _grader_comparison_proxies().METHOD
    Proxy = _grader_comparison_proxies().Proxy
    asking_proxies = _grader_comparison_proxies().asking_proxies
    is_of = _grader_comparison_proxies().is_of

    CLOSE = 1e-4
    """How close the numbers of arguments have to be to those that were recorded, relatively."""

    LONGEST = 300
    """Characters of a message that are passed on."""

    DEPARTED = "The test goes on otherwise from your answers than from those of the solution."


    def told(source: str, steps: Sequence[Any], answers: Any) -> str | None:
        """Run a test on a student's answers.

        Args:
            source: the source of the test, which defines a function `test`.
            steps: the steps that it takes.
            answers: the student's answer to each of them.

        Returns:
            None if the test passes, or one sentence.
        """
        if not isinstance(answers, list) or len(answers) != len(steps):
            return DEPARTED
        space: dict[str, Any] = {"__name__": "assertion", IS_OF: is_of}
        tree = asking_proxies(ast.parse(source))
        exec(compile(tree, "<assertion>", "exec", dont_inherit=True), space)  # noqa: S102  # the instructor's
        test = space["test"]
        deck = _Answers(steps, answers)
        np.random.seed(0)  # noqa: NPY002  # as when it was recorded
        try:
            test(*(deck.argument(name) for name in test.__code__.co_varnames[: test.__code__.co_argcount]))
        except DepartedError:
            return DEPARTED
        except AssertionError as error:
            return _sentence(str(error), "An assertion about it does not hold.")
        except Exception as error:  # noqa: BLE001  # the test's verdict, whatever it raises
            return _sentence(str(error), f"The test of it raises {type(error).__name__}.")
        return None


    def _sentence(text: str, otherwise: str) -> str:
        said = " ".join(text.split())[:LONGEST]
        return said if said and said[0].isalpha() else otherwise


    class _Known(Proxy):
        """Stands for an object with the names of its classes, which a test may import before it asks for one."""

        @property  # type: ignore[misc]
        def __class__(self) -> type:
            return _kind(self._kind) or Proxy


    class DepartedError(Exception):
        """The test takes other steps than were recorded, since the answers differ."""


    class _Answers:
        """A deck that gives the answers of a student to the recorded steps, in their order."""

        def __init__(self, steps: Sequence[Any], answers: Sequence[Any]) -> None:
            self.steps, self.answers = steps, answers
            self.next = 0

        def argument(self, name: str) -> Any:
            """Return what a test is called with: a value that the steps begin with, or a proxy."""
            for i, (kind, on, _, _, marks) in enumerate(self.steps):
                if kind == "read" and on == name:
                    answer = self.answers[i]
                    return _Known(self, i, answer) if "object" in marks else copy.deepcopy(answer)
            return Proxy(self, name)

        def is_method(self, on: str | int, name: str) -> bool:
            """Return whether the next step calls a method of that name."""
            step = self._step()
            return step is not None and step[0] == METHOD and step[1] == on and step[2][0] == name

        def take(self, kind: str, on: str | int, args: Sequence[Any], keys: dict[str, Any]) -> Any:
            """Return the answer to the next step, which has to be this one."""
            step = self._step()
            if step is None or step[:2] != (kind, on) or not self._alike(step[2:4], (args, keys)):
                raise DepartedError
            at, marks = self.next, step[4]
            self.next += 1
            answer = self.answers[at]
            if "raises" in marks:
                raise _exception(answer)
            if "printed" in marks:
                answer, text = answer
                sys.stdout.write(text)
            if "after" in marks:
                answer, after = answer
                for mine, theirs in zip(args, after, strict=False):
                    _overwrite(mine, theirs)
            return _Known(self, at, answer) if "object" in marks else copy.deepcopy(answer)

        def _step(self) -> tuple[Any, ...] | None:
            while self.next < len(self.steps) and self.steps[self.next][0] == "read":
                self.next += 1
            return tuple(self.steps[self.next]) if self.next < len(self.steps) else None

        def _alike(self, recorded: Any, mine: Any) -> bool:
            """Return whether arguments are the recorded ones; functions and proxies are not compared."""
            (args, keys), (my_args, my_keys) = recorded, mine
            if len(args) != len(my_args) or keys.keys() != my_keys.keys():
                return False
            pairs = [*zip(args, my_args, strict=True), *((keys[key], my_keys[key]) for key in keys)]
            return all(_is_reference(one) or _alike(one, other) for one, other in pairs)


    def _alike(one: Any, other: Any) -> bool:
        """Return whether two values are the same but for rounding."""
        if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            return len(one) == len(other) and all(map(_alike, one, other))
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
        mine, theirs = np.asarray(one), np.asarray(other)
        if mine.shape != theirs.shape:
            return False
        if mine.dtype.kind in "fciub" and theirs.dtype.kind in "fciub":
            return bool(np.allclose(mine, theirs, CLOSE, CLOSE * 1e-3, equal_nan=True))
        same = (mine == theirs) | ((mine != mine) & (theirs != theirs))  # a missing value equals nothing
        return type(one) is type(other) and bool(np.all(same))


    def _kind(names: Any) -> type | None:
        """Return the first of some classes that the test has imported, by whose name an object is asked for."""
        for name in names.split() if isinstance(names, str) else ():
            module, _, own = name.rpartition(".")
            found = getattr(sys.modules.get(module), own, None)
            if isinstance(found, type):
                return found
        return None


    def _is_reference(value: Any) -> bool:
        return isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith("$")


    def _exception(answer: Any) -> BaseException:
        """Return the exception that a student's code raised; of one of its own, another of that name."""
        name = answer[1] if isinstance(answer, list) and len(answer) == 2 else None
        if not isinstance(name, str):
            return DepartedError()
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            return kind("raised")
        own: type[Exception] = type(name, (Exception,), {})
        return own("raised")


    def _overwrite(mine: Any, theirs: Any) -> None:
        """Change an argument as the student's code did."""
        if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray) and mine.shape == theirs.shape:
            mine[...] = theirs
        elif isinstance(mine, list) and isinstance(theirs, list):
            mine[:] = theirs
        elif isinstance(mine, dict) and isinstance(theirs, dict):
            mine.clear()
            mine.update(theirs)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.contrast


@functools.cache
def _grader_comparison_contrast():
    """Show two values that differ so that the difference is seen. Bundled for students."""


    import unicodedata
    from collections.abc import Sequence
    from datetime import date, timedelta
    from typing import Any, NamedTuple

    import numpy as np

    ROOM = 50
    """The characters shown of a long text."""

    BEFORE = 20
    """How many of them stand before the first difference."""

    DOTS = "..."
    NUMBERS = (int, float, complex, np.number, np.bool_)
    DIGITS = (6, 9, 17)
    """Significant digits to try until two numbers are written differently."""

    NO_LINE = "no further line"


    class Contrast(NamedTuple):
        """Two values that differ, as text; `line` is the first line that differs of texts that have several.

        `remark` is a sentence on what alone is different, where it is little.
        """

        yours: str
        theirs: str
        line: int = 0
        remark: str = ""


    def contrast(actual: Any, expected: Any) -> Contrast:
        """Return how a message shows two values that differ: of long ones, what stands around the difference.

        Args:
            actual: the value.
            expected: its counterpart.

        Returns:
            the texts.
        """
        yours, theirs = _plain_text(actual), _plain_text(expected)
        if not _both_texts(yours, theirs):
            return Contrast(*excerpts(yours, theirs))
        return _contrast_of_texts(yours, theirs)


    def _contrast_of_texts(yours: Any, theirs: Any) -> Contrast:
        remark, line = _only_difference(yours, theirs), 0
        newline = "\n" if isinstance(yours, str) else b"\n"
        lines = [(text[:-1] if text.endswith(newline) else text).split(newline) for text in (yours, theirs)]
        several = yours and theirs and max(map(len, lines)) > 1
        if several and yours.rstrip(newline) != theirs.rstrip(newline):
            line = _first_difference(*lines) + 1
            if line > min(map(len, lines)):
                shown = [shortly(one[line - 1]) if line <= len(one) else NO_LINE for one in lines]
                return Contrast(shown[0], shown[1], line)
            yours, theirs = (one[line - 1] for one in lines)
        return Contrast(*excerpts(yours, theirs), line, remark)


    def excerpts(actual: Any, expected: Any) -> tuple[str, str]:
        """Format two values; of long ones, what stands around their first difference.

        Args:
            actual: the value.
            expected: its counterpart.

        Returns:
            the two texts.
        """
        yours, theirs = _plain_text(actual), _plain_text(expected)
        texts = _both_texts(yours, theirs)
        if not texts:
            yours, theirs = _numbers(yours, theirs) or (written(yours), written(theirs))
        start, longest = 0, max(len(yours), len(theirs))
        if longest > ROOM and (first := _first_difference(yours, theirs)) < longest:
            start = max(0, min(first - BEFORE, longest - ROOM))
        quoted = (ascii if _look_alike(yours, theirs) else repr) if texts else str
        return _cut(yours, start, quoted), _cut(theirs, start, quoted)


    def shortly(x: Any, others: Sequence[Any] = ()) -> str:
        """Format a value in a few characters.

        Args:
            x: the value.
            others: values that it must not be taken for; a long text is shown where it differs from the nearest.

        Returns:
            the text.
        """
        x = _plain_text(x)
        if not isinstance(x, (str, bytes)):
            return _cut(written(x), 0, str)
        start = 0
        if len(x) > ROOM:
            like = [_first_difference(x, other) for other in others if type(other) is type(x)]
            start = max(0, min(max(like, default=0) - BEFORE, len(x) - ROOM))
        return _cut(x, start, repr)


    def written(x: Any) -> str:
        """Return a value as one line of text, whole."""
        if isinstance(x, (np.generic, date, timedelta)):
            return str(x)
        try:
            return " ".join(line.strip() for line in repr(x).split("\n"))
        except ValueError:  # Python writes no integer of more than 4,300 digits
            return f"{type(x).__name__} of very large numbers"


    def _plain_text(x: Any) -> Any:
        return x.item() if isinstance(x, (np.str_, np.bytes_)) else x


    def _numbers(yours: Any, theirs: Any) -> tuple[str, str] | None:
        """Return two numbers with the fewest digits of `DIGITS` that tell them apart; None if they are none."""
        if isinstance(yours, np.timedelta64) or not (isinstance(yours, NUMBERS) and isinstance(theirs, NUMBERS)):
            return None
        for digits in DIGITS:
            shown = [
                written(x) if isinstance(x, (int, np.integer, np.bool_)) else f"{x:.{digits}g}"
                for x in (yours, theirs)
            ]
            if shown[0] != shown[1]:
                break
        return shown[0], shown[1]


    def _both_texts(yours: Any, theirs: Any) -> bool:
        return any(isinstance(yours, kind) and isinstance(theirs, kind) for kind in (str, bytes))


    def _first_difference(one: Any, other: Any) -> int:
        """Return the index of the first entry in which two sequences differ."""
        pairs = enumerate(zip(one, other))  # noqa: B905  # one may be longer
        return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


    def _cut(text: Any, start: int, quoted: Any) -> str:
        """Format what `ROOM` has of a text from `start` on, cut before it is quoted, so no escape is torn."""
        end = start + ROOM
        return f"{DOTS * (start > 0)}{quoted(text[start:end])}{DOTS * (end < len(text))}"


    def _look_alike(yours: Any, theirs: Any) -> bool:
        """Return whether two texts that differ are read the same, as two ways to write an accent."""
        if not isinstance(yours, str) or (yours.isascii() and theirs.isascii()):
            return False
        return unicodedata.normalize("NFKC", yours) == unicodedata.normalize("NFKC", theirs)


    def _only_difference(yours: Any, theirs: Any) -> str:
        """Return the sentence on what alone differs in two texts, if it is little."""
        newline = "\n" if isinstance(yours, str) else b"\n"
        more = len(yours) - len(theirs)
        if yours.rstrip(newline) == theirs.rstrip(newline):
            if more > 0:
                return (
                    "It has a newline more at the end."
                    if more == 1
                    else f"It has {more} newlines more at the end."
                )
            return (
                "The newline at the end is missing."
                if more == -1
                else f"{-more} newlines at the end are missing."
            )
        if _look_alike(yours, theirs):
            return "The characters look alike, and are others."
        squeezed = [yours[:0].join(text.split()) for text in (yours, theirs)]
        if squeezed[0] == squeezed[1]:
            return "It differs in white space alone."
        if yours.lower() == theirs.lower():
            return "It differs in upper and lower case alone."
        if squeezed[0].lower() == squeezed[1].lower():
            return "It differs in white space and in upper and lower case alone."
        return ""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.verdict


@functools.cache
def _grader_comparison_verdict():
    """Verdicts, outcomes and tolerances of comparisons. Bundled for students together with `compare`."""


    from dataclasses import dataclass
    from enum import Enum
    from typing import Any

    ALLOWANCES = ("number_for_bool", "array_for_number", "either_sign")
    """The substitutes for an expected answer that an exercise may allow.

    These are 0 and 1 for False and True, an array of one element for a number, and the opposite sign in every
    element.
    """


    class Verdict(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
        """The rungs of the comparison, and the reasons why a call does not reach them. Only `PASSED` earns."""

        PASSED = "passed"
        WRONG_TYPE = "wrong_type"
        WRONG_STRUCTURE = "wrong_structure"
        WRONG_SHAPE = "wrong_shape"
        WRONG_DTYPE = "wrong_dtype"
        WRONG_VALUE = "wrong_value"
        CHANGED_INPUT = "changed_input"
        NOT_DETERMINISTIC = "not_deterministic"
        FORBIDDEN = "forbidden"
        DID_NOT_RUN = "did_not_run"
        NOT_ATTEMPTED = "not_attempted"
        TO_BE_MARKED = "to_be_marked"


    @dataclass(frozen=True)
    class Outcome:
        """The verdict on one answer, and the reason.

        `reason` contains no value of any input or answer and may be disclosed for a hidden case; `detail` only
        for a public one. `path` is the wrong part of the result as Python would index it, and `actual` and
        `expected` are the values there.
        """

        verdict: Verdict
        reason: str = ""
        detail: str = ""
        path: str = ""
        actual: Any = None
        expected: Any = None

        @property
        def message(self) -> str:
            """The whole text, for public cases."""
            return " ".join(filter(None, (self.reason, self.detail)))


    def sentence(text: str) -> str:
        """Return a text with a capital where it begins with "the", as in "the result[0] is wrong."."""
        return f"The{text[3:]}" if text.startswith("the ") else text


    @dataclass(frozen=True)
    class Tolerance:
        """How far a right answer may be off: |actual - expected| <= rtol |expected| + atol max |expected|.

        An expected number that is exactly 0 may be off by `floor`, whatever the others are, and any number by
        `absolute`. `allow` lists the accepted substitutes: see `ALLOWANCES`.
        """

        rtol: float = 1e-5
        atol: float = 1e-7
        floor: float = 1e-12
        allow: tuple[str, ...] = ()
        absolute: float = 0.0


    @dataclass(frozen=True)
    class Raises:
        """Stands for an expected answer where an exception of that name, or derived from it, has to be raised."""

        exception: str


    PASSED = Outcome(Verdict.PASSED)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.plain.frames


@functools.cache
def _grader_plain_frames():
    """Data frames as plain values: labels and columns in NumPy arrays. Needs no pandas. Bundled for students."""


    from collections.abc import Sequence
    from dataclasses import dataclass, replace
    from typing import Any

    import numpy as np

    CATEGORY = "category"
    TEXTS, OBJECTS = "texts", "objects"
    WORDS = {
        "b": "truth values",
        "i": "whole numbers",
        "u": "whole numbers",
        "f": "numbers with a fraction",
        "c": "complex numbers",
        "U": TEXTS,
        "M": "dates",
        "m": "durations",
    }


    @dataclass(frozen=True, eq=False)
    class Column:
        """A column of a frame, or one level of its labels.

        `dtype` is the name that pandas gives, `values` an array of one axis. Where `missing` is true there is no
        value, whatever `values` has. Of categories, `values` has the codes, -1 for none.
        """

        dtype: str
        values: Any
        missing: Any = None
        categories: Column | None = None
        ordered: bool = False

        def __len__(self) -> int:
            return len(self.values)

        @property
        def kind(self) -> str:
            """The kind of its entries, in the words of messages; one of categories has that of its labels."""
            if self.categories is not None:
                return self.categories.kind
            if self.values.dtype.kind != "O":
                return WORDS.get(self.values.dtype.kind, OBJECTS)
            return TEXTS if all(isinstance(x, str | None) for x in self.values) else OBJECTS

        def taken(self, rows: Any) -> Column:
            """Return a column of some rows of this one, given their numbers."""
            missing = None if self.missing is None else self.missing[rows]
            return replace(self, values=self.values[rows], missing=missing)

        def entries(self) -> Any:
            """Return its entries as an array. Where one is missing they are objects, or numbers with NaN."""
            if self.categories is not None:
                labels = np.append(self.categories.entries().astype(object), [None])
                return labels[self.values] if (self.values < 0).any() else labels[:-1][self.values]
            if self.missing is None or not self.missing.any():
                return self.values
            if self.values.dtype.kind in "iuf":
                return np.where(self.missing, np.nan, self.values)
            entries = self.values.astype(object)
            entries[self.missing] = None
            return entries


    @dataclass(frozen=True, eq=False)
    class Labels:
        """The labels of rows or columns, an index: the name of each level, and its labels."""

        names: tuple[Any, ...]
        levels: tuple[Column, ...]

        def __len__(self) -> int:
            return len(self.levels[0])

        def listed(self) -> list[Any]:
            """Return the labels; of several levels, as tuples."""
            levels = [
                level.entries().tolist() if _listable(level) else [*level.entries()] for level in self.levels
            ]
            return levels[0] if len(levels) == 1 else list(zip(*levels, strict=True))


    def _listable(column: Column) -> bool:
        return column.kind not in ("dates", "durations")  # as lists they would be integers


    @dataclass(frozen=True, eq=False)
    class Series:
        """A column with labels."""

        name: Any
        index: Labels
        values: Column

        def __len__(self) -> int:
            return len(self.index)


    @dataclass(frozen=True, eq=False)
    class Frame:
        """A table: the labels of its rows and of its columns, and each column."""

        index: Labels
        columns: Labels
        values: tuple[Column, ...]

        def __len__(self) -> int:
            return len(self.index)


    TABLES = (Frame, Series, Labels)


    def columns_of(value: Any) -> Sequence[Column]:
        """Return all columns inside a table, those of its labels among them."""
        if isinstance(value, Frame):
            return *value.index.levels, *value.columns.levels, *value.values
        return (*value.index.levels, value.values) if isinstance(value, Series) else value.levels


    def check_table(value: Any) -> None:
        """Check that the parts of a table fit each other.

        Args:
            value: a frame, a series, labels or a column, of which each part is of the right type.

        Raises:
            ValueError: they do not.
        """
        if isinstance(value, Column):
            fits = _fits(value)
        elif isinstance(value, Labels):
            lengths = {len(level) for level in value.levels}
            fits = len(lengths) == 1 and len(value.names) == len(value.levels)
        elif isinstance(value, Series):
            fits = len(value.index) == len(value.values)
        else:
            lengths = {len(value.index), *map(len, value.values)}
            fits = len(lengths) == 1 and len(value.columns) == len(value.values)
        if not fits:
            raise ValueError("the parts of a table do not fit")


    def _fits(column: Column) -> bool:
        values, missing, categories = column.values, column.missing, column.categories
        if values.ndim != 1 or (missing is not None and (missing.dtype != bool or missing.shape != values.shape)):
            return False
        if categories is None:
            return values.dtype.kind in "biufcUMmO"
        codes = values.dtype.kind == "i" and categories.categories is None
        return codes and bool(((values >= -1) & (values < len(categories))).all())

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.plain.records


@functools.cache
def _grader_plain_records():
    """Objects as plain values: their names and what they hold, without their classes. Bundled for students."""


    import collections
    import dataclasses
    import functools
    import importlib
    import sys
    import types
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    import numpy as np

    POLYNOMIALS = ("Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE")
    DATACLASS, RANGE, POLY1D = "dataclass", "range", "poly1d"
    KINDS = (DATACLASS, RANGE, POLY1D, *POLYNOMIALS)
    """The kinds of `Instance`."""

    PARTS: Mapping[str, tuple[str, ...]] = {
        RANGE: ("start", "stop", "step"),
        POLY1D: ("coef",),
        **dict.fromkeys(POLYNOMIALS, ("coef", "domain", "window")),
    }
    """The attributes of those that are not dataclasses."""


    class Named(tuple[Any, ...]):
        """A named tuple without its class. It equals a tuple of the same values."""

        _name: str
        _fields: tuple[str, ...]

        def __new__(cls, name: str, fields: Sequence[str], values: Sequence[Any]) -> Named:
            """Return a named tuple with a type name, field names and values."""
            made = super().__new__(cls, values)
            made._name, made._fields = name, tuple(fields)
            return made

        def __getnewargs__(self) -> Any:
            return self._name, self._fields, tuple(self)

        def __repr__(self) -> str:
            return called_with(self._name, dict(zip(self._fields, self, strict=True)))


    @dataclasses.dataclass(frozen=True, eq=False, repr=False)
    class Instance:
        """An object without its class: a dataclass called `name`, a range or a polynomial, and its attributes."""

        kind: str
        name: str
        attributes: Mapping[str, Any]

        def __getitem__(self, attribute: str) -> Any:
            return self.attributes[attribute]

        def __repr__(self) -> str:
            return called_with(self.name, self.attributes)


    def called_with(name: str, arguments: Mapping[str, Any]) -> str:
        """Format a call with keyword arguments."""
        return f"{name}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"


    # ---------------------------------------------------------------- objects -> plain values


    def plain_record(value: Any) -> Named | Instance | None:
        """Return an object as a plain value, without a call of any method that its class defines.

        Args:
            value: any object.

        Returns:
            the plain value; None if it is no named tuple, dataclass, range or polynomial.
        """
        kind = type(value)
        if kind is Named or kind is Instance:
            return value  # type: ignore[no-any-return]
        if kind is range:
            return Instance(RANGE, RANGE, {"start": value.start, "stop": value.stop, "step": value.step})
        if kind is np.poly1d:
            return Instance(POLY1D, POLY1D, {"coef": value.coef})
        if kind in _polynomials():
            parts = PARTS[kind.__name__]
            return Instance(kind.__name__, kind.__name__, {part: getattr(value, part) for part in parts})
        if issubclass(kind, tuple):
            fields = fields_of(kind)
            values = tuple(tuple.__iter__(value))
            return Named(kind.__name__, fields, values) if fields and len(fields) == len(values) else None
        attributes = _attributes_of(value)
        return None if attributes is None else Instance(DATACLASS, kind.__name__, attributes)


    def _polynomials() -> Sequence[type]:
        """Return the classes of polynomials if NumPy has loaded them, which it does when one is used."""
        module = sys.modules.get("numpy.polynomial")
        return [getattr(module, name, type(None)) for name in POLYNOMIALS] if module else ()


    def fields_of(kind: type) -> tuple[str, ...]:
        """Return the field names of a class of named tuples; none for any other class."""
        fields = _in_class(kind, "_fields")
        texts = type(fields) is tuple and all(type(field) is str for field in fields)
        return fields if texts and len(set(fields)) == len(fields) else ()


    def _attributes_of(value: Any) -> dict[str, Any] | None:
        """Return the fields of a dataclass; None if it is none, or if one of them is not set."""
        kind = type(value)
        fields = _in_class(kind, "__dataclass_fields__")
        if type(fields) is not dict:
            return None
        own = _in_class(kind, "__dict__", types.GetSetDescriptorType)
        held = own.__get__(value) if own is not None else {}
        attributes: dict[str, Any] = {}
        for name, field in dict.items(fields):
            if type(field) is not dataclasses.Field or field._field_type is not dataclasses._FIELD:  # type: ignore[attr-defined]
                continue  # it belongs to the class, or to `__init__`
            slot = _in_class(kind, name, types.MemberDescriptorType)
            try:
                found = slot.__get__(value) if slot is not None else dict.get(held, name, field.default)
            except AttributeError:
                found = dataclasses.MISSING
            if found is dataclasses.MISSING:
                return None
            attributes[name] = found
        return attributes


    def _in_class(kind: type, name: str, of: type = object) -> Any:
        """Look a name up in a class and its bases as they are, whatever its metaclass claims; None if absent."""
        for cls in type.__dict__["__mro__"].__get__(kind):
            found = type.__dict__["__dict__"].__get__(cls).get(name)
            if found is not None and isinstance(found, of):
                return found
        return None


    # ---------------------------------------------------------------- plain values -> objects


    def real_record(value: Named | Instance, classes: Mapping[str, Any]) -> Any:
        """Return the object that a plain value stands for.

        A named tuple or dataclass is of the class of its name with the same fields, or of a new one.

        Args:
            value: the plain value.
            classes: the classes to look in, by name.

        Returns:
            the object.
        """
        if isinstance(value, Named):
            kind = _class_of(classes, value._name, value._fields, fields_of)
            return tuple.__new__(kind or _named_tuple(value._name, value._fields), value)
        if value.kind == RANGE:
            return range(*value.attributes.values())
        if value.kind == POLY1D:
            return np.poly1d(value["coef"])
        if value.kind in POLYNOMIALS:
            return getattr(importlib.import_module("numpy.polynomial"), value.kind)(**value.attributes)
        names = tuple(value.attributes)
        kind = _class_of(classes, value.name, names, _dataclass_fields) or _dataclass(value.name, names)
        made: Any = object.__new__(kind)
        for name, attribute in value.attributes.items():
            object.__setattr__(made, name, attribute)
        return made


    def _class_of(
        classes: Mapping[str, Any], name: str, fields: tuple[str, ...], of: Callable[[type], tuple[str, ...]]
    ) -> type | None:
        found = classes.get(name)
        return found if isinstance(found, type) and of(found) == fields else None


    def _dataclass_fields(kind: type) -> tuple[str, ...]:
        return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


    @functools.lru_cache(maxsize=64)
    def _named_tuple(name: str, fields: tuple[str, ...]) -> type:
        return collections.namedtuple(name, fields)  # the names are data


    @functools.lru_cache(maxsize=64)
    def _dataclass(name: str, fields: tuple[str, ...]) -> type:
        return dataclasses.make_dataclass(name, fields)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.kinds


@functools.cache
def _grader_comparison_kinds():
    """The kinds of values, and how messages show them. Bundled for students together with `compare`."""


    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, timedelta
    from typing import Any, NamedTuple

    import numpy as np

    shortly = _grader_comparison_contrast().shortly
    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    DATACLASS = _grader_plain_records().DATACLASS
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named
    plain_record = _grader_plain_records().plain_record

    OTHER = "an object of another kind"
    _WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (type(None), "None"),
        ((bool, np.bool_), "a truth value"),
        ((date, np.datetime64), "a date"),
        ((timedelta, np.timedelta64), "a duration"),
        ((int, float, complex, np.number), "a number"),
        (np.ndarray, "an array"),
        (str, "text"),
        (bytes, "bytes"),
        (dict, "a dictionary"),
        (list, "a list"),
        (tuple, "a tuple"),
        ((set, frozenset), "a set"),
        (Frame, "a DataFrame"),
        (Series, "a Series"),
        (Labels, "an Index"),
    )
    _ARRAYS = {
        "U": "an array of texts",
        "S": "an array of bytes",
        "M": "an array of dates",
        "m": "an array of durations",
        "O": "an array of objects",
        "V": "an array of records",
    }
    _RARE = {"fractions": "a fraction", "decimal": "a decimal number"}
    """The kinds of values in modules that are rarely loaded."""

    OF_NUMBERS = {"an array": "an array of numbers"}
    ALONE = {"an array": "a number", "an array of dates": "a date", "an array of durations": "a duration"}
    """An array of one kind, and what may stand for one without axes."""


    class Leaf(NamedTuple):
        """A number, array, text or other value inside a result that is compared as a whole, and its counterpart.

        `table` is the frame or series that it is a column of.
        """

        path: str
        expected: Any
        actual: Any
        table: Table | None = None


    class Table(NamedTuple):
        """A frame or series and its counterpart: its path, and what gives the place of an entry in a row."""

        path: str
        expected: Any
        actual: Any
        place: Callable[[int], str]


    def kind(x: Any) -> str:
        """Return the kind of a value in the words of messages."""
        if isinstance(x, np.ndarray):
            return "an array of texts" if is_texts(x) else _ARRAYS.get(x.dtype.kind, "an array")
        if isinstance(x, Named):
            return "a named tuple"
        word = next((word for types, word in _WORDS if isinstance(x, types)), OTHER)
        if word not in (OTHER, "a tuple"):
            return word
        record = plain_record(x)
        if isinstance(record, Named):
            return "a named tuple"
        if isinstance(record, Instance):
            return "a dataclass" if record.kind == DATACLASS else f"a {record.kind}"
        return _RARE.get(type(x).__module__, word)


    def is_texts(array: Any) -> bool:
        """Return whether an array holds texts, be it as objects."""
        return array.dtype.kind == "U" or (
            array.dtype.kind == "O" and array.size > 0 and all(isinstance(entry, str) for entry in array.flat)
        )


    def is_numeric(x: Any) -> bool:
        """Return whether a value is a number, a truth value or an array of those."""
        if isinstance(x, np.ndarray):
            return x.dtype.kind in "biufc"
        return isinstance(x, int | float | complex | np.number | np.bool_) and not isinstance(x, np.timedelta64)


    # ---------------------------------------------------------------- words


    def fails(verdict: Verdict, leaf: Leaf, reason: str, detail: str = "") -> Outcome:
        """Return the outcome of a wrong leaf; of a column, it shows the whole table.

        Args:
            verdict: the rung that failed.
            leaf: the leaf.
            reason: what may be told of a hidden case too.
            detail: what may not.

        Returns:
            the outcome.
        """
        whole = leaf if leaf.table is None else leaf.table
        return Outcome(verdict, reason, detail, whole.path, whole.actual, whole.expected)


    def of_type(path: str, expected: str, actual: Any) -> Outcome:
        """Return the outcome of a part of another kind.

        Args:
            path: the path of the part.
            expected: the kind that is expected, in words.
            actual: the part of the answer.

        Returns:
            the outcome.
        """
        named = getattr(actual, "type_name", type(actual).__name__)
        detail = "" if kind(actual) != OTHER else f"Its type is {named}."
        return Outcome(Verdict.WRONG_TYPE, f"{path} is {kind(actual)}, expected {expected}.", detail, path)


    def count(n: int, noun: str) -> str:
        """Format a number of things.

        Args:
            n: the number.
            noun: the word for one of them.

        Returns:
            the text.
        """
        if n == 1:
            return f"1 {noun}"
        return f"{n} {noun[:-1]}ies" if noun.endswith("ry") else f"{n} {noun}s"


    def keys(found: Sequence[Any], others: Iterable[Any] = ()) -> str:
        """Format the first few keys.

        Args:
            found: the keys.
            others: keys that they must not be taken for.

        Returns:
            the text.
        """
        others = [*others]
        shown = ", ".join(shortly(key, others) for key in found[:5])
        return shown + (f" and {len(found) - 5} more" if len(found) > 5 else "")

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.elements


@functools.cache
def _grader_comparison_elements():
    """Compare entries that are not numbers: texts, dates and durations one by one, sets as wholes. Bundled."""


    from collections.abc import Callable
    from datetime import date, timedelta
    from typing import Any

    import numpy as np

    written = _grader_comparison_contrast().written
    Leaf = _grader_comparison_kinds().Leaf
    count = _grader_comparison_kinds().count
    fails = _grader_comparison_kinds().fails
    is_numeric = _grader_comparison_kinds().is_numeric
    keys = _grader_comparison_kinds().keys
    PASSED = _grader_comparison_verdict().PASSED
    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict

    PAIRS = 10_000
    """The number of pairs up to which the entries of sets are compared with a tolerance."""


    def different(actual: Any, expected: Any) -> Any:
        """Return where two values of one kind and shape differ. Missing dates and NaN equal each other.

        Args:
            actual: an array or a single value.
            expected: its counterpart.

        Returns:
            an array of truth values, or a single one.
        """
        if isinstance(expected, np.ndarray) and expected.dtype.kind == "O":
            pairs = zip(actual.astype(object).flat, expected.flat, strict=True)
            return np.array([not _same(a, e) for a, e in pairs], bool).reshape(expected.shape)
        yours, theirs = (_as_dates(value) for value in (actual, expected))
        if yours is None or theirs is None:
            return actual != expected
        return (yours != theirs) & ~(np.isnat(yours) & np.isnat(theirs))


    def _as_dates(value: Any) -> Any:
        """Return dates or durations as NumPy has them; None for anything else."""
        if isinstance(value, np.ndarray | np.generic):
            return value if value.dtype.kind in "mM" else None
        if not isinstance(value, date | timedelta):
            return None
        text = "NaT" if value != value else value  # pandas has a NaT that NumPy does not read
        return np.array(text, "M8" if isinstance(value, date) else "m8")[()]


    def _same(actual: Any, expected: Any) -> bool:
        if is_numeric(actual) and is_numeric(expected):
            return bool(np.allclose(actual, expected, rtol=1e-5, atol=1e-12, equal_nan=True))
        if type(actual) is type(expected) and isinstance(expected, np.datetime64 | np.timedelta64):
            return not different(actual, expected)
        return type(actual) is type(expected) and not np.any(np.asarray(actual != expected))


    def entries_off(leaf: Leaf, right: Callable[[Any, Any], bool]) -> Outcome:
        """Return the outcome of a set; entries that are not equal may be right within the tolerance.

        Args:
            leaf: the set and its counterpart.
            right: whether an entry may stand for an expected one, called with the expected and the actual one.

        Returns:
            `PASSED`, or an outcome that shows which entries are missing and which are too many.
        """
        missing = sorted((e for e in leaf.expected if e not in leaf.actual), key=written)
        extra = sorted((a for a in leaf.actual if a not in leaf.expected), key=written)
        if len(missing) * len(extra) <= PAIRS:
            for entry in [*missing]:
                stands = next((a for a in extra if right(entry, a)), extra)
                if stands is not extra:
                    missing.remove(entry)
                    extra = [a for a in extra if a is not stands]
        if not missing and not extra:
            return PASSED
        lacks = f"lacks {len(missing)} of {count(len(leaf.expected), 'entry')}" if missing else ""
        surplus = f"has {count(len(extra), 'entry')} too many" if extra else ""
        detail = [f"Missing: {keys(missing, extra)}."] * bool(missing) + [
            f"Not expected: {keys(extra, missing)}."
        ] * bool(extra)
        reason = f"{leaf.path} {' and '.join(filter(None, (lacks, surplus)))}."
        return fails(Verdict.WRONG_VALUE, leaf, reason, " ".join(detail))

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.plain.pandas_frames


@functools.cache
def _grader_plain_pandas_frames():
    """Turn data frames of pandas into plain values and back, where pandas is installed. Bundled for students."""


    import importlib
    import sys
    from typing import Any

    import numpy as np

    CATEGORY = _grader_plain_frames().CATEGORY
    OBJECTS = _grader_plain_frames().OBJECTS
    TEXTS = _grader_plain_frames().TEXTS
    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series

    WIDEST = 1 << 24
    """Characters that a column of texts may take as an array; longer ones stay objects."""


    class ForeignColumnError(ValueError):
        """A column has a dtype that does not cross; the text is its name."""


    def plain_frame(value: Any) -> Any:
        """Return a frame, series, index, time stamp or time difference of pandas as a plain value.

        Args:
            value: any object.

        Returns:
            the plain value; None if it is nothing of pandas.

        Raises:
            ForeignColumnError: a column is of a kind that does not cross.
        """
        pandas = sys.modules.get("pandas")
        if pandas is None or not hasattr(pandas, "DataFrame"):  # nobody can have made one
            return None
        kind = type(value)
        if kind is pandas.DataFrame:
            columns = tuple(_column(value.iloc[:, i]) for i in range(value.shape[1]))
            return Frame(_labels(value.index), _labels(value.columns), columns)
        if kind is pandas.Series:
            return Series(_name(value.name), _labels(value.index), _column(value))
        if issubclass(kind, pandas.Index) and kind.__module__.partition(".")[0] == "pandas":
            return _labels(value)
        if kind in (pandas.Timestamp, pandas.Timedelta):
            return value.tz_convert("UTC").tz_localize(None).to_numpy() if _zoned(value) else value.to_numpy()
        return np.datetime64("NaT") if value is pandas.NaT else None


    def _zoned(value: Any) -> bool:
        return getattr(value, "tzinfo", None) is not None


    def _labels(index: Any) -> Labels:
        names = tuple(map(_name, index.names))
        return Labels(names, tuple(_column(index.get_level_values(i)) for i in range(index.nlevels)))


    def _name(name: Any) -> Any:
        return name.item() if isinstance(name, np.generic) else name


    def _column(data: Any) -> Column:
        """Return a series or an index of one level as a column."""
        dtype, name = data.dtype, str(data.dtype)
        if name == CATEGORY:
            array = data.array
            codes = np.asarray(array.codes, np.int64)
            return Column(name, codes, None, _column(array.categories), bool(array.ordered))
        if name.startswith("datetime64[") and not isinstance(dtype, np.dtype):  # in a time zone
            return Column(name, np.asarray(data.array.tz_convert("UTC").tz_localize(None)))
        if isinstance(dtype, np.dtype) and dtype.kind != "O":
            return Column(name, np.array(data))
        missing = np.array(data.isna(), bool)
        held = missing if missing.any() else None
        if isinstance(dtype, np.dtype) or name in ("str", "string"):
            return _texts(name, np.array(data, object), missing, held)
        numbers = getattr(dtype, "numpy_dtype", None)
        if not isinstance(numbers, np.dtype) or numbers.kind not in "biuf" or "[" in name:
            raise ForeignColumnError(name)
        return Column(name, data.to_numpy(dtype=numbers, na_value=numbers.type(0)), held)


    def _texts(name: str, values: Any, missing: Any, held: Any) -> Column:
        """Return a column of objects, which are texts mostly."""
        texts = ["" if gone else value for value, gone in zip(values, missing, strict=True)]
        if any(type(text) is not str for text in texts):
            return Column(name, values)
        widest = max(map(len, texts), default=0)
        if len(texts) * widest > WIDEST or any(text.endswith("\0") for text in texts):
            values[missing] = None
            return Column(name, values)
        return Column(name, np.array(texts, f"U{max(widest, 1)}"), held)


    # ---------------------------------------------------------------- plain values -> frames


    def real_frame(value: Frame | Series | Labels) -> Any:
        """Return the object of pandas that a plain value stands for.

        Raises:
            ImportError: pandas is not installed.
            ValueError: its parts do not fit each other.
        """
        pandas: Any = importlib.import_module("pandas")
        if isinstance(value, Labels):
            return _index(pandas, value)
        if isinstance(value, Series):
            return pandas.Series(_values_of(pandas, value.values), _index(pandas, value.index), name=value.name)
        index = _index(pandas, value.index)
        made = pandas.DataFrame({i: _values_of(pandas, c) for i, c in enumerate(value.values)}, index)
        made.columns = _index(pandas, value.columns)
        return made


    def _index(pandas: Any, labels: Labels) -> Any:
        arrays = [_values_of(pandas, level) for level in labels.levels]
        if len(arrays) > 1:
            return pandas.MultiIndex.from_arrays(arrays, names=labels.names)
        first = labels.levels[0]
        if first.dtype == "int64" and np.array_equal(first.values, np.arange(len(first))):
            return pandas.RangeIndex(len(first), name=labels.names[0])
        return pandas.Index(arrays[0], name=labels.names[0])


    def _values_of(pandas: Any, column: Column) -> Any:
        if column.categories is not None:
            categories = _index(pandas, Labels((None,), (column.categories,)))
            return pandas.Categorical.from_codes(column.values, categories, ordered=column.ordered)
        if column.dtype.startswith("datetime64[") and "," in column.dtype:
            zone = column.dtype[:-1].partition(", ")[2]
            return pandas.DatetimeIndex(column.values).tz_localize("UTC").tz_convert(zone).array
        if column.dtype == str(column.values.dtype):
            return pandas.array(column.values, dtype=column.values.dtype).copy()
        values = column.values.astype(object)
        if column.missing is not None:
            values[column.missing] = None if column.kind in (TEXTS, OBJECTS) else pandas.NA
        return pandas.array(values, dtype=column.dtype)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.tables


@functools.cache
def _grader_comparison_tables():
    """Traverse data frames, series and indices by their columns and labels. Bundled for students."""


    import functools
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    import numpy as np

    shortly = _grader_comparison_contrast().shortly
    Leaf = _grader_comparison_kinds().Leaf
    Table = _grader_comparison_kinds().Table
    count = _grader_comparison_kinds().count
    keys = _grader_comparison_kinds().keys
    kind = _grader_comparison_kinds().kind
    of_type = _grader_comparison_kinds().of_type
    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict
    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    ForeignColumnError = _grader_plain_pandas_frames().ForeignColumnError
    plain_frame = _grader_plain_pandas_frames().plain_frame


    def leaves_of_table(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
        """Yield the columns of a table as leaves, and an outcome where columns, rows or kinds differ.

        Names of an index and of a series are free, as are the dtypes that hold entries of one kind.

        Args:
            path: the path of the table.
            expected: the expected frame, series or index.
            actual: its counterpart, which may be of pandas.

        Returns:
            an iterator of leaves and outcomes.
        """
        table = _plain(actual)
        if type(table) is not type(expected):
            yield of_type(path, kind(expected), actual if table is None else table)
            return
        yield from _LEAVES[type(expected)](path, expected, table)


    def _plain(actual: Any) -> Any:
        """Return a table as plain values; None if it is none, or has columns that cannot be compared."""
        if isinstance(actual, Frame | Series | Labels):
            return actual
        try:
            return plain_frame(actual)
        except ForeignColumnError:
            return None


    def _leaves_of_frame(path: str, expected: Frame, actual: Frame) -> Iterator[Leaf | Outcome]:
        theirs, yours = expected.columns.listed(), actual.columns.listed()
        outcome = _other_columns(path, theirs, yours) or _other_rows(path, expected, actual)
        if outcome is not None:
            yield outcome
            return
        labels = expected.index.listed()
        yield from _leaves_of_index(path, expected, actual)
        for name, e, a in zip(theirs, expected.values, actual.values, strict=True):
            places = functools.partial(_place, f"{path}.loc[", f", {_label(name)}]", labels)
            where = f"{path}[{_label(name)}]"
            yield from _leaves_of_column(where, e, a, Table(path, expected, actual, places))


    def _leaves_of_series(path: str, expected: Series, actual: Series) -> Iterator[Leaf | Outcome]:
        outcome = _other_rows(path, expected, actual)
        if outcome is not None:
            yield outcome
            return
        yield from _leaves_of_index(path, expected, actual)
        places = functools.partial(_place, f"{path}.loc[", "]", expected.index.listed())
        yield from _leaves_of_column(path, expected.values, actual.values, Table(path, expected, actual, places))


    def _leaves_of_index(path: str, expected: Frame | Series, actual: Frame | Series) -> Iterator[Leaf | Outcome]:
        yield from _leaves_of_labels(f"{path}.index", expected.index, actual.index, (path, expected, actual))


    def _leaves_of_labels(
        path: str, expected: Labels, actual: Labels, whole: tuple[str, Any, Any] | None = None
    ) -> Iterator[Leaf | Outcome]:
        outcome = _other_rows(path, expected, actual)
        if outcome is None and len(expected.levels) != len(actual.levels):
            levels = count(len(actual.levels), "level")
            reason = f"{path} has {levels}, expected {len(expected.levels)}."
            outcome = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
        if outcome is not None:
            yield outcome
            return
        for i, (e, a) in enumerate(zip(expected.levels, actual.levels, strict=True)):
            level = path if len(expected.levels) == 1 else f"{path}.get_level_values({i})"
            places = functools.partial(_place, f"{level}[", "]", range(len(e)))
            table, theirs, yours = whole or (path, expected, actual)
            yield from _leaves_of_column(level, e, a, Table(table, theirs, yours, places))


    def _leaves_of_column(path: str, expected: Column, actual: Column, table: Table) -> Iterator[Leaf | Outcome]:
        if len(expected) == 0:
            return  # nothing is of a wrong kind
        if expected.kind != actual.kind:
            reason = f"{path} holds {actual.kind}, expected {expected.kind}."
            yield Outcome(Verdict.WRONG_DTYPE, reason, "", table.path, table.actual, table.expected)
            return
        theirs, yours = expected.entries(), actual.entries()
        if "O" in (theirs.dtype.kind, yours.dtype.kind):
            theirs, yours = theirs.astype(object), yours.astype(object)
        yield Leaf(path, theirs, yours, table)


    _LEAVES: dict[type, Callable[[str, Any, Any], Iterator[Leaf | Outcome]]] = {
        Frame: _leaves_of_frame,
        Series: _leaves_of_series,
        Labels: _leaves_of_labels,
    }


    # ---------------------------------------------------------------- labels


    def _other_columns(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome | None:
        missing = [name for name in expected if name not in actual]
        extra = [name for name in actual if name not in expected]
        if missing:
            word = "column" if len(missing) == 1 else "columns"
            return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word} {keys(missing, actual)}.", path=path)
        if extra:
            reason = f"{path} has {count(len(extra), 'column')} too many."
            return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
        if len(actual) != len(expected):
            reason = f"{path} has {count(len(actual), 'column')}, expected {len(expected)}."
            return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
        if list(actual) != list(expected):
            reason = f"The columns of {path} are in another order, expected {keys(expected)}."
            return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
        return None


    def _other_rows(path: str, expected: Any, actual: Any) -> Outcome | None:
        if len(actual) == len(expected):
            return None
        noun = "label" if isinstance(expected, Labels) else "row"
        reason = f"{path} has {count(len(actual), noun)}, expected {len(expected)}."
        return Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)


    def _place(before: str, after: str, labels: Sequence[Any], row: int) -> str:
        """Return the place of a row, by its label, as Python would write it."""
        return f"{before}{_label(labels[row])}{after}"


    def _label(label: Any) -> str:
        return shortly(str(label) if isinstance(label, np.generic) else label)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.structure


@functools.cache
def _grader_comparison_structure():
    """Traverse an answer and the expected one together, down to the leaves. Bundled for students."""


    from collections import deque
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import numpy as np

    Leaf = _grader_comparison_kinds().Leaf
    count = _grader_comparison_kinds().count
    is_texts = _grader_comparison_kinds().is_texts
    keys = _grader_comparison_kinds().keys
    kind = _grader_comparison_kinds().kind
    of_type = _grader_comparison_kinds().of_type
    leaves_of_table = _grader_comparison_tables().leaves_of_table
    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict
    TABLES = _grader_plain_frames().TABLES
    DATACLASS = _grader_plain_records().DATACLASS
    RANGE = _grader_plain_records().RANGE
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named
    plain_record = _grader_plain_records().plain_record


    def result_leaves(expected: Any, actual: Any, names: Sequence[str]) -> Iterator[Leaf | Outcome]:
        """Yield the leaves of a result, and an outcome where the structures differ.

        Args:
            expected: the expected answer.
            actual: the answer.
            names: the names of the results; the entries of a tuple are called so if there are as many.

        Returns:
            an iterator of leaves and outcomes.
        """
        if not (isinstance(expected, tuple) and len(expected) == len(names) > 1):
            yield from _leaves(", ".join(names), expected, actual)
            return
        if not isinstance(actual, list | tuple):
            yield of_type(f"The result ({', '.join(names)})", f"{len(names)} values", actual)
        elif len(actual) != len(expected):
            reason = f"{count(len(actual), 'value')} came back, expected {len(expected)}: {', '.join(names)}."
            yield Outcome(Verdict.WRONG_STRUCTURE, reason)
        else:
            for name, e, a in zip(names, expected, actual, strict=True):
                yield from _leaves(name, e, a)


    def _leaves(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
        """Traverse `expected` and `actual` together; yield pairs of leaves, and an outcome where they differ."""
        if isinstance(expected, Mapping):
            yield from _leaves_of_dict(path, expected, actual)
        elif isinstance(expected, Named):
            yield from _leaves_of_named(path, expected, actual)
        elif isinstance(expected, list | tuple):
            yield from _leaves_of_sequence(path, expected, actual)
        elif isinstance(expected, Instance):
            yield from _leaves_of_instance(path, expected, actual)
        elif isinstance(expected, TABLES):
            yield from leaves_of_table(path, expected, actual)
        elif isinstance(expected, np.ndarray) and expected.dtype.kind in "OV":
            yield from _leaves_of_array(path, expected, actual)
        else:
            yield Leaf(path, expected, actual)


    def _leaves_of_dict(path: str, expected: Mapping[Any, Any], actual: Any) -> Iterator[Leaf | Outcome]:
        if not isinstance(actual, Mapping):
            yield of_type(path, "a dictionary", actual)
            return
        outcome = _other_keys(path, expected, actual, "key")
        if outcome is not None:
            yield outcome
            return
        for key, value in expected.items():
            yield from _leaves(f"{path}[{key!r}]", value, actual[key])


    def _other_keys(path: str, expected: Any, actual: Any, noun: str) -> Outcome | None:
        """Return the outcome of keys that are missing, or else of those that are too many."""
        missing = [key for key in expected if key not in actual]
        extra = [key for key in actual if key not in expected]
        if missing:
            word = "" if noun == "key" else f"{noun} "
            return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word}{keys(missing, actual)}.", path=path)
        if extra:
            reason = f"{path} has {count(len(extra), noun)} too many."
            return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
        return None


    def _leaves_of_sequence(path: str, expected: Sequence[Any], actual: Any) -> Iterator[Leaf | Outcome]:
        if isinstance(actual, deque):
            actual = list(actual)
        if not isinstance(actual, list | tuple):
            yield of_type(path, f"a {type(expected).__name__} of {len(expected)}", actual)
        elif len(actual) != len(expected):
            yield _other_length(path, expected, actual)
        else:
            for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
                yield from _leaves(f"{path}[{i}]", e, a)


    def _other_length(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome:
        reason = f"{path} has {count(len(actual), 'entry')}, expected {len(expected)}."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)


    def _leaves_of_named(path: str, expected: Named, actual: Any) -> Iterator[Leaf | Outcome]:
        """Traverse a named tuple; a tuple or list may stand for it, and its name is free."""
        fields = expected._fields
        if not isinstance(actual, list | tuple):
            yield of_type(path, f"a named tuple of {', '.join(fields)}", actual)
        elif len(actual) != len(expected):
            yield _other_length(path, expected, actual)
        else:
            record = plain_record(actual)
            other = _other_keys(path, fields, record._fields, "field") if isinstance(record, Named) else None
            if other is None and isinstance(record, Named) and record._fields != fields:
                reason = f"{path} has its fields in another order, expected {', '.join(fields)}."
                other = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
            if other is not None:
                yield other
                return
            for field, e, a in zip(fields, expected, actual, strict=True):
                yield from _leaves(f"{path}.{field}", e, a)


    def _leaves_of_instance(path: str, expected: Instance, actual: Any) -> Iterator[Leaf | Outcome]:
        """Traverse a dataclass, whose name is free, or a range or polynomial."""
        record = plain_record(actual)
        if not isinstance(record, Instance) or kind(record) != kind(expected):
            word = "a dataclass like " + expected.name if expected.kind == DATACLASS else kind(expected)
            yield of_type(path, word, actual)
            return
        parts, others = expected.attributes, record.attributes
        if expected.kind == RANGE and range(*parts.values()) == range(*others.values()):
            return
        outcome = _other_keys(path, parts, others, "attribute")
        if outcome is not None:
            yield outcome
            return
        for name, part in parts.items():
            yield from _leaves(f"{path}.{name}", part, others[name])


    def _leaves_of_array(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
        """Traverse an array of objects by its entries, and one of records by its fields."""
        if not isinstance(actual, np.ndarray):
            yield of_type(path, kind(expected), actual)
        elif is_texts(expected):
            yield Leaf(path, expected, actual)
        elif actual.shape != expected.shape:
            reason = f"{path} has the shape {actual.shape}, expected {expected.shape}."
            yield Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)
        elif expected.dtype.names:
            fields = expected.dtype.names
            outcome = _other_keys(path, fields, actual.dtype.names or (), "field")
            if outcome is not None:
                yield outcome
                return
            for field in fields:
                yield from _leaves(f"{path}[{field!r}]", expected[field], actual[field])
        else:
            for index in np.ndindex(expected.shape):
                where = f"{path}[{', '.join(map(str, index))}]"
                yield from _leaves(where, expected[index], actual[index])

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.compare


@functools.cache
def _grader_comparison_compare():
    """Compare an answer with the expected one: a series of checks that stops at the first failing one.

    Pure NumPy, and the only comparison: `grader release` bundles this room with the public tests, so a public
    test and the grader give the same messages.
    """


    from collections.abc import Callable, Sequence
    from dataclasses import replace
    from typing import Any

    import numpy as np

    Contrast = _grader_comparison_contrast().Contrast
    contrast = _grader_comparison_contrast().contrast
    different = _grader_comparison_elements().different
    entries_off = _grader_comparison_elements().entries_off
    ALONE = _grader_comparison_kinds().ALONE
    OF_NUMBERS = _grader_comparison_kinds().OF_NUMBERS
    Leaf = _grader_comparison_kinds().Leaf
    count = _grader_comparison_kinds().count
    fails = _grader_comparison_kinds().fails
    is_numeric = _grader_comparison_kinds().is_numeric
    kind = _grader_comparison_kinds().kind
    of_type = _grader_comparison_kinds().of_type
    result_leaves = _grader_comparison_structure().result_leaves
    PASSED = _grader_comparison_verdict().PASSED
    Outcome = _grader_comparison_verdict().Outcome
    Tolerance = _grader_comparison_verdict().Tolerance
    Verdict = _grader_comparison_verdict().Verdict
    sentence = _grader_comparison_verdict().sentence


    def compare(
        expected: Any,
        actual: Any,
        names: Sequence[str] = ("result",),
        tolerance: Tolerance | None = None,
    ) -> Outcome:
        """Compare an answer with the expected one.

        The rungs: missing, type, structure (keys and lengths; a list may stand for a tuple), shape,
        kind of dtype, NaN and infinity, values. Every part of the answer has to pass a rung before
        any part is put to the next one, so NumPy never broadcasts a wrong shape and never sees a
        structure of the wrong kind.

        Args:
            expected: the reference's answer, as plain data.
            actual: the answer to judge; any object.
            names: the names of the results, with which the paths in messages begin.
            tolerance: the tolerance of numbers; None for the default.

        Returns:
            `PASSED`, or the outcome of the first rung that fails.
        """
        return _told(_climbed(expected, actual, names, tolerance or Tolerance(), RUNGS))


    def compare_kind(expected: Any, actual: Any, names: Sequence[str] = ("result",)) -> Outcome:
        """Compare the type, structure, shape and kind of dtype of an answer with the expected one's, no values.

        Args:
            expected: the reference's answer.
            actual: the answer to judge; any object.
            names: the names of the results.

        Returns:
            `PASSED`, or the outcome of the first rung that fails.
        """
        return _told(_climbed(expected, actual, names, Tolerance(), RUNGS_OF_KIND))


    def _told(outcome: Outcome) -> Outcome:
        """Return an outcome whose reason begins as a sentence does."""
        return outcome if outcome is PASSED else replace(outcome, reason=sentence(outcome.reason))


    def _climbed(
        expected: Any, actual: Any, names: Sequence[str], tolerance: Tolerance, rungs: Sequence[Rung]
    ) -> Outcome:
        if actual is None and expected is not None:
            return Outcome(Verdict.NOT_ATTEMPTED, "Nothing came back (None).")
        leaves: list[Leaf] = []
        for part in result_leaves(expected, actual, names):
            if isinstance(part, Outcome):
                return part
            if not _identical(part):
                leaves.append(_allowed(part, tolerance.allow) if tolerance.allow else part)
        for rung in rungs:
            for leaf in leaves:
                outcome = rung(leaf, tolerance)
                if outcome is not PASSED:
                    return outcome
        return PASSED


    def _identical(leaf: Leaf) -> bool:
        """Return whether a leaf is bitwise equal, as most are, and needs no further check."""
        expected, actual = leaf.expected, leaf.actual
        if type(expected) is not np.ndarray or type(actual) is not np.ndarray:
            return False
        same = expected.dtype == actual.dtype and expected.dtype.kind != "O"
        return same and np.array_equal(expected, actual)


    def _allowed(leaf: Leaf, allow: Sequence[str]) -> Leaf:
        """Return the leaf with an allowed substitute converted to the form of the expected answer."""
        if not (is_numeric(leaf.expected) and is_numeric(leaf.actual)):
            return leaf
        expected, actual = _array(leaf.expected), _array(leaf.actual)
        if "array_for_number" in allow and expected.ndim == 0 and actual.size == 1:
            actual = actual.ravel()[0]
            leaf = leaf._replace(actual=actual)
        if "number_for_bool" in allow and expected.dtype.kind == "b" and np.isin(actual, (0, 1)).all():
            leaf = leaf._replace(actual=actual.astype(bool)[()])  # [()] makes a scalar of an array without axes
        if "either_sign" in allow and expected.shape == actual.shape and expected.dtype.kind in "fc":
            with np.errstate(over="ignore", invalid="ignore"):
                other_is_nearer = np.abs(actual + expected).sum() < np.abs(actual - expected).sum()
            if other_is_nearer:
                leaf = leaf._replace(actual=-actual)
        return leaf


    # ---------------------------------------------------------------- rungs


    def _type(leaf: Leaf, _: Tolerance) -> Outcome:
        if isinstance(leaf.expected, np.ndarray) and isinstance(leaf.actual, np.ndarray):
            return PASSED  # of which kind is for another rung
        expected, actual = kind(leaf.expected), kind(leaf.actual)
        if actual == expected or actual == ALONE.get(expected) or expected == ALONE.get(actual):
            return PASSED
        return of_type(leaf.path, expected, leaf.actual)


    def _shape(leaf: Leaf, _: Tolerance) -> Outcome:
        if not (is_numeric(leaf.expected) or isinstance(leaf.expected, np.ndarray)):
            return PASSED
        if np.shape(leaf.actual) == np.shape(leaf.expected):
            return PASSED
        reason = f"{leaf.path} has the shape {np.shape(leaf.actual)}, expected {np.shape(leaf.expected)}."
        return fails(Verdict.WRONG_SHAPE, leaf, reason)


    def _dtype(leaf: Leaf, _: Tolerance) -> Outcome:
        """Check the kind of dtype: an array of integers is not one of floats; a scalar may be either."""
        if leaf.table is None and isinstance(leaf.actual, np.ndarray) and isinstance(leaf.expected, np.ndarray):
            yours, theirs = kind(leaf.actual), kind(leaf.expected)
            if yours != theirs:
                reason = f"{leaf.path} is {yours}, expected {OF_NUMBERS.get(theirs, theirs)}."
                return fails(Verdict.WRONG_DTYPE, leaf, reason)
        if not is_numeric(leaf.expected):
            return PASSED
        kinds = [_array(x).dtype.kind.replace("u", "i") for x in (leaf.actual, leaf.expected)]
        if np.ndim(leaf.expected) == 0 and set(kinds) <= {"i", "f"}:
            return PASSED
        if kinds[0] == kinds[1]:
            return PASSED
        yours, theirs = (_array(x).dtype.name for x in (leaf.actual, leaf.expected))
        reason = f"{leaf.path} holds {yours} numbers, expected {theirs}."
        return fails(Verdict.WRONG_DTYPE, leaf, reason)


    def _finite(leaf: Leaf, _: Tolerance) -> Outcome:
        """Check that NaN and infinities are exactly where the expected answer has them."""
        if not is_numeric(leaf.expected):
            return PASSED
        actual, expected = _array(leaf.actual), _array(leaf.expected)
        if np.isfinite(actual).all() and np.isfinite(expected).all():
            return PASSED
        odd = np.isnan(actual) != np.isnan(expected)
        infinite = np.isinf(actual) | np.isinf(expected)
        odd |= infinite & (actual != expected) & ~(np.isnan(actual) & np.isnan(expected))
        return _wrong_where(odd, leaf, actual, expected)


    def _values(leaf: Leaf, tolerance: Tolerance) -> Outcome:
        if not is_numeric(leaf.expected):
            return _others(leaf, tolerance)
        actual, expected = _array(leaf.actual), _array(leaf.expected)
        if expected.dtype.kind == "b":
            return _wrong_where(actual != expected, leaf, actual, expected)
        finite = np.isfinite(expected)
        yours, theirs = (_wide(np.where(finite, x, 0)) for x in (actual, expected))
        with np.errstate(over="ignore", invalid="ignore"):
            magnitude = np.abs(theirs)
            error = np.abs(yours - theirs)
            allowed = tolerance.rtol * magnitude + tolerance.atol * magnitude.max(initial=0)
            allowed = np.where(magnitude == 0, np.maximum(allowed, tolerance.floor), allowed)
            if tolerance.absolute:
                allowed = np.maximum(allowed, tolerance.absolute)
        return _wrong_where(~(error <= allowed), leaf, actual, expected)


    def _others(leaf: Leaf, tolerance: Tolerance) -> Outcome:
        """Check what is not numeric: entries of arrays one by one, entries of sets in any order."""
        if isinstance(leaf.expected, np.ndarray):
            return _wrong_where(different(leaf.actual, leaf.expected), leaf, leaf.actual, leaf.expected)
        if isinstance(leaf.expected, set | frozenset):

            def right(expected: Any, actual: Any) -> bool:
                return compare(expected, actual, tolerance=tolerance) is PASSED

            return entries_off(leaf, right)
        if not np.any(different(leaf.actual, leaf.expected)):
            return PASSED
        shown = contrast(leaf.actual, leaf.expected)
        return fails(Verdict.WRONG_VALUE, leaf, f"{leaf.path} is wrong.", _detail(shown))


    Rung = Callable[[Leaf, Tolerance], Outcome]
    RUNGS_OF_KIND: tuple[Rung, ...] = (_type, _shape, _dtype)
    RUNGS: tuple[Rung, ...] = (*RUNGS_OF_KIND, _finite, _values)

    # ---------------------------------------------------------------- elements


    def _wrong_where(wrong: Any, leaf: Leaf, actual: Any, expected: Any) -> Outcome:
        """Return an outcome that counts the wrong elements and shows the first; `PASSED` if there is none."""
        wrong = np.asarray(wrong)
        if not wrong.any():
            return PASSED
        index = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(wrong)))[: wrong.ndim]
        shown = contrast(actual[index], expected[index])
        if wrong.ndim == 0:
            reason, detail = f"{leaf.path} is wrong.", _detail(shown)
        else:
            noun = "element" if leaf.table is None else "row"
            reason = f"{leaf.path} is wrong in {int(wrong.sum())} of {count(wrong.size, noun)}."
            where = leaf.table.place(index[0]) if leaf.table else f"{leaf.path}[{', '.join(map(str, index))}]"
            line = f", line {shown.line}" if shown.line else ""
            said = f"The first is {where}{line}: yours {shown.yours}, expected {shown.theirs}."
            detail = f"{said} {shown.remark}".rstrip()
        if actual.dtype.kind in "fc" and bool(np.isnan(actual[wrong]).any()):
            reason += " It contains NaN."
        return fails(Verdict.WRONG_VALUE, leaf, reason, detail)


    def _detail(shown: Contrast) -> str:
        """Return the sentences that show a single value and the expected one."""
        if shown.line:
            said = f"Line {shown.line} is the first that differs: yours {shown.yours}, expected {shown.theirs}."
        else:
            said = f"Yours is {shown.yours}, expected {shown.theirs}."
        return f"{said} {shown.remark}".rstrip()


    def _wide(x: Any) -> Any:
        """Return numbers in at least double precision, so that differences of integers do not overflow."""
        return x.astype(np.result_type(x, np.float64))


    def _array(x: Any) -> Any:
        """Return a numeric leaf as an array; an integer too long for NumPy becomes infinite."""
        if type(x) is int and not -(2**63) <= x < 2**63:
            return np.float64(np.inf if x > 0 else -np.inf)
        return np.asarray(x)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.judges


@functools.cache
def _grader_comparison_judges():
    """Judge answers of which more than one is right. Bundled for students together with `compare`.

    A judge is called as `judge(case, expected, answer)`: the arguments of the call by their names, the answer of
    the reference, and the answer to judge. It returns None if that is right, a sentence for its student if not,
    or an `Outcome` as `compare` does.
    """


    from collections.abc import Callable, Mapping, Sequence
    from dataclasses import dataclass
    from typing import Any

    import numpy as np

    told = _grader_comparison_asserting().told
    compare = _grader_comparison_compare().compare
    compare_kind = _grader_comparison_compare().compare_kind
    excerpts = _grader_comparison_contrast().excerpts
    PASSED = _grader_comparison_verdict().PASSED
    Outcome = _grader_comparison_verdict().Outcome
    Tolerance = _grader_comparison_verdict().Tolerance
    Verdict = _grader_comparison_verdict().Verdict


    @dataclass(frozen=True)
    class Judge:
        """A judge, Python source that defines it under the name `judge`, and where its exercise is declared."""

        call: Callable[..., Any]
        source: str
        place: str = ""


    def judge_of(source: str) -> Judge:
        """Return the judge that a source defines, which may name the ready ones.

        Args:
            source: Python source, written by `grader release`.

        Returns:
            the judge.
        """
        namespace: dict[str, Any] = {ready.__name__: ready for ready in READY}
        exec(compile(source, "<judge>", "exec", dont_inherit=True), namespace)  # noqa: S102  # an instructor's
        return Judge(namespace["judge"], source)


    def judged(
        judge: Judge,
        case: Mapping[str, Any],
        expected: Any,
        answer: Any,
        names: Sequence[str],
    ) -> Outcome:
        """Return the outcome of an answer by a judge.

        A judge need not check that an answer is of the right kind: where it raises, an answer of another type,
        structure, shape or dtype than the expected one is wrong for that reason, and so is one that alone has NaN
        or infinity.

        Args:
            judge: the judge.
            case: the arguments of the call, by name.
            expected: the reference's answer.
            answer: the answer to judge.
            names: the names of the results.

        Returns:
            the outcome.

        Raises:
            JudgeError: the judge raises on an answer of the right kind, or returns something else than a text.
        """
        try:
            ready = isinstance(judge.call, Ready)
            said = judge.call(case, expected, answer, *([names] if ready else []))
        except Exception as error:
            outcome = compare_kind(expected, answer, names)
            if outcome is not PASSED:
                return outcome
            if _is_finite(expected) and not _is_finite(answer):
                return Outcome(Verdict.WRONG_VALUE, "It has a number that is not finite (NaN or infinity).")
            raise JudgeError(f"raised {type(error).__name__}", f": {error}") from error
        if said is None:
            return PASSED
        if isinstance(said, Outcome):
            return said
        if isinstance(said, str) and said:
            path = names[0] if len(names) == 1 and names[0] != "the result" else ""
            return Outcome(Verdict.WRONG_VALUE, "", said, path)
        raise JudgeError(f"returned a value of type {type(said).__name__}", f": {said!r}"[:LONGEST])


    LONGEST = 200
    """Characters that are told of what a judge returned."""


    def _is_finite(value: Any) -> bool:
        """Return whether no number in a value is NaN or infinite."""
        if isinstance(value, Mapping):
            return all(map(_is_finite, value.values()))
        if isinstance(value, (list, tuple)):
            return all(map(_is_finite, value))
        numbers = isinstance(value, (float, complex, np.ndarray, np.generic))
        return not numbers or np.asarray(value).dtype.kind not in "fc" or bool(np.isfinite(value).all())


    def by_name(parameters: Sequence[str], args: Sequence[Any]) -> dict[str, Any]:
        """Return the arguments of a call by name; those of a `**` parameter each by its own.

        Args:
            parameters: the names of the parameters.
            args: the arguments.

        Returns:
            name -> argument.
        """
        given = dict(zip(parameters, args, strict=True))
        further = [name for name in given if name.startswith("**")]
        return {name: value for name, value in given.items() if name not in further} | {
            name: value for one in further for name, value in given[one].items()
        }


    class JudgeError(Exception):
        """An instructor's judge does not judge. `detail` may have values of a hidden case."""

        def __init__(self, what: str, detail: str) -> None:
            super().__init__(what)
            self.what = what
            self.detail = detail


    # ---------------------------------------------------------------- ready judges

    RESULT = ("result",)
    Said = Outcome | str | None


    @dataclass(frozen=True)
    class Ready:
        """A ready judge: the name and the settings of the function that makes it, and what judges an answer.

        It is called as any judge, and may be given the names of the results too.
        """

        name: str
        settings: Mapping[str, Any]
        says: Callable[[Mapping[str, Any], Any, Any, Sequence[str]], Said]

        def __call__(
            self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
        ) -> Said:
            """Judge an answer.

            Args:
                case: the arguments of the call, by name.
                expected: the reference's answer.
                answer: the answer to judge.
                names: the names of the results.

            Returns:
                None, a sentence, or an outcome.
            """
            return self.says(case, expected, answer, names)


    def close(rtol: float = 1e-5, atol: float = 1e-7, floor: float = 1e-12) -> Ready:
        """Accept numbers within a tolerance.

        Args:
            rtol: relative tolerance of each element.
            atol: absolute tolerance, relative to the largest expected magnitude in the array.
            floor: absolute tolerance of every element.

        Returns:
            the judge.
        """
        tolerance = Tolerance(rtol, atol, floor, absolute=floor)

        def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            return compare(expected, answer, names, tolerance)

        return Ready("close", {"rtol": rtol, "atol": atol, "floor": floor}, says)


    def exactly() -> Ready:
        """Accept numbers that are equal to the last digit.

        Returns:
            the judge.
        """

        def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            return compare(expected, answer, names, Tolerance(0, 0, 0))

        return Ready("exactly", {}, says)


    def unordered(rtol: float = 1e-5, atol: float = 1e-7) -> Ready:
        """Accept the entries of a list, tuple or array (its rows) in any order.

        Args:
            rtol: relative tolerance of each element.
            atol: absolute tolerance, relative to the largest expected magnitude in an entry.

        Returns:
            the judge.
        """
        tolerance = Tolerance(rtol, atol)

        def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            if not (_is_series(expected) and _is_series(answer)):
                return compare(expected, answer, names, tolerance)
            if len(answer) != len(expected):
                return f"It has {len(answer)} entries, expected {len(expected)}, in any order."
            left = sorted(answer, key=_key)  # equal ones then meet at once, however many there are
            for entry in sorted(expected, key=_key):
                fits = (i for i, mine in enumerate(left) if compare(entry, mine, RESULT, tolerance) is PASSED)
                found = next(fits, None)
                if found is None:
                    other, missing = excerpts(left[0], entry)
                    return f"{missing} is missing among its entries, and {other} is not expected."
                del left[found]
            return None

        return Ready("unordered", {"rtol": rtol, "atol": atol}, says)


    def up_to_sign(axis: int | None = 0, rtol: float = 1e-5, atol: float = 1e-7) -> Ready:
        """Accept vectors with the opposite sign, such as eigenvectors.

        Args:
            axis: the axis along which a vector lies: 0 for the columns of a matrix. None takes the whole array as
                one vector.
            rtol: relative tolerance of each element.
            atol: absolute tolerance, relative to the largest expected magnitude in the array.

        Returns:
            the judge.
        """
        tolerance = Tolerance(rtol, atol)

        def turned(expected: Any, answer: Any) -> Any:
            if isinstance(expected, (list, tuple)):
                return type(expected)([turned(e, a) for e, a in zip(expected, answer, strict=True)])
            if not isinstance(expected, np.ndarray):
                return answer
            along = None if expected.ndim < 2 else axis
            same, other = (
                np.sum(np.abs(answer - sign * expected), axis=along, keepdims=True) for sign in (1, -1)
            )
            return np.where(other < same, -answer, answer)

        def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            kind = compare_kind(expected, answer, names)
            if kind is not PASSED:
                return kind
            return compare(expected, turned(expected, answer), names, tolerance)

        return Ready("up_to_sign", {"axis": axis, "rtol": rtol, "atol": atol}, says)


    def up_to_labels(
        labels: int | None = None, rows: Sequence[int] = (), rtol: float = 1e-5, atol: float = 1e-7
    ) -> Ready:
        """Accept other names of clusters.

        Args:
            labels: the position of the labels among several results; None if they are the only one.
            rows: the positions of results with a row for each cluster, such as centroids, in the order of names.
            rtol: relative tolerance of each element.
            atol: absolute tolerance, relative to the largest expected magnitude in the array.

        Returns:
            the judge.
        """
        tolerance = Tolerance(rtol, atol)

        def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            kind = compare_kind(expected, answer, names)
            if kind is not PASSED:
                return kind
            theirs, mine = (np.asarray(x if labels is None else x[labels]) for x in (expected, answer))
            called = dict(zip(mine.ravel().tolist(), theirs.ravel().tolist(), strict=True))
            if len(set(called.values())) != len(called) or len(called) != np.unique(theirs).size:
                return "Its clusters are not the expected ones, whatever their names."
            renamed = np.array([called[one] for one in mine.ravel().tolist()], theirs.dtype).reshape(mine.shape)
            if labels is None:
                return compare(theirs, renamed, names, tolerance)
            parts = list(answer)
            parts[labels] = renamed
            for row in rows:
                parts[row] = _reordered(np.asarray(answer[row]), called)
            return compare(expected, tuple(parts), names, tolerance)

        return Ready("up_to_labels", {"labels": labels, "rows": tuple(rows), "rtol": rtol, "atol": atol}, says)


    def at_least(metric: Callable[[Mapping[str, Any], Any], float], bound: float) -> Ready:
        """Accept an answer if a metric of it is large enough.

        Args:
            metric: called as `metric(case, answer)`; returns a number. Its name is told to students.
            bound: the smallest number that is accepted.

        Returns:
            the judge.
        """
        name = getattr(metric, "__name__", "metric").replace("_", " ").strip()

        def says(case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            kind = compare_kind(expected, answer, names)
            if kind.verdict not in (Verdict.PASSED, Verdict.WRONG_DTYPE):  # labels may be 0.0 or False
                return kind
            reached = float(metric(case, answer))
            if reached >= bound:
                return None
            return f"Its {name} is {reached:.4g}; it has to be at least {bound:g}."

        return Ready("at_least", {"metric": metric, "bound": bound}, says)


    def asserted(
        tests: Mapping[str, str],
        rtol: float = 1e-5,
        atol: float = 1e-7,
        floor: float = 1e-12,
        run: Callable[[str, Sequence[Any], Any], str | None] = told,
    ) -> Ready:
        """Accept what passes the tests that a case names; compare the answers of a case that names none.

        Args:
            tests: the source of each test, by its title.
            rtol: relative tolerance of each element.
            atol: absolute tolerance, relative to the largest expected magnitude in the array.
            floor: absolute tolerance of an expected number that is exactly 0.
            run: runs a test on steps and answers.

        Returns:
            the judge.
        """
        tolerance = Tolerance(rtol, atol, floor)

        def says(case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
            titles = case["assertions"]
            if not titles:
                return compare(expected, answer, names, tolerance)
            sources = [tests[title] for title in titles if title in tests]
            return next((said for one in sources if (said := run(one, case["steps"], answer))), None)

        return Ready("asserted", {"tests": tests, "rtol": rtol, "atol": atol, "floor": floor}, says)


    READY = (asserted, at_least, close, exactly, unordered, up_to_labels, up_to_sign)
    """The functions that make ready judges."""


    def _is_series(value: Any) -> bool:
        return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


    def _key(entry: Any) -> str:
        return repr(entry.tolist() if isinstance(entry, (np.ndarray, np.generic)) else entry)


    def _reordered(rows: np.ndarray, called: Mapping[Any, Any]) -> np.ndarray:
        """Return rows in the order of the expected names; a row without members goes where one is left."""
        count = len(rows)
        places = {int(mine): int(theirs) for mine, theirs in called.items() if 0 <= int(mine) < count}
        free = iter([i for i in range(count) if i not in places.values()])
        ordered = np.array(rows)
        for mine in range(count):
            ordered[places[mine] if mine in places else next(free)] = rows[mine]
        return ordered

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.comparison.words


@functools.cache
def _grader_comparison_words():
    """Word verdicts, alike on pages, in the terminal and in the notebook. Bundled for students."""


    from dataclasses import dataclass

    Verdict = _grader_comparison_verdict().Verdict


    @dataclass(frozen=True)
    class Wording:
        """A verdict for people: a sign and words, which suffice without colour, and the tone of its colour."""

        sign: str
        words: str
        tone: str


    WORDINGS = {
        Verdict.PASSED: Wording("✓", "passed", "good"),
        Verdict.WRONG_TYPE: Wording("✗", "wrong type", "bad"),
        Verdict.WRONG_STRUCTURE: Wording("✗", "wrong structure", "bad"),
        Verdict.WRONG_SHAPE: Wording("✗", "wrong shape", "bad"),
        Verdict.WRONG_DTYPE: Wording("✗", "wrong dtype", "bad"),
        Verdict.WRONG_VALUE: Wording("✗", "wrong value", "bad"),
        Verdict.CHANGED_INPUT: Wording("✗", "changes its input", "bad"),
        Verdict.NOT_DETERMINISTIC: Wording("✗", "differs from run to run", "bad"),
        Verdict.FORBIDDEN: Wording("✗", "uses what is forbidden", "bad"),
        Verdict.DID_NOT_RUN: Wording("!", "did not run", "bad"),
        Verdict.NOT_ATTEMPTED: Wording("–", "not written yet", "open"),
        Verdict.TO_BE_MARKED: Wording("…", "to be marked", "open"),
    }

    WRONG_EXCEPTION = Wording("✗", "wrong exception", "bad")

    MUST_RAISE = "It has to raise "
    """How the message about a public call begins that raised another exception than it has to."""

    NOTHING = "It returns nothing (None)."
    """The message about a call that returns None where a value is expected."""


    def worded(verdict: Verdict, message: str) -> Wording:
        """Return the wording of a verdict; what raised another exception than it has to did run.

        Args:
            verdict: the verdict.
            message: the message that goes with it.

        Returns:
            the wording.
        """
        ran = verdict is Verdict.DID_NOT_RUN and message.startswith(MUST_RAISE)
        return WRONG_EXCEPTION if ran else WORDINGS[verdict]


    def not_written(name: str) -> str:
        """Return the message about a function that still raises NotImplementedError."""
        return f"{name} is not written yet."


    def timed_out(limit: str) -> str:
        """Return the message about a call that gave no answer in time."""
        return f"It timed out: {limit}."


    def not_run(reason: str) -> str:
        """Return the message about a call that was not made."""
        return f"It was not run: {reason}."


    def returned_where(exception: str) -> str:
        """Return the message about a call that has to raise an exception, and returned."""
        return f"It returned a value, where it has to raise {exception}."


    def raised_where(exception: str, raised: str) -> str:
        """Return the message about a call that raised something else than it has to.

        Args:
            exception: the name of the exception that it has to raise.
            raised: what it raised, with its text.

        Returns:
            two sentences.
        """
        stop = "" if raised.endswith((".", "!", "?")) else "."
        return f"{MUST_RAISE}{exception}. It raised {raised}{stop}"


    def changes_input(clauses: str) -> str:
        """Return the message about a call that changes an argument that it must not change."""
        return f"It {clauses}."


    FIRST = ("write that first.", "mend that first.")
    """How the advice ends to mend what an item needs before that itself."""


    def is_about_another(hint: str) -> bool:
        """Return whether a hint is about what the item in question needs."""
        return hint.endswith(FIRST)


    def mend_first(name: str, verdict: Verdict = Verdict.WRONG_VALUE, how: str = "calls") -> str:
        """Return the advice to mend what the item in question needs, before that itself.

        Args:
            name: what it needs.
            verdict: the verdict on that.
            how: what the item does with it.

        Returns:
            one sentence.
        """
        if verdict is Verdict.NOT_ATTEMPTED:
            return f"{name}, which this {how}, is not written yet: {FIRST[0]}"
        return f"{name}, which this {how}, fails its own test: {FIRST[1]}"

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.plain.real_objects


@functools.cache
def _grader_plain_real_objects():
    """Make the objects that plain values stand for, as student code expects them. Bundled for students."""


    from collections.abc import Mapping
    from typing import Any

    import numpy as np

    TABLES = _grader_plain_frames().TABLES
    real_frame = _grader_plain_pandas_frames().real_frame
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named
    real_record = _grader_plain_records().real_record


    def real_object(value: Any, classes: Mapping[str, Any]) -> Any:
        """Return the object that a plain value stands for; any other value as it is.

        Args:
            value: the value.
            classes: where classes of named tuples and dataclasses are looked up; they are made anew otherwise.

        Returns:
            the object.
        """
        if isinstance(value, Named | Instance):
            return real_record(value, classes)
        return real_frame(value) if isinstance(value, TABLES) else value


    def real_objects(value: Any, classes: Mapping[str, Any]) -> Any:
        """Return a value with the objects that plain values anywhere inside it stand for.

        Args:
            value: the value.
            classes: where classes are looked up.

        Returns:
            the value, or a new one.
        """
        if isinstance(value, Mapping):
            return {real_objects(k, classes): real_objects(item, classes) for k, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            items = [real_objects(item, classes) for item in value]
            if isinstance(value, Named):
                return real_record(Named(value._name, value._fields, items), classes)
            return type(value)(items)
        if isinstance(value, Instance):
            attributes = {name: real_objects(part, classes) for name, part in value.attributes.items()}
            return real_record(Instance(value.kind, value.name, attributes), classes)
        if isinstance(value, np.ndarray) and value.dtype.kind == "O":
            made = np.empty(value.shape, object)
            for index in np.ndindex(value.shape):
                made[index] = real_objects(value[index], classes)
            return made
        return real_object(value, classes)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.stored_values


@functools.cache
def _grader_public_tests_stored_values():
    """Store one value in an HDF5 file and read it again. Bundled for students.

    A value is a dataset with the attribute `kind`, or a group of its parts in order. Any HDF5 tool shows them:
    dates are integers with the name of their dtype, and the columns of a frame have their names. Equal
    large arrays are one dataset, compressed, with a link for each place.
    """


    import hashlib
    import importlib
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime, timedelta
    from typing import Any

    import h5py
    import numpy as np

    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named

    Large = dict[tuple[str, bytes], Any]
    LARGE = 1 << 14
    """Bytes from which on an array is compressed, and stored once."""


    def put_value(group: Any, name: str, value: Any, large: Large) -> None:
        """Store a value.

        Args:
            group: the group of the file.
            name: the name in it.
            value: the value, as plain data.
            large: the datasets of large arrays so far, to which this adds: equal ones are stored once.

        Raises:
            ValueError: a text has a character that HDF5 cannot store.
            TypeError: a number is too large for HDF5.
        """
        if isinstance(value, np.ndarray | np.generic):
            _put_array(group, name, value, large)
        elif isinstance(value, str | bool | int | float | complex | None):
            stored = group.create_dataset(name, data=h5py.Empty("f") if value is None else value)
            stored.attrs["kind"] = type(value).__name__
        elif isinstance(value, bytes):
            stored = group.create_dataset(name, data=np.frombuffer(value, np.uint8))
            stored.attrs["kind"] = "bytes"
        elif type(value).__name__ in _TEXTS:
            stored = group.create_dataset(name, data=_text_of(value))
            stored.attrs["kind"] = type(value).__name__
        else:
            _put_parts(group, name, value, large)


    def _text_of(value: Any) -> str:
        return f"{value // timedelta(microseconds=1)}" if isinstance(value, timedelta) else str(value)


    def _duration(text: str) -> timedelta:
        return timedelta(microseconds=int(text))


    _TEXTS: Mapping[str, Callable[[str], Any]] = {
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "timedelta": _duration,
        "Fraction": lambda text: importlib.import_module("fractions").Fraction(text),
        "Decimal": lambda text: importlib.import_module("decimal").Decimal(text),
    }
    """What is stored as a text, and how it is read again."""


    def _put_array(group: Any, name: str, value: Any, large: Large) -> None:
        """Store an array or a number of NumPy, whatever its dtype."""
        array = np.asarray(value)
        letter = array.dtype.kind
        if letter == "O" or array.dtype.names:
            _put_parts(group, name, array, large)
            return
        kind = "ndarray" if isinstance(value, np.ndarray) else type(value).__name__
        if letter == "U":
            data: Any = array.astype(object)
            stored = group.create_dataset(name, data=data, dtype=h5py.string_dtype())
        else:
            plain = array.view(np.int64) if letter in "mM" else array
            stored = _put_plain(group, name, plain, f"{kind} {array.dtype.str} {array.shape}", large)
            if stored is None:
                return
        stored.attrs["kind"] = kind
        if letter in "mMUS":
            stored.attrs["dtype"] = array.dtype.str


    def _put_plain(group: Any, name: str, array: Any, kind: str, large: Large) -> Any:
        """Store an array of numbers and return its dataset; None if a large one is linked that was there."""
        if array.nbytes < LARGE:
            return group.create_dataset(name, data=array)
        content = kind, hashlib.sha256(array.tobytes()).digest()
        if content in large:
            group[name] = large[content]
            return None
        large[content] = group.create_dataset(name, data=array, compression="gzip", shuffle=True)
        return large[content]


    def _put_parts(group: Any, name: str, value: Any, large: Large) -> None:
        """Store a value of several parts as a group of them."""
        inside = group.create_group(name, track_order=True)
        kind, attributes, parts = _parts(value)
        inside.attrs["kind"] = kind
        inside.attrs.update(attributes)
        for key, part in parts:
            put_value(inside, key, part, large)


    Parts = Sequence[tuple[str, Any]]


    def _parts(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
        """Return the kind of a value, what is noted of it, and its parts by name."""
        if isinstance(value, Mapping):
            if all(isinstance(key, str) and _is_name(key) for key in value):
                return "dict", {}, [*value.items()]
            return "pairs", {}, _numbered(value.items())
        if isinstance(value, set | frozenset):
            return type(value).__name__, {}, _numbered(sorted(value, key=repr))
        if isinstance(value, Named):
            return "namedtuple", {"name": value._name, "fields": [*value._fields]}, _numbered(value)
        if isinstance(value, list | tuple):
            return type(value).__name__, {}, _numbered(value)
        if isinstance(value, Instance):
            noted = {"of": value.kind, "name": value.name, "fields": [*value.attributes]}
            return "object", noted, _numbered(value.attributes.values())
        if isinstance(value, np.ndarray):
            if not value.dtype.names:
                return "objects", {"shape": value.shape}, _numbered(value.flat)
            fields = value.dtype.names
            return "records", {"fields": [*fields]}, _numbered(value[field] for field in fields)
        return _parts_of_table(value)


    def _parts_of_table(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
        if isinstance(value, Frame):
            parts = (("index", value.index), ("columns", value.columns), ("values", _columns(value)))
            return "DataFrame", {}, parts
        if isinstance(value, Series):
            return "Series", {}, (("name", value.name), ("index", value.index), ("values", value.values))
        if isinstance(value, Labels):
            return "Index", {}, (("names", value.names), ("levels", value.levels))
        if isinstance(value, Column):
            parts = (("values", value.values), ("missing", value.missing), ("categories", value.categories))
            return "column", {"dtype": value.dtype, "ordered": value.ordered}, parts
        raise ValueError(f"a value of type {type(value).__name__} cannot be a public case")


    def _columns(frame: Frame) -> Any:
        """Return the columns of a frame by their names, if those are texts that HDF5 can name, and differ."""
        names = frame.columns.listed()
        named = all(isinstance(name, str) and _is_name(name) for name in names)
        return (
            dict(zip(names, frame.values, strict=True)) if named and len({*names}) == len(names) else frame.values
        )


    def _is_name(key: str) -> bool:
        return bool(key) and "/" not in key and "\0" not in key and key != "."


    def _numbered(items: Any) -> Parts:
        return [(str(i), item) for i, item in enumerate(items)]


    # ---------------------------------------------------------------- reading


    def get_value(stored: Any) -> Any:
        """Return a value that `put_value` stored."""
        kind = stored.attrs["kind"]
        if isinstance(stored, h5py.Group):
            return _whole(kind, stored, {name: get_value(part) for name, part in stored.items()})
        if kind == "NoneType":
            return None
        if kind == "ndarray" or "dtype" in stored.attrs:
            return _read_array(stored, kind)
        plain = stored[()]
        if kind in ("str", *_TEXTS):
            text = plain.decode()
            return text if kind == "str" else _TEXTS[kind](text)
        if kind == "bytes":
            return plain.tobytes()
        return plain.item() if kind in ("bool", "int", "float", "complex") else plain


    def _read_array(stored: Any, kind: str) -> Any:
        plain = stored[()]
        if "dtype" in stored.attrs:
            dtype = np.dtype(stored.attrs["dtype"])
            if dtype.kind == "U":
                plain = np.asarray(stored.asstr()[()], object).astype(dtype)
            else:
                plain = np.asarray(plain).view(dtype) if dtype.kind in "mM" else np.asarray(plain).astype(dtype)
        return plain if kind == "ndarray" else plain[()]


    def _whole(kind: str, stored: Any, parts: dict[str, Any]) -> Any:
        """Return the value of several parts."""
        noted, values = stored.attrs, tuple(parts.values())
        if kind == "dict":
            return parts
        if kind in ("list", "tuple", "set", "frozenset"):
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](values)
        if kind == "pairs":
            return dict(values)
        if kind == "namedtuple":
            return Named(noted["name"], tuple(noted["fields"]), values)
        if kind == "object":
            return Instance(noted["of"], noted["name"], dict(zip(noted["fields"], values, strict=True)))
        if kind == "objects":
            return _objects(tuple(map(int, noted["shape"])), values)
        if kind == "records":
            return _records(noted["fields"], values)
        if kind == "column":
            return Column(noted["dtype"], **parts, ordered=bool(noted["ordered"]))
        if kind == "Index":
            return Labels(*values)
        return Series(*values) if kind == "Series" else _frame(*values)


    def _frame(index: Labels, columns: Labels, values: Any) -> Frame:
        return Frame(index, columns, tuple(values.values() if isinstance(values, dict) else values))


    def _objects(shape: tuple[int, ...], items: Sequence[Any]) -> Any:
        array = np.empty(len(items), object)
        for i, item in enumerate(items):  # NumPy would look into the items
            array[i] = item
        return array.reshape(shape)


    def _records(fields: Sequence[str], arrays: Sequence[Any]) -> Any:
        dimensions = min(array.ndim for array in arrays)
        dtype = [(name, a.dtype, a.shape[dimensions:]) for name, a in zip(fields, arrays, strict=True)]
        records = np.empty(arrays[0].shape[:dimensions], dtype)
        for name, array in zip(fields, arrays, strict=True):
            records[name] = array
        return records

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.case_file


@functools.cache
def _grader_public_tests_case_file():
    """Read and write public test cases as HDF5: inputs and expected answers. Bundled for students.

    Each exercise is a group, each case a group in it, each argument and the expected answer a value; see
    `stored_values`.
    """


    from collections.abc import Mapping, Sequence
    from dataclasses import dataclass
    from pathlib import Path
    from typing import Any

    import h5py

    Raises = _grader_comparison_verdict().Raises
    Tolerance = _grader_comparison_verdict().Tolerance
    Large = _grader_public_tests_stored_values().Large
    get_value = _grader_public_tests_stored_values().get_value
    put_value = _grader_public_tests_stored_values().put_value


    @dataclass(frozen=True)
    class PublicCase:
        """One public test case: positional arguments, the expected answer, and the seed of the call.

        `kind_only` says that only the type, structure, shape and dtype of `expected` are meant.
        """

        id: str
        args: tuple[Any, ...]
        expected: Any
        seed: int
        kind_only: bool = False


    @dataclass(frozen=True)
    class PublicExercise:
        """The public test cases of one graded item, with its result names and tolerance.

        `driver` is the source of the function `drive(student, ...)` that calls it, `judge` that of the judge;
        empty if it has none. `parameters` are those of its calls. One that is `pure` may not change them.
        `seconds` is the limit of one call when it is graded, 0 for the usual one.
        """

        name: str
        results: tuple[str, ...]
        tolerance: Tolerance
        cases: tuple[PublicCase, ...]
        driver: str = ""
        judge: str = ""
        parameters: tuple[str, ...] = ()
        pure: bool = False
        seconds: float = 0.0


    SOURCES = ("driver", "judge")
    """The fields of an exercise that are source text, and absent for most."""


    def write_public(path: Path, exercises: Sequence[PublicExercise]) -> None:
        """Write exercises to a new HDF5 file.

        Args:
            path: the file.
            exercises: the exercises with their public cases.

        Raises:
            ValueError: a text has a character that HDF5 cannot store.
            TypeError: a number is too large for HDF5.
        """
        large: Large = {}
        with h5py.File(path, "w", track_order=True) as file:
            for exercise in exercises:
                group = file.create_group(exercise.name, track_order=True)
                group.attrs.update(results=list(exercise.results), **_attributes(exercise.tolerance))
                for name in SOURCES:
                    if source := getattr(exercise, name):
                        group.attrs[name] = source
                if exercise.parameters:
                    group.attrs["parameters"] = list(exercise.parameters)
                if exercise.pure:
                    group.attrs["pure"] = True
                if exercise.seconds:
                    group.attrs["seconds"] = exercise.seconds
                for case in exercise.cases:
                    stored = group.create_group(case.id, track_order=True)
                    stored.attrs["seed"] = case.seed
                    put_value(stored, "args", case.args, large)
                    if isinstance(case.expected, Raises):
                        stored.attrs["raises"] = case.expected.exception
                    else:
                        put_value(stored, "expected", case.expected, large)
                    if case.kind_only:
                        stored.attrs["kind_only"] = True


    def read_public(path: Path) -> tuple[PublicExercise, ...]:
        """Read exercises that `write_public` wrote."""
        with h5py.File(path, "r") as file:
            return tuple(
                PublicExercise(
                    name,
                    tuple(group.attrs["results"]),
                    _tolerance(group.attrs),
                    tuple(_case(case_id, stored) for case_id, stored in group.items()),
                    parameters=tuple(group.attrs.get("parameters", ())),
                    pure=bool(group.attrs.get("pure", False)),
                    seconds=float(group.attrs.get("seconds", 0)),
                    **{source: str(group.attrs.get(source, "")) for source in SOURCES},
                )
                for name, group in file.items()
            )


    def _attributes(tolerance: Tolerance) -> dict[str, Any]:
        """Return a tolerance as HDF5 attributes, without the default values of later additions."""
        usual = Tolerance()
        numbers = {"rtol": tolerance.rtol, "atol": tolerance.atol}
        if tolerance.floor != usual.floor:
            numbers["floor"] = tolerance.floor
        return numbers | ({"allow": list(tolerance.allow)} if tolerance.allow else {})


    def _tolerance(attributes: Mapping[str, Any]) -> Tolerance:
        numbers = {name: float(attributes[name]) for name in ("rtol", "atol", "floor") if name in attributes}
        return Tolerance(**numbers, allow=tuple(attributes.get("allow", ())))


    def _case(case_id: str, stored: Any) -> PublicCase:
        raises = stored.attrs.get("raises")
        return PublicCase(
            case_id,
            get_value(stored["args"]),
            get_value(stored["expected"]) if raises is None else Raises(str(raises)),
            int(stored.attrs["seed"]),
            bool(stored.attrs.get("kind_only", False)),
        )

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.replaying


@functools.cache
def _grader_public_tests_replaying():
    """Take the steps that a test took with a submission, and return what each of them gave.

    A step is a tuple (kind, target, arguments, keywords, marks). The target is a name, or the number of an
    earlier step; so is an argument `{"$name": ...}` or `{"$step": ...}`, and `{"$python": ...}` is a source.
    The marks say what else to look at: `object` (the result is not looked at), `kind` (but for its classes),
    `raises`, `after` (the arguments after it), `printed`, and `without NAME` (while the notebook does not define
    that name).
    """


    import ast
    import contextlib
    import copy
    import io
    from collections.abc import Iterator, Mapping, MutableMapping, Sequence
    from typing import Any

    import numpy as np

    perform = _grader_comparison_proxies().perform

    OBJECT, KIND, RAISES, AFTER, PRINTED = "object", "kind", "raises", "after", "printed"
    WITHOUT = "without "
    MOST_CLASSES = 20
    """The classes of an object that are named, the nearest first."""

    NAME, STEP, PYTHON = "$name", "$step", "$python"


    def replay(steps: Sequence[Any], names: Mapping[str, Any], space: MutableMapping[str, Any]) -> list[Any]:
        """Take steps, one after the other.

        Args:
            steps: the steps.
            names: what the names in them stand for.
            space: what the notebook defines.

        Returns:
            the answer of each step: its result, None if that is an object that is not looked at, the names of its
            classes with `kind`, or ["raised", the name of the exception]; with `after` and `printed`, a list of
            the result and these.
        """
        results: list[Any] = []
        answers: list[Any] = []
        for step in steps:
            with _without([mark.removeprefix(WITHOUT) for mark in step[4] if mark.startswith(WITHOUT)], space):
                result, answer = _taken(step, results, names)
            results.append(result)
            answers.append(answer)
        return answers


    @contextlib.contextmanager
    def _without(names: Sequence[str], space: MutableMapping[str, Any]) -> Iterator[None]:
        taken = {name: space.pop(name) for name in names if name in space}
        try:
            yield
        finally:
            space.update(taken)


    def _taken(step: Sequence[Any], results: Sequence[Any], names: Mapping[str, Any]) -> tuple[Any, Any]:
        kind, target, given, keywords, marks = step
        on = names[target] if isinstance(target, str) else results[target]
        args = [_argument(one, results, names) for one in given]
        keys = {key: _argument(one, results, names) for key, one in keywords.items()}
        text = io.StringIO()
        with contextlib.redirect_stdout(text) if PRINTED in marks else contextlib.nullcontext():
            if RAISES in marks:
                try:
                    result = perform(kind, on, args, keys)
                except Exception as error:  # noqa: BLE001  # whatever the student's code raises is the answer
                    return None, ["raised", type(error).__name__]
            else:
                result = perform(kind, on, args, keys)
        answer = None if OBJECT in marks else copied(result)
        if KIND in marks:
            classes = type(result).__mro__[:MOST_CLASSES]
            answer = " ".join(f"{one.__module__}.{one.__qualname__}" for one in classes)
        if AFTER in marks:
            answer = [answer, copied(args)]
        if PRINTED in marks:
            answer = [answer, text.getvalue()]
        return result, answer


    def _argument(given: Any, results: Sequence[Any], names: Mapping[str, Any]) -> Any:
        if isinstance(given, Mapping) and len(given) == 1:
            ((key, value),) = given.items()
            if key == NAME:
                return names[value]
            if key == STEP:
                return results[value]
            if key == PYTHON:
                return evaluated(value)
        return given


    def evaluated(source: str) -> Any:
        """Return the value of an expression, or the function, that an instructor's source ends with."""
        space: dict[str, Any] = {"np": np, "numpy": np}
        *above, last = ast.parse(source).body
        exec(compile(ast.Module(above, []), "<argument>", "exec"), space)  # noqa: S102  # the instructor's
        if isinstance(last, ast.Expr):
            return eval(compile(ast.Expression(last.value), "<argument>", "eval"), space)  # noqa: S307  # as above
        exec(compile(ast.Module([last], []), "<argument>", "exec"), space)  # noqa: S102  # as above
        return space[last.name] if isinstance(last, ast.FunctionDef) else None


    def copied(value: Any) -> Any:
        """Return a copy that later steps cannot change; the value itself if it cannot be copied."""
        try:
            return copy.deepcopy(value)
        except Exception:  # noqa: BLE001  # whatever it is, encoding it says what is wrong
            return value

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.driving


@functools.cache
def _grader_public_tests_driving():
    """What a driver sees of a submission: its names, what it printed and plotted, and its input.

    Used in the sandbox, and bundled for students with the public tests.
    """


    import builtins
    import contextlib
    import io
    import sys
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
    from typing import Any

    import numpy as np

    replay = _grader_public_tests_replaying().replay

    LONGEST_PRINTED = 1 << 20
    """Characters of printed text that are kept."""


    VARKEYWORDS = 8
    """The flag of a function that takes further keyword arguments (`inspect.CO_VARKEYWORDS`)."""


    def drive(driver: Any, namespace: MutableMapping[str, Any], args: Sequence[Any]) -> Any:
        """Call a driver with a submission, and with arguments by the names of its parameters.

        Args:
            driver: the function `drive(student, ...)`.
            namespace: what the notebook defines.
            args: the arguments after `student`; the last one is a dictionary if it takes any keyword arguments.

        Returns:
            what it returns.
        """
        code = driver.__code__
        names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
        further = args[-1] if code.co_flags & VARKEYWORDS else {}
        with Student(namespace) as student:
            return driver(student, **dict(zip(names, args, strict=False)), **further)


    class Student:
        """A submission as the first argument of a driver; a context manager around its call.

        `student.NAME` is what the notebook defines.
        """

        def __init__(self, namespace: MutableMapping[str, Any]) -> None:
            self._namespace = namespace
            self._text = io.StringIO()
            self._typed = io.StringIO()

        def __getattr__(self, name: str) -> Any:
            try:
                return self._namespace[name]
            except KeyError:
                raise NameError(f"name {name!r} is not defined", name=name) from None

        def __enter__(self) -> Student:
            self._before = sys.stdout, sys.stdin, builtins.input
            sys.stdout, sys.stdin, builtins.input = self._text, self._typed, self._answer
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")
            return self

        def __exit__(self, *_: object) -> None:
            sys.stdout, sys.stdin, builtins.input = self._before

        def printed(self) -> str:
            """Return what was printed, prompts left out, since the call began or since this was last asked."""
            text = self._text.getvalue()[:LONGEST_PRINTED]
            self._text.seek(0)
            self._text.truncate()
            return text

        def feed(self, *lines: str | Sequence[str]) -> None:
            """Let `input()` and `sys.stdin` read these lines; after the last one `input()` raises EOFError.

            Args:
                lines: what is typed: lines, or lists of lines.

            Raises:
                TypeError: something else is fed.
            """
            typed: list[str] = []
            for one in lines:
                if isinstance(one, (bytes, Mapping)) or not isinstance(one, Iterable):
                    shown = repr(one)[:40]
                    raise TypeError(f'student.feed takes texts: write "{shown}" for {shown}')
                typed += [one] if isinstance(one, str) else map(str, one)
            here = self._typed.tell()
            self._typed.seek(0, io.SEEK_END)
            self._typed.write("".join(f"{line}\n" for line in typed))
            self._typed.seek(here)

        def replay(self, steps: Sequence[Any], **names: Any) -> list[Any]:
            """Take steps that were recorded, and return what each of them gave.

            Args:
                steps: the steps, as `grader import` writes them.
                names: what they work on, each as `NAME=student.NAME`.

            Returns:
                the answers.
            """
            return replay(steps, names, self._namespace)

        def figure(self) -> list[dict[str, Any]]:
            """Return what the current figure of matplotlib shows, for each of its axes.

            Returns:
                a dictionary for each: `title`, `xlabel`, `ylabel`, `legend`; `lines`, arrays (points, 2);
                `points`, the offsets of scatter plots, arrays (points, 2); `bars`, their heights; `images`.
            """
            pyplot = sys.modules.get("matplotlib.pyplot")
            if pyplot is None or not pyplot.get_fignums():
                return []
            return [_shown_on(axes) for axes in pyplot.gcf().axes]

        def _answer(self, _prompt: object = "") -> str:
            """Return the next line. The prompt is left out: a right program may ask in words of its own."""
            line = self._typed.readline()
            if not line:
                raise EOFError("input() was called more often than there are lines")
            return line[:-1]


    def _shown_on(axes: Any) -> dict[str, Any]:
        legend = axes.get_legend()
        return {
            "title": axes.get_title(),
            "xlabel": axes.get_xlabel(),
            "ylabel": axes.get_ylabel(),
            "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
            "lines": [np.array(line.get_xydata(), float) for line in axes.get_lines()],
            "points": [np.array(drawn, float) for drawn in _offsets(axes)],
            "bars": [float(bar.get_height()) for drawn in axes.containers for bar in drawn],
            "images": [np.array(image.get_array()) for image in axes.get_images()],
        }


    def _offsets(axes: Any) -> Iterator[Any]:
        """Yield the points of scatter plots, and of other collections that have some."""
        for collection in axes.collections:
            with contextlib.suppress(AttributeError, ValueError):
                yield collection.get_offsets()

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.patience


@functools.cache
def _grader_public_tests_patience():
    """End a call in the notebook that takes too long, as an endless loop does. Bundled for students."""


    import contextlib
    import signal
    import threading
    from collections.abc import Iterator
    from typing import Any, NoReturn

    USUAL = 2.0
    """The seconds that one call may take when it is graded, unless its exercise says otherwise."""

    TIMES = 5
    """A student's machine may be so many times as slow as the one that grades."""

    AGAIN = 1.0
    """Seconds after which code that went on all the same is stopped once more."""


    class TimedOut(BaseException):  # what students see; `except Exception` in a loop does not stop it
        """A call took longer than it may."""


    TimedOut.__module__ = "builtins"  # so that its name alone is printed


    @contextlib.contextmanager
    def limited(seconds: float) -> Iterator[None]:
        """Limit what is called inside the context, where this process and this thread can be interrupted.

        Args:
            seconds: the seconds that the call may take when it is graded; 0 for the usual ones.

        Returns:
            a context manager.

        Raises:
            TimedOut: it took `TIMES` as long.
        """
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return
        limit = TIMES * (seconds or USUAL)

        def stop(*_: Any) -> NoReturn:
            raise TimedOut(f"no answer within {limit:g} seconds")

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, limit, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.attempts


@functools.cache
def _grader_public_tests_attempts():
    """Call a student's function on public test cases, and judge each answer as the grader does. Bundled."""


    import copy
    import random
    import sys
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import contextmanager
    from dataclasses import dataclass
    from typing import Any

    import numpy as np

    compare = _grader_comparison_compare().compare
    compare_kind = _grader_comparison_compare().compare_kind
    by_name = _grader_comparison_judges().by_name
    judge_of = _grader_comparison_judges().judge_of
    judged = _grader_comparison_judges().judged
    PASSED = _grader_comparison_verdict().PASSED
    Outcome = _grader_comparison_verdict().Outcome
    Raises = _grader_comparison_verdict().Raises
    Tolerance = _grader_comparison_verdict().Tolerance
    Verdict = _grader_comparison_verdict().Verdict
    NOTHING = _grader_comparison_words().NOTHING
    changes_input = _grader_comparison_words().changes_input
    not_run = _grader_comparison_words().not_run
    not_written = _grader_comparison_words().not_written
    raised_where = _grader_comparison_words().raised_where
    returned_where = _grader_comparison_words().returned_where
    timed_out = _grader_comparison_words().timed_out
    real_objects = _grader_plain_real_objects().real_objects
    PublicCase = _grader_public_tests_case_file().PublicCase
    PublicExercise = _grader_public_tests_case_file().PublicExercise
    drive = _grader_public_tests_driving().drive
    TimedOut = _grader_public_tests_patience().TimedOut
    limited = _grader_public_tests_patience().limited

    EXACT = Tolerance(rtol=0.0, atol=0.0, floor=0.0)


    @dataclass(frozen=True)
    class Attempt:
        """A test case, the outcome, and what the function returned or raised."""

        case: PublicCase
        outcome: Outcome
        value: Any = None
        error: Exception | TimedOut | None = None

        @property
        def passed(self) -> bool:
            """True if the case passed."""
            return self.outcome.verdict is Verdict.PASSED


    def attempts(exercise: PublicExercise, function: Any, cases: Sequence[PublicCase]) -> Iterator[Attempt]:
        """Yield the attempts of a student's function at test cases; after one that times out no other is run.

        Args:
            exercise: the exercise.
            function: the student's function, class or value.
            cases: the cases.

        Returns:
            an iterator of attempts; whatever the function raises is one of them.
        """
        called = _callable(exercise, function)
        late: PublicCase | None = None
        for case in cases:
            if late:
                yield Attempt(case, Outcome(Verdict.DID_NOT_RUN, not_run(f"{late.id} timed out")))
                continue
            with _seeded(case.seed):
                attempt = _attempt(exercise, case, called)
            yield attempt
            late = case if isinstance(attempt.error, TimedOut) else None


    def _callable(exercise: PublicExercise, function: Any) -> Callable[..., Any]:
        """Return what a test case calls: the student's function, or the driver that uses it."""
        if not exercise.driver:
            called: Callable[..., Any] = function
            return called
        namespace = {**notebook_names(), exercise.name.partition(".")[0]: function}
        driver = _driver(exercise.driver)

        return lambda *args: drive(driver, namespace, args)


    def notebook_names() -> dict[str, Any]:
        """Return the names of the notebook, or of the program that runs."""
        return vars(sys.modules["__main__"])


    def _driver(source: str) -> Callable[..., Any]:
        namespace: dict[str, Any] = {}
        exec(compile(source, "<driver>", "exec", dont_inherit=True), namespace)  # noqa: S102  # the instructor's
        driver: Callable[..., Any] = namespace["drive"]
        return driver


    def _attempt(exercise: PublicExercise, case: PublicCase, function: Callable[..., Any]) -> Attempt:
        classes = {**notebook_names(), **getattr(function, "__globals__", {})}
        args = real_objects(copy.deepcopy(case.args), classes)
        try:
            with limited(exercise.seconds):
                value = function(*args)
        except TimedOut as error:
            return Attempt(case, Outcome(Verdict.DID_NOT_RUN, timed_out(str(error))), error=error)
        except NotImplementedError as error:
            return Attempt(case, Outcome(Verdict.NOT_ATTEMPTED, not_written(exercise.name)), error=error)
        except Exception as error:  # noqa: BLE001  # a student may raise anything
            return Attempt(case, _raised(case, error), error=error)
        outcome = _returned(exercise, case, value)
        if outcome.verdict is Verdict.PASSED and exercise.pure:
            outcome = _unchanged(exercise, case, args)
        return Attempt(case, outcome, value)


    def _raised(case: PublicCase, error: Exception) -> Outcome:
        text = said(error)
        if not isinstance(case.expected, Raises):
            return Outcome(Verdict.DID_NOT_RUN, text)
        exception = case.expected.exception
        if any(kind.__name__ == exception for kind in type(error).__mro__):
            return PASSED
        return Outcome(Verdict.DID_NOT_RUN, raised_where(exception, text))


    def said(error: BaseException) -> str:
        """Return an exception as text, as the last line of a traceback has it."""
        text = str(error).strip()
        return f"{type(error).__name__}: {text}" if text else type(error).__name__


    def _returned(exercise: PublicExercise, case: PublicCase, value: Any) -> Outcome:
        if isinstance(case.expected, Raises):
            return Outcome(Verdict.WRONG_VALUE, returned_where(case.expected.exception))
        if value is None and case.expected is not None:
            return Outcome(Verdict.WRONG_TYPE, NOTHING)
        if case.kind_only:
            return compare_kind(case.expected, value, exercise.results)
        if exercise.judge:
            arguments = by_name(exercise.parameters, case.args)
            return judged(judge_of(exercise.judge), arguments, case.expected, value, exercise.results)
        return compare(case.expected, value, exercise.results, exercise.tolerance)


    def _unchanged(exercise: PublicExercise, case: PublicCase, args: Sequence[Any]) -> Outcome:
        """Return the outcome of a right answer: it may not have changed what it was called with."""
        both = zip(exercise.parameters, case.args, args, strict=False)
        changed = [name for name, before, after in both if compare(before, after, tolerance=EXACT) is not PASSED]
        if not changed:
            return PASSED
        return Outcome(Verdict.CHANGED_INPUT, changes_input(f"changes the caller's {' and '.join(changed)}"))


    @contextmanager
    def _seeded(seed: int) -> Iterator[None]:
        """Seed the global generators as the grader does, and restore their states afterwards."""
        before = random.getstate(), np.random.get_state()  # noqa: NPY002
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        try:
            yield
        finally:
            random.setstate(before[0])
            np.random.set_state(before[1])  # noqa: NPY002

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.called


@functools.cache
def _grader_public_tests_called():
    """Find the graded items that a student's function calls or reads. Bundled for students."""


    from collections.abc import Collection, Iterator, Mapping
    from types import CodeType, FunctionType
    from typing import Any


    def needed(function: Any, names: Collection[str]) -> list[str]:
        """Return the graded items that a function calls or reads, also by way of others; the deepest first.

        Args:
            function: the student's function, or class.
            names: the names of the graded items.

        Returns:
            names of items that its notebook defines, without the function itself.
        """
        found: dict[str, None] = {}
        seen: set[int] = {id(function)}

        def visit(value: Any) -> None:
            for code, namespace in _codes(value):
                for name in _names_in(code):
                    other = namespace.get(name)
                    if name not in namespace or other is function:
                        continue
                    if id(other) not in seen and isinstance(other, FunctionType | type):
                        seen.add(id(other))
                        visit(other)
                    if name in names:
                        found[name] = None

        visit(function)
        return [*found]


    def _codes(value: Any) -> Iterator[tuple[CodeType, Mapping[str, Any]]]:
        """Yield the code of a function, or of the methods of a class, with the names that it sees."""
        functions = vars(value).values() if isinstance(value, type) else (value,)
        for one in functions:
            plain = getattr(one, "__func__", one)
            if isinstance(plain, FunctionType):
                yield plain.__code__, plain.__globals__


    def _names_in(code: CodeType) -> Iterator[str]:
        """Yield the names that code reads, in order, those of functions inside it too."""
        yield from code.co_names
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                yield from _names_in(constant)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.card


@functools.cache
def _grader_public_tests_card():
    """Show the result of the public tests of one function: a card in a notebook, text elsewhere. Bundled."""


    import html
    import sys
    from collections.abc import Iterator, Sequence
    from dataclasses import dataclass
    from typing import Any

    import numpy as np

    Wording = _grader_comparison_words().Wording

    TONES = {"bad": "#e0566c", "open": "#b07d10"}
    """The colour of the edge of a card; each is seen on white and on black."""

    FEW = 60
    """Entries up to which an array is shown whole."""


    @dataclass(frozen=True)
    class Pair:
        """The wrong part of an answer beside the expected one."""

        path: str
        yours: str
        expected: str


    @dataclass(frozen=True, repr=False)
    class Card:
        """What a student reads when public tests of a function fail.

        `first` names what to mend before; `cases` has the id and wording of each case, `driver` the source of
        what calls the function, empty if it is simply called.
        """

        name: str
        shown: Wording
        cases: Sequence[tuple[str, Wording]]
        case: str
        message: str
        first: str = ""
        hint: str = ""
        pair: Pair | None = None
        example: str = ""
        driver: str = ""

        @property
        def title(self) -> str:
            """The verdict, and how many cases passed, if they are numbered."""
            if not self.cases:
                return f"{self.name}: {self.shown.words}."
            passed = sum(found.tone == "good" for _, found in self.cases)
            noun = "test" if len(self.cases) == 1 else "tests"
            return f"{self.name}: {self.shown.words}; {passed} of {len(self.cases)} public {noun} passed."

        @property
        def gist(self) -> str:
            """The verdict, and what to mend or what is wrong in the first case that fails."""
            return f"{self.title} {self.first or self.fault}"

        @property
        def fault(self) -> str:
            """What is wrong in the first case that fails."""
            return f"{self.case}: {self.message}" if self.cases else self.message

        def __repr__(self) -> str:
            return "\n".join(
                [f"{self.shown.sign} {self.title}", *(f"  {line}" for text in self._texts() for line in text)]
            )

        def _texts(self) -> Iterator[list[str]]:
            """Yield the parts of the card as lines of text."""
            if self.first:
                yield [self.first]
            yield self.fault.split("\n")
            if self.hint:
                yield [f"Hint: {self.hint}"]
            if self.pair:
                yield [f"{self.pair.path}, yours:", *_indented(self.pair.yours)]
                yield [f"{self.pair.path}, expected:", *_indented(self.pair.expected)]
            if self.example:
                yield ["Smallest example:", *_indented(self.example)]
            if self.driver:
                yield ["How it is called:", *_indented(self.driver)]
            if len(self.cases) > 1:
                yield [f"{found.sign} {case}  {found.words}" for case, found in self.cases]

        def _repr_html_(self) -> str:
            edge = f"border-left: 4px solid {TONES[self.shown.tone]}; padding: 0 0 0 1em; max-width: 60em"
            label = html.escape(f"Public tests of {self.name}")
            return f'<div role="group" aria-label="{label}" style="{edge}">{"".join(self._elements())}</div>'

        def _elements(self) -> Iterator[str]:
            """Yield the parts of the card as HTML; all text is escaped."""
            yield _paragraph(f"{self.shown.sign} <strong>{_text(self.title)}</strong>")
            if self.first:
                yield _paragraph(f"<strong>{_text(self.first)}</strong>")
            yield _paragraph(_text(self.fault))
            if self.hint:
                yield _paragraph(f"<strong>Hint:</strong> {_text(self.hint)}")
            if self.pair:
                both = (("yours", self.pair.yours), ("expected", self.pair.expected))
                columns = (
                    f"<div>{_paragraph(f'{_text(self.pair.path)}, {label}:')}{_code(text)}</div>"
                    for label, text in both
                )
                yield f'<div style="display: flex; flex-wrap: wrap; gap: 0 2em">{"".join(columns)}</div>'
            if self.example:
                yield f"{_paragraph('<strong>Smallest example:</strong>')}{_code(self.example)}"
            if self.driver:
                yield f"<details><summary>How it is called</summary>{_code(self.driver)}</details>"
            if len(self.cases) > 1:
                items = (
                    f"<li>{found.sign} {_text(case)}: {_text(found.words)}</li>" for case, found in self.cases
                )
                yield f'<ul style="list-style: none; padding: 0; margin: 0">{"".join(items)}</ul>'


    def pair_of(path: str, yours: Any, expected: Any) -> Pair | None:
        """Return an array and the expected one as text; None if a message says as much.

        Args:
            path: the part of the answer.
            yours: the array.
            expected: the expected one.

        Returns:
            the texts.
        """
        arrays = isinstance(yours, np.ndarray) and isinstance(expected, np.ndarray)
        if not arrays or max(yours.size, expected.size) < 2 or max(yours.ndim, expected.ndim) > 2:
            return None
        return Pair(path, _array(yours), _array(expected))


    def _array(array: Any) -> str:
        return np.array2string(array, precision=6, threshold=FEW, edgeitems=3, max_line_width=72)


    def _indented(text: str) -> list[str]:
        return [f"  {line}" for line in text.split("\n")]


    def _text(text: str) -> str:
        """Return a text as HTML, with what stands between backticks as code."""
        parts = html.escape(text).split("`")
        if len(parts) % 2 == 0:
            return "`".join(parts)
        return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


    def _paragraph(inner: str) -> str:
        return f'<p style="margin: .3em 0">{inner}</p>'


    CODE = "font-family: monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .5em"


    def _code(text: str) -> str:
        """Return lines as HTML, which are broken where there is no room for them: nothing has to scroll."""
        return f'<pre style="{CODE}; color: inherit; background: none">{html.escape(text)}</pre>'


    def show(card: Card) -> None:
        """Display a card in IPython, and print its text elsewhere."""
        ipython = sys.modules.get("IPython")
        if ipython is not None and ipython.get_ipython() is not None:
            ipython.display.display(card)
        else:
            print(card)  # noqa: T201  # output in the notebook

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.editions


@functools.cache
def _grader_models_editions():
    """Earlier editions of an exercise: how a notebook shows that it is of one, and their conventions."""


    import re
    from collections.abc import Callable, Iterable
    from dataclasses import dataclass
    from typing import Any


    @dataclass(frozen=True, slots=True, eq=False)
    class Marks:
        """What shows that a notebook is of an earlier edition; see `testcase.Edition`."""

        marked_by: re.Pattern[str]
        ruled_out_by: re.Pattern[str]

        def may_hold_in(self, text: str) -> bool:
            """Return whether a notebook with this text may be of the edition."""
            return self.marked_by.search(text) is not None or self.ruled_out_by.search(text) is None

        def hold_in(self, text: str) -> bool:
            """Return whether a notebook with this text is certainly of the edition."""
            return self.marked_by.search(text) is not None and self.ruled_out_by.search(text) is None


    @dataclass(frozen=True, slots=True, eq=False)
    class Convention(Marks):
        """What functions of an earlier edition return instead of the expected answers; see `testcase.Edition`."""

        expects: Callable[[Any], Any]


    def held_in(text: str, conventions: Iterable[Convention]) -> tuple[int, ...]:
        """Return the indices of the conventions that may apply to a notebook.

        Args:
            text: the code of the notebook.
            conventions: the conventions of the exercise.

        Returns:
            indices, in order.
        """
        return tuple(i for i, convention in enumerate(conventions) if convention.may_hold_in(text))

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.values


@functools.cache
def _grader_models_values():
    """Values that calls take and return, and the leaves inside them."""


    import dataclasses
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date, timedelta
    from typing import Any

    import numpy as np

    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named

    Value = Any
    """The type of arguments and answers: None, numbers, text, arrays, sets, tables; containers of them."""

    Place = tuple[Hashable, ...]
    """The path to a leaf inside a value: keys, indices, attributes and labels of columns."""

    Leaves = Mapping[Place, Value]

    NUMERIC = "biufc"
    """The kinds of the dtypes of numbers."""


    def leaves(value: Value, path: Place = ()) -> dict[Place, Value]:
        """Return the numbers, arrays, texts and sets inside a value, by their paths.

        Of a frame or series these are the arrays of its columns.

        Args:
            value: the value.
            path: the path of the value itself.

        Returns:
            path -> leaf, in order.
        """
        if isinstance(value, Mapping):
            items: Any = value.items()
        elif isinstance(value, list | tuple):
            items = enumerate(value)
        elif isinstance(value, _WHOLES) or (isinstance(value, np.ndarray) and value.dtype.kind == "O"):
            items = _parts(value)
        else:
            return {path: value}
        return {at: leaf for key, item in items for at, leaf in leaves(item, (*path, key)).items()}


    def finite(value: Value) -> bool:
        """Return whether all numbers in an answer are finite."""
        found = [leaf for leaf in leaves(value).values() if isinstance(leaf, np.ndarray | float)]
        numbers = [array for array in map(np.asarray, found) if array.dtype.kind in NUMERIC]
        return all(np.isfinite(array).all() for array in numbers)


    def rebuilt(value: Value, small: Callable[[Place, Value], Value], path: Place = ()) -> Value:
        """Return a value of the same structure with other leaves.

        Args:
            value: the value.
            small: returns the new leaf for a path and a leaf.
            path: the path of the value itself.

        Returns:
            the new value.
        """
        if isinstance(value, Mapping):
            return {key: rebuilt(item, small, (*path, key)) for key, item in value.items()}
        if isinstance(value, list | tuple):
            items = [rebuilt(item, small, (*path, i)) for i, item in enumerate(value)]
            if isinstance(value, Named):
                return Named(value._name, value._fields, items)
            return items if isinstance(value, list) else tuple(items)
        if isinstance(value, _WHOLES) or (isinstance(value, np.ndarray) and value.dtype.kind == "O"):
            return _with_parts(value, [rebuilt(part, small, (*path, key)) for key, part in _parts(value)])
        return small(path, value)


    def without_values(value: Value) -> Value:
        """Return a value of the same types, structure, shapes and dtypes, with zeros and empty texts in it."""

        def emptied(_place: Place, leaf: Value) -> Value:
            if isinstance(leaf, np.ndarray):
                return np.zeros_like(leaf)
            if isinstance(leaf, Column):
                return dataclasses.replace(leaf, values=np.zeros_like(leaf.values))
            if isinstance(leaf, date | timedelta):
                return type(leaf).min
            return leaf if leaf is None else type(leaf)()

        return rebuilt(value, emptied)


    # ---------------------------------------------------------------- objects and tables

    _WHOLES = (Instance, Frame, Series, Labels)
    """The objects that have leaves."""


    def _parts(value: Value) -> Iterable[tuple[Hashable, Value]]:
        """Return the parts of an object, a table or an array of objects, by the keys that lead to them."""
        if isinstance(value, Instance):
            return value.attributes.items()
        if isinstance(value, np.ndarray):
            return ((index if value.ndim > 1 else index[0], value[index]) for index in np.ndindex(value.shape))
        if isinstance(value, Frame):
            return zip(value.columns.listed(), map(_array_in, value.values), strict=True)
        return enumerate(map(_array_in, value.levels if isinstance(value, Labels) else (value.values,)))


    def _array_in(column: Column) -> Value:
        """Return the array of a column; the column itself if the array has not all of it."""
        return column.values if column.missing is None and column.categories is None else column


    def _with_parts(value: Value, parts: Sequence[Value]) -> Value:
        """Return a value of the same kind with other parts; a table has the rows of its columns."""
        if isinstance(value, Instance):
            return Instance(value.kind, value.name, dict(zip(value.attributes, parts, strict=True)))
        if isinstance(value, np.ndarray):
            return _array_of(value.shape, parts)
        old = value.levels if isinstance(value, Labels) else value.values
        columns = [_holding(*pair) for pair in zip(old if isinstance(old, tuple) else (old,), parts, strict=True)]
        if isinstance(value, Labels):
            return Labels(value.names, tuple(columns))
        rows = len(columns[0]) if columns and isinstance(columns[0].values, np.ndarray) else len(value)
        index = value.index if rows == len(value) else _resized(value.index, rows)
        if isinstance(value, Series):
            return Series(value.name, index, columns[0])
        return Frame(index, value.columns, tuple(columns))


    def _holding(column: Column, values: Value) -> Column:
        """Return a column with other values, and the dtype that those have if they are of another kind."""
        if isinstance(values, Column) or not isinstance(values, np.ndarray):
            return values if isinstance(values, Column) else dataclasses.replace(column, values=values)
        same = values.dtype.kind == column.values.dtype.kind and column.dtype != str(column.values.dtype)
        return dataclasses.replace(column, values=values, dtype=column.dtype if same else str(values.dtype))


    def _resized(index: Labels, rows: int) -> Labels:
        """Return labels of another number of rows: the first ones, or numbers where there are not as many."""
        if rows < len(index):
            return Labels(index.names, tuple(level.taken(np.arange(rows)) for level in index.levels))
        return Labels((None,), (Column("int64", np.arange(rows)),))


    def _array_of(shape: tuple[int, ...], items: Sequence[Value]) -> Value:
        array = np.empty(len(items), object)
        for i, item in enumerate(items):  # NumPy would look into the items
            array[i] = item
        return array.reshape(shape)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.execution


@functools.cache
def _grader_models_execution():
    """Programs, calls and runs: the input and the output of the sandbox."""


    from collections.abc import Mapping
    from dataclasses import dataclass, field
    from enum import Enum

    Value = _grader_models_values().Value

    TRANSIENT = frozenset({"MemoryError", "RecursionError", "ModuleNotFoundError", "ImportError"})
    """Exceptions that the same call may not raise again, given more memory or another package."""


    class Status(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
        """How a call ended. The judgement of that is a `Verdict`."""

        __str__ = str.__str__

        RETURNED = "returned"
        RAISED = "raised"
        TIMED_OUT = "timed_out"
        CRASHED = "crashed"
        MISSING = "missing"
        SYNTAX_ERROR = "syntax_error"
        NOT_RUN = "not_run"


    @dataclass(frozen=True, slots=True)
    class Statement:
        """One top-level statement of a notebook: its text and position.

        Cells and lines are counted from 1; `column` orders the statements of one line.
        """

        cell: int
        line: int
        source: str
        column: int = 0

        @property
        def place(self) -> tuple[int, int, int]:
            """The position, by which statements are sorted."""
            return self.cell, self.line, self.column

        def has_line(self, cell: int | None, line: int | None) -> bool:
            """Return whether a line of a cell belongs to this statement.

            Args:
                cell: the number of the cell.
                line: the line in the cell.

            Returns:
                True if it does.
            """
            return cell == self.cell and 0 <= (line or 0) - self.line <= self.source.count("\n")


    @dataclass(frozen=True, slots=True)
    class StandIns:
        """What is supplied to a program: `statements` run in their own namespace, which exports `names`.

        `names` maps each graded item to its name in the program. One with a dot is a method, which replaces that
        of the program's own class. Items may be values of one variable: the statements `KEEP` each where it has
        it, and the program sets the variable again by a statement `LEND`.
        """

        statements: tuple[Statement, ...]
        names: Mapping[str, str]


    @dataclass(frozen=True, slots=True)
    class Driver:
        """An instructor's function that calls a submission in its place and returns plain data.

        Its `statements` run in their own namespace and define a function `drive(student, ...)`. `text` is that
        function as students read it, empty if there is nothing to read. `mentions` names the graded items in it,
        `reads` all names of the notebook.
        """

        statements: tuple[Statement, ...]
        text: str = ""
        mentions: tuple[str, ...] = ()
        reads: tuple[str, ...] = ()


    @dataclass(frozen=True, slots=True)
    class Program:
        """The statements of a notebook to run, in order, and the modules that the assignment provides.

        `drivers` has the driver of each exercise that is not simply called. `imports` names the installed modules
        that the assignment imports, which may be imported ahead; `data` maps the files of the current folder to
        their bytes.
        """

        statements: tuple[Statement, ...]
        modules: Mapping[str, str] = field(default_factory=dict)
        stand_ins: StandIns | None = None
        drivers: Mapping[str, Driver] = field(default_factory=dict)
        imports: frozenset[str] = frozenset()
        data: Mapping[str, bytes] = field(default_factory=dict)


    @dataclass(frozen=True, slots=True, eq=False)
    class Call:
        """One call of a function with positional arguments. `seed` seeds `random` and `np.random` before it.

        The arguments are those of the exercise's driver, if it has one. A `public` call's answer is disclosed. No
        process receives public and hidden calls at the same time. `seconds` is its time limit; None is the
        sandbox's. An `observed` call is answered by what happens in it (`grader.sandbox.observing`).
        """

        function: str
        args: tuple[Value, ...]
        seed: int = 0
        public: bool = True
        seconds: float | None = None
        observed: bool = False


    @dataclass(frozen=True, slots=True)
    class Failure:
        """An exception: its type, its text, and the (cell, line) places of its traceback, outermost first.

        `bases` names the classes that its type is derived from.
        """

        exception: str
        text: str
        places: tuple[tuple[int, int], ...] = ()
        bases: tuple[str, ...] = ()

        def is_a(self, exception: str) -> bool:
            """Return whether an `except` clause for an exception of that name would catch this one."""
            return exception == self.exception or exception in self.bases

        def __str__(self) -> str:
            return f"{self.exception}: {self.text}" if self.text else self.exception


    @dataclass(frozen=True, slots=True, eq=False)
    class Run:
        """The result of one call. `changed` lists the positions of the arguments that it modified.

        A `shared` answer is small, and one object in all runs with equal answers.
        """

        status: Status
        value: Value = None
        failure: Failure | None = None
        changed: tuple[int, ...] = ()
        seconds: float = 0.0
        shared: bool = False

        @property
        def lasting(self) -> bool:
            """True if the same call would end the same way again; time and memory may vary."""
            ended = self.status in (Status.RETURNED, Status.RAISED, Status.MISSING)
            return ended and (self.failure is None or self.failure.exception not in TRANSIENT)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.submission


@functools.cache
def _grader_models_submission():
    """Submissions: cells, the graded functions found in them, and their students."""


    from collections.abc import Mapping
    from dataclasses import dataclass, field
    from enum import Enum

    Statement = _grader_models_execution().Statement


    @dataclass(frozen=True, slots=True)
    class Cell:
        """One cell: its number from 1, source and nbgrader id; `kind` is empty for code without text."""

        number: int
        source: str
        grade_id: str | None = None
        locked: bool = False
        kind: str = "code"


    class State(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
        """What extraction found of a graded function."""

        __str__ = str.__str__

        WRITTEN = "written"
        BLANK = "blank"
        MISSING = "missing"
        SYNTAX_ERROR = "syntax_error"


    @dataclass(frozen=True, slots=True)
    class Found:
        """One graded function in a notebook: the cell and line on which it begins, and its source.

        `problem` says why it cannot be run, and `problem_line` where in its cell.
        """

        state: State
        cell: int | None = None
        line: int | None = None
        source: str = ""
        problem: str = ""
        problem_line: int | None = None


    @dataclass(frozen=True, slots=True)
    class Part:
        """The statements of a notebook that one graded item needs, without other graded items.

        `uses` names the graded items that it calls or reads. `unbound` maps each name that no statement binds to
        the left-out cells that do; `hidden` maps names to the cell that would bind them but does not parse.
        `settled` maps the graded variables that it reads to the place of the statement that completes each.
        """

        statements: tuple[Statement, ...]
        uses: frozenset[str] = frozenset()
        unbound: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
        hidden: Mapping[str, int] = field(default_factory=dict)
        settled: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


    @dataclass(frozen=True, slots=True)
    class Submission:
        """A notebook as an assignment sees it: the state of each graded function, and its part.

        `parts` has the written functions, `repaired` those that one syntax error prevents, `text` is all code.
        """

        functions: Mapping[str, Found]
        parts: Mapping[str, Part]
        repaired: Mapping[str, Repair]
        notes: tuple[str, ...]
        text: str = ""

        def statement_at(self, place: tuple[int, int]) -> Statement | None:
            """Return the statement at a place, or None if no part has one there, whatever student code claims."""
            statements = (statement for part in self.parts.values() for statement in part.statements)
            return next((statement for statement in statements if statement.has_line(*place)), None)


    @dataclass(frozen=True, slots=True)
    class Repair:
        """The parts of a notebook with one syntax error repaired, and the advice on how to repair it."""

        parts: Mapping[str, Part]
        advice: str


    @dataclass(frozen=True, slots=True)
    class Student:
        """A student, as a roster or the name of a downloaded file identifies them.

        `keys` has the ids of other systems: `canvas`, `sis`, `login`, `moodle`.
        """

        id: str
        name: str = ""
        email: str = ""
        section: str = ""
        keys: Mapping[str, str] = field(default_factory=dict)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.assignment


@functools.cache
def _grader_models_assignment():
    """Assignments with their exercises and test cases."""


    from collections.abc import Callable, Iterable, Mapping, Sequence
    from dataclasses import dataclass, field, replace
    from typing import Literal

    Judge = _grader_comparison_judges().Judge
    Raises = _grader_comparison_verdict().Raises
    Tolerance = _grader_comparison_verdict().Tolerance
    Convention = _grader_models_editions().Convention
    Marks = _grader_models_editions().Marks
    Call = _grader_models_execution().Call
    Driver = _grader_models_execution().Driver
    Program = _grader_models_execution().Program
    Run = _grader_models_execution().Run
    StandIns = _grader_models_execution().StandIns
    Statement = _grader_models_execution().Statement
    Submission = _grader_models_submission().Submission
    Value = _grader_models_values().Value

    Kind = Literal["function", "class", "method", "variable", "question"]
    """What a graded item is; a person marks a question."""

    KIND = "kind"
    """The id of the public case of a variable whose value is secret: it has its type and shape."""


    @dataclass(frozen=True, slots=True, eq=False)
    class Case:
        """One test case: a call, the reference's answer, and whether students may see both.

        `expected` is `Raises` if the call has to raise an exception. `part` names the part of the exercise that
        the case belongs to. Of a case that is `kind_only` the values do not matter: `expected` has none.
        """

        id: str
        public: bool
        call: Call
        expected: Value
        part: str = ""
        kind_only: bool = False


    @dataclass(frozen=True, slots=True)
    class Points:
        """The points of one part of an exercise: all of them if its cases pass, or none."""

        part: str
        points: float


    @dataclass(frozen=True, slots=True, eq=False)
    class Exercise:
        """One graded item: a function, class, method, variable or question, and its test cases.

        `parameters` are those of its calls, and `results` the names of what a call returns. `uses` names the
        graded functions that its reference calls. `editions` are the conventions of earlier notebooks. `judge`
        says what is right, if that is not equality. `driver` is the function that calls it, as students read it,
        empty if it is called by its name. A `bonus` is not part of the total. `seconds` is the time limit of a
        call; None is the usual one.
        """

        name: str
        points: float
        parameters: tuple[str, ...]
        results: tuple[str, ...]
        uses: tuple[str, ...]
        tolerance: Tolerance
        pure: bool
        editions: tuple[Convention, ...]
        cases: tuple[Case, ...]
        kind: Kind = "function"
        driver: str = ""
        judge: Judge | None = None
        parts: tuple[Points, ...] = ()
        bonus: bool = False
        forbid: tuple[str, ...] = ()
        seconds: float | None = None

        @property
        def first_part(self) -> str:
            """The part that published cases belong to; empty if the exercise has no parts."""
            return self.parts[0].part if self.parts else ""

        def earned(self, passed: Iterable[tuple[str, bool]]) -> float:
            """Return the points of a submission's answers.

            Args:
                passed: for each case, its part and whether it passed.

            Returns:
                the points of the exercise, or of the parts in which all cases passed.
            """
            seen = list(passed)
            if not self.parts:
                return self.points if seen and all(right for _, right in seen) else 0
            asked, lost = {part for part, _ in seen}, {part for part, right in seen if not right}
            return sum(one.points for one in self.parts if one.part in asked - lost)

        def asked_in(self, edition: int | None, cases: Iterable[Case]) -> tuple[Case, ...]:
            """Return cases with the answers that an edition expects.

            Args:
                edition: the index of the edition; None for the current one.
                cases: cases of the exercise.

            Returns:
                the same calls with the edition's expected answers.
            """
            if edition is None:
                return tuple(cases)
            expects = self.editions[edition].expects
            return tuple(
                case if isinstance(case.expected, Raises) else replace(case, expected=expects(case.expected))
                for case in cases
            )


    @dataclass(frozen=True, slots=True, eq=False)
    class Mistake:
        """A known wrong version of a graded function: the text about it, and its answers to the public cases.

        `says` is empty if there is nothing helpful to say. `by_hand` is True if an instructor wrote it; that text
        takes precedence over a mutation operator's. `structure` and `numbers` are the answers, as
        `known_mistakes.signature` gives them.
        """

        function: str
        says: str
        by_hand: bool
        structure: str
        numbers: Value


    PUBLIC_TESTS = "public_tests"
    """The module of the public tests. A star import of an earlier edition's binds `np` too."""


    @dataclass(frozen=True, slots=True)
    class Wanted:
        """What to look for in a notebook: graded functions, the nbgrader ids of all items, and what it may use.

        `modules` maps the name of each provided module, in every edition, to its source. `drivers` has the driver
        of each graded item that is not called by its name, and `variables` are the items that are values. `of`
        maps those that are what a name is after a cell of their own to the name. `data` maps the paths of the
        data files that come with the notebook to their bytes; `imports` are the installed modules that the
        assignment imports.
        """

        functions: tuple[str, ...]
        grade_ids: Mapping[str, str]
        modules: Mapping[str, str]
        drivers: Mapping[str, Driver] = field(default_factory=dict)
        variables: tuple[str, ...] = ()
        of: Mapping[str, str] = field(default_factory=dict)
        imports: frozenset[str] = frozenset()
        data: Mapping[str, bytes] = field(default_factory=dict)

        @property
        def redefined(self) -> tuple[str, ...]:
            """The functions and classes that are graded as they are after one of the cells that define them."""
            return tuple(item for item in self.of if item not in self.variables)

        @property
        def alone(self) -> frozenset[str]:
            """The items that are never run beside others.

            What leads to a variable may take long, and what later cells define anew is not what it was.
            """
            return frozenset({*self.variables, *self.of})

        def program(self, statements: tuple[Statement, ...], stand_ins: StandIns | None = None) -> Program:
            """Return the program of some statements, with the modules and drivers of the assignment.

            Args:
                statements: the statements, in order.
                stand_ins: the functions that the reference supplies, if any.

            Returns:
                the program.
            """
            modules = {PUBLIC_TESTS: "import numpy as np\n", **self.modules}
            return Program(statements, modules, stand_ins, self.drivers, self.imports, self.data)


    @dataclass(frozen=True, slots=True, eq=False)
    class Assignment:
        """An assignment ready to grade: its exercises with their cases, and the reference that answered them.

        `sha256` is the digest of its files, `seed_sha256` that of the seed of its hidden cases. `mistakes()` is
        the known mistakes. `answered` returns the stored run of a further call; None if it has to be made.
        `lot` is a secret that selects which functions are run twice. `editions` are earlier ones with a solution
        of their own; `edition` is the name of this one, empty for the current one. `right()` has the sources of
        right versions of the functions, the reference's first; none where there is no reference. `title` is the
        first heading of its notebook.
        """

        name: str
        exercises: tuple[Exercise, ...]
        wanted: Wanted
        reference: Submission
        sha256: str
        seed_sha256: str
        mistakes: Callable[[], Iterable[Mistake]] = tuple
        answered: Callable[[Call], Run | None] | None = None
        lot: str = ""
        edition: str = ""
        right: Callable[[], Mapping[str, Sequence[str]]] = dict
        editions: tuple[EarlierEdition, ...] = ()
        title: str = ""

        @property
        def tested(self) -> tuple[Exercise, ...]:
            """The exercises that have test cases: all but questions."""
            return tuple(exercise for exercise in self.exercises if exercise.kind != "question")

        @property
        def helpers_first(self) -> tuple[str, ...]:
            """The names of the exercises, each after those that its reference needs."""
            uses = {exercise.name: exercise.uses for exercise in self.exercises}
            placed: dict[str, None] = {}

            def place(name: str, above: tuple[str, ...]) -> None:
                for helper in uses.get(name, ()):
                    if helper not in above:
                        place(helper, (*above, helper))
                if name in uses:
                    placed.setdefault(name)

            for name in uses:
                place(name, (name,))
            return tuple(placed)

        @property
        def max_points(self) -> float:
            """The sum of the points of all exercises without those of a bonus."""
            return sum(exercise.points for exercise in self.exercises if not exercise.bonus)


    @dataclass(frozen=True, slots=True, eq=False)
    class EarlierEdition:
        """An edition of an assignment with a solution of its own, and what shows that a notebook is of it."""

        marks: Marks
        assignment: Assignment

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.evidence


@functools.cache
def _grader_hints_evidence():
    """A wrong answer beside the expected one: traversal of both, and comparison of their parts."""


    import ast
    import functools
    import re
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from dataclasses import dataclass, replace
    from typing import Any

    import numpy as np

    compare = _grader_comparison_compare().compare
    PASSED = _grader_comparison_verdict().PASSED
    Outcome = _grader_comparison_verdict().Outcome
    Tolerance = _grader_comparison_verdict().Tolerance
    Verdict = _grader_comparison_verdict().Verdict
    Case = _grader_models_assignment().Case
    Instance = _grader_plain_records().Instance

    Keys = tuple[Any, ...]
    """The path from a value to a part of it, as the keys and indices in Python."""

    ORDINALS = ("first", "second", "third", "fourth", "fifth")
    NUMBERED = re.compile(r"(\D{1,20})(\d{1,4})", re.ASCII)
    """A key that ends in a layer's number."""

    FEW = 4
    """Fewer numbers than this may have a property by accident."""

    Numbers = dict[str, dict[int, str]]
    """Letters of numbered keys -> number -> the whole key."""

    NEAR = Tolerance()


    @dataclass(frozen=True, eq=False)
    class Spot:
        """A part of the expected answer and the corresponding part of the answer."""

        keys: Keys
        expected: Any
        actual: Any

        @functools.cached_property
        def right(self) -> bool:
            """True if the two parts are equal."""
            return same(self.actual, self.expected)


    @dataclass(frozen=True, slots=True, eq=False)
    class Named:
        """The names of the parameters of a call, and the text of the function that was called, if it is known."""

        parameters: tuple[str, ...] = ()
        definition: ast.FunctionDef | None = None

        def calls(self, *names: str) -> Iterator[ast.Call]:
            """Yield the calls in the function of functions or methods of some names."""
            for node in ast.walk(self.definition) if self.definition else ():
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
                ):
                    yield node


    NAMELESS = Named()


    @dataclass(frozen=True, slots=True, eq=False)
    class Evidence:
        """A wrong answer: the whole of it, its first wrong part, and the inputs of the call.

        `path` is the outcome's name of the wrong part. `way` lists the spots from the whole answer to the wrong
        part; `results` names the parts of the answer if it is a tuple. `elsewhere` has the other wrong numbers of
        the answer and of the other public cases, and the same part of those cases where it is right. A `small`
        answer has too few numbers to show a mistake by itself, and can only contradict one.
        """

        verdict: Verdict
        path: str
        way: tuple[Spot, ...]
        args: tuple[Any, ...]
        results: Sequence[str] = ()
        elsewhere: tuple[Evidence, ...] = ()
        named: Named = NAMELESS
        small: bool = False

        @property
        def whole(self) -> Spot:
            """The whole answer."""
            return self.way[0]

        @property
        def spot(self) -> Spot:
            """The first wrong part."""
            return self.way[-1]

        @property
        def examples(self) -> int | None:
            """m, the number of columns of the first matrix among the inputs; None if there is no matrix."""
            matrices = (arg for arg in self.args if isinstance(arg, np.ndarray) and arg.ndim == 2)
            return next((int(matrix.shape[1]) for matrix in matrices), None)

        def inputs(self) -> Iterator[Spot]:
            """Yield every array and number among the inputs; its keys begin with the argument's index."""
            return (spot for spot in spots(self.args, self.args) if not entries(spot.expected))

        def input_called(self, spot: Spot) -> str:
            """Return the name of an input or a part of it; "" if the parameters are not known."""
            first, *keys = spot.keys
            names = self.named.parameters
            return f"`{names[first]}{_indexed(tuple(keys))}`" if first < len(names) else ""

        def called(self, keys: Keys) -> str:
            """Return the name of a part of the answer."""
            keys_of_spot = self.spot.keys
            if self.path == self._root + _indexed(keys_of_spot):
                return self._root + _indexed(keys)
            if keys[:1] == keys_of_spot[:1]:
                return self._root + _indexed(keys[1:])
            if not keys:
                return "the result"
            if isinstance(keys[0], int) and keys[0] < len(self.results):
                return f"{self.results[keys[0]]}{_indexed(keys[1:])}"
            result = f"the {ordinal(keys[0])} result"
            return f"entry {_indexed(keys[1:])} of {result}" if keys[1:] else result

        @property
        def _root(self) -> str:
            return self.path.partition("[")[0]


    def evidence(
        outcome: Outcome, case: Case, actual: Any, results: Sequence[str] = (), named: Named = NAMELESS
    ) -> Evidence | None:
        """Return a wrong answer as `Evidence`.

        If the expected answer of the case is not what the answer was compared with, as under an earlier edition's
        convention, only the wrong part is included.

        Args:
            outcome: the outcome of the run.
            case: the test case, with the expected answer.
            actual: the answer.
            results: the names of the answer's parts, if it is a tuple.
            named: the names of the inputs, and the text of the function.

        Returns:
            the evidence, or None if the wrong part cannot be located.
        """
        every = list(spots(case.expected, actual))
        structural = outcome.verdict in {Verdict.WRONG_STRUCTURE, Verdict.WRONG_TYPE}
        for spot in every:
            here = _breaks(spot) if structural else _is_of(spot, outcome)
            if here and _may_be_called(outcome.path, spot.keys):
                way = tuple(s for s in every if s.keys == spot.keys[: len(s.keys)])
                return Evidence(outcome.verdict, outcome.path, way, case.call.args, results, named=named)
        if outcome.expected is None:
            return None
        way = (Spot((), outcome.expected, outcome.actual),)
        return Evidence(outcome.verdict, outcome.path, way, case.call.args, named=named)


    def with_others(found: Evidence, others: Iterable[tuple[Case, Any]]) -> Evidence:
        """Return the evidence with what other public cases add to it.

        Args:
            found: a wrong answer.
            others: the other public cases, with the expected answers, and what was returned.

        Returns:
            the evidence, with `elsewhere`.
        """
        own = [spot for spot in spots(found.whole.expected, found.whole.actual) if spot.keys != found.spot.keys]
        there = [(spot, found.args) for spot in own if not spot.right]
        for case, actual in others:
            every = spots(case.expected, actual)
            there += [(spot, case.call.args) for spot in every if spot.keys == found.spot.keys or not spot.right]
        return replace(
            found,
            elsewhere=tuple(
                Evidence(
                    found.verdict,
                    found.path,
                    (spot,),
                    args,
                    named=found.named,
                    small=not _is_telling(spot.expected),
                )
                for spot, args in there
                if not entries(spot.expected) and numbers(spot.expected) is not None
            ),
        )


    def ordinal(index: int) -> str:
        """Return the ordinal of an index: 0 is "first"."""
        return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"


    def numbered(mapping: Mapping[Any, Any]) -> Numbers:
        """Return the keys of a dictionary that end in a number."""
        found: Numbers = {}
        for key in mapping:
            if isinstance(key, str) and (match := NUMBERED.fullmatch(key)):
                found.setdefault(match[1], {})[int(match[2])] = key
        return found


    # ---------------------------------------------------------------- walking


    def spots(expected: Any, actual: Any, keys: Keys = ()) -> Iterator[Spot]:
        """Yield every part that the answer shares with the expected answer, the whole first.

        Args:
            expected: the expected answer, or a part of it.
            actual: the answer, or the corresponding part.
            keys: the path from the whole answer to these parts.

        Returns:
            an iterator of spots, parents before children.
        """
        yield Spot(keys, expected, actual)
        for key in entries(expected):
            if key in entries(actual):
                yield from spots(expected[key], actual[key], (*keys, key))


    def entries(value: Any) -> Collection[Any]:
        """Return the keys of a dictionary or the indices of a list or tuple; nothing for other values."""
        if isinstance(value, Mapping | Instance):
            return (value.attributes if isinstance(value, Instance) else value).keys()
        return range(len(value)) if isinstance(value, list | tuple) else ()


    def _breaks(spot: Spot) -> bool:
        """Return whether the structure of the answer differs at a spot."""
        return kind(spot.expected) != kind(spot.actual) or set(entries(spot.expected)) != set(
            entries(spot.actual)
        )


    def kind(value: Any) -> str:
        """Return the kind of a value, as far as structure is concerned."""
        if isinstance(value, Mapping):
            return "a dictionary"
        if isinstance(value, list | tuple):
            return "a sequence"
        return "numbers" if numbers(value) is not None else type(value).__name__


    def _is_of(spot: Spot, outcome: Outcome) -> bool:
        return spot.expected is outcome.expected and spot.actual is outcome.actual


    def _may_be_called(path: str, keys: Keys) -> bool:
        """Return whether a path may denote a spot; named results appear by name instead of index."""
        root = path.partition("[")[0]
        return path in {root + _indexed(keys), root + _indexed(keys[1:])}


    def _indexed(keys: Keys) -> str:
        return "".join(f"[{key!r}]" for key in keys)


    # ---------------------------------------------------------------- equality


    def numbers(value: Any) -> Any:
        """Return a real number or array of real numbers as floats; None for anything else."""
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number | np.ndarray):
            return None
        try:
            array = np.asarray(value)
            return array.astype(np.float64, copy=False) if array.dtype.kind in "iuf" else None
        except OverflowError:  # an integer beyond the range of floats
            return None


    def same(x: Any, y: Any) -> bool:
        """Return whether two values are equal within rounding; a list may equal a tuple.

        Args:
            x: a value.
            y: another value.

        Returns:
            True if they have the same structure and shapes, and equal leaves.
        """
        if entries(x) or entries(y):
            alike = kind(x) == kind(y) and set(entries(x)) == set(entries(y))
            return alike and all(same(x[key], y[key]) for key in entries(x))
        a, b = numbers(x), numbers(y)
        if a is None or b is None or not np.isfinite(b).all():
            return type(x) is type(y) and compare(x, y) is PASSED
        return a.shape == b.shape and close(a, b)


    def both(spot: Spot) -> tuple[Any, Any]:
        """Return the expected and the actual numbers of a spot, each None if it is not numeric."""
        return numbers(spot.expected), numbers(spot.actual)


    def fitting(spot: Spot) -> tuple[Any, Any]:
        """Return the expected and the actual numbers of a spot, or (None, None) if their shapes differ."""
        expected, actual = both(spot)
        if expected is None or actual is None or expected.shape != actual.shape:
            return None, None
        return expected, actual


    def close(a: Any, b: Any) -> bool:
        """Return whether two arrays are finite and equal within rounding.

        Args:
            a: an array.
            b: an array whose shape may be broadcast to that of `a`.

        Returns:
            True if all elements are.
        """
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            return False
        return bool(np.all(np.abs(a - b) <= NEAR.rtol * np.abs(b) + NEAR.atol * np.abs(b).max(initial=0)))


    def distinctive(value: Any) -> bool:
        """Return whether a value is unlikely to equal another by accident, unlike zeros, ones and quarters."""
        if entries(value):
            return any(distinctive(value[key]) for key in entries(value))
        array = numbers(value)
        if array is None or not np.isfinite(array).all():
            return False
        return bool(np.any(array * 64 % 1)) or distinct(array) >= 4


    def _is_telling(expected: Any) -> bool:
        """Return whether numbers are many and different enough to show a mistake."""
        return bool(np.size(expected) >= FEW and distinctive(expected))


    def distinct(array: Any) -> int:
        """How many different numbers an array has. `np.unique` says so too, but first imports `numpy.ma`."""
        ordered = np.sort(array, axis=None)
        before, after = ordered[:-1], ordered[1:]
        return min(ordered.size, 1) + int(np.count_nonzero((before != after) & ~np.isnan(before)))

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.activations


@functools.cache
def _grader_hints_activations():
    """Hints about activations: another activation than the expected one was used, forward or backward."""


    from collections.abc import Callable, Iterator, Mapping
    from itertools import permutations
    from typing import Any

    import numpy as np

    Evidence = _grader_hints_evidence().Evidence
    Spot = _grader_hints_evidence().Spot
    close = _grader_hints_evidence().close
    distinctive = _grader_hints_evidence().distinctive
    fitting = _grader_hints_evidence().fitting
    numbers = _grader_hints_evidence().numbers
    spots = _grader_hints_evidence().spots

    NONE = "no activation"

    FORWARD: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "ReLU": lambda z: np.maximum(z, 0),
        "tanh": np.tanh,
        NONE: lambda z: z,
    }
    SLOPES: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda z: FORWARD["sigmoid"](z) * (1 - FORWARD["sigmoid"](z)),
        "ReLU": lambda z: z > 0,
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        NONE: np.ones_like,
    }


    def on_the_way_forward(evidence: Evidence) -> str:
        """Detect that a part of the answer is another activation of a known array than the expected one."""
        arrays = _known(evidence)
        for spot, expected, actual in _wrong(evidence):
            found = {
                mixed
                for z in arrays
                if z.shape == expected.shape
                and (mixed := _mixed_up({name: g(z) for name, g in FORWARD.items()}, expected, actual))
            }
            if len(found) == 1:
                given, wanted = found.pop()
                return f"{_name(evidence, spot)} is made with {given}, where {wanted} is expected."
        return ""


    def on_the_way_back(evidence: Evidence) -> str:
        """Detect the slope of another activation in a bias gradient, the mean of dA g'(Z) over the examples."""
        arrays = [array for array in _known(evidence) if array.ndim == 2]
        for spot, expected, actual in _wrong(evidence):
            if expected.ndim != 2 or expected.shape[1] != 1:
                continue
            pairs = permutations([array for array in arrays if len(array) == len(expected)], 2)
            found = {
                mixed
                for dA, Z in pairs
                if dA.shape == Z.shape and (mixed := _mixed_up(_bias_gradients(dA, Z), expected, actual))
            }
            if len(found) == 1:
                given, wanted = found.pop()
                return f"{_name(evidence, spot)} comes back through {given}, where {wanted} is expected."
        return ""


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (on_the_way_forward, on_the_way_back)


    def _known(evidence: Evidence) -> list[Any]:
        """Return the arrays among the inputs and the expected results."""
        whole = evidence.whole.expected
        values = (numbers(spot.expected) for spot in (*evidence.inputs(), *spots(whole, whole)))
        return [array for array in values if array is not None and array.ndim]


    def _wrong(evidence: Evidence) -> Iterator[tuple[Spot, Any, Any]]:
        """Yield (spot, expected, actual) for the wrong parts of the answer that are arrays of the right shape."""
        for spot in spots(evidence.whole.expected, evidence.whole.actual):
            expected, actual = fitting(spot)
            if actual is not None and actual.ndim and distinctive(actual) and not close(actual, expected):
                yield spot, expected, actual


    def _bias_gradients(dA: Any, Z: Any) -> dict[str, Any]:  # noqa: N803
        """Return the gradient (n, 1) of a bias for each activation, from dA and Z, both (n, m)."""
        slopes = {name: slope(Z) for name, slope in SLOPES.items()}
        if not Z.all():
            slopes["a ReLU with the slope 1 at Z = 0"] = Z >= 0
        return {name: np.mean(dA * slope, axis=1, keepdims=True) for name, slope in slopes.items()}


    def _mixed_up(values: Mapping[str, Any], expected: Any, actual: Any) -> tuple[str, str] | None:
        """Return the names of the values that the answer and the expected answer equal, if one each."""
        given, wanted = (
            [name for name, value in values.items() if close(array, value)] for array in (actual, expected)
        )
        certain = len(given) == len(wanted) == 1 and wanted[0] != NONE
        return (given[0], wanted[0]) if certain else None


    def _name(evidence: Evidence, spot: Spot) -> str:
        name = "it" if spot.keys == evidence.spot.keys else evidence.called(spot.keys)
        return name[:1].upper() + name[1:] if name.startswith(("it", "the ", "entry ")) else name

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.cross_entropy


@functools.cache
def _grader_hints_cross_entropy():
    """Hints about the cross-entropy cost: which term of it is missing, wrong, or has the wrong sign."""


    import itertools
    import math
    from collections.abc import Iterator
    from typing import Any

    import numpy as np

    Evidence = _grader_hints_evidence().Evidence
    fitting = _grader_hints_evidence().fitting
    numbers = _grader_hints_evidence().numbers

    SECOND = "(1 - Y) log(1 - A)"


    def wrong_term(evidence: Evidence) -> str:
        """Detect a cost of probabilities A and labels Y, both (1, m), in which a term is wrong."""
        expected, actual = fitting(evidence.spot)
        if actual is None or expected.size != 1:
            return ""
        found = {
            text
            for A, Y in _probabilities_and_labels(evidence)
            for text, value in _costs(A, Y, float(expected.ravel()[0]))
            if math.isclose(value, float(actual.ravel()[0]), rel_tol=1e-7)
        }
        return found.pop() if len(found) == 1 else ""


    def _probabilities_and_labels(evidence: Evidence) -> Iterator[tuple[Any, Any]]:
        arrays = [array for spot in evidence.inputs() if (array := _real(spot.expected)) is not None]
        for A, Y in itertools.permutations(arrays, 2):  # noqa: N806
            if A.shape == Y.shape and A.size > 1 and ((A > 0) & (A < 1)).all() and np.isin(Y, (0, 1)).all():
                yield A, Y


    def _real(value: Any) -> Any:
        return (
            value.astype(float) if isinstance(value, np.ndarray) and value.dtype.kind == "b" else numbers(value)
        )


    def _costs(A: Any, Y: Any, expected: float) -> Iterator[tuple[str, float]]:  # noqa: N803
        """Yield wrong costs with what is wrong in each, if the expected cost is the cross-entropy."""
        ones, zeros = np.sum(Y * np.log(A)), np.sum((1 - Y) * np.log(1 - A))
        m = A.shape[-1]
        if not math.isclose(-(ones + zeros) / m, expected, rel_tol=1e-7) or not ones or not zeros:
            return
        wrong = {
            f"The term {SECOND} is missing": ones,
            "The term Y log(A) is missing": zeros,
            f"The sign of the term {SECOND} is wrong": ones - zeros,
            "log(A) stands in the second term, which is (1 - Y) log(1 - A)": ones + np.sum((1 - Y) * np.log(A)),
            "Y stands in the second term, which is (1 - Y) log(1 - A)": ones + np.sum(Y * np.log(1 - A)),
            "1 - A stands for 1 - Y in the second term, which is (1 - Y) log(1 - A)": ones
            + np.sum((1 - A) * np.log(1 - A)),
        }
        for text, value in wrong.items():
            for sign, also in ((-1, ""), (1, ", and so is the minus in front")):
                if also and not text.endswith("is missing"):
                    continue
                yield f"{text}{also}.", sign * value / m
                yield f"{text}, and the sum is not divided by m.", -value

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.elements


@functools.cache
def _grader_hints_elements():
    """Hints about elements: what the wrong numbers of an array have in common."""


    import ast
    import re
    from collections.abc import Callable
    from typing import Any

    import numpy as np

    count = _grader_comparison_kinds().count
    FEW = _grader_hints_evidence().FEW
    Evidence = _grader_hints_evidence().Evidence
    close = _grader_hints_evidence().close
    distinct = _grader_hints_evidence().distinct
    distinctive = _grader_hints_evidence().distinctive
    fitting = _grader_hints_evidence().fitting
    numbers = _grader_hints_evidence().numbers

    SEVERAL = 6
    """This many random numbers have both signs."""

    TERMS = {
        -1: "missing from the sum",
        -2: "subtracted where it should be added",
        1: "added once too often",
        2: "added where it should be subtracted",
    }


    def not_finite(evidence: Evidence) -> str:
        """Detect NaN and infinities, and name the operations that produce them."""
        expected, actual = fitting(evidence.spot)
        if actual is None or not np.isfinite(expected).all() or np.isfinite(actual).all():
            return ""
        if np.isnan(actual).any():
            return "NaN comes from 0/0, from infinity minus infinity, or from a logarithm or root below 0."
        return "An infinite number comes from a division by 0, from log(0), or from a number that is too large."


    def whole_numbers(evidence: Evidence) -> str:
        """Detect integers or booleans where fractions are expected."""
        kind = getattr(getattr(evidence.spot.actual, "dtype", None), "kind", "")
        expected = numbers(evidence.spot.expected)
        if expected is None or np.asarray(evidence.spot.expected).dtype.kind != "f":
            return ""
        if kind in {"i", "u"} and np.ndim(evidence.spot.actual):
            if np.array_equal(evidence.spot.actual, np.round(expected)):
                return rounded(evidence) or _whole_type(evidence)
            return (
                _whole_type(evidence)
                or "An array of whole numbers cuts off the fractions of what is stored in it."
            )
        return "A comparison such as `>` gives truth values, not numbers." if kind == "b" else ""


    def _whole_type(evidence: Evidence) -> str:
        """Return which call of the function makes whole numbers, if one says so."""
        for call in evidence.named.calls(
            "zeros", "ones", "full", "empty", "array", "asarray", "astype", "zeros_like"
        ):
            text = ast.unparse(call)
            if re.search(r"\b(int|int8|int16|int32|int64|uint8)\b", text):
                return f"`{text[:80]}` makes whole numbers: `float`, or no type at all, makes float64."
        return ""


    def term(evidence: Evidence) -> str:
        """Detect a difference that is a multiple of an input: a term is missing or has the wrong sign."""
        expected, actual = fitting(evidence.spot)
        if actual is None or actual.ndim == 0 or not (evidence.small or distinctive(actual - expected)):
            return ""
        found = set()
        for given in evidence.inputs():
            addend = numbers(given.expected)
            if addend is not None and addend.ndim and _broadcasts(addend, expected):
                name = evidence.input_called(given) or f"An input of shape {addend.shape}"
                found |= {
                    f"{name} is {TERMS[times]}." for times in TERMS if close(actual - expected, times * addend)
                }
        return found.pop() if len(found) == 1 or (found and evidence.small) else ""


    def all_equal(evidence: Evidence) -> str:
        """Detect an array whose elements are all equal."""
        expected, actual = fitting(evidence.spot)
        if actual is None or actual.ndim == 0 or actual.size == 0 or distinct(actual) > 1:
            return ""
        if evidence.small:
            return "All its elements are equal."
        value = float(actual.flat[0])
        if distinct(expected) >= FEW or (expected.size and not expected.any() and value == 1):
            return f"All its elements are {value:g}." if value in {0, 1} else "All its elements are equal."
        return ""


    def rounded(evidence: Evidence) -> str:
        """Detect numbers that are rounded or cut off, in all public cases alike."""
        expected, actual = fitting(evidence.spot)
        if actual is None or not distinctive(expected) or not actual.any() or not np.isfinite(actual).all():
            return ""
        pairs = [(expected, actual), *(fitting(other.spot) for other in evidence.elsewhere)]
        if any(e is None or not np.isfinite(e).all() for e, _ in pairs):
            return ""
        for decimals in range(7):
            scale = 10.0**decimals
            cut = all(np.array_equal(a, np.trunc(e * scale) / scale) for e, a in pairs)
            places = count(decimals, "decimal")
            if all(np.array_equal(a, np.round(e, decimals)) for e, a in pairs):
                return f"It has {places}; the others are lost." if cut else f"It is rounded to {places}."
            if cut:
                return f"It is cut off after {places}, not rounded."
        with np.errstate(over="ignore"):
            half = all(np.array_equal(a, e.astype(np.float16).astype(np.float64)) for e, a in pairs)
        return "It has the few digits of float16." if half else ""


    def signs(evidence: Evidence) -> str:
        """Detect numbers of the right magnitudes with wrong signs."""
        expected, actual = fitting(evidence.spot)
        enough = evidence.small or (distinctive(expected) and np.count_nonzero(expected) > 1)
        if actual is not None and enough and close(np.abs(actual), np.abs(expected)):
            return "Every number is right but for its sign, and some signs are wrong."
        return ""


    def offset(evidence: Evidence) -> str:
        """Detect that all elements, or those of each row or column, are off by one amount."""
        expected, actual = fitting(evidence.spot)
        if actual is None or not np.isfinite(actual).all() or (actual.size < FEW and not evidence.small):
            return ""
        off = actual - expected
        scale = max(np.abs(actual).max(), np.abs(expected).max())
        if np.ptp(off) <= 1e-9 * scale:
            return "Every element is off by the same amount."
        for axis, lines in ((1, "row"), (0, "column")):
            if off.ndim == 2 and min(off.shape) > 1 and np.ptp(off, axis=axis).max() <= 1e-9 * scale:
                return f"All elements of a {lines} are off by the same amount."
        return ""


    def permuted(evidence: Evidence) -> str:
        """Detect right rows or columns in another order."""
        expected, actual = fitting(evidence.spot)
        if actual is None or actual.ndim != 2 or not (evidence.small or distinctive(expected)):
            return ""
        for e, a, lines in ((expected, actual, "rows"), (expected.T, actual.T, "columns")):
            if 1 < len(e) <= 100 and close(a[::-1], e):
                return f"Its {lines} are in reverse order."
            if 1 < len(e) <= 100 and _is_permuted(e, a):
                return f"Its {lines} are right, but in another order."
        return ""


    def wrong_at_zeros(evidence: Evidence) -> str:
        """Detect that exactly the expected zeros are wrong."""
        wrong, expected = _wrong(evidence), numbers(evidence.spot.expected)
        if wrong is None or not wrong.any() or not (evidence.small or expected.any()):
            return ""
        return "It is wrong just where it should be 0." if np.array_equal(wrong, expected == 0) else ""


    def zero_where_wrong(evidence: Evidence) -> str:
        """Detect that all wrong elements, which are not all, are zero."""
        wrong, actual = _wrong(evidence), numbers(evidence.spot.actual)
        if wrong is None or not wrong.any() or (wrong.all() and not evidence.small):
            return ""
        return "" if actual[wrong].any() else "Where it is wrong, it is 0."


    def _wrong(evidence: Evidence) -> Any:
        """Return which elements are wrong; None if the shapes differ."""
        expected, actual = fitting(evidence.spot)
        if actual is None:
            return None
        return ~np.isclose(actual, expected, rtol=1e-5, atol=1e-7 * np.abs(expected).max(initial=0))


    def uniform(evidence: Evidence) -> str:
        """Detect uniform random numbers where normal ones are expected, in a function without array inputs."""
        expected, actual = fitting(evidence.spot)
        if actual is None or (actual.size < SEVERAL and not evidence.small) or (actual <= 0).any():
            return ""
        if any(np.ndim(given.expected) for given in evidence.inputs()):
            return ""
        both_signs = (expected < 0).any() and (expected > 0).any()
        if evidence.small or (both_signs and abs(expected.mean()) < expected.std()):
            return f"All its {actual.size} numbers are positive; those of `np.random.randn` have both signs."
        return ""


    def one_line_wrong(evidence: Evidence) -> str:
        """Detect that a single row or column is wrong."""
        expected, actual = fitting(evidence.spot)
        if actual is None or actual.ndim != 2:
            return ""
        wrong = ~np.isclose(actual, expected, rtol=1e-5, atol=1e-7 * np.abs(expected).max(initial=0))
        for axis, line in ((1, "row"), (0, "column")):
            lines = wrong.any(axis=axis)
            if lines.sum() == 1 and len(lines) > 2:
                return f"Only {line} {int(lines.argmax())} is wrong."
        return ""


    Detector = Callable[[Evidence], str]


    def in_all_cases(detector: Detector) -> Detector:
        """Return a detector that is silent where another public case contradicts it.

        Args:
            detector: detects what is a sign of one mistake only if it is so each time.

        Returns:
            the stricter detector.
        """

        def certain(evidence: Evidence) -> str:
            said = detector(evidence)
            wrong = (other for other in evidence.elsewhere if not other.spot.right)
            own, there = evidence.spot.keys, [other for other in wrong if said]
            same = (other for other in there if not other.small or other.spot.keys == own)
            return said if said and all(map(detector, same)) else ""

        return certain


    DETECTORS: tuple[Detector, ...] = (
        not_finite,
        whole_numbers,
        in_all_cases(term),
        in_all_cases(all_equal),
        rounded,
        *map(in_all_cases, (signs, offset, permuted, wrong_at_zeros, zero_where_wrong, uniform)),
        one_line_wrong,
    )


    def _broadcasts(addend: Any, whole: Any) -> bool:
        try:
            return bool(np.broadcast_shapes(addend.shape, whole.shape) == whole.shape)
        except ValueError:
            return False


    def _is_permuted(expected: Any, actual: Any) -> bool:
        """Return whether the rows are a permutation of the expected rows."""
        places = [[j for j, row in enumerate(expected) if close(line, row)] for line in actual]
        return all(len(found) == 1 for found in places) and len({found[0] for found in places}) == len(expected)

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.keys


@functools.cache
def _grader_hints_keys():
    """Hints about keys and lengths: missing or surplus entries of a dictionary or list."""


    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Evidence = _grader_hints_evidence().Evidence
    Numbers = _grader_hints_evidence().Numbers
    numbered = _grader_hints_evidence().numbered
    same = _grader_hints_evidence().same

    MOST = 8
    """Keys that are listed."""

    LONGEST = 20
    """Characters of a key that is listed."""


    def numbers_of_keys(evidence: Evidence) -> str:
        """Detect keys whose numbers are all one too high or too low."""
        expected, actual = evidence.spot.expected, evidence.spot.actual
        if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
            return ""
        given = numbered(actual)
        for letters, keys in numbered(expected).items():
            for step, word in ((1, "high"), (-1, "low")):
                if len(keys) > 1 and set(given.get(letters, {})) == {n + step for n in keys}:
                    here = ", ".join(f"{letters}{n}" for n in sorted(given[letters]))
                    there = ", ".join(f"{letters}{n}" for n in sorted(keys))
                    return (
                        f"The numbers of {letters} are one too {word}: it has {here}, and {there} are expected."
                    )
        return ""


    def keys_of_a_pattern(evidence: Evidence) -> str:
        """Describe what the missing or surplus keys of a dictionary have in common, or list them."""
        expected, actual = evidence.spot.expected, evidence.spot.actual
        if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
            return ""
        if not actual:
            return "The dictionary is empty."
        missing = [key for key in expected if key not in actual]
        extra = [key for key in actual if key not in expected]
        if extra and not missing and {_small(key) for key in extra} <= {_small(key) for key in expected}:
            return f"It has {_listed(extra)}, too: capital and small letters differ."
        if not missing:
            return _too_many(numbered(expected), numbered(actual))
        if not extra:
            return _missing(numbered(expected), numbered(actual)) or _all_but(missing, actual)
        if len(extra) > MOST or len(missing) > MOST:
            return ""
        there = f"It has {_listed(extra)} where {_listed(missing)} {_belong(missing)}."
        if {_small(key) for key in missing} == {_small(key) for key in extra}:
            return f"{there} Capital and small letters differ."
        if any(_stands_for_a_number(key, expected) for key in extra):
            return f"{there} The number of the layer is no part of the quoted text: add str(...)."
        return there


    def entries_missing(evidence: Evidence) -> str:
        """Detect which entry of a list is missing or surplus."""
        expected, actual = evidence.spot.expected, evidence.spot.actual
        if not isinstance(expected, list | tuple) or not isinstance(actual, list | tuple):
            return ""
        if len(actual) == 0:
            return "It is empty."
        n = len(actual)
        step = -(-n // len(expected)) if expected else 0
        if n > len(expected) and step > 1 and same(list(actual[::step]), list(expected)):
            more = f"one of {step} is expected" if len(expected) > 1 else "only the first is expected"
            return f"It has {n} entries, of which {more}: the others are too many."
        for short, long, what in ((actual, expected, "missing"), (expected, actual, "one too many")):
            if len(short) == len(long) - 1:
                for rest, which in ((long[:-1], "last"), (long[1:], "first")):
                    if same(list(short), list(rest)) and short:
                        return f"The {which} entry is {what}; the others are right."
        if n < len(expected) and same(list(actual), list(expected[-n:])):
            return f"Only the last {_count(n, 'entry', 'entries')} of {len(expected)} came back."
        return ""


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (keys_of_a_pattern, entries_missing)


    def _too_many(expected: Numbers, actual: Numbers) -> str:
        surplus = {n for letters in expected for n in actual.get(letters, {}) if n not in expected[letters]}
        usual = {n for keys in expected.values() for n in keys}
        if usual and surplus == {max(usual) + 1}:
            return f"It has an entry for a layer after the last one, which is layer {max(usual)}."
        if usual and surplus == {min(usual) - 1}:
            return f"It has an entry for a layer {min(usual) - 1}, and layers are counted from {min(usual)}."
        return "All that is asked for is there, and more."


    def _missing(expected: Numbers, actual: Numbers) -> str:
        absent = [letters for letters in expected if letters not in actual]
        if absent:
            return f"There is no {' and no '.join(absent)} at all."
        gone = {frozenset(keys) - set(actual[letters]) for letters, keys in expected.items()}
        layers = sorted(*gone) if len(gone) == 1 else []
        if layers and len(expected) > 1:
            return f"There is nothing of layer{'s' * (len(layers) > 1)} {' and '.join(map(str, layers))}."
        return ""


    def _all_but(missing: list[Any], actual: Mapping[Any, Any]) -> str:
        """List the keys that are there and those that are not."""
        if len(actual) > MOST or len(missing) > MOST:
            return ""
        return (
            f"It has only {_listed(actual)}; {_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        )


    def _stands_for_a_number(key: Any, expected: Mapping[Any, Any]) -> bool:
        """Return whether a key has a letter where the expected keys have a number, as in 'dWL'."""
        letters = key[:-1] if isinstance(key, str) else ""
        return letters in numbered(expected) and key[-1:].isalpha()


    def _listed(keys: Iterable[Any]) -> str:
        return ", ".join(sorted((str(key)[:LONGEST] for key in keys), key=str))


    def _belong(keys: list[Any]) -> str:
        return "belongs" if len(keys) == 1 else "belong"


    def _small(key: Any) -> Any:
        return key.lower() if isinstance(key, str) else key


    def _count(n: int, one: str, many: str) -> str:
        return one if n == 1 else f"{n} {many}"

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.misplaced


@functools.cache
def _grader_hints_misplaced():
    """Hints about positions: parts of an answer that are in the place of other parts."""


    from collections.abc import Callable, Mapping

    import numpy as np

    Evidence = _grader_hints_evidence().Evidence
    Keys = _grader_hints_evidence().Keys
    Spot = _grader_hints_evidence().Spot
    distinctive = _grader_hints_evidence().distinctive
    numbered = _grader_hints_evidence().numbered
    ordinal = _grader_hints_evidence().ordinal
    same = _grader_hints_evidence().same
    spots = _grader_hints_evidence().spots


    def in_another_order(evidence: Evidence) -> str:
        """Detect right entries of a list or tuple in another order."""
        for spot in evidence.way:
            permutation = _permutation(spot)
            if permutation is None:
                continue
            moved = [i for i, j in enumerate(permutation) if i != j]
            if len(moved) == 2:
                first, second = (_entry(evidence, spot, i) for i in moved)
                return f"{first} and {second} are in each other's place."
            if permutation == sorted(permutation, reverse=True):
                return f"The entries of {evidence.called(spot.keys)} are right, but in reverse order."
            return "The parts are right, but in another order."
        return ""


    def off_by_one_place(evidence: Evidence) -> str:
        """Detect a list whose entries are shifted by one, or are all the last one."""
        for spot in evidence.way:
            if not isinstance(spot.expected, list) or len(spot.expected) < 3 or not _alike(spot):
                continue
            name, expected, actual = evidence.called(spot.keys), spot.expected, list(spot.actual)
            if all(same(entry, expected[-1]) for entry in actual):
                return f"Every entry of {name} is the last one."
            if same(actual[:-1], expected[1:]):
                return f"Every entry of {name} is what belongs one place later."
            if same(actual[1:], expected[:-1]):
                return f"Every entry of {name} is what belongs one place earlier."
        return ""


    def off_by_one_layer(evidence: Evidence) -> str:
        """Detect numbered entries that are shifted by one layer."""
        whole = evidence.spot if isinstance(evidence.spot.expected, Mapping) else evidence.way[-2:][0]
        if not isinstance(whole.expected, Mapping) or not isinstance(whole.actual, Mapping):
            return ""
        for letters, keys in numbered(whole.expected).items():
            for step, word in ((1, "after"), (-1, "before")):
                pairs = [(key, keys[n + step]) for n, key in keys.items() if n + step in keys]
                moved = pairs and all(same(whole.actual.get(key), whole.expected[other]) for key, other in pairs)
                if not moved or not any(distinctive(whole.expected[other]) for _, other in pairs):
                    continue
                if len(pairs) > 1:
                    return f"What stands as {letters} of each layer belongs to the layer {word} it."
                here, there = ((*whole.keys, key) for key in pairs[0])
                return _moved(evidence, here, there)
        return ""


    def belongs_elsewhere(evidence: Evidence) -> str:
        """Detect a part whose value belongs in another place."""
        everything = list(spots(evidence.whole.expected, evidence.whole.expected))
        for spot in evidence.way:
            if not distinctive(spot.actual) or spot.right:
                continue
            places = [s.keys for s in everything if same(spot.actual, s.expected)]
            beside = [keys for keys in places if keys[:-1] == spot.keys[:-1]]
            for found in (beside, places):
                if len(found) == 1:
                    if isinstance(spot.expected, tuple | list) and found[0][:-1] == spot.keys != found[0]:
                        place = f"the {ordinal(found[0][-1])} of the {len(spot.expected)} values"
                        return f"What stands there is {place} that belong there."
                    return _moved(evidence, spot.keys, found[0])
        return ""


    def _moved(evidence: Evidence, here: Keys, there: Keys) -> str:
        """Say where a part belongs, unless that place has it already: then it is there twice."""
        parts = spots(evidence.whole.expected, evidence.whole.actual)
        twice = any(spot.right for spot in parts if spot.keys == there)
        name, place = evidence.called(here), evidence.called(there)
        if twice:
            return f"What stands as {name} stands in {place} too, where it belongs."
        return f"What stands as {name} belongs in {place}."


    def wrapped(evidence: Evidence) -> str:
        """Detect an expected value that is one of several returned in its place."""
        spot = evidence.spot
        if not isinstance(spot.actual, tuple | list) or not distinctive(spot.expected):
            return ""
        for i, entry in enumerate(spot.actual):
            if same(entry, spot.expected):
                return (
                    f"What belongs there is the {ordinal(i)} of the {len(spot.actual)} values that stand there."
                )
        return ""


    def unchanged(evidence: Evidence) -> str:
        """Detect a part that is an unchanged input."""
        spot = evidence.spot
        if not distinctive(spot.actual):
            return ""
        found = [given for given in evidence.inputs() if same(given.expected, spot.actual)]
        if any(len(given.keys) > 1 and given.keys[-1:] == spot.keys[-1:] for given in found):
            return f"{evidence.path} is still what it was in the input."
        whole = found and np.size(spot.actual) > 1
        return f"{evidence.path} is one of the inputs, unchanged." if whole else ""


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (
        in_another_order,
        off_by_one_place,
        off_by_one_layer,
        belongs_elsewhere,
        wrapped,
        unchanged,
    )


    def _permutation(spot: Spot) -> list[int] | None:
        """Return the index where each entry belongs; None unless it is a distinctive permutation."""
        if not isinstance(spot.expected, list | tuple) or not _alike(spot):
            return None
        permutation = []
        for entry in spot.actual:
            places = [j for j, expected in enumerate(spot.expected) if same(entry, expected)]
            if len(places) != 1:
                return None
            permutation += places
        moved = [i for i, j in enumerate(permutation) if i != j]
        certain = moved and all(distinctive(spot.actual[i]) for i in moved)
        return permutation if certain and len(set(permutation)) == len(permutation) else None


    def _alike(spot: Spot) -> bool:
        return isinstance(spot.actual, list | tuple) and len(spot.actual) == len(spot.expected)


    def _entry(evidence: Evidence, spot: Spot, index: int) -> str:
        if spot is evidence.whole and isinstance(spot.expected, tuple):
            return f"the {ordinal(index)} result"
        return evidence.called((*spot.keys, index))

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.partially_correct


@functools.cache
def _grader_hints_partially_correct():
    """Hints about partly right answers: what the wrong parts have in common."""


    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    Evidence = _grader_hints_evidence().Evidence
    Numbers = _grader_hints_evidence().Numbers
    Spot = _grader_hints_evidence().Spot
    entries = _grader_hints_evidence().entries
    numbered = _grader_hints_evidence().numbered
    Named = _grader_plain_records().Named


    def rest_is_right(evidence: Evidence) -> str:
        """Describe what the wrong parts have in common if other parts are right."""
        for spot in evidence.way:
            parts = {key: Spot((*spot.keys, key), spot.expected[key], spot.actual[key]) for key in _shared(spot)}
            right = {key: part.right for key, part in parts.items()}
            if any(right.values()) and not all(right.values()):
                if isinstance(spot.expected, Mapping):
                    return _of_layers(numbered(spot.expected), right) or _only(evidence, spot, right)
                return _only(evidence, spot, right)
        return ""


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (rest_is_right,)


    def _of_layers(keys: Numbers, right: dict[Any, bool]) -> str:
        """Describe which layers, or which kinds of entries, are right."""
        if sum(len(numbers) for numbers in keys.values()) < len(right):
            return ""
        kinds = {letters: {right[key] for key in numbers.values()} for letters, numbers in keys.items()}
        if all(len(found) == 1 for found in kinds.values()):
            good, bad = ([k for k, found in kinds.items() if found == {value}] for value in (True, False))
            return f"Every {' and every '.join(bad)} is wrong; every {' and every '.join(good)} is right."
        patterns = {tuple(right[numbers[n]] for n in sorted(numbers)) for numbers in keys.values()}
        return _of_pattern(*patterns) if len(patterns) == 1 else ""


    def _of_pattern(pattern: tuple[bool, ...]) -> str:
        good, layers = sum(pattern), len(pattern)
        if pattern == (False,) * (layers - good) + (True,) * good:
            last = "the last layer" if good == 1 else f"the last {good} layers"
            return f"What belongs to {last} is right, what belongs to a layer before is wrong."
        if pattern == (True,) * good + (False,) * (layers - good):
            first = "the first layer" if good == 1 else f"the first {good} layers"
            return f"What belongs to {first} is right, what belongs to a layer after is wrong."
        return ""


    def _only(evidence: Evidence, spot: Spot, right: dict[Any, bool]) -> str:
        wrong = [key for key, is_right in right.items() if not is_right]
        if len(wrong) != 1 or wrong[0] not in {s.keys[-1] for s in evidence.way if s.keys}:
            return ""
        if spot is evidence.whole and isinstance(spot.expected, tuple) and not isinstance(spot.expected, Named):
            others = [evidence.called((*spot.keys, key)) for key in right if key != wrong[0]]
            return f"{others[0]} is right." if len(others) == 1 else "The other results are right."
        within = evidence.called(spot.keys)
        part = f"its entry [{wrong[0]!r}]" if within == "the result" else evidence.called((*spot.keys, *wrong))
        return f"Everything in {within} but {part} is right."


    def _shared(spot: Spot) -> Iterator[Any]:
        return (key for key in entries(spot.expected) if key in entries(spot.actual))

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.ratios


@functools.cache
def _grader_hints_ratios():
    """Hints about ratios: a factor is missing or applied twice."""


    import itertools
    import math
    from collections.abc import Callable
    from fractions import Fraction
    from typing import Any

    import numpy as np

    Evidence = _grader_hints_evidence().Evidence
    distinctive = _grader_hints_evidence().distinctive
    fitting = _grader_hints_evidence().fitting
    numbers = _grader_hints_evidence().numbers

    LOGARITHMS = {1 / math.log(2): "2", 1 / math.log(10): "10"}


    def step(evidence: Evidence) -> str:
        """Detect a change of an input that is a multiple of the expected change."""
        expected, actual = fitting(evidence.spot)
        if actual is None or not evidence.spot.keys:
            return ""
        for given in evidence.inputs():
            before = numbers(given.expected)
            if given.keys[-1:] != evidence.spot.keys[-1:] or before is None or before.shape != expected.shape:
                continue
            ratio = _ratio(actual - before, expected - before)
            if ratio is not None:
                return _meaning_of_step(ratio, [float(x) for x in evidence.args if isinstance(x, float)])
        return ""


    def multiple(evidence: Evidence) -> str:
        """Explain a constant ratio of all elements to the expected ones, if it means the same in every case."""
        meaning, text = _explained(evidence)
        same = (other for other in evidence.elsewhere if other.spot.keys == evidence.spot.keys)
        rooted = meaning.startswith("root")
        alike = all(o.spot.right or _explained(o, squares=rooted)[0] in (meaning, "") for o in same)
        return text if alike else ""


    def _explained(evidence: Evidence, *, squares: bool = False) -> tuple[str, str]:
        """Return what the ratio to the expected numbers means, and a sentence about it; ("", "") if nothing.

        With `squares`, a fraction may be the root of a size that is a square number, as of 1.
        """
        expected, actual = fitting(evidence.spot)
        ratio = None if actual is None else _ratio(actual, expected)
        if ratio is None:
            return "", ""
        every = "It is" if expected.ndim == 0 else "Every element is"
        known = _meaning(ratio, every, _averaged(expected, evidence.examples), evidence, squares=squares)
        if known[0]:
            return known
        if simple := _simple(ratio):
            exponent = round(math.log10(abs(ratio)))
            power = exponent and math.isclose(ratio, 10.0**exponent)
            factor = f": is a factor of {10.0**-exponent:g} missing?" if power and 0 < exponent < 4 else "."
            return simple, f"{every} {simple} times the expected value{factor}"
        several = np.count_nonzero(expected) > 1
        return ("other", f"{every} the same multiple of the expected value.") if several else ("", "")


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (
        step,
        multiple,
    )


    def _ratio(actual: Any, expected: Any) -> float | None:
        """Return the ratio of all elements to the expected ones; None if it is not constant, or trivial."""
        nonzero = expected != 0
        if not nonzero.any() or actual[~nonzero].any() or not distinctive(expected):
            return None
        with np.errstate(all="ignore"):
            ratios = actual[nonzero] / expected[nonzero]
        ratio = float(ratios.flat[0])
        if not math.isfinite(ratio) or abs(ratio) < 1e-12 or abs(ratio - 1) < 1e-6:
            return None
        return ratio if np.allclose(ratios, ratio, rtol=1e-9, atol=0) else None


    def _averaged(expected: Any, examples: int | None) -> int | None:
        """Return the number of examples m if the answer may be a mean over them, that is, has not m columns."""
        return None if expected.ndim and expected.shape[-1] == examples else examples


    def _meaning(
        ratio: float, every: str, examples: int | None, evidence: Evidence, *, squares: bool
    ) -> tuple[str, str]:
        """Return what a ratio means, and a sentence about it."""
        if math.isclose(ratio, -1):
            return "-1", f"{every} the expected value with the opposite sign."
        sign = ", with the opposite sign" if ratio < 0 else ""
        value = f"the expected value{sign}"
        if examples and examples > 1:
            there_are = f"and there are m = {examples} examples"
            if math.isclose(abs(ratio), examples):
                return "m", f"{every} {examples} times {value}, {there_are}: is the 1/m missing?"
            if math.isclose(abs(ratio), 1 / examples):
                return "1/m", f"{every} 1/{examples} of {value}, {there_are}: is 1/m there twice?"
            if math.isclose(abs(ratio), examples**2):
                return "m²", f"{every} m² times {value}, {there_are}: is m in the right place?"
            for rows in _rows(evidence) - {examples, 1}:
                if math.isclose(abs(ratio), examples / rows):
                    many = f"{examples}/{rows} times {value}: the m = {examples} examples are the columns"
                    return "m/n", f"{every} {many}, and it is divided by {rows}, a number of rows."
        for factor, base in LOGARITHMS.items():
            if math.isclose(abs(ratio), factor):
                return f"log{base}", f"{every} 1/ln {base} times {value}: is the logarithm to base {base}?"
        return _root(ratio, every, evidence, squares=squares)


    def _root(ratio: float, every: str, evidence: Evidence, *, squares: bool) -> tuple[str, str]:
        """Detect 1/sqrt(n) or sqrt(2/n), n a size of the inputs, in a ratio, beside a power of ten."""
        for power, size, top in itertools.product(
            (1, 10, 100, 1000), sorted(_sizes(evidence) - ({0} if squares else {0, 1})), (1, 2)
        ):
            if ratio < 0 or not math.isclose((ratio / power) ** 2, top / size, rel_tol=1e-9):
                continue
            if (
                not squares and math.isqrt(top * size) ** 2 == top * size
            ):  # a fraction that another size could give too
                continue
            factor = f"sqrt({top}/{size})" if top > 1 else f"1/sqrt({size})"
            times, place = (
                (f"{power}*{factor}", f" in the place of {1 / power:g}") if power > 1 else (factor, ", too")
            )
            return (
                f"root{power}",
                f"{every} {times} times the expected value: is the factor {factor} there{place}?",
            )
        return "", ""


    def _rows(evidence: Evidence) -> set[int]:
        return {len(arg) for arg in _matrices(evidence)}


    def _sizes(evidence: Evidence) -> set[int]:
        """Return the integers among the inputs, and the sizes of the matrices."""
        integers = {spot.expected for spot in evidence.inputs() if type(spot.expected) is int}
        return integers | {size for matrix in _matrices(evidence) for size in matrix.shape}


    def _matrices(evidence: Evidence) -> list[Any]:
        arrays = (spot.expected for spot in evidence.inputs())
        return [array for array in arrays if isinstance(array, np.ndarray) and array.ndim == 2]


    def _meaning_of_step(ratio: float, scalars: list[float]) -> str:
        """Explain the ratio of a change to the expected change."""
        if math.isclose(ratio, -1):
            return "The step from the input has the opposite sign."
        for scalar in scalars:
            if scalar and math.isclose(ratio, 1 / scalar):
                return "The step from the input lacks a factor that is one of the inputs."
            if scalar and math.isclose(ratio, scalar):
                return "The step from the input has a factor twice that is one of the inputs."
        simple = _simple(ratio)
        return f"The step from the input is {simple} times the expected one." if simple else ""


    def _simple(ratio: float) -> str:
        """Format a ratio that is a power of ten or a fraction of small integers; "" for others."""
        exponent = round(math.log10(abs(ratio)))
        if math.isclose(abs(ratio), 10.0**exponent):
            return f"{math.copysign(10.0**exponent, ratio):g}"
        fraction = Fraction(ratio).limit_denominator(12)
        return str(fraction) if abs(fraction) <= 100 and math.isclose(ratio, fraction) else ""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.shapes


@functools.cache
def _grader_hints_shapes():
    """Hints about shapes: axes, rows and columns that are missing, surplus or swapped."""


    import ast
    from collections.abc import Callable

    import numpy as np

    Evidence = _grader_hints_evidence().Evidence
    both = _grader_hints_evidence().both
    close = _grader_hints_evidence().close
    distinctive = _grader_hints_evidence().distinctive
    same = _grader_hints_evidence().same


    def transposed(evidence: Evidence) -> str:
        """Detect a transposed matrix."""
        expected, actual = both(evidence.spot)
        if expected is None or actual is None or expected.ndim != 2 or actual.shape != expected.T.shape:
            return ""
        if distinctive(actual) and close(actual, expected.T) and not same(actual, expected):
            return "It is transposed."
        if actual.shape != expected.shape:
            return "The number of its rows and the number of its columns have changed places."
        return ""


    def summed_too_far(evidence: Evidence) -> str:
        """Detect a sum or mean over all axes, or over the wrong axis."""
        expected, actual = both(evidence.spot)
        if expected is None or actual is None or expected.shape == actual.shape or expected.size < 2:
            return ""
        if actual.size == 1 and distinctive(actual):
            for reduce, word in ((np.sum, "sum"), (np.mean, "mean")):
                if close(actual.reshape(()), reduce(expected)):
                    return f"It is the {word} of all the numbers that are expected: is the axis right?"
        m = evidence.examples
        if m and m > 1 and actual.size == m != expected.size and m not in expected.shape:
            return f"It has one number for each of the m = {m} examples."
        return ""


    def axis_lost_or_added(evidence: Evidence) -> str:
        """Detect the right number of elements with missing or surplus axes."""
        expected, actual = both(evidence.spot)
        if expected is None or actual is None or expected.shape == actual.shape or expected.size != actual.size:
            return ""
        if actual.ndim < expected.ndim and actual.size and actual.squeeze().shape == expected.squeeze().shape:
            return f"It has lost {_axes(expected.ndim - actual.ndim)} of length 1{_loses_axis(evidence)}"
        if actual.ndim > expected.ndim and actual.squeeze().shape == expected.squeeze().shape:
            return f"It has {_axes(actual.ndim - expected.ndim)} of length 1 too many."
        if distinctive(actual) and close(actual.ravel(), expected.ravel()):
            return "Its numbers are right and in the right order; only its shape is wrong."
        return ""


    def rows_or_columns(evidence: Evidence) -> str:
        """Detect which of the two dimensions of a matrix is wrong."""
        expected, actual = both(evidence.spot)
        if expected is None or actual is None or expected.shape == actual.shape:
            return ""
        if expected.ndim > 0 and actual.ndim == 0:
            return "It is a single number, and an array is expected."
        if expected.ndim != 2 or actual.ndim != 2:
            return ""
        wrong = [a != e for a, e in zip(actual.shape, expected.shape, strict=True)]
        if all(wrong):
            return "Both the number of its rows and the number of its columns are wrong."
        axis = wrong.index(True)
        one, other = ("row", "rows") if axis == 0 else ("column", "columns")
        n, right = actual.shape[axis], expected.shape[axis]
        named = [evidence.input_called(given) for given in evidence.inputs() if _is_size(given.expected, right)]
        if len(named) == 1 and named[0]:
            return f"It has {n} {one if n == 1 else other}, where {named[0]} are expected, which is {right} here."
        right, other = ("columns", "rows") if wrong[0] else ("rows", "columns")
        return f"The number of its {right} is right; only the number of its {other} is wrong."


    DETECTORS: tuple[Callable[[Evidence], str], ...] = (
        transposed,
        summed_too_far,
        axis_lost_or_added,
        rows_or_columns,
    )


    def _is_size(value: object, size: int) -> bool:
        return isinstance(value, int) and value == size > 1


    def _loses_axis(evidence: Evidence) -> str:
        """Return which call of the function makes an array without the axis, if one of them does."""
        if any(evidence.named.calls("squeeze", "ravel", "flatten")):
            return ": does squeeze, ravel or flatten take it away?"
        sums = [*evidence.named.calls("sum", "mean", "max", "min", "prod", "norm")]
        if any("axis" in ast.unparse(call) and "keepdims" not in ast.unparse(call) for call in sums):
            return ": is `keepdims=True` missing?"
        for call in evidence.named.calls("zeros", "ones", "empty", "randn", "rand"):
            if len(call.args) == 1 and not isinstance(call.args[0], ast.Tuple | ast.List):
                return f": `{ast.unparse(call)[:60]}` makes one axis, and a column has the shape (n, 1)."
        return "."


    def _axes(n: int) -> str:
        return "an axis" if n == 1 else f"{n} axes"

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.names


@functools.cache
def _grader_hints_names():
    """Explain exceptions about names: misspelled, never set, or parameters of a function, from its source."""


    import ast
    import builtins
    import difflib
    import functools
    import re
    from collections.abc import Iterable, Iterator

    import numpy as np

    Failure = _grader_models_execution().Failure
    Part = _grader_models_submission().Part

    ATTRIBUTE = re.compile(r"module 'numpy(\.\w{1,20})?' has no attribute '(\w{1,60})'", re.ASCII)
    LOCAL = re.compile(r"(?:cannot access )?local variable '(\w{1,60})'", re.ASCII)
    CALLED = re.compile(
        r"(?:\w{1,60}\.)?(\w{1,60})\(\) "
        r"(?:missing (\d+) required positional argument|takes (?:from \d+ to )?(\d+) positional)",
        re.ASCII,
    )
    MISSING = re.compile(r"'(\w{1,60})'", re.ASCII)
    UNEXPECTED = re.compile(r"(\w{1,60})\(\) got an unexpected keyword argument '(\w{1,60})'", re.ASCII)


    def known_names(function: str, part: Part) -> set[str]:
        """Return the names that a function can use: its own, those of the notebook that it needs, and Python's.

        Args:
            function: the name of the function.
            part: the statements that it needs.

        Returns:
            the names, without those inside other functions.
        """
        own = definition_of(function, part)
        inside = (
            {node.arg for node in ast.walk(own) if isinstance(node, ast.arg)} | names_set(own) if own else set()
        )
        top = [
            statement
            for tree in _trees(statement.source for statement in part.statements)
            for statement in tree.body
        ]
        defined = {statement.name for statement in top if isinstance(statement, ast.FunctionDef | ast.ClassDef)}
        bound = {name for statement in top for name in _set_directly(statement)}
        imported = {
            (alias.asname or alias.name).partition(".")[0]
            for statement in top
            if isinstance(statement, ast.Import | ast.ImportFrom)
            for alias in statement.names
        }
        common = {name for name in vars(builtins) if name.islower()}
        return inside | defined | bound | imported | common | part.uses


    def meant(name: str, names: Iterable[str]) -> str:
        """Return a question with the name that was probably meant.

        Args:
            name: the name as written.
            names: the known names.

        Returns:
            the question; "" if no name is alike enough.
        """
        others = {*names} - {name, f"d{name}", name.removeprefix("d")}  # a gradient is no misspelling
        alike = difflib.get_close_matches(name, sorted(others), 1, cutoff=0.8)
        return f"Did you mean `{alike[0]}`?" if alike else ""


    def arguments(failure: Failure, function: str, part: Part) -> str:
        """Explain a call with too few or too many arguments, or an unknown attribute of NumPy.

        Args:
            failure: the exception.
            function: the graded function.
            part: the statements that it needs.

        Returns:
            the explanation, or "".
        """
        if failure.exception == "AttributeError" and (match := ATTRIBUTE.match(failure.text)):
            return meant(match[2], dir(np))
        if failure.exception != "TypeError":
            return ""
        if match := UNEXPECTED.search(failure.text):
            return f"{match[1]} has no parameter `{match[2]}`{_signature(match[1], part)}."
        match = CALLED.search(failure.text)
        if match is None:
            return ""
        if match[1] == function and not _is_called_in(function, part):
            names = " and ".join(f"`{name}`" for name in MISSING.findall(failure.text.partition(":")[2]))
            if names:
                return f"It is called without {names}: take that parameter away, or give it a default value."
            return f"It is called with more arguments than it has parameters{_signature(function, part)}."
        name = match[1]
        packed = next((text for text in _packed(name, part)), "")
        if match[2] and packed:
            return (
                f"{name} is given one tuple, `{packed}`, where it takes single arguments{_signature(name, part)}."
            )
        return f"{name} is called with too {'few' if match[2] else 'many'} arguments{_signature(name, part)}."


    def unset(failure: Failure, function: str, part: Part) -> str:
        """Explain an UnboundLocalError by the places that would set the name.

        Args:
            failure: the exception.
            function: the graded function.
            part: the statements that it needs.

        Returns:
            the explanation, or "".
        """
        match = LOCAL.search(failure.text) if failure.exception == "UnboundLocalError" else None
        definition = definition_of(function, part)
        if match is None or definition is None:
            return ""
        name = match[1]
        if _is_read_first(name, definition):
            return f"`{name}` is read before the line that sets it."
        if name in {n for one in definition.body for n in _set_directly(one)}:
            return ""  # it is set here: a function that this calls has one of the same name
        loops = [n for n in ast.walk(definition) if isinstance(n, ast.For) and name in _names_in(n.target)]
        if loops:
            inside = " ".join(
                f"`{name}` is set by the loop over `{ast.unparse(loop.iter)[:60]}`, which has no turn here."
                for loop in loops[:1]
            )
            return f"{inside} After the loop it does not exist."
        within = [n for n in ast.walk(definition) if isinstance(n, ast.For | ast.While) and name in names_set(n)]
        if within:
            return f"`{name}` is only set inside a loop, which has no turn here, or set after it is read."
        branches = [n for n in ast.walk(definition) if isinstance(n, ast.If) and name in names_set(n)]
        if branches:
            tests = ", ".join(f"`{ast.unparse(one.test)[:60]}`" for one in branches[:3])
            return f"`{name}` is only set where {tests} holds, and here it does not."
        return ""


    def _is_read_first(name: str, definition: ast.FunctionDef) -> bool:
        """Return whether a name is read on a line before the first that sets it, or on that line."""
        lines = [
            (n.lineno, isinstance(n.ctx, ast.Load))
            for n in ast.walk(definition)
            if isinstance(n, ast.Name) and n.id == name
        ]
        read = [line for line, loads in lines if loads]
        stored = [line for line, loads in lines if not loads]
        return bool(read and stored) and min(read) <= min(stored)


    def definition_of(function: str, part: Part) -> ast.FunctionDef | None:
        """Return the last definition of a function.

        Args:
            function: its name.
            part: the statements that it needs.

        Returns:
            its syntax tree, which is not to be changed; None if it is not there.
        """
        return _definition(function, tuple(statement.source for statement in part.statements))


    @functools.lru_cache(maxsize=256)  # that of the reference is asked for again and again
    def _definition(function: str, sources: tuple[str, ...]) -> ast.FunctionDef | None:
        for tree in _trees(source for source in reversed(sources) if function in source):
            found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function]
            if found:
                return found[-1]
        return None


    def _trees(sources: Iterable[str]) -> Iterator[ast.Module]:
        for source in sources:
            try:
                yield ast.parse(source)
            except (SyntaxError, ValueError, RecursionError, MemoryError):  # the text of a %%writefile cell
                continue


    def _sets(node: ast.AST) -> bool:
        return isinstance(getattr(node, "ctx", None), ast.Store)


    def _names_in(node: ast.AST) -> set[str]:
        return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


    def names_set(node: ast.AST) -> set[str]:
        """Return the names that a statement, or what is inside it, sets."""
        return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and _sets(one)}


    def _set_directly(statement: ast.stmt) -> set[str]:
        """Return the names that a statement sets whatever happens."""
        return set() if hasattr(statement, "body") else names_set(statement)


    def _calls(name: str, part: Part) -> Iterator[ast.Call]:
        for tree in _trees(statement.source for statement in part.statements):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield node


    def _is_called_in(name: str, part: Part) -> bool:
        return next(_calls(name, part), None) is not None


    def _packed(name: str, part: Part) -> Iterator[str]:
        """Yield the tuples that are the only argument of a call."""
        for call in _calls(name, part):
            if call.args and isinstance(call.args[0], ast.Tuple):
                yield ast.unparse(call.args[0])[:60]


    def _signature(name: str, part: Part) -> str:
        definition = definition_of(name, part)
        return f": it is defined as {name}({ast.unparse(definition.args)[:80]})" if definition else ""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.observation


@functools.cache
def _grader_hints_observation():
    """What was observed of one call: its calls of other functions, its random draws, and where it raised."""


    from collections.abc import Sequence
    from dataclasses import dataclass
    from typing import Any


    @dataclass(frozen=True, slots=True, eq=False)
    class HelperCall:
        """A call of another function: its arguments in order, and what it returned.

        An argument has the name of its parameter, its text in the notebook, and its value.
        """

        function: str
        args: tuple[tuple[str, str, Any], ...]
        returned: bool
        result: Any


    @dataclass(frozen=True, slots=True, eq=False)
    class Expression:
        """An expression that raised: its kind, its text, and its parts with a sketch of the value of each.

        A sketch is a list: the type of a value, and its shape, its keys, its entries or its small value.
        """

        file: str
        line: int
        function: str
        kind: str
        text: str
        parts: tuple[tuple[str, list[Any]], ...]


    @dataclass(frozen=True, slots=True, eq=False)
    class Observation:
        """What was observed of a call. Of an exception, `frames` has the outermost place and the innermost."""

        calls: tuple[HelperCall, ...] = ()
        draws: tuple[tuple[str, tuple[Any, ...]], ...] = ()
        frames: tuple[Expression, ...] = ()


    def observation(claim: Any) -> Observation:
        """Return what a process claims to have observed; nothing if the claim is malformed.

        Args:
            claim: what `sandbox.observing` returns, if nobody meddled.

        Returns:
            the observation.
        """
        try:
            return Observation(
                tuple(map(_call, claim["calls"])),
                tuple((str(name), tuple(map(_drawn, args))) for name, args in claim["draws"]),
                tuple(map(_expression, claim["frames"])),
            )
        except (KeyError, TypeError, ValueError, IndexError):
            return Observation()


    def _drawn(claim: Any) -> Any:
        if not _is_sketch(claim):
            raise ValueError
        return claim


    def _call(claim: Sequence[Any]) -> HelperCall:
        function, args, returned, result = claim
        named = tuple((str(name), str(text), value) for name, text, value in args)
        return HelperCall(str(function), named, bool(returned), result)


    def _expression(claim: Sequence[Any]) -> Expression:
        file, line, function, kind, text, parts = claim
        if not all(_is_sketch(sketch) for _, sketch in parts):
            raise ValueError
        own = tuple((str(name), sketch) for name, sketch in parts)
        return Expression(str(file), int(line), str(function), str(kind), str(text), own)


    def _is_sketch(claim: Any) -> bool:
        """Return whether a claim has the form of a sketch, so that it can be put into words."""
        match claim:
            case ["array", list() as shape, *_]:
                return all(isinstance(size, int) for size in shape)
            case ["number", bool() | int() | float()] | ["None"] | [("text" | "other"), str()]:
                return True
            case ["dict", int(), list() as keys]:
                return all(isinstance(key, str | int) for key in keys)
            case [str(), int(), list() as inner]:
                return all(map(_is_sketch, inner))
        return False

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.operands


@functools.cache
def _grader_hints_operands():
    """Put the values that stood in an expression which raised into words, by the names that the student gave."""


    from collections.abc import Iterable, Iterator
    from typing import Any

    Expression = _grader_hints_observation().Expression

    Sketch = list[Any]
    """The kind of a value: its type, and its shape, its keys, its entries or its small value."""

    NAMELESS = ("module", "type", "function", "builtin_function_or_method", "ufunc", "_ArrayFunctionDispatcher")
    """Types of what is called, and no operand."""

    LISTED = 8
    """Keys that are listed."""


    def in_words(sketch: Sketch) -> str:
        """Return a value in words: "an array of the shape (2, 3)"."""
        match sketch:
            case ["array", [*shape], *_]:
                return f"an array of the shape {shaped(shape)}"
            case ["number", int() as value]:
                return str(value) if isinstance(value, bool) else f"the number {value}"
            case ["number", *_]:
                return "a number"
            case ["text", str() as text]:
                return f"the text {text!r}"
            case ["dict", int() as size, *_]:
                return f"a dictionary of {_count(size, 'key')}"
            case ["tuple", int() as size, [*inner]] if 0 < size == len(inner) and all(map(_is_whole, inner)):
                return shaped(one[1] for one in inner)
            case [("tuple" | "list") as kind, int() as size, [*inner]]:
                parts = (
                    " and ".join(map(in_words, inner)) if 0 < size == len(inner) <= 2 else _count(size, "value")
                )
                return f"a {kind} of {parts}"
            case ["other", str() as kind]:
                return f"a {kind}"
        return str(sketch[0])


    def shaped(shape: Iterable[Any]) -> str:
        """Return a shape as Python shows it."""
        return str(tuple(shape))


    def operands(expression: Expression) -> list[tuple[str, Sketch]]:
        """Return the parts of an expression that are operands, each once."""
        parts = {
            text: sketch
            for text, sketch in expression.parts
            if not (sketch[0] == "other" and sketch[-1] in NAMELESS)
        }
        return [*parts.items()]


    def arrays(expression: Expression) -> list[tuple[str, tuple[int, ...]]]:
        """Return the parts of an expression that are arrays, with their shapes."""
        return [(text, tuple(sketch[1])) for text, sketch in operands(expression) if sketch[0] == "array"]


    def of_kind(expression: Expression, *kinds: str) -> Iterator[tuple[str, Sketch]]:
        """Yield the parts of an expression whose values are of some kinds.

        Args:
            expression: the expression.
            kinds: the types, as sketches begin.

        Returns:
            an iterator of (text, sketch).
        """
        return (part for part in operands(expression) if part[1][0] in kinds)


    def described(expression: Expression, *, most: int = 3) -> str:
        """Return a sentence about the operands of an expression.

        Args:
            expression: the expression.
            most: the number of operands that a sentence can hold.

        Returns:
            the sentence; "" if there are no operands, or too many.
        """
        parts = operands(expression)
        if not parts or len(parts) > most:
            return ""
        return f"{_joined(f'`{text}` is {in_words(sketch)}' for text, sketch in parts)}."


    def shapes(expression: Expression) -> str:
        """Return the shapes of the arrays in an expression: "`A` is (2, 3) and `B` is (3, 2)"; "" without two."""
        found = arrays(expression)
        if len(found) < 2 or len(found) > 4:
            return ""
        return _joined(f"`{text}` is {shaped(shape)}" for text, shape in found)


    def keys(sketch: Sketch) -> str:
        """Return the keys of a dictionary as a list in words."""
        names = [str(key) for key in sketch[2]]
        more = ", ..." if sketch[1] > LISTED else ""
        return ", ".join(names[:LISTED]) + more if names else ""


    def _is_whole(sketch: Sketch) -> bool:
        return sketch[0] == "number" and isinstance(sketch[-1], int)


    def _joined(parts: Iterable[str]) -> str:
        *first, last = parts
        return f"{', '.join(first)} and {last}" if first else last


    def _count(n: int, noun: str) -> str:
        return f"{n} {noun}{'' if n == 1 else 's'}"

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.raised


@functools.cache
def _grader_hints_raised():
    """Explain an exception by the values that stood in the expression which raised it."""


    import re
    from collections.abc import Callable

    Expression = _grader_hints_observation().Expression
    arrays = _grader_hints_operands().arrays
    described = _grader_hints_operands().described
    in_words = _grader_hints_operands().in_words
    keys = _grader_hints_operands().keys
    of_kind = _grader_hints_operands().of_kind
    operands = _grader_hints_operands().operands
    shaped = _grader_hints_operands().shaped
    shapes = _grader_hints_operands().shapes
    Failure = _grader_models_execution().Failure

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

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.common_imports


@functools.cache
def _grader_models_common_imports():
    """The statements that import what notebooks often use and forget to import."""


    _FROM = {
        "abc": ("ABC", "abstractmethod"),
        "collections": ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
        "dataclasses": ("dataclass", "field"),
        "datetime": ("datetime", "timedelta"),
        "enum": ("Enum",),
        "fractions": ("Fraction",),
        "functools": ("lru_cache", "partial", "reduce", "wraps"),
        "pathlib": ("Path",),
        "typing": ("Any", "Callable", "Dict", "Iterable", "List", "NamedTuple", "Optional", "Tuple", "Union"),
    }
    _MODULES = (
        *("collections", "copy", "csv", "dataclasses", "functools", "itertools", "json", "math", "matplotlib"),
        *("numpy", "os", "pandas", "random", "re", "scipy", "sys", "time"),
    )

    IMPORTS = {
        **{name: f"import {name}" for name in _MODULES},
        **{name: f"from {module} import {name}" for module, names in _FROM.items() for name in names},
        "np": "import numpy as np",
        "pd": "import pandas as pd",
        "plt": "import matplotlib.pyplot as plt",
    }
    """Names that are imported by convention, and the statement that does it."""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints.exceptions


@functools.cache
def _grader_hints_exceptions():
    """Explain exceptions of student code in fixed words; their own text is untrusted."""


    import re
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    NUMBERED = _grader_hints_evidence().NUMBERED
    arguments = _grader_hints_names().arguments
    known_names = _grader_hints_names().known_names
    meant = _grader_hints_names().meant
    unset = _grader_hints_names().unset
    Observation = _grader_hints_observation().Observation
    by_operands = _grader_hints_raised().by_operands
    IMPORTS = _grader_models_common_imports().IMPORTS
    Call = _grader_models_execution().Call
    Failure = _grader_models_execution().Failure
    Status = _grader_models_execution().Status
    Part = _grader_models_submission().Part

    MEANINGS = (
        (
            "IndexError",
            "list index",
            "It reads past the end of a list: the last of n entries has the index n - 1.",
        ),
        (
            "IndexError",
            "tuple index",
            "It reads past the end of a tuple: the last of n entries has the index n - 1.",
        ),
        ("ValueError", "broadcast", "Two arrays whose shapes do not fit are combined element by element."),
        ("ValueError", "not aligned|matmul", "The shapes of two matrices do not fit their product."),
        (
            "ValueError",
            "not enough values",
            "It takes a tuple or list apart into more names than there are values.",
        ),
        (
            "ValueError",
            "too many values",
            "It takes a tuple or list apart into fewer names than there are values.",
        ),
        (
            "ValueError",
            "truth value of an array",
            "A condition needs one truth value, and here is a whole array.",
        ),
        ("ValueError", "element with a sequence", "Several arrays stand where one array is needed."),
        ("ValueError", "range.. arg 3", "The step of a `range` is 0."),
        (
            "UnboundLocalError",
            "",
            "It reads a name without a value: a loop that never turns, or a branch not taken, sets none.",
        ),
        ("ZeroDivisionError", "", "It divides by zero."),
        ("RecursionError", "", "A function calls itself without end."),
        ("TypeError", "NoneType", "A value is None there. A function without `return` gives None."),
        (
            "TypeError",
            "interpreted as an integer|must be integers",
            "A count or an index has to be a whole number.",
        ),
        ("TypeError", "positional argument", "A function is called with too few or too many arguments."),
        ("TypeError", "not callable", "Parentheses follow something that is not a function."),
        ("TypeError", "operand|multiply|not supported", "An operator is used on values of the wrong kinds."),
        ("TypeError", "not subscriptable|has no len", "A number is treated as if it had entries."),
        ("RuntimeError", "start new thread", "The grader's sandbox starts no threads."),
        ("OSError", "Errno 38", "The grader's sandbox has no network, and so no event loops."),
        (
            "PermissionError",
            "Errno",
            "The grader's sandbox has no folder to write to and no network, and starts no other programs.",
        ),
        (
            "FileNotFoundError",
            "Errno 2",
            "The grader's sandbox has what came with the notebook, in its folder, and no other files of yours.",
        ),
        ("AttributeError", "'(tuple|list|dict)' object", "A tuple, list or dictionary is treated as an array."),
    )
    """(type of the exception, regular expression for its text, explanation); the first match counts."""


    def explained(
        status: Status, failure: Failure, part: Part, call: Call, seen: Observation, modules: Mapping[str, str]
    ) -> str:
        """Explain why a call did not return.

        Args:
            status: the status of the run.
            failure: the exception.
            part: the statements that the function needs.
            call: the call.
            seen: what was observed of it.
            modules: the sources of the modules that come with the notebook.

        Returns:
            the explanation, or "" if none is certain.
        """
        if status is Status.TIMED_OUT:
            return "Look for a loop that never ends."
        if status is Status.NOT_RUN:
            return (
                "Make what takes so much smaller or faster: one operation on whole arrays does what a loop does."
            )
        if status is not Status.RAISED:
            return ""
        return (
            _unbound(failure, call.function, part, modules)
            or _numbered_key(failure, call.args)
            or arguments(failure, call.function, part)
            or by_operands(failure, call.function, seen.frames)
            or unset(failure, call.function, part)
            or _missing_key(failure, call.args)
            or _meaning(failure)
        )


    def unbound_name(failure: Failure) -> str | None:
        """Return the name that a NameError is about, or None."""
        match = re.fullmatch(r"name '(\w+)' is not defined", failure.text)
        return match[1] if match and failure.exception == "NameError" else None


    def _unbound(failure: Failure, function: str, part: Part, modules: Mapping[str, str]) -> str:
        name = unbound_name(failure)
        if name is None or name not in part.unbound:
            return ""
        if name in part.hidden:
            return f"Cell {part.hidden[name]}, which would set `{name}`, does not parse, so nothing of it is run."
        if name in IMPORTS:
            return f"Add `{IMPORTS[name]}` to a cell above."
        cells = part.unbound[name]
        provided = next(
            (m for m, source in modules.items() if re.search(rf"^def {name}\(", source, re.MULTILINE)), ""
        )
        if provided and not cells:
            return f"It is in {provided}.py, which came with the notebook: add `from {provided} import {name}`."
        if cells:
            which = f"cell {cells[0]} does" if len(cells) == 1 else f"cell {cells[0]} and other cells do"
            those = "that cell" if len(cells) == 1 else "those cells"
            return f"The function never sets `{name}`: {which}, and it has to work without {those}."
        question = meant(name, [*known_names(function, part), *_defined(modules)])
        return f"Nothing in the notebook defines `{name}`. {question}".strip()


    def _defined(modules: Mapping[str, str]) -> list[str]:
        """Return the functions that modules define."""
        return [name for source in modules.values() for name in re.findall(r"^def (\w+)", source, re.MULTILINE)]


    def _numbered_key(failure: Failure, args: Sequence[Any]) -> str:
        """Explain a KeyError about a layer that the arguments do not have, or about capital letters."""
        if failure.exception != "KeyError":
            return ""
        missing, keys = failure.text.strip("'\""), _keys(args)
        if any(missing != key and missing.lower() == key.lower() for key in keys):
            return "It looks up a key that differs from a right one in capital and small letters."
        numbers = sorted(_numbers_like(missing, keys))
        if numbers and (match := NUMBERED.fullmatch(missing)) and len(match[2]) < 6:  # longer: no layer
            if int(match[2]) == 0:
                return f"It looks for a layer 0, and layers are counted from {numbers[0]}."
            if int(match[2]) > numbers[-1]:
                return f"It looks for a layer after the last one, which is layer {numbers[-1]}."
        return ""


    def _missing_key(failure: Failure, args: Sequence[Any]) -> str:
        """Explain any other KeyError by comparing its key with the keys in the arguments."""
        if failure.exception != "KeyError":
            return ""
        if failure.text.strip("'\"") in _keys(args):
            return "It looks for a key of an input in a dictionary that does not have it."
        return "It looks up a key that the dictionary does not have."


    def _keys(args: Sequence[Any]) -> set[str]:
        return {key for arg in args if isinstance(arg, Mapping) for key in arg if isinstance(key, str)}


    def _numbers_like(missing: str, keys: set[str]) -> Iterator[int]:
        """Yield the numbers of the keys that share the letters of the missing key."""
        wanted = NUMBERED.fullmatch(missing)
        for key in keys:
            found = NUMBERED.fullmatch(key)
            if wanted and found and found[1] == wanted[1]:
                yield int(found[2])


    def _meaning(failure: Failure) -> str:
        for exception, contains, meaning in MEANINGS:
            if failure.exception == exception and re.search(contains, failure.text):
                return meaning
        return ""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.hints


@functools.cache
def _grader_hints():
    """Derive at most one factual hint from a failure. Pure: runs nothing and guesses nothing."""


    import ast
    from collections.abc import Iterable, Mapping, Sequence
    from types import MappingProxyType

    import numpy as np

    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict
    sentence = _grader_comparison_verdict().sentence
    activations = _grader_hints_activations()
    cross_entropy = _grader_hints_cross_entropy()
    elements = _grader_hints_elements()
    keys = _grader_hints_keys()
    misplaced = _grader_hints_misplaced()
    partially_correct = _grader_hints_partially_correct()
    ratios = _grader_hints_ratios()
    shapes = _grader_hints_shapes()
    Named = _grader_hints_evidence().Named
    evidence = _grader_hints_evidence().evidence
    with_others = _grader_hints_evidence().with_others
    explained = _grader_hints_exceptions().explained
    unbound_name = _grader_hints_exceptions().unbound_name
    definition_of = _grader_hints_names().definition_of
    Observation = _grader_hints_observation().Observation
    Case = _grader_models_assignment().Case
    Run = _grader_models_execution().Run
    Part = _grader_models_submission().Part

    NOTHING_SEEN = Observation()

    DETECTORS = {
        Verdict.WRONG_TYPE: misplaced.DETECTORS,
        Verdict.WRONG_STRUCTURE: (keys.numbers_of_keys, *misplaced.DETECTORS, *keys.DETECTORS),
        Verdict.WRONG_SHAPE: (*misplaced.DETECTORS, *shapes.DETECTORS),
        Verdict.WRONG_DTYPE: (elements.whole_numbers,),
        Verdict.WRONG_VALUE: (
            activations.on_the_way_forward,
            *misplaced.DETECTORS,
            shapes.transposed,
            activations.on_the_way_back,
            cross_entropy.wrong_term,
            *ratios.DETECTORS,
            *elements.DETECTORS,
        ),
    }
    """The detectors for each verdict; the first that returns a text supplies the hint."""


    def hint(
        outcome: Outcome,
        run: Run,
        case: Case,
        part: Part,
        results: Sequence[str] = (),
        others: Iterable[tuple[Case, Run]] = (),
        seen: Observation = NOTHING_SEEN,
        parameters: Sequence[str] = (),
        modules: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Return at most one factual hint for a failing case; "" if no detector is certain.

        It contains no value of an input or answer except shapes, simple ratios and expected keys, and no text of
        the submission except its names. Those could still encode an input, so no hint is disclosed for a hidden
        case.

        Args:
            outcome: the outcome of the run.
            run: the run.
            case: the test case, with the expected answer.
            part: the statements that the function needs.
            results: the names of the function's results, as far as they have names.
            others: the other public cases with their runs, which must not contradict the hint.
            seen: what was observed of the call, if it was.
            parameters: the names of the arguments of the call.
            modules: the sources of the modules that come with the notebook.

        Returns:
            the hint, or "".
        """
        if run.failure is not None:
            return explained(run.status, run.failure, part, case.call, seen, modules)
        if run.value is None and outcome.verdict in (Verdict.NOT_ATTEMPTED, Verdict.WRONG_TYPE):
            return "" if _returns(case.call.function, part) else "The function has no `return`."
        named = Named(tuple(parameters), definition_of(case.call.function, part))
        with np.errstate(all="ignore"):
            found = evidence(outcome, case, run.value, results, named)
            if found:
                returned = [(other, its.value) for other, its in others if its.failure is None]
                found = with_others(found, returned)
            facts = (detect(found) for detect in DETECTORS.get(outcome.verdict, ()) if found)
            return sentence(next(filter(None, facts), ""))


    def partly_right(outcome: Outcome, run: Run, case: Case, results: Sequence[str] = ()) -> str:
        """Return what the wrong parts of an answer have in common if others are right; "" if nothing.

        Args:
            outcome: the outcome of the run.
            run: the run.
            case: the test case, with the expected answer.
            results: the names of the function's results, as far as they have names.

        Returns:
            the sentence, or "".
        """
        if run.failure is not None or outcome.verdict not in (Verdict.WRONG_SHAPE, Verdict.WRONG_VALUE):
            return ""
        found = evidence(outcome, case, run.value, results)
        return sentence(partially_correct.rest_is_right(found)) if found else ""


    def _returns(function: str, part: Part) -> bool:
        """Return whether the definition of a function, if it is found, returns a value."""
        for statement in part.statements:
            try:
                tree = ast.parse(statement.source)
            except SyntaxError:  # the text of a %%writefile cell
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and node.name == function:
                    return any(isinstance(inner, ast.Return) and inner.value for inner in ast.walk(node))
        return True


    __all__ = ["hint", "partly_right", "unbound_name"]

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.value_text


@functools.cache
def _grader_models_value_text():
    """Format values as short Python source."""


    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    Value = _grader_models_values().Value
    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    RANGE = _grader_plain_records().RANGE
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named


    def compact(value: Value) -> str:
        """Format a value as Python source, with six significant digits."""
        if isinstance(value, np.ndarray):
            return compact((value.astype(str) if value.dtype.kind in "mM" else value).tolist())
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{compact(key)}: {compact(item)}" for key, item in value.items()) + "}"
        if isinstance(value, Named | Instance):
            return called(value)
        if isinstance(value, list):
            return "[" + _listed(value) + "]"
        if isinstance(value, tuple):
            return "(" + _listed(value) + ("," if len(value) == 1 else "") + ")"
        if isinstance(value, set | frozenset):
            return "{" + ", ".join(sorted(map(compact, value))) + "}" if value else "set()"
        if isinstance(value, Frame | Series | Labels | Column):
            return table(value)
        if isinstance(value, float | np.floating):
            return f"{value:.6g}"
        plain = isinstance(value, int | np.integer | np.bool_ | np.datetime64 | np.timedelta64)
        return str(value) if plain else repr(value)


    def _listed(values: Sequence[Value]) -> str:
        return ", ".join(map(compact, values))


    def called(value: Named | Instance, write: Callable[[Value], str] = compact) -> str:
        """Format a named tuple or object as the call that makes it.

        Args:
            value: the value.
            write: formats its parts.

        Returns:
            Python source.
        """
        if isinstance(value, Named):
            name, parts = value._name, dict(zip(value._fields, value, strict=True))
        else:
            name, parts = value.name, dict(value.attributes)
        if name == RANGE:
            return f"range({', '.join(map(write, parts.values()))})"
        return f"{name}({', '.join(f'{part}={write(item)}' for part, item in parts.items())})"


    def table(
        value: Frame | Series | Labels | Column, write: Callable[[Value], str] = compact, module: str = ""
    ) -> str:
        """Format a table as the call of pandas that makes it; rows that are merely numbered have no labels.

        Args:
            value: the table, or a part of one.
            write: formats its parts.
            module: what stands before the names of pandas, such as `pd.`.

        Returns:
            Python source.
        """
        if isinstance(value, Column):
            return write(value.entries())
        if isinstance(value, Labels):
            return f"{module}Index({write(value.listed())})"
        rows = value.index.listed()
        index = "" if rows == [*range(len(rows))] else f", index={write(rows)}"
        if isinstance(value, Series):
            return f"{module}Series({write(value.values)}{index})"
        columns = zip(value.columns.listed(), value.values, strict=True)
        made = ", ".join(f"{name!r}: {write(column)}" for name, column in columns)
        return f"{module}DataFrame({{{made}}}{index})"

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.python_source


@functools.cache
def _grader_models_python_source():
    """Write values as Python source that can be pasted into a notebook: arrays as `np.array(...)`."""


    import math
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    import numpy as np

    called = _grader_models_value_text().called
    table = _grader_models_value_text().table
    Value = _grader_models_values().Value
    leaves = _grader_models_values().leaves
    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named

    FEW = 200
    """Entries of an argument up to which it is written whole, elsewhere described."""

    LINE = 60
    """Characters up to which a value stays on one line."""

    _USUAL = frozenset(("float64", "int64", "bool", "complex128"))
    """The dtypes that `np.array` gives to numbers by itself."""


    def call_source(name: str, args: Sequence[Value]) -> str:
        """Return a call by position, as the names of parameters differ between editions.

        Args:
            name: the function.
            args: its arguments.

        Returns:
            Python source in one line.
        """
        return f"{name}({_listed(args)})"


    def arguments_source(parameters: Iterable[str], args: Iterable[Value]) -> str:
        """Return statements that set the arguments of a call, one a line; large ones are described.

        Args:
            parameters: the names.
            args: the values.

        Returns:
            lines of text.
        """
        texts = ((name, _at_most(value)) for name, value in zip(parameters, args, strict=False))
        return "\n".join(f"{name} = {_in_rows(text)}" for name, text in texts)


    def _in_rows(text: str) -> str:
        """Return source with the rows of arrays below each other, if it is long."""
        return text if len(text) <= LINE else text.replace("], [", "],\n    [")


    def source(value: Value) -> str:
        """Return a value as Python source; what has no short source as its `repr`."""
        if isinstance(value, np.ndarray):
            return _array(value)
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items()) + "}"
        if isinstance(value, Named | Instance):
            return called(value, source)
        if isinstance(value, list):
            return f"[{_listed(value)}]"
        if isinstance(value, tuple):
            return f"({_listed(value)}{',' if len(value) == 1 else ''})"
        if isinstance(value, set | frozenset):
            return "{" + ", ".join(sorted(map(source, value))) + "}" if value else "set()"
        if isinstance(value, Frame | Series | Labels | Column):
            return table(value, source, "pd.")
        if isinstance(value, float | np.floating):
            return _number(float(value))
        return str(value) if isinstance(value, np.integer | np.bool_) else repr(value)


    def _listed(values: Iterable[Value]) -> str:
        return ", ".join(map(source, values))


    def _at_most(value: Value) -> str:
        """Return a value as source, or a comment that describes it if it is large."""
        found = [leaf for leaf in leaves(value).values() if isinstance(leaf, np.ndarray | Column)]
        if sum(len(leaf) if isinstance(leaf, Column) else leaf.size for leaf in found) <= FEW:
            return source(value)
        if isinstance(value, np.ndarray):
            return f"...  # an array of shape {value.shape}, {value.dtype}"
        shapes = ", ".join(str(leaf.shape) for leaf in found if isinstance(leaf, np.ndarray))
        return f"...  # with arrays of the shapes {shapes}" if shapes else "...  # a large table"


    def _array(array: np.ndarray[Any, Any]) -> str:
        kind = f", dtype='{array.dtype}'"
        if array.size == 0:
            return f"np.zeros({array.shape}{'' if array.dtype == float else kind})"
        plain = array.dtype.name in _USUAL or array.dtype.kind == "U"
        entries = array.astype(str) if array.dtype.kind in "mM" else array
        return f"np.array({_entries(entries.tolist())}{'' if plain else kind})"


    def _entries(entries: Any) -> str:
        if isinstance(entries, list):
            return f"[{', '.join(map(_entries, entries))}]"
        return _number(entries) if isinstance(entries, float) else repr(entries)


    def _number(number: float) -> str:
        if not math.isfinite(number):
            return "np.nan" if math.isnan(number) else f"{'-' * (number < 0)}np.inf"
        text = f"{number:.8g}"
        return f"{text}." if text.lstrip("-").isdigit() else text

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.example_text


@functools.cache
def _grader_models_example_text():
    """Write a failing call as three lines: the call, what it gives, and what is expected."""


    from typing import Protocol

    import numpy as np

    Outcome = _grader_comparison_verdict().Outcome
    Verdict = _grader_comparison_verdict().Verdict
    Case = _grader_models_assignment().Case
    Run = _grader_models_execution().Run
    Status = _grader_models_execution().Status
    call_source = _grader_models_python_source().call_source
    source = _grader_models_python_source().source
    compact = _grader_models_value_text().compact
    Value = _grader_models_values().Value
    leaves = _grader_models_values().leaves

    LONGEST = 480
    """Characters up to which a call is easier to read than the message."""

    SHORT = 160
    """Characters up to which an answer is shown whole."""

    ENTRIES = 60
    """Entries up to which an answer is written at all."""


    class Called(Protocol):
        """A graded item as it is called: by its name, or by a driver with arguments of these names."""

        @property
        def name(self) -> str:
            """Its name."""

        @property
        def parameters(self) -> tuple[str, ...]:
            """The names of the arguments."""

        @property
        def driver(self) -> str:
            """The source of its driver; empty if it has none."""


    def example_text(exercise: Called, case: Case, run: Run, outcome: Outcome) -> str:
        """Return a failing call: a line that can be pasted and run, `yours: ...` and `expected: ...`.

        In place of the call of a driver stand statements that set its arguments. A sentence stands in place of
        both answers where the difference is no pair of values.

        Args:
            exercise: the graded function.
            case: a small case.
            run: its run.
            outcome: how it fails.

        Returns:
            two or three lines.
        """
        args = case.call.args
        given = zip(exercise.parameters, args, strict=False)
        set_up = "; ".join(f"{name} = {source(value)}" for name, value in given)
        call = set_up if exercise.driver else call_source(exercise.name, args)
        return "\n".join((call, *_difference(case, run, outcome)))


    def _difference(case: Case, run: Run, outcome: Outcome) -> tuple[str, ...]:
        if run.failure is not None:
            stopped = f"raises {run.failure}" if run.status is Status.RAISED else "no answer comes back"
            return f"yours: {stopped}", *_labelled("expected", _whole(case.expected))
        shown = outcome.expected is not None and outcome.verdict is not Verdict.WRONG_DTYPE
        if shown and np.size(outcome.actual) <= ENTRIES:
            path = f"{outcome.path}, " if outcome.path else ""
            yours, expected = compact(outcome.actual), compact(outcome.expected)
            if yours != expected:
                return f"{path}yours: {yours}", f"{path}expected: {expected}"
        yours = "returns nothing (None)" if run.value is None else _whole(run.value)
        expected = "" if outcome.verdict is Verdict.WRONG_DTYPE else _whole(case.expected)
        if yours and expected and yours != expected:
            return f"yours: {yours}", f"expected: {expected}"
        given, both, wanted = outcome.message.removesuffix(".").rpartition(", expected ")
        return (f"yours: {given}", f"expected: {wanted}") if both else (outcome.message,)


    def _labelled(label: str, text: str) -> tuple[str, ...]:
        return (f"{label}: {text}",) if text else ()


    def _whole(value: Value) -> str:
        """Return an answer as text; "" if it is too long to read."""
        if value is not None and sum(map(np.size, leaves(value).values())) > ENTRIES:
            return ""
        text = compact(value)
        return text if len(text) <= SHORT else ""

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.explaining


@functools.cache
def _grader_public_tests_explaining():
    """Explain a failed public test: a hint, and the smallest example. Bundled for students."""


    import contextlib
    import inspect
    import io
    import time
    import warnings
    from collections.abc import Iterator, Sequence
    from typing import Any

    hints = _grader_hints()
    Verdict = _grader_comparison_verdict().Verdict
    Case = _grader_models_assignment().Case
    IMPORTS = _grader_models_common_imports().IMPORTS
    LONGEST = _grader_models_example_text().LONGEST
    example_text = _grader_models_example_text().example_text
    Call = _grader_models_execution().Call
    Failure = _grader_models_execution().Failure
    Run = _grader_models_execution().Run
    Statement = _grader_models_execution().Statement
    Status = _grader_models_execution().Status
    Part = _grader_models_submission().Part
    Attempt = _grader_public_tests_attempts().Attempt
    attempts = _grader_public_tests_attempts().attempts
    PublicCase = _grader_public_tests_case_file().PublicCase
    PublicExercise = _grader_public_tests_case_file().PublicExercise
    TimedOut = _grader_public_tests_patience().TimedOut

    PATIENCE = 2.0
    """The seconds after which no further small call is begun."""


    def hint_of(exercise: PublicExercise, failed: Attempt, others: Sequence[Attempt], function: Any) -> str:
        """Return the hint that the grader would give, "" if there is none.

        Args:
            exercise: the exercise.
            failed: the attempt that failed.
            others: the attempts at the other public cases.
            function: the student's function.

        Returns:
            one or two sentences.
        """
        if isinstance(failed.error, OSError):
            return ""  # the hints on these are about the grader's sandbox
        missing = failed.error.name if type(failed.error) is NameError else None
        if missing and missing not in IMPORTS:
            return f"No cell that has run defines `{missing}`."
        with contextlib.suppress(Exception):  # an answer may be any object, and a hint is no more than a help
            return hints.hint(
                failed.outcome,
                _run(failed),
                _case(exercise, failed.case),
                _part(function, failed.error),
                exercise.results,
                [(_case(exercise, one.case), _run(one)) for one in others],
                parameters=exercise.parameters,
            )
        return ""


    def _run(attempt: Attempt) -> Run:
        error = attempt.error
        if isinstance(error, TimedOut):
            return Run(Status.TIMED_OUT, failure=Failure("TimeoutError", str(error)))
        if error is None:
            return Run(Status.RETURNED, attempt.value)
        bases = tuple(kind.__name__ for kind in type(error).__mro__[1:])
        return Run(Status.RAISED, failure=Failure(type(error).__name__, str(error), (), bases))


    def _case(exercise: PublicExercise, case: PublicCase) -> Case:
        return Case(case.id, True, Call(exercise.name, case.args, case.seed), case.expected)


    def _part(function: Any, error: BaseException | None) -> Part:
        """Return the source of a function as a part of a notebook, with the name that it misses."""
        missing: dict[str, tuple[int, ...]] = (
            {error.name: ()} if isinstance(error, NameError) and error.name else {}
        )
        try:
            source = inspect.getsource(function)
        except (OSError, TypeError):
            return Part((), unbound=missing)
        return Part((Statement(1, 1, source),), unbound=missing)


    def smallest_example(
        exercise: PublicExercise, failed: Attempt, function: Any, cases: Sequence[PublicCase]
    ) -> str:
        """Return the smallest call that fails in the way of a failed test, preferably in the same place.

        Args:
            exercise: the exercise.
            failed: the attempt that failed.
            function: the student's function.
            cases: small calls, the smallest first.

        Returns:
            the call, and below it `yours: ...` and `expected: ...` or what is wrong; "" if none fails so.
        """
        if isinstance(failed.error, TimedOut):
            return ""  # each small call would take as long
        alike = [one for one in _quietly(exercise, function, cases) if _kind(one) == _kind(failed)]
        there = [one for one in alike if one.outcome.path == failed.outcome.path]
        texts = (
            example_text(exercise, _case(exercise, one.case), _run(one), one.outcome) for one in (*there, *alike)
        )
        return next((text for text in texts if len(text) <= LONGEST), "")


    def _kind(attempt: Attempt) -> tuple[Verdict, type | None]:
        """Return what two failures of one kind have in common."""
        return attempt.outcome.verdict, type(attempt.error) if attempt.error else None


    def _quietly(exercise: PublicExercise, function: Any, cases: Sequence[PublicCase]) -> Iterator[Attempt]:
        """Yield the attempts at small calls: nothing that they print is shown, and a judge may refuse them."""
        until = time.monotonic() + PATIENCE
        for case in cases:
            if time.monotonic() > until:
                return
            with quiet(), contextlib.suppress(Exception):
                yield from attempts(exercise, function, (case,))


    @contextlib.contextmanager
    def quiet() -> Iterator[None]:
        """Show nothing that is printed, and no warning."""
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.keys


@functools.cache
def _grader_models_keys():
    """Keys of dictionaries and entries of sets: which values may be one, and no flood of equal hashes."""


    import sys
    from datetime import date, datetime, timedelta
    from typing import Any

    import numpy as np

    Named = _grader_plain_records().Named
    fields_of = _grader_plain_records().fields_of

    SIMPLE = (type(None), bool, int, float, complex, str, bytes, date, datetime, timedelta)
    _SIMPLE = frozenset(SIMPLE)
    NUMPY = frozenset(kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biufcSU")
    """NumPy's numbers and texts, which become those of Python."""

    SAME_HASH = 32
    """Keys of one hash that a dictionary or set may have; each costs a comparison with all others."""


    class NoKeyError(ValueError):
        """A value cannot be a key; the text is the name of its type."""


    def plain_key(key: Any) -> Any:
        """Return a key as plain data, without a call of any method that a student wrote.

        Raises:
            NoKeyError: it is of another kind, or contains what is.
        """
        kind = type(key)
        if kind in _SIMPLE and getattr(key, "tzinfo", None) is None:
            return key
        if kind in NUMPY and kind not in (np.longdouble, np.clongdouble):
            return key.item()
        if kind is frozenset:
            return frozenset(map(plain_key, key))
        if issubclass(kind, tuple):
            fields = key._fields if kind is Named else fields_of(kind)
            entries = tuple([plain_key(entry) for entry in tuple.__iter__(key)])
            return Named(getattr(key, "_name", kind.__name__), fields, entries) if fields else entries
        if _is_exact(kind):
            return key
        raise NoKeyError(kind.__name__)


    def is_key(key: Any) -> bool:
        """Return whether a decoded value may be a key."""
        kind = type(key)
        if kind is tuple or kind is Named:
            return all(map(is_key, key))
        return kind in _SIMPLE or kind is frozenset or _is_exact(kind)


    def _is_exact(kind: type) -> bool:
        """Return whether a class is one of Python's numbers in modules that are rarely loaded."""
        return kind in [
            getattr(sys.modules.get(module), name, None)
            for module, name in (("fractions", "Fraction"), ("decimal", "Decimal"))
        ]


    Hashes = dict[int, int]
    """The number of keys of each hash."""


    def check_key(key: Any, hashes: Hashes) -> None:
        """Check a key that was decoded, and count its hash: all but those of texts can be chosen to collide.

        Args:
            key: the key.
            hashes: the hashes of the keys before it.

        Raises:
            ValueError: it cannot be a key, or too many have its hash.
        """
        if type(key) is not int and not is_key(key):
            raise ValueError("a key is not plain")
        value = hash(key)
        count = hashes[value] = hashes.get(value, 0) + 1
        if count > SAME_HASH:
            raise ValueError("too many keys have one hash")

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.objects


@functools.cache
def _grader_models_objects():
    """The table of the objects that cross: each as a number and a tuple of plain parts, which are checked."""


    import math
    import re
    import sys
    from collections import deque
    from collections.abc import Callable
    from datetime import date, datetime, timedelta
    from typing import Any

    import numpy as np

    NoKeyError = _grader_models_keys().NoKeyError
    is_key = _grader_models_keys().is_key
    plain_key = _grader_models_keys().plain_key
    Column = _grader_plain_frames().Column
    Frame = _grader_plain_frames().Frame
    Labels = _grader_plain_frames().Labels
    Series = _grader_plain_frames().Series
    check_table = _grader_plain_frames().check_table
    plain_frame = _grader_plain_pandas_frames().plain_frame
    DATACLASS = _grader_plain_records().DATACLASS
    KINDS = _grader_plain_records().KINDS
    PARTS = _grader_plain_records().PARTS
    Instance = _grader_plain_records().Instance
    Named = _grader_plain_records().Named
    plain_record = _grader_plain_records().plain_record

    MAX_AXES = 32
    MAX_NAME = 200
    DECIMAL = re.compile(
        r"-?\d{1,1000}|-?\d{0,999}\.\d{1,999}|-?\d(\.\d{1,999})?E[+-]?\d{1,18}|-?Infinity", re.ASCII
    )
    DTYPE = re.compile(
        r"<U[1-9]\d{0,7}|\|S[1-9]\d{0,7}|<[Mm]8(\[([1-9]\d{0,3})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
    )
    """The dtypes of arrays of texts, bytes, dates and durations."""

    MAX_POINT = 0x10FFFF
    MAX_ENTRIES = 1 << 26

    Parts = tuple[Any, ...]


    def plain_object(value: Any) -> Any:
        """Return an object as one of the types in the table; None if it is none.

        Raises:
            ForeignColumnError: it is a data frame with a column that does not cross.
        """
        kind = type(value)
        if kind is deque:
            return [*deque.__iter__(value)]
        if kind in (_standard("fractions", "Fraction"), _standard("decimal", "Decimal")):
            return value
        record = plain_record(value)
        return plain_frame(value) if record is None else record


    def _standard(module: str, name: str) -> Any:
        """Return a class of Python's library if it is loaded; otherwise no value can be of it."""
        return getattr(sys.modules.get(module), name, _standard)


    # ---------------------------------------------------------------- objects -> parts


    def parts_of(value: Any) -> tuple[int, Parts]:
        """Return the number of an object's type in the table, and its parts.

        Args:
            value: an object of one of the types.

        Returns:
            the number and the parts.
        """
        kind = type(value)
        if kind is np.ndarray:
            return _parts_of_array(value)
        number, parts = _PARTS.get(kind) or _PARTS_BY_NAME[kind.__name__]
        return number, parts(value)


    def _parts_of_array(array: Any) -> tuple[int, Parts]:
        if array.dtype.kind == "O":
            return OBJECT_ARRAY, (array.shape, tuple(array.flat))
        if array.dtype.names is not None:
            names = array.dtype.names
            return RECORD_ARRAY, (array.shape, names, tuple(np.ascontiguousarray(array[name]) for name in names))
        return TEXT_ARRAY, (array.dtype.str, array.shape, array.tobytes())


    def crosses(dtype: np.dtype[Any]) -> bool:
        """Return whether arrays of a dtype are in the table."""
        if dtype.names is not None:
            return len(dtype.names) > 0 and all(_is_field(dtype[name].base) for name in dtype.names)
        return dtype.kind == "O" or DTYPE.fullmatch(dtype.str) is not None


    def _is_field(dtype: np.dtype[Any]) -> bool:
        if dtype.kind in "biufc":
            return dtype.char not in "gG"  # long double
        return dtype.kind != "O" and crosses(dtype.newbyteorder("<"))


    def _label(name: Any) -> Any:
        """Return the name of a series or level as plain data; None if it is nothing plain."""
        try:
            return plain_key(name)
        except NoKeyError:
            return None


    NAMED, INSTANCE, TEXT_ARRAY, DATE_NUMBER, OBJECT_ARRAY, RECORD_ARRAY = range(6)
    FRACTION, DECIMAL_NUMBER, DATE, DATETIME, DURATION = range(6, 11)
    COLUMN, LABELS, SERIES, FRAME = range(11, 15)

    _PARTS: dict[type, tuple[int, Callable[[Any], Parts]]] = {
        Named: (NAMED, lambda x: (x._name, x._fields, tuple(x))),
        Instance: (INSTANCE, lambda x: (x.kind, x.name, tuple(x.attributes), tuple(x.attributes.values()))),
        np.datetime64: (DATE_NUMBER, lambda x: (x.dtype.str, x.tobytes())),
        np.timedelta64: (DATE_NUMBER, lambda x: (x.dtype.str, x.tobytes())),
        date: (DATE, lambda x: (x.year, x.month, x.day)),
        datetime: (DATETIME, lambda x: (x.year, x.month, x.day, x.hour, x.minute, x.second, x.microsecond)),
        timedelta: (DURATION, lambda x: (x.days, x.seconds, x.microseconds)),
        Column: (COLUMN, lambda x: (x.dtype, x.values, x.missing, x.categories, x.ordered)),
        Labels: (LABELS, lambda x: (tuple(map(_label, x.names)), x.levels)),
        Series: (SERIES, lambda x: (_label(x.name), x.index, x.values)),
        Frame: (FRAME, lambda x: (x.index, x.columns, x.values)),
    }
    _PARTS_BY_NAME: dict[str, tuple[int, Callable[[Any], Parts]]] = {
        "Fraction": (FRACTION, lambda x: (x.numerator, x.denominator)),
        "Decimal": (DECIMAL_NUMBER, lambda x: (str(x),)),
    }


    # ---------------------------------------------------------------- parts -> objects


    def made(number: int, parts: Any) -> Any:
        """Return the object of a type of the table.

        Args:
            number: the number of the type.
            parts: the decoded parts, which may be anything.

        Returns:
            the object.

        Raises:
            ValueError: there is no such object.
        """
        match number, parts:
            case 0, (str(name), tuple(fields), tuple(values)) if _are_names(fields, values):
                return Named(name[:MAX_NAME], fields, values)
            case 1, (str(kind), str(name), tuple(fields), tuple(values)) if _are_names(fields, values):
                return _instance(kind, name[:MAX_NAME], dict(zip(fields, values, strict=True)))
            case 2, (str(dtype), tuple(shape), bytes(data)):
                return _text_array(dtype, shape, data)
            case 3, (str(dtype), bytes(data)) if dtype[1:2] in ("M", "m"):
                return _text_array(dtype, (), data)[()]
            case 4, (tuple(shape), tuple(items)) if _size(shape) == len(items):
                return _object_array(shape, items)
            case 5, (tuple(shape), tuple(names), tuple(arrays)) if _are_names(names, arrays):
                return _record_array(shape, names, arrays)
            case _:
                return _number_or_table(number, parts)


    def _number_or_table(number: int, parts: Any) -> Any:
        match number, parts:
            case 6, (int(numerator), int(denominator)) if denominator > 0:
                from fractions import Fraction  # rarely needed

                return Fraction(numerator, denominator)
            case 7, (str(text),) if DECIMAL.fullmatch(text):
                from decimal import Decimal  # rarely needed

                return Decimal(text)
            case 8, (int(), int(), int()):
                return date(*parts)
            case 9, tuple() if len(parts) == 7 and all(type(part) is int for part in parts):
                return datetime(*parts)  # as it was made
            case 10, (int(days), int(seconds), int(microseconds)):
                return timedelta(days, seconds, microseconds)
            case _:
                return _table(number, parts)


    def _table(number: int, parts: Any) -> Any:
        table: Any
        match number, parts:
            case 11, (str(dtype), np.ndarray(), None | np.ndarray(), None | Column(), bool()):
                table = Column(dtype[:MAX_NAME], *parts[1:])
            case 12, (tuple(names), tuple(levels)) if _are(Column, levels) and all(map(is_key, names)):
                table = Labels(names, levels)
            case 13, (name, Labels(), Column()) if is_key(name):
                table = Series(*parts)
            case 14, (Labels(), Labels(), tuple(columns)) if _are(Column, columns):
                table = Frame(*parts)
            case _:
                raise ValueError("there is no such object")
        check_table(table)
        return table


    def _are(kind: type, values: Parts) -> bool:
        return all(type(value) is kind for value in values)


    def _are_names(names: Parts, values: Parts) -> bool:
        return len(names) == len(values) and _are(str, names) and len(set(names)) == len(names)


    def _instance(kind: str, name: str, attributes: dict[str, Any]) -> Instance:
        if kind not in KINDS or (kind != DATACLASS and tuple(attributes) != PARTS[kind]):
            raise ValueError("there is no such object")
        if kind == "range" and not all(type(part) is int for part in attributes.values()):
            raise ValueError("a range is of other than integers")
        if kind == "range" and attributes["step"] == 0:
            raise ValueError("a range makes no steps")
        return Instance(kind, name, attributes)


    def _size(shape: Parts) -> int:
        """Return the number of entries of an array; -1 if there is no such shape."""
        sizes = len(shape) <= MAX_AXES and all(type(size) is int and 0 <= size < 1 << 31 for size in shape)
        return math.prod(shape) if sizes and math.prod(size or 1 for size in shape) < MAX_ENTRIES else -1


    def _text_array(dtype: str, shape: Parts, data: bytes) -> Any:
        if not DTYPE.fullmatch(dtype):
            raise ValueError("an array has no such type")
        kind = np.dtype(dtype)
        if _size(shape) * kind.itemsize != len(data):
            raise ValueError("an array is not as long as it should be")
        if kind.kind == "U" and _highest(data) > MAX_POINT:
            raise ValueError("a text has no such character")
        return np.ndarray(shape, kind, data).copy()


    def _highest(data: bytes) -> int:
        """Return the highest code point of the texts in an array."""
        points: Any = np.frombuffer(data, np.uint32)
        return int(points.max(initial=0))


    def _object_array(shape: Parts, items: Parts) -> Any:
        array = np.empty(len(items), object)
        for i, item in enumerate(items):  # NumPy would look into the items
            array[i] = item
        return array.reshape(shape)


    def _record_array(shape: Parts, names: Parts, arrays: Parts) -> Any:
        if _size(shape) < 0 or not _are(np.ndarray, arrays) or not names:
            raise ValueError("there are no such records")
        if any(a.shape[: len(shape)] != shape or a.dtype.kind not in "biufcUSMmV" for a in arrays):
            raise ValueError("the fields of records do not fit")
        formats = [(array.dtype, array.shape[len(shape) :]) for array in arrays]
        dtype = np.dtype([(name, *kind) for name, kind in zip(names, formats, strict=True)])
        if dtype.itemsize == 0:
            raise ValueError("there are no such records")
        records = np.empty(shape, dtype)
        for name, array in zip(names, arrays, strict=True):
            records[name] = array
        return records

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.wire


@functools.cache
def _grader_models_wire():
    """The limits, dtypes and number layouts that `encoding` and `decoding` share."""


    import struct

    import numpy as np

    MAX_BYTES = 64 << 20
    MAX_NODES = 50_000
    MAX_DEPTH = 64
    MAX_NDIM = 32
    MAX_INT_BYTES = 1024

    _CODES = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
    DTYPES = tuple(np.dtype(code) for code in _CODES)
    INDEX = {dtype: index for index, dtype in enumerate(DTYPES)}

    U32 = struct.Struct("<I")
    INT, FLOAT, COMPLEX = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<dd")
    LAYOUTS = tuple(struct.Struct(f"<BB{ndim}Q") for ndim in range(MAX_NDIM + 1))


    class WireError(ValueError):
        """The bytes do not encode a value, or the value exceeds the limits."""


    class Unsupported:
        """Replaces a value that cannot be encoded; `type_name` is its type. Equal to nothing."""

        __slots__ = ("type_name",)  # and no dataclass, since those cross

        def __init__(self, type_name: str) -> None:
            self.type_name = type_name

        def __repr__(self) -> str:
            return f"Unsupported({self.type_name!r})"

        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = None  # type: ignore[assignment]  # unhashable, as what is equal to nothing has to be

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.models.decoding


@functools.cache
def _grader_models_decoding():
    """Decode values from bytes that nobody has vouched for."""


    import functools
    import math
    import struct
    from collections.abc import Callable
    from typing import Any

    import numpy as np

    Hashes = _grader_models_keys().Hashes
    check_key = _grader_models_keys().check_key
    COLUMN = _grader_models_objects().COLUMN
    made = _grader_models_objects().made
    COMPLEX = _grader_models_wire().COMPLEX
    DTYPES = _grader_models_wire().DTYPES
    FLOAT = _grader_models_wire().FLOAT
    INT = _grader_models_wire().INT
    LAYOUTS = _grader_models_wire().LAYOUTS
    MAX_BYTES = _grader_models_wire().MAX_BYTES
    MAX_DEPTH = _grader_models_wire().MAX_DEPTH
    MAX_INT_BYTES = _grader_models_wire().MAX_INT_BYTES
    MAX_NDIM = _grader_models_wire().MAX_NDIM
    MAX_NODES = _grader_models_wire().MAX_NODES
    U32 = _grader_models_wire().U32
    Unsupported = _grader_models_wire().Unsupported
    WireError = _grader_models_wire().WireError


    def decode(data: bytes, *, writable: bool = True, build: Callable[[Any], Any] | None = None) -> Any:
        """Decode the bytes that `encode` returned.

        Args:
            data: the bytes.
            writable: whether arrays are writable copies; otherwise they share the memory of `data`.
            build: replaces each plain value that stands for an object; None to keep them as they are.

        Returns:
            the value.

        Raises:
            WireError: the bytes are anything else. No other exception leaves this function, but those of `build`.
        """
        decoder = _Decoder(data, writable, build)
        try:
            value = decoder.take_value(MAX_DEPTH)
        except (ValueError, OverflowError, MemoryError, RecursionError) as error:
            raise WireError(str(error) or type(error).__name__) from None
        except (IndexError, struct.error):
            raise WireError("the bytes end too early") from None
        if decoder.position != len(data):
            raise WireError("bytes are left over")
        return value


    class _Decoder:
        """Reads values from `data`, never past its end."""

        def __init__(self, data: bytes, writable: bool, build: Callable[[Any], Any] | None) -> None:
            self.data = data
            self.writable = writable
            self.build = build
            self.position = 0
            self.nodes = MAX_NODES - 1

        def skip(self, size: int) -> int:
            """Advance by `size` bytes; return where they begin."""
            start = self.position
            self.position = start + size
            if self.position > len(self.data):
                raise WireError("the bytes end too early")
            return start

        def take_sized(self, limit: int = MAX_BYTES) -> bytes:
            size = self.take_number(U32)
            if size > limit:
                raise WireError("a part is too long")
            start = self.skip(size)
            return self.data[start : start + size]

        def take_count(self, depth: int, nodes_each: int) -> int:
            """Read the number of parts of a container, and check it against the limits and the bytes left."""
            if depth <= 0:
                raise WireError("the structure is too deep")
            count: int = self.take_number(U32)
            self.nodes -= count * nodes_each
            if self.nodes < 0 or count * nodes_each > len(self.data) - self.position:
                raise WireError("there are too many values")
            return count

        def take_value(self, depth: int) -> Any:
            read = _READERS.get(self.data[self.position])
            if read is None:
                raise WireError("there is no such tag")
            self.position += 1
            return read(self, depth)

        def take_number(self, number: struct.Struct) -> Any:
            """Read a number; `struct` checks that its bytes are present."""
            position = self.position
            self.position = position + number.size
            return number.unpack_from(self.data, position)[0]


    def _read_dict(decoder: _Decoder, depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        hashes: Hashes = {}
        for _ in range(decoder.take_count(depth, 2)):
            key = decoder.take_value(depth)
            if type(key) is not str:
                check_key(key, hashes)
            if key in result:
                raise WireError("a key is there twice")
            result[key] = decoder.take_value(depth - 1)
        return result


    def _read_set(decoder: _Decoder, depth: int) -> set[Any]:
        result: set[Any] = set()
        hashes: Hashes = {}
        for _ in range(decoder.take_count(depth, 1)):
            entry = decoder.take_value(depth)
            check_key(entry, hashes)
            if entry in result:
                raise WireError("an entry is there twice")
            result.add(entry)
        return result


    def _read_object(decoder: _Decoder, depth: int) -> Any:
        number, build = decoder.data[decoder.skip(1)], decoder.build
        if number >= COLUMN:  # the parts of a table are built with it
            decoder.build = None
        plain = made(number, decoder.take_value(depth))
        decoder.build = build
        return plain if build is None else build(plain)


    def _read_array(decoder: _Decoder, _depth: int) -> Any:
        data, start = decoder.data, decoder.position
        end = start + 2 + 8 * data[start + 1]
        dtype, shape, size = _layout_of(data[start:end])
        decoder.position = end
        return _numbers(decoder, dtype, shape, size)


    @functools.lru_cache(maxsize=1024)
    def _layout_of(data: bytes) -> tuple[np.dtype[Any], tuple[int, ...], int]:
        """Return the dtype, the shape and the size in bytes of an array.

        Raises:
            WireError: no such array is possible.
        """
        index, ndim = data[:2]
        if index >= len(DTYPES) or ndim > MAX_NDIM:
            raise WireError("an array has no such type")
        _, _, *shape = LAYOUTS[ndim].unpack(data)
        if math.prod(size or 1 for size in shape) > MAX_BYTES:
            raise WireError("an array is too large")
        return DTYPES[index], tuple(shape), math.prod(shape) * DTYPES[index].itemsize


    def _read_scalar(decoder: _Decoder, _depth: int) -> Any:
        index = decoder.data[decoder.skip(1)]
        if index >= len(DTYPES):
            raise WireError("a number has no such type")
        return _numbers(decoder, DTYPES[index], (), DTYPES[index].itemsize)[()]


    def _numbers(decoder: _Decoder, dtype: np.dtype[Any], shape: tuple[int, ...], size: int) -> Any:
        """Read an array of a dtype and shape; a byte other than 0 and 1 would be an invalid bool."""
        numbers: Any = np.ndarray(shape, dtype, decoder.data, decoder.skip(size))
        if dtype is _BOOL and numbers.view(np.uint8).max(initial=0) > 1:
            raise WireError("a truth value is neither 0 nor 1")
        return numbers.copy() if decoder.writable else numbers


    _BOOL = DTYPES[0]
    _READERS: dict[int, Callable[[_Decoder, int], Any]] = {
        ord(tag): read
        for tag, read in {
            "N": lambda _d, _n: None,
            "T": lambda _d, _n: True,
            "F": lambda _d, _n: False,
            "I": lambda d, _n: d.take_number(INT),
            "B": lambda d, _n: int.from_bytes(d.take_sized(MAX_INT_BYTES), "little", signed=True),
            "D": lambda d, _n: d.take_number(FLOAT),
            "C": lambda d, _n: complex(*COMPLEX.unpack_from(d.data, d.skip(16))),
            "S": lambda d, _n: str(d.take_sized(), "utf-8", "surrogatepass"),
            "Y": lambda d, _n: d.take_sized(),
            "X": lambda d, _n: Unsupported(str(d.take_sized(200), "utf-8", "replace")),
            "L": lambda d, n: [d.take_value(n - 1) for _ in range(d.take_count(n, 1))],
            "U": lambda d, n: tuple([d.take_value(n - 1) for _ in range(d.take_count(n, 1))]),
            "M": _read_dict,
            "H": _read_set,
            "K": lambda d, n: frozenset(_read_set(d, n)),
            "P": _read_object,
            "A": _read_array,
            "G": _read_scalar,
        }.items()
    }

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.further_cases


@functools.cache
def _grader_public_tests_further_cases():
    """Read the small calls of a graded function from the file for `grader check`. Bundled for students."""


    import zlib
    from pathlib import Path

    decode = _grader_models_decoding().decode
    finite = _grader_models_values().finite
    WireError = _grader_models_wire().WireError
    PublicCase = _grader_public_tests_case_file().PublicCase

    HANDOUT = "grader_check.bin"
    """The file beside the public cases; `grader.assignments.handout` says what is in it."""


    def further_cases(path: Path, name: str) -> tuple[PublicCase, ...]:
        """Return the further calls of a graded function with the reference's answers, the smallest first.

        Args:
            path: the file.
            name: the graded function.

        Returns:
            the calls whose answers have finite numbers; none if the file is absent or damaged.
        """
        try:
            content = decode(zlib.decompress(path.read_bytes()))
            of_one = next(fields["further"] for fields in content["exercises"] if fields["name"] == name)
            calls = [decode(call)[:2] for call in of_one]
        except (OSError, zlib.error, WireError, KeyError, TypeError, StopIteration):
            return ()
        return tuple(
            PublicCase(f"small-{number}", args, answer, 0)
            for number, (args, answer) in enumerate(calls, 1)
            if finite(answer)
        )

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.tracebacks


@functools.cache
def _grader_public_tests_tracebacks():
    """Show the exceptions of a public test with the student's own lines alone. Bundled for students."""


    import contextlib
    import sys
    import traceback
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any


    class PublicTestFailed(AssertionError):  # noqa: N818  # students read its name
        """A public test has failed. A notebook shows no traceback of it; `title` alone if a card has the rest."""

        def __init__(self, text: str, title: str = "") -> None:
            super().__init__(text)
            self.title = title or text

        def _render_traceback_(self) -> list[str]:
            """Return what IPython shows in place of a traceback."""
            return [self.title]


    PublicTestFailed.__module__ = "builtins"  # so that its name alone is printed
    PublicTestFailed.__qualname__ = PublicTestFailed.__name__


    def with_own_lines(error: BaseException, namespaces: tuple[Mapping[str, Any], ...]) -> BaseException:
        """Return an exception whose traceback has the lines of the student's functions alone.

        Args:
            error: what a student's function raised.
            namespaces: the global names of what the student wrote.

        Returns:
            the same exception.
        """
        own = _own(error.__traceback__, namespaces)

        def rendered() -> list[str]:
            return _rendered(error, own)

        with contextlib.suppress(AttributeError):  # an exception may have no room for it
            error._render_traceback_ = rendered  # type: ignore[attr-defined]  # IPython asks for it
        return error.with_traceback(own)


    def _own(found: TracebackType | None, namespaces: tuple[Mapping[str, Any], ...]) -> TracebackType | None:
        """Return a traceback without the frames of other modules than the student's."""
        kept: TracebackType | None = None
        for one in reversed(_entries(found)):
            if any(one.tb_frame.f_globals is namespace for namespace in namespaces):
                kept = TracebackType(kept, one.tb_frame, one.tb_lasti, one.tb_lineno)
        return kept


    def _entries(found: TracebackType | None) -> list[TracebackType]:
        entries: list[TracebackType] = []
        while found is not None:
            entries.append(found)
            found = found.tb_next
        return entries


    def _rendered(error: BaseException, own: TracebackType | None) -> list[str]:
        """Return the lines that IPython shows of an exception."""
        if own is None:
            return ["".join(traceback.format_exception_only(error)).rstrip()]
        shell = sys.modules["IPython"].get_ipython()
        lines: list[str] = shell.InteractiveTB.structured_traceback(type(error), error, own, tb_offset=0)
        return lines

    return types.SimpleNamespace(**locals())


# ---------------------------------------------------------------------- grader.public_tests.runner


@functools.cache
def _grader_public_tests_runner():
    """Run the public tests of an exercise in the notebook, by the same comparison that grades it.

    `from public_tests import *` provides `<function>_test` for each graded function, and the names
    `<function>_test_1` and `<function>_test_2` that earlier notebooks call.
    """


    import functools
    from collections.abc import Callable, Mapping, Sequence
    from dataclasses import dataclass
    from pathlib import Path
    from typing import Any

    JudgeError = _grader_comparison_judges().JudgeError
    Verdict = _grader_comparison_verdict().Verdict
    mend_first = _grader_comparison_words().mend_first
    not_written = _grader_comparison_words().not_written
    worded = _grader_comparison_words().worded
    Attempt = _grader_public_tests_attempts().Attempt
    attempts = _grader_public_tests_attempts().attempts
    notebook_names = _grader_public_tests_attempts().notebook_names
    needed = _grader_public_tests_called().needed
    Card = _grader_public_tests_card().Card
    pair_of = _grader_public_tests_card().pair_of
    show = _grader_public_tests_card().show
    PublicCase = _grader_public_tests_case_file().PublicCase
    PublicExercise = _grader_public_tests_case_file().PublicExercise
    read_public = _grader_public_tests_case_file().read_public
    hint_of = _grader_public_tests_explaining().hint_of
    quiet = _grader_public_tests_explaining().quiet
    smallest_example = _grader_public_tests_explaining().smallest_example
    HANDOUT = _grader_public_tests_further_cases().HANDOUT
    further_cases = _grader_public_tests_further_cases().further_cases
    PublicTestFailed = _grader_public_tests_tracebacks().PublicTestFailed
    with_own_lines = _grader_public_tests_tracebacks().with_own_lines


    @dataclass(frozen=True)
    class PublicTests:
        """The exercises of an assignment by their names, and the file with further calls of them."""

        exercises: Mapping[str, PublicExercise]
        handout: Path

        def run(self, name: str, function: Any = None) -> None:
            """Call a student's function on all public test cases of an exercise, and say what is wrong.

            Shows one line if all pass or the function is not written yet, and a card if one fails.

            Args:
                name: the exercise.
                function: the student's function.

            Raises:
                PublicTestFailed: an answer is wrong.
                Exception: what the student's function raised, with its own lines alone.
            """
            __tracebackhide__ = True
            failure = self._failure(self.exercises[name], function)
            if failure is not None:
                raise failure

        def _failure(self, exercise: PublicExercise, function: Any) -> BaseException | None:
            """Show the results of an exercise; return what the test raises."""
            if not exercise.driver and not callable(function):
                call = f"{exercise.name}_test({exercise.name})"
                return PublicTestFailed(f"A test takes the function itself, not what it returns: {call}")
            own = (notebook_names(), getattr(function, "__globals__", {}))
            try:
                tried = [*attempts(exercise, function, exercise.cases)]
            except KeyboardInterrupt as stopped:
                return with_own_lines(stopped, own)
            except JudgeError as error:
                fault = f"The test of {exercise.name} is at fault, not your function: its judge {error.what}"
                return PublicTestFailed(f"{fault}{error.detail}. Tell your instructor.")
            failed = next((one for one in tried if not one.passed), None)
            if failed is None:
                print(passed(exercise))  # noqa: T201  # output in the notebook
                return None
            first, verdict = self._first(function)
            if failed.outcome.verdict is Verdict.NOT_ATTEMPTED and verdict in (None, Verdict.NOT_ATTEMPTED):
                print(first or not_written(exercise.name))  # noqa: T201
                return None
            card = self._card(exercise, function, failed, tried, first)
            show(card)
            if failed.error is not None and not worded_as_answer(failed):
                return with_own_lines(failed.error, own)
            return PublicTestFailed(card.gist, card.title)

        def _card(
            self,
            exercise: PublicExercise,
            function: Any,
            failed: Attempt,
            tried: Sequence[Attempt],
            first: str,
        ) -> Card:
            outcome = failed.outcome
            card = functools.partial(
                Card,
                exercise.name,
                worded(outcome.verdict, outcome.message),
                [
                    (one.case.id, worded(one.outcome.verdict, one.outcome.message))
                    for one in tried
                    if not one.case.kind_only
                ],
                failed.case.id,
                outcome.message,
            )
            if first:
                return card(first=first)
            others = [one for one in tried if one is not failed]
            return card(
                hint=hint_of(exercise, failed, others, function),
                pair=pair_of(outcome.path, outcome.actual, outcome.expected),
                example=smallest_example(exercise, failed, function, self._further(exercise)),
                driver=_readable(exercise.driver) if exercise.parameters else "",
            )

        def _further(self, exercise: PublicExercise) -> tuple[PublicCase, ...]:
            return further_cases(self.handout, exercise.name) if exercise.parameters else ()

        def _first(self, function: Any) -> tuple[str, Verdict | None]:
            """Return the advice to mend what a function needs first, and the verdict on that."""
            namespace = getattr(function, "__globals__", notebook_names())
            for name in (name for name in needed(function, self.exercises) if name in namespace):
                with quiet():
                    tried = [*attempts(self.exercises[name], namespace[name], self.exercises[name].cases)]
                for one in tried:
                    if not one.passed:
                        reads = self.exercises[name].driver and not callable(namespace[name])
                        how = "reads" if reads else "calls"
                        return mend_first(name, one.outcome.verdict, how), one.outcome.verdict
            return "", None


    def _readable(driver: str) -> str:
        """Return the function in the source of a driver, without the imports above it."""
        _, begins, function = driver.rpartition("def drive(")
        return begins + function


    def worded_as_answer(failed: Attempt) -> bool:
        """Return whether a call that raised is judged by which exception that was."""
        return worded(failed.outcome.verdict, failed.outcome.message).words == "wrong exception"


    def passed(exercise: PublicExercise) -> str:
        """Return the line about an exercise of which all public cases pass."""
        if all(case.kind_only for case in exercise.cases):
            return f"{exercise.name} is of the right kind. Its value is judged after you submit."
        count = len(exercise.cases)
        return f"All tests passed: {count} of {count} of {exercise.name}. Hidden cases run after you submit."


    def public_tests(path: Path, data: Sequence[str] = ()) -> dict[str, Callable[..., None]]:
        """Return the test functions of the exercises in a file, by the names that notebooks call.

        Names the data files that are missing, since notebooks then fail in ways that do not.

        Args:
            path: the file.
            data: the paths of the data files that belong beside it.

        Returns:
            name -> test function.
        """
        if missing := [name for name in data if not (path.parent / name).exists()]:
            print(  # noqa: T201  # output in the notebook
                f"Missing beside {path.name}: {', '.join(missing)}. "
                "Put all that you received into the folder of your notebook."
            )
        tests = PublicTests({one.name: one for one in read_public(path)}, path.with_name(HANDOUT))
        return {
            f"{name.replace('.', '_')}_test{ending}": functools.partial(tests.run, name)
            for name in tests.exercises
            for ending in ("", "_1", "_2")
        }

    return types.SimpleNamespace(**locals())


from pathlib import Path  # noqa: E402

_TESTS = _grader_public_tests_runner().public_tests(Path(__file__).with_name("public_cases.h5"))
globals().update(_TESTS)
__all__ = list(_TESTS)  # noqa: PLE0605
