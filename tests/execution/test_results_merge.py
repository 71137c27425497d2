"""What is not named stays, what is named takes the right place, and nobody takes somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.execution.results_merge import Plan, joined
from grader.models.submission import Student
from grader.submissions import Handed

ADA, BOB, CYD = (
    Student(name.lower(), f"{name} Test", keys={"canvas": str(i)})
    for i, name in enumerate(("Ada", "Bob", "Cyd"), 1)
)


def sent(name: str, folder: str = "class", **more: Any) -> Handed:
    return Handed(name, f"/{folder}/{name}.ipynb", **more)


def absent(student: Student) -> Handed:
    return Handed(student.id, "", student=student, absent=True, listed=True)


def listed(student: Student) -> Handed:
    return sent(student.id, student=student, listed=True)


def ids(several: Sequence[Handed]) -> list[str]:
    return [one.id for one in several]


def summary(plan: Plan) -> tuple[list[str], list[str], list[str], list[str]]:
    return [*plan.order], ids(plan.work), ids(plan.staying), ids(plan.leaving)


CLASS = [sent("ann"), sent("bob"), sent("cid")]


@pytest.mark.parametrize(
    ("named", "order", "work", "staying"),
    [
        pytest.param([], ["ann", "bob", "cid"], [], ["ann", "bob", "cid"], id="nobody"),
        pytest.param([sent("zoe")], ["ann", "bob", "cid", "zoe"], ["zoe"], ["ann", "bob", "cid"], id="late"),
        pytest.param([sent("bob", "late")], ["ann", "bob", "cid"], ["bob"], ["ann", "cid"], id="again"),
        pytest.param([sent("BOB")], ["ann", "BOB", "cid"], ["BOB"], ["ann", "cid"], id="in capitals"),
        pytest.param(CLASS[::-1], ["cid", "bob", "ann"], ["cid", "bob", "ann"], [], id="all"),
        pytest.param(
            [sent("zoe"), sent("ann")], ["ann", "bob", "cid", "zoe"], ["zoe", "ann"], ["bob", "cid"],
            id="one of each",
        ),
        pytest.param(
            [Handed("class-bob", "/class/bob.ipynb")], ["ann", "class-bob", "cid"], ["class-bob"],
            ["ann", "cid"], id="the same file by another id",
        ),
    ],
)  # fmt: skip
def test_what_is_not_named_stays_where_it_is(
    named: list[Handed], order: list[str], work: list[str], staying: list[str]
) -> None:
    assert summary(joined(CLASS, named)) == (order, work, staying, [])


def test_only_what_is_named_stays_when_that_is_typed() -> None:
    assert summary(joined(CLASS, [sent("zoe"), sent("bob")], only=True)) == (
        ["zoe", "bob"], ["zoe", "bob"], [], ["ann", "cid"]
    )  # fmt: skip
    assert joined([sent("ada")], [absent(ADA)], only=True).work == (absent(ADA),)


def test_who_is_absent_to_a_roster_and_in_the_folder_stays() -> None:
    earlier = [sent("ada", student=ADA), absent(BOB)]
    plan = joined(earlier, [listed(CYD), absent(ADA), absent(BOB)])
    assert summary(plan) == (["ada", "bob", "cyd"], ["cyd", "bob"], ["ada"], [])


def test_who_was_absent_and_hands_in_is_no_longer_absent() -> None:
    plan = joined([sent("ada", student=ADA), absent(BOB)], [sent("bob")])
    assert summary(plan) == (["ada", "bob"], ["bob"], ["ada"], [])
    assert not plan.before, "it is in the place of nothing"


def test_a_class_that_was_graded_without_a_roster_is_known_by_it_later() -> None:
    earlier = [sent("adatest"), sent("Bob-Test"), sent("stranger")]
    plan = joined(earlier, [listed(CYD), absent(ADA), absent(BOB)])
    assert summary(plan) == (
        ["adatest", "Bob-Test", "stranger", "cyd"], ["cyd"], ["adatest", "Bob-Test", "stranger"], []
    )  # fmt: skip
    assert [(one.id, one.listed) for one in plan.relisted] == [
        ("adatest", True), ("Bob-Test", True), ("stranger", False),
    ]  # fmt: skip
    assert not joined(plan.relisted, [listed(CYD), absent(ADA), absent(BOB)]).relisted
    newer = joined(
        earlier, [Handed("bob", "/late/Bob Test.ipynb", student=BOB, listed=True), absent(ADA), absent(CYD)]
    )
    assert newer.order == ("adatest", "bob", "stranger", "cyd")
    assert newer.before["bob"].id == "Bob-Test"


def test_a_student_who_was_known_stays_known_where_nothing_says_so() -> None:
    assert joined([sent("ada", student=ADA)], [sent("ada", "late")]).work[0].student == ADA
    assert joined([sent("ada", student=ADA)], [sent("ada", "late")], only=True).work[0].student is None


@pytest.mark.parametrize(
    ("earlier", "late"),
    [
        pytest.param(
            [sent("smith", student=Student("smith", "Jo", keys={"canvas": "1"})), sent("zoe")],
            sent("smith", "late", student=Student("smith", "Al", keys={"canvas": "2"})),
            id="two students of one name",
        ),
        pytest.param(
            [Handed(f"{name}-hw", f"/{name}/hw.ipynb") for name in "ab"] + [Handed("hw", "/c/hw.ipynb")],
            Handed("hw", "/d/hw.ipynb"),
            id="a name that many files have",
        ),
    ],
)
def test_nobody_takes_the_place_of_somebody_else(earlier: list[Handed], late: Handed) -> None:
    with pytest.raises(UsageError, match=r"it may be of another student than .*\n  Name both at once"):
        joined(earlier, [late])
    joined(earlier, [late], only=True)
    joined(earlier, [earlier[0]])


handed = st.builds(
    Handed,
    st.sampled_from(["ann", "Ann", "bob", "cid", "ada", "a-hw"]),
    st.sampled_from(["/a/hw.ipynb", "/b/hw.ipynb", "/ada.ipynb", "/ann.ipynb", "/c/x.zip"]),
    student=st.sampled_from([None, ADA, BOB]),
    absent=st.booleans(),
    listed=st.sampled_from([None, False, True]),
)
several = st.lists(handed, max_size=5, unique_by=lambda one: one.id.casefold())


@given(several, several, st.booleans())
def test_everything_is_somewhere(earlier: list[Handed], named: list[Handed], only: bool) -> None:
    try:
        plan = joined(earlier, named, only=only)
    except UsageError:
        return
    assert len({*plan.order}) == len(plan.order)
    assert {*plan.order} == {*ids(plan.work), *ids(plan.staying)}
    assert not {*ids(plan.staying)} & {*ids(plan.leaving)}
    assert {one.id for one in named if not one.absent} <= {*ids(plan.work)}
