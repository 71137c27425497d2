"""Validate an assignment: correct work passes, wrong work fails, and the released files are current."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.assignments.definition import Definition
from grader.assignments.loader import text_of
from grader.authoring.answer_leaks import answers_handed_out, given_definitions, strangers
from grader.authoring.answer_lint import constant_answers, lenient_judges
from grader.authoring.determinism_lint import unsteady
from grader.authoring.lint import lint
from grader.authoring.mutation_audit import audit
from grader.authoring.public_test_names import misnamed_tests
from grader.authoring.questions import absent_questions
from grader.authoring.reference_checks import failed_checks
from grader.authoring.release import make_release, stale_mistakes
from grader.authoring.sign_offs import Remark, needless, unsigned
from grader.authoring.time_limits import ROOM, tight_limits
from grader.authoring.variants import Snippet, snippets
from grader.comparison.verdict import Verdict
from grader.grading.editions import loses
from grader.grading.pipeline import grade
from grader.grading.programs import needed_for
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.notebooks.solution import read_solution, sample
from grader.notebooks.stub import stub_of
from grader.sandbox import Sandbox

EITHER_SIGN = 'Is either sign of {} right? Then write above its generator: @exercise(allow="either_sign")'


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim about an assignment with its faults; it holds if there are none.

    `remarks` are the faults that may be signed off.
    """

    claim: str
    faults: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def findings(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Finding]:
    """Check every claim that makes an assignment ready to hand out, one after the other.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where everything runs.

    Returns:
        an iterator of findings, each computed when it is reached.
    """
    proof = _Proof(assignment, sandbox, read_solution(definition.course.solution(definition.name)))
    yield Finding("The solution scores all points.", proof.solution())
    yield Finding("It scores the same twice.", tuple(unsteady(definition, assignment, sandbox)))
    if tight := tuple(tight_limits(definition, assignment, sandbox)):
        yield Finding(f"A call may take at least {ROOM} times as long as the reference.", tight)
    if definition.checks:
        claim = f"It holds {len(definition.checks)} checks that do not come from it."
        yield Finding(claim, tuple(failed_checks(definition)))
    yield Finding(
        "No answer is handed out.",
        answers_handed_out(definition, assignment, sandbox),
    )
    stub = proof.stub()
    yield Finding("The stub scores nothing.", _earned(stub))
    judged = judged_already(stub.exercises)
    yield _signed(definition, "The stub says that nothing is written yet", judged)
    broken, accepted = snippets(definition, "broken"), snippets(definition, "accepted")
    yield Finding(
        f"Each of {len(broken)} broken solutions loses its points, and no others.",
        tuple(fault for snippet in broken for fault in proof.broken(snippet)),
    )
    yield Finding(
        f"Each of {len(accepted)} accepted alternatives scores all points.",
        tuple(fault for snippet in accepted for fault in proof.accepted(snippet)),
    )
    if assignment.editions:
        yield Finding(
            f"The solution of each of {len(assignment.editions)} earlier editions is right in it alone.",
            tuple(fault for one in definition.editions for fault in proof.edition(one[1])),
        )
    lenient = tuple(lenient_judges(assignment))
    if any(exercise.judge for exercise in assignment.tested):
        yield _signed(definition, "Each judge rejects wrong answers", lenient)
    if misnamed := tuple(misnamed_tests(definition)):
        yield Finding("The cells of the solution call nothing that students do not have.", misnamed)
    if absent := tuple(absent_questions(definition)):
        yield Finding("The text of the solution has each question.", absent)
    linted = (*lint(definition, assignment, sandbox), *constant_answers(definition, assignment))
    yield _signed(
        definition, "The test cases leave no kind of mistake unseen, and are fair to right work", linted
    )
    audited = audit(definition, assignment, sandbox)
    survivors = tuple(survivor.remark for survivor in audited.survivors)
    claim = f"Each of {audited.count} one-edit mutants of the solution loses points"
    if audited.untried:
        claim += f" ({audited.untried} more were not tried, since many take long)"
    yield _signed(definition, claim, survivors)
    made = make_release(definition, assignment, sandbox)
    stale = made.stale(definition.course.root) + stale_mistakes(definition)
    advice = [f"Write them with: grader release {definition.name}"] if stale else []
    yield Finding("The files for students are current.", (*stale, *advice))
    others = strangers(definition, made.files)
    yield _signed(definition, "Students receive no other file", others)
    if unneeded := needless(
        definition, (*given_definitions(definition), *judged, *lenient, *linted, *survivors, *others)
    ):
        yield Finding("Each reason in SIGNED_OFF is needed.", unneeded)


