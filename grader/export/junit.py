"""Write JUnit XML: a suite for each student, a case for each test case of each graded function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from grader.comparison.verdict import Verdict
from grader.export.plain_text import overview, seconds
from grader.models.report import CaseResult, Header, Report, Score
from grader.reports.sanitize import harmless
from grader.reports.wording import all_decisions, report_marks


def write_junit(header: Header, reports: Iterable[Report]) -> Iterator[bytes]:
    """Yield the file in pieces.

    A wrong answer and an unreadable file are a `failure`, a fault of the grader an `error`; a missing
    submission and what a person marks are skipped. A submission that was not graded has one case, `notebook`.
    A function that lost its points before any test case has one case of its own name.

    Args:
        header: the header of the results.
        reports: the class.

    Returns:
        an iterator of UTF-8 bytes.
    """
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites name={quoteattr(header.assignment)}>\n".encode()
    for report in reports:
        suite = _suite(header, report)
        ET.indent(suite)
        yield ET.tostring(suite, encoding="utf-8") + b"\n"
    yield b"</testsuites>\n"


def _suite(header: Header, report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=harmless(report.id))
    if decisions := all_decisions(report):
        properties = ET.SubElement(suite, "properties")
        for line in (f"Mark: {report_marks(report)}", *decisions):
            ET.SubElement(properties, "property", name="mark", value=harmless(line))
    if report.status == "graded":
        for score in report.exercises:
            suite.extend(_cases(header, score))
    else:
        suite.append(_whole(header, report))
    counts = {"tests": "testcase", "failures": ".//failure", "errors": ".//error", "skipped": ".//skipped"}
    suite.attrib |= {name: str(len(suite.findall(path))) for name, path in counts.items()}
    suite.set("time", f"{seconds(report):.4f}")
    return suite


def _whole(header: Header, report: Report) -> ET.Element:
    """Return the one case of a submission that was not graded."""
    case = _case(header, "notebook", 0.0)
    kinds = {"unreadable": "failure", "failed": "error"}
    text = overview(report)
    ET.SubElement(case, kinds.get(report.status, "skipped"), message=text.split("\n", 1)[0]).text = text
    return case


def _cases(header: Header, score: Score) -> Iterator[ET.Element]:
    for result in score.cases:
        case = _case(header, f"{score.name}.{result.id}", result.seconds if result.public else 0.0)
        if result.verdict is not Verdict.PASSED:
            _fail(case, result)
        yield case
    if not score.cases:
        case = _case(header, score.name, 0.0)
        if score.verdict is Verdict.TO_BE_MARKED:
            ET.SubElement(case, "skipped", message=harmless(score.message))
        elif score.verdict is not Verdict.PASSED:
            _fail(case, score)
        yield case


def _case(header: Header, name: str, seconds: float) -> ET.Element:
    return ET.Element("testcase", classname=header.assignment, name=name, time=f"{seconds:.4f}")


def _fail(case: ET.Element, result: CaseResult | Score) -> None:
    ET.SubElement(case, "failure", type=result.verdict.value, message=harmless(result.message))
