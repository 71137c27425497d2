"""Functions and classes that several cells define anew come over, and tests of no points and of types."""

from __future__ import annotations

from typing import Any

from nbgrader_cells import graded, solution


def test_a_function_that_a_later_cell_defines_anew_is_judged_in_each(brought: Any) -> None:
    half = "def half(a):\n    ### BEGIN SOLUTION\n    return area(a) / 2\n    ### END SOLUTION"
    came = brought(
        solution("def area(r):\n    ### BEGIN SOLUTION\n    return r * r\n    ### END SOLUTION", "square"),
        graded("assert area(3) == 9\nassert area(r=2) == 4", "square-test"),
        solution(half, "half"),
        graded("assert half(2) == 2", "half-test"),
        solution(
            "def area(a, b):\n    ### BEGIN SOLUTION\n    return a * b\n    ### END SOLUTION", "rectangle"
        ),
        graded("assert area(3, 5) == 15", "rectangle-test"),
        solution(half.replace("area(a)", "area(a, 1)"), "half-of-one"),
        graded("assert half(2) == 1", "half-of-one-test"),
    )
    assert {*came.ways.values()} == {"cases"}
    assert len(came.ways) == 4
    assert came.lost() == set()
    assert came.lost(square="def area(r):\n    return 2 * r") == {"area_1"}
    assert came.lost(half="def half(a):\n    return 3 * a") == {"half_1"}
    assert came.lost(rectangle="def area(a, b):\n    return a + b") == {"area"}


def test_a_test_of_no_points_is_told(brought: Any) -> None:
    came = brought(
        solution("### BEGIN SOLUTION\nprices = [3, 4]\n### END SOLUTION", "prices"),
        graded("assert len(prices) == 2\nassert prices[0] == 3", "prices-test", 0),
        solution("### BEGIN SOLUTION\ntotal = sum(prices)\n### END SOLUTION", "total"),
        graded("assert total == 7", "total-test", 2),
    )
    assert {*came.ways} == {"prices-test", "total-test"}
    assert came.one.plan is not None
    assert {item.name: item.points for item in came.one.plan.items} == {"prices": 0, "total": 2}
    assert came.lost() == set()
    assert came.lost(prices="prices = [7]") == {"prices"}
    assert came.lost(prices="prices = [3]") == {"prices", "total"}


def test_a_test_of_the_type_of_an_object(brought: Any) -> None:
    till = "class Till:\n    ### BEGIN SOLUTION\n    def other(self): return Till()\n    ### END SOLUTION"
    asks = "one = Till().other()\nassert {0} and type(one) != int and type(one) is not str"
    came = brought(
        solution(till, "till"),
        graded(asks.format("type(one) is Till"), "is-test"),
        graded(asks.format("Till == type(one)"), "equals-test"),
    )
    assert {*came.ways} == {"is-test", "equals-test"}
    assert came.lost() == set()
    derived = till.replace("return Till()", "return type('Box', (Till,), {})()")
    assert came.lost(till=derived) == {"Till"}


def test_a_class_that_a_later_cell_defines_anew_is_judged_in_each(brought: Any) -> None:
    first = "class Till:\n    ### BEGIN SOLUTION\n    def held(self):\n        return 0\n    ### END SOLUTION"
    came = brought(
        solution(first, "empty"),
        graded("assert Till().held() == 0\nassert isinstance(Till(), Till)", "empty-test"),
        solution(first.replace("return 0", "return 5"), "fuller"),
        graded("assert Till().held() == 5", "fuller-test"),
    )
    assert came.lost() == set()
    assert came.lost(empty=first.replace("return 0", "return 5")) == {"Till_1"}
    assert came.lost(fuller=first) == {"Till"}


def test_a_function_of_a_cell_without_an_id_is_judged_by_its_last_definition(brought: Any) -> None:
    came = brought(
        solution("def area(a):\n    ### BEGIN SOLUTION\n    return a * a\n    ### END SOLUTION", ""),
        graded("assert area(3) == 9", "square-test"),
        solution(
            "def area(a, b=None):\n    ### BEGIN SOLUTION\n    return a * (a if b is None else b)\n"
            "    ### END SOLUTION",
            "rectangle",
        ),
        graded("assert area(3, 5) == 15", "rectangle-test"),
    )
    assert {*came.ways} == {"square-test", "rectangle-test"}
    assert came.lost() == set()
    assert came.lost(rectangle="def area(a, b):\n    return a * b") == {"area"}
