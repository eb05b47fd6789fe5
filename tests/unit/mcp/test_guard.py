"""Who is let in, on this machine, on a network, behind a proxy."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from app.mcp.guard import Guard


def status(guard: Guard, **headers: str) -> int:
    refusal = guard.refusal(Headers(headers))
    return refusal.status if refusal else 200


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "192.168.1.5:8000"])
def test_on_this_machine_its_names_and_bare_addresses_are_known(host: str) -> None:
    assert status(Guard.of("127.0.0.1", None), host=host) == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example:8000", "127.0.0.1.nip.example", ""])
def test_on_this_machine_other_names_are_not(host: str) -> None:
    assert status(Guard.of("127.0.0.1", None), host=host) == 421


def test_behind_a_proxy_the_public_name_is_known() -> None:
    guard = Guard.of("127.0.0.1", "https://dates.example.org/")
    assert status(guard, host="dates.example.org", origin="https://dates.example.org") == 200
    assert status(guard, host="other.example.org") == 421
    assert status(guard, host="dates.example.org", origin="https://other.example.org") == 403


def test_on_a_network_any_name_will_do_for_programs_but_not_for_pages() -> None:
    guard = Guard.of("0.0.0.0", None)
    assert status(guard, host="dates.intranet:8000") == 200
    assert status(guard, host="dates.intranet:8000", origin="http://dates.intranet:8000") == 403
    assert status(guard, host="10.0.0.7:8000", origin="http://10.0.0.7:8000") == 200


@pytest.mark.parametrize("origin", ["null", "", "http://[", "file://", "elsewhere.example"])
def test_an_origin_that_names_nobody_is_refused(origin: str) -> None:
    assert status(Guard.of("127.0.0.1", None), host="localhost:8000", origin=origin) == 403
