"""Connects to a Dask scheduler, or starts a cluster on this machine whose parts use TLS."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker

import dask
from distributed import Client, LocalCluster, Worker
from distributed.security import Security

from grader.errors import UsageError

LOCAL = "local"
"""The address of a cluster that is started on this machine, and ends with the batch."""

CONNECTING = 10.0
"""Seconds that a scheduler may take to answer."""

SERVING_NO_PAGES: Mapping[str, Sequence[str]] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
"""For a cluster that is ours: web pages need no certificate."""


@contextmanager
def connected(address: str, jobs: int) -> Iterator[Client]:
    """Connect to a scheduler, or start a cluster on this machine.

    Args:
        address: of the scheduler, or `local`.
        jobs: the number of worker processes of a cluster on this machine.

    Yields:
        a client, which is closed at the end; so is the cluster that was started.

    Raises:
        UsageError: there is no scheduler, or a package is missing.
    """
    if address == LOCAL:
        with (
            dask.config.set(SERVING_NO_PAGES),
            _started(jobs) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            cluster.scheduler.http_server.stop()
            client.run(_stop_serving_pages)
            yield client
        return
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it says, we say
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"{address}: there is no Dask scheduler ({error})\n"
            "  Start one with: dask scheduler. Its address is like tcp://host:8786."
        ) from None
    with client:
        yield client


def _started(jobs: int) -> LocalCluster:
    """Start a cluster on this machine that uses TLS with a key of its own.

    Whoever can connect to it can run code as this user, and other users reach its ports. Its processes
    ignore a terminal's ^C: they are ended.
    """
    try:
        own = Security.temporary()
    except ImportError:
        raise UsageError(
            f"--cluster {LOCAL} needs the package cryptography\n  Install it with: pip install cryptography"
        ) from None
    resource_tracker.ensure_running()  # started later, it would let through what is blocked here
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            security=own,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _stop_serving_pages(dask_worker: Worker) -> None:
    dask_worker.http_server.stop()
