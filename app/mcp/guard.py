"""Who may knock: a web page of elsewhere may not talk to the service in its visitor's name.

A page can point a name of its own at 127.0.0.1 (DNS rebinding) and so reach a service on its visitor's machine. Its
browser then names that host in `Host`, and in `Origin`. It cannot do so with a bare address or a name of this machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_MEND = "set DATELINE_PUBLIC_URL to the address that callers use, such as https://dates.example.org"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The status and the reason, with the mend."""

    status: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Guard:
    """`hosts` are the names under which the service is called; `any_host` where it is meant for a network, or stands
    behind a proxy whose name is not known: then only what browsers send is looked at."""

    hosts: frozenset[str]
    any_host: bool

    @classmethod
    def of(cls, listens_on: str, public_url: str | None) -> Guard:
        """On this machine alone the names are known; on a network anybody may have given it one."""
        public = {urlsplit(public_url).hostname or ""} if public_url else set()
        named = {*THIS_MACHINE, listens_on.strip("[]").lower(), *public} - {""}
        return cls(frozenset(named), any_host=listens_on not in THIS_MACHINE)

    def refusal(self, headers: Headers) -> Refusal | None:
        """Why a request is not let in; None lets it in."""
        origin = headers.get("origin")
        if origin is not None and not self._known(_host_of(origin)):
            return Refusal(403, "foreign_origin", f"a page of {origin[:80]!r} may not ask here; {_MEND}")
        host = headers.get("host", "")
        if not self.any_host and not self._known(_host_of(f"//{host}")):
            return Refusal(421, "foreign_host", f"this service is not known as {host[:80]!r}; {_MEND}")
        return None

    def _known(self, host: str) -> bool:
        return host in self.hosts or _is_address(host)


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # a bracket that is not closed
        return ""


def _is_address(host: str) -> bool:
    """Whether it is a bare address, which no name service can point elsewhere."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
