"""Whether a port can be listened on."""

from __future__ import annotations

import socket

from app.domain.errors import DatelineError


class PortTaken(DatelineError):
    """Somebody else listens there."""


def check_port(host: str, port: int) -> None:
    """Raises PortTaken before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"{host}:{port} cannot be listened on ({error.strerror}): choose another with --port, or end the other"
            ) from error