def _signed(definition: Definition, claim: str, remarks: tuple[Remark, ...]) -> Finding:
    """Return a claim that holds if every remark on it is signed off."""
    left = unsigned(definition, remarks)
    return Finding(f"{claim}; {len(remarks) - len(left)} are signed off.", tuple(map(str, left)), left)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Grades sample submissions and returns their faults."""

    assignment: Assignment
    sandbox: Sandbox
    notebook: Any

    def grade(self, data: bytes) -> Report:
        return grade(self.assignment, self.sandbox, data, id="sample", file="sample.ipynb")

    def solution(self) -> tuple[str, ...]:
        return _losses(self.grade(sample(self.notebook)), frozenset())

    def stub(self) -> Report:
        return self.grade(stub_of(self.notebook, {}))

    def edition(self, edition: Definition) -> Iterator[str]:
        own = next(e.assignment for e in self.assignment.editions if e.assignment.edition == edition.edition)
        data = sample(self.notebook, extra=[text_of(edition.solution)])
        report = grade(own, self.sandbox, data, id="sample", file="sample.ipynb")
        yield from (f"{edition.solution}: {fault}" for fault in _losses(report, frozenset()))
        current = dataclasses.replace(self.assignment, editions=())
        report = grade(current, self.sandbox, data, id="sample", file="sample.ipynb")
        if report.status == "graded" and not loses(report.exercises):
            yield (
                f"{edition.solution}: it is right in the current edition too\n"
                "  Move it to the folder `accepted`, and take it out of EDITIONS."
            )

    def broken(self, snippet: Snippet) -> tuple[str, ...]:
        report = self.grade(sample(self.notebook, extra=[snippet.source]))
        faults = _losses(report, snippet.functions, self._needing(snippet.functions))
        return tuple(f"{snippet.path.name}: {fault}" for fault in faults)

    def _needing(self, broken: frozenset[str]) -> frozenset[str]:
        """Return what needs a broken function that gives no points, and so is not lent."""
        exercises = self.assignment.exercises
        uses = {one.name: one.uses for one in exercises}
        unmarked = {one.name for one in exercises if one.points == 0} & broken
        return frozenset(name for name in uses if needed_for(name, uses) & unmarked)

    def accepted(self, snippet: Snippet) -> tuple[str, ...]:
        report = self.grade(sample(self.notebook, extra=[snippet.source]))
        turned = [score.name for score in report.exercises if "opposite sign" in score.hint]
        advice = tuple(EITHER_SIGN.format(name) for name in turned)
        return tuple(f"{snippet.path.name}: {fault}" for fault in (*_losses(report, frozenset()), *advice))


def _earned(stub: Report) -> tuple[str, ...]:
    """Return what the notebook that students receive earns, or why it could not be graded."""
    if stub.status != "graded":
        return stub.notes
    return tuple(
        f"{score.name}: {score.points:g} points, {score.verdict.value}: {score.message}"
        for score in stub.exercises
        if score.points or score.verdict is Verdict.PASSED
    )


def judged_already(stub: Iterable[Score]) -> tuple[Remark, ...]:
    """Return the exercises that the notebook which students receive is told are wrong.

    Args:
        stub: the scores of that notebook.

    Returns:
        a remark on each: of code that students are to change, it may be so.
    """
    return tuple(
        Remark(score.name, "the stub is told more than that it is not written yet", f": {score.message}")
        for score in stub
        if not score.points and score.verdict not in (Verdict.NOT_ATTEMPTED, Verdict.TO_BE_MARKED)
    )


def _losses(
    report: Report, expected: frozenset[str], allowed: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return where a report does not lose exactly the points of the expected functions; others may lose."""
    if report.status != "graded":
        return report.notes
    faults = []
    for score in report.exercises:
        if score.name in expected and score.is_full:
            faults.append(f"{score.name} is broken and keeps its points: no test case sees the difference.")
        elif score.verdict is Verdict.TO_BE_MARKED:
            continue
        elif score.name not in expected | allowed and not score.is_full:
            faults.append(f"{score.name} loses its points: {score.message}")
    return tuple(faults)
