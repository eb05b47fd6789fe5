"""The errors of the program, named for the caller. HTTP is unknown here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DatelineError(Exception):
    """Something the caller can mend. The message says how."""


class NotFound(DatelineError):
    """Nothing has this id. `parameter` names what was looked for, `allowed` what is near to it."""

    def __init__(
        self,
        detail: str,
        *,
        parameter: str | None = None,
        allowed: tuple[str, ...] = (),
        did_you_mean: str | None = None,
        example: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail
        self.allowed = allowed
        self.did_you_mean = did_you_mean
        self.example = example


class Merged(DatelineError):
    """An event that is no more: `successor` tells its matter now, None where nothing that is kept tells it."""

    def __init__(self, event_id: str, successor: str | None) -> None:
        now = f"is told by {successor} now" if successor else "is told by nothing any more"
        super().__init__(f"the event {event_id} {now}")
        self.event_id = event_id
        self.successor = successor


class Retracted(DatelineError):
    """An event that a person took back. `decision` tells why, who and when; `event` is what was taken back."""

    def __init__(self, event_id: str, decision: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        super().__init__(
            f"the event {event_id} was retracted at {decision['recorded_at']:%Y-%m-%dT%H:%M:%S%z} by "
            f"{decision['name']}: {decision['reason']}; ask with status=retracted to see it, "
            "a restore takes the retraction back"
        )
        self.event_id = event_id
        self.decision = decision
        self.event = event


class BadQuery(DatelineError):
    """A parameter that cannot be understood."""

    def __init__(
        self,
        parameter: str,
        detail: str,
        *,
        allowed: tuple[str, ...] = (),
        did_you_mean: str | None = None,
        example: str | None = None,
    ) -> None:
        super().__init__(f"{parameter}: {detail}")
        self.parameter = parameter
        self.detail = detail
        self.allowed = allowed
        self.did_you_mean = did_you_mean
        self.example = example


class AmbiguousActor(BadQuery):
    """A name that several actors carry; `allowed` holds their ids."""


class RefusedDocument(DatelineError):
    """A document that cannot be kept; the message says why."""


class NoDatabase(DatelineError):
    """The database cannot be reached or started; the message says what to do."""
