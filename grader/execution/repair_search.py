"""Search for the repairs of the wrong functions of a results folder, once all marks are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing

from grader.execution.batch import Graded, GradedStream, Job
from grader.grading.repair import SEARCHED
from grader.models.report import Repair
from grader.results.database import Record
from grader.submissions import Handed

Wanted = tuple[bytes, str, str]
"""The digest of a score, a submission that has it, and the function."""


def search(
    record: Record,
    handed: Sequence[Handed],
    carry_out: Callable[[Sequence[Job]], GradedStream],
    watch: Callable[[Iterable[Graded | None], int], GradedStream],
) -> set[str]:
    """Search for the repairs that were not searched for yet, and take them into the record as they come.

    Equal mistakes share a score, for which is searched once.

    Args:
        record: the record of the folder.
        handed: the submissions that can be read again.
        carry_out: carries out jobs, in order.
        watch: wraps the iterator of results to show progress; called with (results, total).

    Returns:
        the ids of the submissions whose pages have a repair more now.
    """
    by_id = {one.id: one for one in handed}
    owners = _owners(record)
    unsearched = owners.keys() - record.repairs([*owners]).keys()
    wanted = [(digest, *_first(owners[digest], by_id)) for digest in owners if digest in unsearched]
    work = _jobs([(digest, name, function) for digest, name, function in wanted if name], by_id)
    found: dict[bytes, Repair | None] = {}
    with closing(carry_out([job for job, _ in work])) as results, closing(watch(results, len(work))) as done:
        for (_, digests), result in zip(work, done, strict=True):
            repairs = {digests[name]: repair for name, repair in (result.repairs if result else {}).items()}
            record.add_repairs(repairs)
            found |= repairs
    return {name for digest, repair in found.items() if repair for name, _ in owners[digest]}


def _owners(record: Record) -> dict[bytes, list[tuple[str, str]]]:
    """Return the submissions of each score of a wrong function, with the function."""
    owners: dict[bytes, list[tuple[str, str]]] = {}
    for outline in record.outlines():
        for score in outline.exercises:
            if score.verdict in SEARCHED:
                owners.setdefault(score.sha256, []).append((outline.id, score.name))
    return owners


def _first(owners: Sequence[tuple[str, str]], by_id: Mapping[str, Handed]) -> tuple[str, str]:
    return next((one for one in owners if one[0] in by_id), ("", ""))


def _jobs(wanted: Sequence[Wanted], by_id: Mapping[str, Handed]) -> list[tuple[Job, dict[str, bytes]]]:
    """Return a job for each submission, with the digests of the scores of its functions."""
    by_submission: dict[str, dict[str, bytes]] = {}
    for digest, name, function in wanted:
        by_submission.setdefault(name, {})[function] = digest
    return [(Job(by_id[name], search=tuple(found)), found) for name, found in by_submission.items()]
