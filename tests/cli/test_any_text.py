"""Whatever text is in one notebook, a name or a message: every page and export is made all the same."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from samples import GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG
from strategies import texts

from grader.export.registry import EACH, SHEETS, TABLES
from grader.models.report import Report
from grader.models.submission import Student
from grader.notebooks.annotate import annotated
from grader.notebooks.rendering import shown_cells
from grader.reports.class_report.page import write_class_report
from grader.reports.feedback_page import write_feedback
from grader.reports.notebook_page import write_notebook_page
from grader.reports.notebook_remarks import opening, remarks
from grader.reports.terminal import class_table, submission_view
from grader.results.codec import pack
from grader.results.database import Record, Row, read_record
from grader.results.gradebook import write_gradebook
from grader.results.results_json import assembled, read_results
from grader.submissions import Handed

ODD = [
    *HOSTILE.values(),
    "\0",
    "\ud83d",
    "\ude00\ud83d",
    "\u2028\x1b[2J\x07",
    "\ufffe\uffff",
    "]]>",
    "\\ud83d",
    "%s{}",
]
anything = texts | st.sampled_from(ODD)


def student_of(text: str) -> Student:
    return Student("ann", text, text, text, {"canvas": "1", "moodle": "2", "login": text})


def everywhere(text: str) -> tuple[Report, ...]:
    """Two submissions with a text wherever a notebook, a name or an exception may bring one."""
    case = replace(WRONG.cases[0], message=text, path=text, actual={text: text}, expected=text)
    score = replace(
        WRONG, message=text, hint=text, example=text, source=text, remark=text, signature="f" * 64,
        cases=(case,), comments=(text,),
    )  # fmt: skip
    graded = replace(
        GRADED, file=text, notes=(text,), exercises=(score, RIGHT), student=student_of(text), submitted=text
    )
    return graded, replace(UNREADABLE, file=text, notes=(text,), student=student_of(text))


@given(anything)
@settings(max_examples=25)
def test_every_page_and_export_is_made_of_any_text(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Record(folder, create=True) as record:
            record.begin(HEADER, b"{}")
            rows = [
                Row(
                    one.id,
                    i,
                    Handed(one.id, "/class.zip", one.file, student=one.student),
                    one.sha256,
                    "m",
                    pack(one),
                )
                for i, one in enumerate(everywhere(text))
            ]
            record.add(rows)
            record.finish()
        with read_record(folder) as record:
            reports = [*record.reports()]
            results = b"".join(assembled(record.header, record.entries()))
            assert len([*record.handed()]) == 2
    assert [one.id for one in read_results(results).submissions] == ["ann", "bob"]
    assert len([*csv.reader(io.StringIO(b"".join(write_gradebook(reports)).decode()))]) == 3
    for report in reports:
        write_feedback(HEADER, report).decode()
        Console(file=io.StringIO()).print(submission_view(report))
    Console(file=io.StringIO()).print(class_table(reports))
    write_class_report(HEADER, iter(reports), {"backward": text.replace("\ud800", "")}).encode()
    exported = {name: b"".join(write(HEADER, reports)) for name, write in TABLES.items()}
    assert len(ET.fromstring(exported["junit"])) == 2
    for write_sheet in SHEETS.values():
        write_sheet(HEADER, reports, None)[0].encode()
    for each in EACH.values():
        written = each.write(HEADER, reports[0])
        assert written is not None
        if each.suffix == ".json":
            json.loads(written)


def of(source: str) -> bytes:
    """A notebook with a text in its cells, metadata, attachments and outputs."""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": source},
        {"output_type": "error", "ename": source, "evalue": source, "traceback": [source]},
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": source, "text/html": source}},
    ]
    cell = {"metadata": {source: source}, "source": source}
    cells = [
        {"cell_type": "markdown", "attachments": {source: {}}, **cell},
        {"cell_type": "code", "execution_count": 1, "outputs": outputs, **cell},
    ]
    metadata = {"kernelspec": {"name": source, "display_name": source}, source: source}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}).encode()


@given(anything)
@settings(max_examples=25)
def test_a_notebook_with_any_text_comes_back_with_remarks(text: str) -> None:
    (report, _) = everywhere(text)
    said = opening(report), remarks(report)
    assert json.loads(annotated(of(text), *said))["cells"][1]["source"] == text
    write_notebook_page(report, *shown_cells(of(text))).decode()
