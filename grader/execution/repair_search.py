"""Search for the repairs of the wrong functions of a results folder, once all marks are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing

from grader.execution.jobs import Graded, GradedStream, Job
from grader.grading.repair import SEARCHED
from grader.results.database import Record
from grader.submissions import Handed

Program = tuple[str, str]
"""A function, and the digest of its program."""


def search(
    record: Record,
    handed: Sequence[Handed],
    carry_out: Callable[[Sequence[Job]], GradedStream],
    watch: Callable[[Iterable[Graded | None], int], GradedStream],
) -> bool:
    """Search for the repairs that were not searched for yet, and take them into the record as they come.

    Equal programs are searched for once.

    Args:
        record: the record of the folder.
        handed: the submissions that can be read again.
        carry_out: carries out jobs, in order.
        watch: wraps the iterator of results to show progress; called with (results, total).

    Returns:
        True if a repair was found.
    """
    by_id = {one.id: one for one in handed}
    alike = _alike(record)
    work = _jobs(alike, by_id)
    some = False
    with closing(carry_out([job for job, _ in work])) as results, closing(watch(results, len(work))) as done:
        for (_, programs), result in zip(work, done, strict=True):
            for function, repair in (result.repairs if result else {}).items():
                record.add_repairs(dict.fromkeys(alike[programs[function]], repair))
                some = some or repair is not None
    return some


def repaired(record: Record) -> set[str]:
    """Return the ids of the submissions for which a repair was found, now or earlier.

    Args:
        record: the record of the folder.

    Returns:
        the ids.
    """
    owners = _owners(record)
    found = record.repairs([*owners])
    return {owner for digest, repair in found.items() if repair for owner in owners[digest]}


def _owners(record: Record) -> dict[bytes, list[str]]:
    """Return the submissions of each score that may have a repair."""
    owners: dict[bytes, list[str]] = {}
    for outline in record.outlines():
        for score in outline.exercises:
            if score.verdict in SEARCHED:
                owners.setdefault(score.sha256, []).append(outline.id)
    return owners


def _alike(record: Record) -> dict[Program, dict[bytes, list[str]]]:
    """Return the scores that were not searched for yet by their programs, with the submissions of each."""
    owners = _owners(record)
    unsearched = [*(owners.keys() - record.repairs([*owners]).keys())]
    alike: dict[Program, dict[bytes, list[str]]] = {}
    for digest, found in record.scores(unsearched):
        alike.setdefault((found.name, found.program_sha256), {})[digest] = owners[digest]
    return dict(sorted(alike.items()))


def _jobs(
    alike: Mapping[Program, Mapping[bytes, Sequence[str]]], by_id: Mapping[str, Handed]
) -> list[tuple[Job, dict[str, Program]]]:
    """Return a job for each submission that is searched, with the programs of its functions."""
    by_submission: dict[str, dict[str, Program]] = {}
    for program, scores in alike.items():
        owners = sorted(owner for some in scores.values() for owner in some if owner in by_id)
        if owners:
            by_submission.setdefault(owners[0], {})[program[0]] = program
    return [(Job(by_id[name], search=tuple(found)), found) for name, found in by_submission.items()]
