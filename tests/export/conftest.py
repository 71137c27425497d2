"""Results folders with reports of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from marked import HEADER

from grader.models.report import Header, Report
from grader.results.codec import pack
from grader.results.database import Record, Row
from grader.submissions import Handed


@pytest.fixture
def results(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a results folder with reports in it."""

    def write(reports: Iterable[Report], header: Header = HEADER) -> Path:
        folder = tmp_path / "results"
        folder.mkdir()
        with Record(folder, create=True) as record:
            record.begin(header, b"")
            rows = [
                Row(
                    report.id,
                    position,
                    Handed(report.id, report.file),
                    report.sha256,
                    "",
                    pack(report),
                )
                for position, report in enumerate(reports)
            ]
            record.add(rows)
            record.finish()
        return folder

    return write
