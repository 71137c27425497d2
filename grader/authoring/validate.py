"""Proves an assignment: right work passes, wrong work loses, and what is handed out is current."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.assignment import Definition
from grader.authoring.audit import audit
from grader.authoring.checks import failed_checks
from grader.authoring.lint import lint
from grader.authoring.release import make_release, stale_mistakes
from grader.authoring.samples import Snippet, snippets
from grader.grading import grade
from grader.model import Assignment, Report
from grader.notebook.solution import read_solution, sample
from grader.sandbox import Sandbox
from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim about an assignment, and what speaks against it; nothing does when it holds."""

    claim: str
    faults: tuple[str, ...] = ()


def findings(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Finding]:
    """Check every claim that makes an assignment ready to hand out, one after the other."""
    proof = _Proof(assignment, sandbox, read_solution(definition.course.solution(definition.name)))
    yield Finding("The solution scores all points.", proof.solution())
    yield Finding("It scores the same twice.", proof.repeats())
    if definition.checks:
        claim = f"It holds {len(definition.checks)} checks that do not come from it."
        yield Finding(claim, tuple(failed_checks(definition)))
    yield Finding("The stub scores nothing, and says so of every exercise.", proof.stub())
    broken, accepted = snippets(definition, "broken"), snippets(definition, "accepted")
    yield Finding(
        f"Each of {len(broken)} broken solutions loses its points, and no others.",
        tuple(fault for snippet in broken for fault in proof.broken(snippet)),
    )
    yield Finding(
        f"Each of {len(accepted)} accepted alternatives scores all points.",
        tuple(fault for snippet in accepted for fault in proof.accepted(snippet)),
    )
    yield Finding(
        "The test cases leave no kind of mistake unseen, and are fair to right work.",
        tuple(lint(definition, assignment, sandbox)),
    )
    audited = audit(definition, assignment, sandbox)
    signed = len(audited.survivors) - len(audited.unexplained)
    yield Finding(
        f"Each of {audited.count} one-edit mutants of the solution loses points; {signed} are signed off.",
        (
            *map(str, audited.unexplained),
            *(
                f'SIGNED_OFF["{f}"]["{said}"] is of no mutant that survives: remove it.'
                for f, said in audited.unused
            ),
        ),
    )
    stale = make_release(definition, assignment).stale(definition.course.root) + stale_mistakes(definition)
    advice = [f"Write them with: grader release {definition.name}"] if stale else []
    yield Finding("The files for students are current.", (*stale, *advice))


@dataclass(frozen=True, slots=True)
class _Proof:
    """Grades sample submissions and says what is not as it should be."""

    assignment: Assignment
    sandbox: Sandbox
    notebook: Any

    def grade(self, data: bytes) -> Report:
        return grade(self.assignment, self.sandbox, data, id="sample", file="sample.ipynb")

    def solution(self) -> tuple[str, ...]:
        return _losses(self.grade(sample(self.notebook)), frozenset())

    def repeats(self) -> tuple[str, ...]:
        once, again = (_timeless(self.grade(sample(self.notebook))) for _ in range(2))
        return (
            () if once == again else ("Two gradings of it differ. Does the reference draw unseeded numbers?",)
        )

    def stub(self) -> tuple[str, ...]:
        report = self.grade(sample(self.notebook, written=()))
        return tuple(
            f"{score.name}: {score.points:g} points, {score.verdict.value}: {score.message}"
            for score in report.exercises
            if score.points or score.verdict is not Verdict.NOT_ATTEMPTED
        )

    def broken(self, snippet: Snippet) -> tuple[str, ...]:
        report = self.grade(sample(self.notebook, extra=[snippet.source]))
        return tuple(f"{snippet.path.name}: {fault}" for fault in _losses(report, snippet.functions))

    def accepted(self, snippet: Snippet) -> tuple[str, ...]:
        report = self.grade(sample(self.notebook, extra=[snippet.source]))
        return tuple(f"{snippet.path.name}: {fault}" for fault in _losses(report, frozenset()))


def _losses(report: Report, expected: frozenset[str]) -> tuple[str, ...]:
    """Where a report does not lose the points of exactly the expected functions."""
    if report.status != "graded":
        return report.notes
    faults = []
    for score in report.exercises:
        if score.name in expected and score.points:
            faults.append(f"{score.name} is broken and keeps its points: no test case sees the difference.")
        elif score.name not in expected and score.points != score.max_points:
            faults.append(f"{score.name} loses its points: {score.message}")
    return tuple(faults)


def _timeless(report: Report) -> object:
    """What two gradings of the same submission have in common: everything but the times."""
    return report.points, [
        (score.name, score.points, score.verdict, [(case.id, case.verdict) for case in score.cases])
        for score in report.exercises
    ]
