"""What a service refuses, by name. Each error says the mend as far as the service knows one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_SHOWN = 12  # of the values that may be asked for


class DatelineWarning(UserWarning):
    """Something that an answer tells beside its rows: what it leaves out, why it is empty."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One parameter that cannot be taken, with what may be said instead."""

    parameter: str
    detail: str
    did_you_mean: str | None = None
    allowed: tuple[str, ...] = ()
    example: str | None = None

    def mend(self) -> str:
        more = "" if len(self.allowed) <= MOST_SHOWN else ", ..."
        parts = (
            f"did you mean {self.did_you_mean}?" if self.did_you_mean else "",
            f"possible: {', '.join(self.allowed[:MOST_SHOWN])}{more}" if self.allowed else "",
            f"for example: {self.example}" if self.example else "",
        )
        return "; ".join(part for part in parts if part)


class DatelineError(Exception):
    """A request that was not answered. `code` and `request_id` are the service's, for its log."""

    def __init__(
        self, detail: str, *, status: int = 0, code: str = "", request_id: str = "", faults: Sequence[Fault] = ()
    ) -> None:
        mends = [mend for fault in faults if (mend := fault.mend())]
        super().__init__("; ".join([detail, *mends]))
        self.detail = detail
        self.status = status
        self.code = code
        self.request_id = request_id
        self.faults = tuple(faults)


class BadQuery(DatelineError):
    """A parameter that is unknown or cannot be understood; `faults` says which."""


class AmbiguousActor(BadQuery):
    """A name that several actors carry; the fault's `allowed` holds their ids."""


class NotFound(DatelineError):
    """Nothing has this id."""


class Gone(DatelineError):
    """It was merged or retracted."""


class RefusedDocument(DatelineError):
    """No document of a submission could be kept; the detail says why."""


class TooManyRequests(DatelineError):
    """The service asks for patience, and it was not enough."""


class Unavailable(DatelineError):
    """The service cannot answer at the moment, and did not within the retries."""


class ServiceFault(DatelineError):
    """The service failed, or what answered is no Dateline service."""


class Unreachable(DatelineError):
    """Nobody answered at the address."""


_BY_STATUS: Mapping[int, type[DatelineError]] = {
    400: BadQuery,
    404: NotFound,
    410: Gone,
    413: RefusedDocument,
    415: RefusedDocument,
    422: RefusedDocument,
    429: TooManyRequests,
    503: Unavailable,
}


def of_problem(status: int, problem: Mapping[str, Any]) -> DatelineError:
    """The error that a problem (RFC 9457) tells."""
    kind = AmbiguousActor if problem.get("code") == "ambiguous_actor" else _BY_STATUS.get(status, ServiceFault)
    return kind(
        str(problem.get("detail") or problem.get("title") or f"status {status}"),
        status=status,
        code=str(problem.get("code", "")),
        request_id=str(problem.get("request_id", "")),
        faults=[_fault(told) for told in problem.get("errors") or ()],
    )


def _fault(told: Mapping[str, Any]) -> Fault:
    return Fault(
        parameter=str(told.get("parameter", "")),
        detail=str(told.get("detail", "")),
        did_you_mean=told.get("did_you_mean"),
        allowed=tuple(map(str, told.get("allowed") or ())),
        example=told.get("example"),
    )
