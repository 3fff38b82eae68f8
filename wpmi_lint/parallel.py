"""Files in several processes; results in the order the files were given in."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_work: list[Callable[..., object]] = []  # set once in each worker, so that the policy is not sent with every file


def ordered(
    work: Callable[[Argument], Result], tasks: Sequence[Argument], *, jobs: int, done: Callable[[], None]
) -> list[Result]:
    """work(task) for every task, in `jobs` processes; `done` is called after each."""
    results = []
    size = max(1, min(16, len(tasks) // (4 * jobs)))
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(work,)) as pool:
        for result in pool.map(_call, tasks, chunksize=size):
            results.append(cast("Result", result))
            done()
    return results


def _prepare(work: Callable[..., object]) -> None:
    _work[:] = [work]


def _call(task: object) -> object:
    return _work[0](task)
