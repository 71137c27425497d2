"""nbgrader's CSV and JUnit XML say of a class what its reports say."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from marked import BLANK, CLASS, GRADED, HEADER, HOSTILE, filled_with

from grader.export.junit import write_junit
from grader.export.nbgrader import write_nbgrader


def junit(reports) -> dict[str, list]:
    """The suites of a file by their names, as junitparser reads them."""
    return {suite.name: suite for suite in JUnitXml.fromstring(b"".join(write_junit(HEADER, reports)))}


def kinds(suite) -> dict[str, type | None]:
    return {case.name: type(case.result[0]) if case.result else None for case in suite}


def test_nbgraders_table_has_its_columns_and_blanks_for_what_has_no_mark():
    assert write_nbgrader(HEADER, CLASS).replace("\r\n", "\n") == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
        "late_submission_penalty,score,max_score\n"
        "two_functions,,2026-03-01T12:00:00Z,ada,Lovelace,Ada,ada@x.edu,7.5,0,7.5,17.5\n"
        "two_functions,,,bob,Builder,Bob,,,,,17.5\n"
        "two_functions,,,eve,,,,,,,17.5\n"
        "two_functions,,,tim,Late,Tim,,,,,17.5\n"
        "two_functions,,2026-03-01T12:00:00Z,zoe,,,,17.5,0,17.5,17.5\n"
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_no_formula_in_nbgraders_table(text):
    rows = list(csv.reader(io.StringIO(write_nbgrader(HEADER, [filled_with(text)]), newline="")))
    assert [len(row) for row in rows] == [11, 11]
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in rows[1])


def test_a_wrong_answer_is_a_failure_and_our_own_fault_an_error():
    suites = junit(CLASS)
    assert {name: kinds(suite) for name, suite in suites.items()} == {
        "ada": {"backward.small-1": None, "backward.large-1": Failure, "model.small-1": None},
        "bob": {"notebook": Failure},
        "eve": {"notebook": Error},
        "tim": {"notebook": Skipped},
        "zoe": {"backward": None, "model.small-1": None},
    }
    ada = suites["ada"]
    assert (ada.tests, ada.failures, ada.errors, ada.skipped, ada.time) == (3, 1, 0, 0, 0.0004)
    failure = next(case.result[0] for case in ada if case.result)
    assert (failure.type, failure.message) == ("wrong_value", "dW is wrong in 9 of 9 elements.")
    assert suites["eve"].errors == suites["bob"].failures == suites["tim"].skipped == 1


def test_a_function_without_cases_fails_by_its_name():
    assert kinds(junit([replace(GRADED, exercises=(BLANK,))])["ada"]) == {"backward": Failure}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_a_message_and_nothing_more(text):
    suite = junit([filled_with(text)])["ada"]
    assert kinds(suite) == {"backward.small-1": None, "backward.large-1": Failure, "model.small-1": None}


def test_the_same_reports_give_the_same_bytes():
    assert b"".join(write_junit(HEADER, CLASS)) == b"".join(write_junit(HEADER, iter(CLASS)))
