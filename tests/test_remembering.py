"""What is known of functions is not run again, and every run is the one that the sandbox would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pytest
from repeated import G_ALIKE, G_OTHER, NUMPY, Classroom, F, G, X, called, definition, notebook

from grader import remembering, wire
from grader.board import Board
from grader.model import Call, Failure, Program, Run, Statement, Status
from grader.remembering import Remembering
from grader.sandbox.noting import RECORD

# ---------------------------------------------------------------- what is not run again


def test_the_same_program_is_run_once(classroom: Classroom) -> None:
    calls = [called("f", X), called("f", 2), called("g", X)]
    assert classroom.run([F, G], *calls) == {"f": 2, "g": 1}
    assert not classroom.run([F, G], *calls)


def test_the_same_function_in_other_surroundings_is_not_run_again(classroom: Classroom) -> None:
    classroom.run([F, G], called("f", X), called("g", X))
    moved = ["print('first')", NUMPY, G + "  # one more", definition("h", "return np.dot(x, x)"), F]
    assert classroom.run(moved, called("f", X), called("g", X), called("h", X)) == {"h": 1}


def test_another_call_or_another_seed_is_another_question(classroom: Classroom) -> None:
    source = [definition("f", "return x + 1")]
    classroom.run(source, called("f", 1, seed=1))
    assert classroom.run(
        source, called("f", 1, seed=2), called("f", 1.0, seed=1), called("f", 1, seed=1)
    ) == {"f": 2}


def test_a_function_beside_another_one_that_answers_alike_is_not_run_again(classroom: Classroom) -> None:
    classroom.run([F, G], called("f", X))
    asks_the_same = definition("h", "return g(x)")
    classroom.run([asks_the_same, G_ALIKE], called("h", X))
    assert not classroom.run([F, G_ALIKE], called("f", X))


def test_a_function_beside_another_one_that_answers_differently_is_run_again(classroom: Classroom) -> None:
    classroom.run([F, G], called("f", X))
    classroom.run([definition("h", "return g(x)"), G_OTHER], called("h", X))
    assert classroom.run([F, G_OTHER], called("f", X)) == {"f": 1}
    assert not classroom.run([F, G_OTHER], called("f", X))
    assert not classroom.run([F, G], called("f", X))


def test_a_function_beside_one_that_nobody_met_is_run(classroom: Classroom) -> None:
    classroom.run([F, G], called("f", X))
    assert classroom.run([F, G_ALIKE], called("f", X)) == {"f": 1}


def test_what_a_function_does_not_ask_is_no_matter(classroom: Classroom) -> None:
    source = definition("f", "return g(x) if x > 5 else 0")
    classroom.run([source, G], called("f", 1))
    assert classroom.run([source, G_OTHER], called("f", 1), called("f", 9)) == {"f": 1}


CHAIN = [definition("f", "return g(x) + 1"), definition("g", "return h(x) * 2")]


@pytest.mark.parametrize(
    ("last", "made"),
    [
        pytest.param("return 3 + x", {}, id="that answers alike"),
        pytest.param("return 4 + x", {"f": 1}, id="that answers differently"),
    ],
)
def test_a_chain_is_known_by_its_last_function(classroom: Classroom, last: str, made: dict[str, int]) -> None:
    classroom.run([*CHAIN, definition("h", "return x + 3")], called("f", X))
    other = definition("h", last)
    classroom.run([definition("f", "return h(x)"), other], called("f", X))
    assert classroom.run([*CHAIN, other], called("f", X)) == made


def test_a_known_middle_of_a_chain_is_enough(classroom: Classroom) -> None:
    last = definition("h", "return x + 3")
    classroom.run([*CHAIN, last], called("f", X))
    middle = definition("g", "return x * 2 + 6")
    classroom.run([definition("h", "return g(x)"), middle], called("h", X))
    assert not classroom.run([CHAIN[0], middle], called("f", X))


# ---------------------------------------------------------------- failures


FAILS = definition("f", "y = g(x)\n\nreturn y / 0")


def test_a_failure_is_told_with_the_lines_of_the_notebook_at_hand(classroom: Classroom) -> None:
    classroom.run([FAILS, G], called("f", 1))
    moved = ["print()", "# lines\n\n\n" + G, "rate = 2\n\n" + FAILS]
    assert not classroom.run(moved, called("f", 1))
    (run,) = classroom.next_grader().run(notebook(*moved), [called("f", 1)])
    assert run.failure is not None
    assert run.failure.places == ((3, 6),)


def test_a_failure_in_a_helper_is_told_with_its_lines(classroom: Classroom) -> None:
    helper, asks = definition("k", "return 1 / x"), definition("f", "return k(x)")
    classroom.run([helper, asks], called("f", 0))
    assert not classroom.run(["print()", "\n\n" + helper, asks], called("f", 0))


HELPER, ASKS = definition("k", "return 1 / x"), definition("f", "return k(x)")


def test_a_failure_in_a_statement_that_stands_there_twice_is_run_each_time(classroom: Classroom) -> None:
    for cells in ([HELPER, HELPER, ASKS], [HELPER, "print()", HELPER, ASKS]):
        assert classroom.run(cells, called("f", 0)) == {"f": 1}


def test_a_failure_in_a_line_that_has_two_statements_is_not_placed_elsewhere(classroom: Classroom) -> None:
    classroom.run(["a = 1; k = lambda x: a / x", ASKS], called("f", 0))
    assert classroom.run(["a = 1\nk = lambda x: a / x", ASKS], called("f", 0)) == {"f": 1}


def test_a_lost_function_loses_its_later_calls_also_when_they_are_known(classroom: Classroom) -> None:
    asks = definition("f", "return g(x) if x == 1 else x")
    calls = [called("f", x) for x in (0, 1, 2)]
    classroom.run([asks, G], *calls)
    classroom.run([asks, definition("g", "while True:\n    x += 1")], *calls)


def test_a_failure_is_recalled_for_equal_text_alone(classroom: Classroom) -> None:
    classroom.run([FAILS, G], called("f", 1))
    annotated = FAILS.replace("return", "# by nothing\n    return")
    assert classroom.run([annotated, G], called("f", 1)) == {"f": 1}


def test_a_failure_that_has_no_line_is_recalled(classroom: Classroom) -> None:
    asked = called("f", 1, 2, 3)
    classroom.run([F, G], asked)
    assert not classroom.run(["print()", F, G], asked)


def test_a_function_that_asks_one_that_raises_is_run_each_time(classroom: Classroom) -> None:
    raises = definition("g", "return 1 / 0")
    catches = definition("f", "try:\n    return g(x)\nexcept ZeroDivisionError:\n    return 7")
    for source in (F, catches):
        for _ in range(2):
            assert classroom.run([source, raises], called("f", 1), called("g", 1))["f"] == 1
    assert not classroom.run([raises], called("g", 1))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("while True:\n    x += 1", id="a call that does not end"),
        pytest.param("return f(x)", id="a recursion without an end"),
        pytest.param("return np.ones((10 ** 6, 10 ** 6))", id="more memory than there is"),
    ],
)
def test_what_may_not_last_is_run_each_time(classroom: Classroom, body: str) -> None:
    for _ in range(2):
        assert classroom.run([NUMPY, definition("f", body)], called("f", 1)) == {"f": 1}


def test_a_function_that_is_missing_is_asked_for_each_time(classroom: Classroom) -> None:
    fails = definition("f", "return x", "x, k=nowhere")
    for _ in range(2):
        assert classroom.run([fails], called("f", 1)) == {"f": 1}


# ---------------------------------------------------------------- what the sandbox says is a claim


class Scripted:
    """A sandbox whose runs are given, by their functions; `asked` has the calls that came."""

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self.runs = dict(runs)
        self.asked: list[Call] = []

    def run(self, program: Program, calls: Sequence[Call], account: Any = None) -> list[Run]:
        self.asked += calls
        return [self.runs[call.function] for call in calls]


GIVEN, ANSWERED = b"given".ljust(16), b"answered".ljust(16)
STATEMENTS = (Statement(1, 1, "def f(x):\n    return 1 / x"),)


def known(**names: str | None) -> Program:
    """A program whose functions are known by these names."""
    digests = {
        name: (f"{of} plain".encode(), f"{of} exact".encode()) if of else None for name, of in names.items()
    }
    return Program(STATEMENTS, known_as=digests)


def note(number: int, depth: int = 0, given: bytes = GIVEN, answered: bytes = ANSWERED) -> bytes:
    return RECORD.pack(number, depth, given, answered)


def returned(notes: bytes | None = b"") -> Run:
    return Run(Status.RETURNED, 3, notes=notes)


def remembered(sandbox: Scripted, first: Program, then: Program) -> bool:
    """Whether the second program's call of `f` is known when the first one's was made."""
    here = Remembering(sandbox)
    here.run(first, [called("f", 1)])
    sandbox.asked.clear()
    here.run(then, [called("f", 1)])
    return not sandbox.asked


def test_a_run_is_recalled_without_its_notes() -> None:
    ran = returned()
    here = Remembering(Scripted({"f": ran}))
    first, then = (here.run(known(f="one"), [called("f", 1)])[0] for _ in range(2))
    assert first is ran
    assert (then.status, then.value, then.notes) == (ran.status, ran.value, None)


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(returned(None), id="no notes"),
        pytest.param(returned(note(0)[:-1]), id="notes of an odd length"),
        pytest.param(returned(note(7)), id="a function that there is not"),
        pytest.param(returned(note(0, depth=1)), id="a depth that is not reached"),
        pytest.param(returned(note(1) + note(1, depth=2)), id="a depth that is skipped"),
        pytest.param(Run(Status.TIMED_OUT, notes=b""), id="a call that does not end"),
        pytest.param(Run(Status.CRASHED, notes=b""), id="a crash"),
        pytest.param(Run(Status.MISSING), id="no function"),
        pytest.param(
            Run(Status.RAISED, failure=Failure("MemoryError", ""), notes=b""), id="a lack of memory"
        ),
        pytest.param(
            Run(Status.RAISED, failure=Failure("RecursionError", ""), notes=b""), id="a lack of stack"
        ),
        pytest.param(
            Run(Status.RAISED, failure=Failure("E", "", ((9, 1),)), notes=b""), id="a cell that is not there"
        ),
        pytest.param(
            Run(Status.RAISED, failure=Failure("E", "", ((1, 3),)), notes=b""), id="a line that is not there"
        ),
    ],
)
def test_a_run_to_which_nothing_can_be_added_is_not_kept(run: Run) -> None:
    program = known(f="one", g="two")
    assert not remembered(Scripted({"f": run}), program, program)


def test_garbage_about_one_function_is_not_kept_for_another_one() -> None:
    sandbox = Scripted({"f": returned(note(1) + note(1)[:5])})
    here = Remembering(sandbox)
    here.run(known(f="one", g="two"), [called("f", 1)])
    sandbox.runs["f"] = returned(note(1))
    here.run(known(f="other", g="three"), [called("f", 1)])
    sandbox.asked.clear()
    here.run(known(f="other", g="two"), [called("f", 1)])
    assert sandbox.asked


@pytest.mark.parametrize(
    ("first", "then", "recalled"),
    [
        pytest.param({"f": "one"}, {"f": "one"}, True, id="the same function"),
        pytest.param({"f": "one"}, {"f": "other"}, False, id="another function"),
        pytest.param({"f": None}, {"f": None}, False, id="a function that is never known"),
        pytest.param({"f": "one"}, {"f": None}, False, id="a function that is not known here"),
        pytest.param({"f": None}, {"f": "one"}, False, id="a function that was not known there"),
    ],
)
def test_a_function_is_recalled_by_what_it_is_known_as(
    first: dict[str, str | None], then: dict[str, str | None], recalled: bool
) -> None:
    assert remembered(Scripted({"f": returned()}), known(**first), known(**then)) is recalled


def test_numbers_in_notes_are_of_the_program_that_ran() -> None:
    sandbox = Scripted({"f": returned(note(0))})
    assert remembered(sandbox, known(g="two", f="one"), known(f="one", g="two"))


def test_a_function_that_is_never_known_is_noted_and_asked_for_each_time() -> None:
    sandbox = Scripted({"f": returned(note(1))})
    assert not remembered(sandbox, known(f="one", g=None), known(f="one", g=None))
    assert not remembered(sandbox, known(f="one", g=None), known(f="one", g="two"))
    assert not remembered(sandbox, known(f="one", g="two"), known(f="one", g=None))
    assert remembered(sandbox, known(f="one", g="two"), known(f="one", g="two"))


def test_a_program_without_names_is_run_as_it_is() -> None:
    sandbox = Scripted({"f": returned()})
    here = Remembering(sandbox)
    for _ in range(2):
        assert here.run(known(), [called("f", 1)]) == [sandbox.runs["f"]]
    assert len(sandbox.asked) == 2


def test_functions_that_ask_each_other_the_same_are_not_asked_for_ever() -> None:
    sandbox = Scripted({"f": returned(note(2) + note(1, depth=1))})
    here = Remembering(sandbox)
    here.run(known(f="other", g=None, h="three"), [called("f", 1)])  # h asks g
    sandbox.runs["f"] = returned(note(1) + note(2, depth=1))
    here.run(known(f="one", g="two", h=None), [called("f", 1)])  # f asks g, which asks h
    sandbox.asked.clear()
    here.run(known(f="one", g="two", h="three"), [called("f", 1)])
    assert len(sandbox.asked) == 1


def test_questions_that_a_question_leads_to_are_answered_in_turn() -> None:
    sandbox = Scripted({"f": returned(note(1) + note(2, depth=1))})
    assert remembered(sandbox, known(f="one", g="two", h="three"), known(f="one", g="two", h="three"))
    assert not remembered(sandbox, known(f="one", g="two", h="three"), known(f="one", g="two", h="four"))


def test_what_one_question_leads_to_is_no_matter_to_the_next() -> None:
    other = b"other".ljust(16)
    both = [note(1), note(2, depth=1), note(1, given=other), note(2, depth=1, given=other)]
    sandbox = Scripted({"f": returned(b"".join(both))})
    here = Remembering(sandbox)
    here.run(known(f="asks twice", g="two", h="three"), [called("f", 1)])
    for notes, program in (
        (note(1), known(f="one", g=None, h="three")),
        (note(2), known(f="asks h", g=None, h="four")),
    ):
        sandbox.runs["f"] = returned(notes)
        here.run(program, [called("f", 1)])
    sandbox.asked.clear()
    here.run(known(f="one", g="two", h="four"), [called("f", 1)])
    assert sandbox.asked == []


def test_no_call_is_no_question() -> None:
    sandbox = Scripted({})
    assert Remembering(sandbox).run(known(f="one"), []) == []
    assert sandbox.asked == []


def test_what_is_left_to_run_keeps_its_order_and_its_place() -> None:
    calls = [called("f", i, public=i < 3) for i in range(6)]
    by_argument = {i: Run(Status.RETURNED, i, notes=b"") for i in range(6)}

    class Echo(Scripted):
        def run(self, program: Program, calls: Sequence[Call], account: Any = None) -> list[Run]:
            self.asked += calls
            return [by_argument[call.args[0]] for call in calls]

    sandbox = Echo({})
    here = Remembering(sandbox)
    here.run(known(f="one"), [calls[4], calls[1]])
    sandbox.asked.clear()
    runs = here.run(known(f="one"), calls)
    assert sandbox.asked == [calls[0], calls[2], calls[3], calls[5]]
    assert [run.value for run in runs] == list(range(6))


def test_of_many_calls_those_that_were_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)
    sandbox = Scripted({"f": returned()})
    here = Remembering(sandbox)
    calls = [called("f", i) for i in range(5)]
    for i in (0, 1, 2, 0, 3):
        here.run(known(f="one"), [calls[i]])
    sandbox.asked.clear()
    here.run(known(f="one"), [calls[i] for i in (0, 2, 3, 1)])
    assert sandbox.asked == [calls[1]]


def test_of_many_ways_that_a_call_may_go_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "TRACES", 2)
    sandbox = Scripted({})
    here = Remembering(sandbox)
    programs = [known(f="one", g=str(i)) for i in range(3)]
    for i, program in enumerate(programs):
        sandbox.runs["f"] = returned(note(1, answered=bytes([i]) * 16))
        here.run(program, [called("f", 1)])
    sandbox.asked.clear()
    for program in programs[1:]:
        here.run(program, [called("f", 1)])
    assert sandbox.asked == []
    here.run(programs[0], [called("f", 1)])
    assert len(sandbox.asked) == 1


# ---------------------------------------------------------------- others


LARGE = np.zeros(wire.MAX_BYTES // 8)


def test_what_is_too_large_to_pass_on_is_kept_all_the_same() -> None:
    sandbox = Scripted({"f": Run(Status.RETURNED, LARGE, notes=b"")})
    with closing(Board(2)) as board:
        here, there = (Remembering(sandbox, board.seat(number)) for number in range(2))
        for grader, asked in ((here, 1), (here, 1), (there, 2)):
            grader.run(known(f="one"), [called("f", 1)])
            assert len(sandbox.asked) == asked
