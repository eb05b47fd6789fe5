"""What handlers are given: the program's parts, and the address that links begin with.

Both are found without waiting, hence `async`: a plain function would cost a thread. Transactions are opened by the
handler itself, in its own thread (docs/decisions/0004).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.services.program import Program


async def program(request: Request) -> Program:
    return program_of(request)


def program_of(request: Request) -> Program:
    found: Program = request.app.state.program
    return found


def base_of(request: Request) -> str:
    """Scheme, host and prefix as the client sees them, without a slash at the end."""
    return (program_of(request).public_url or str(request.base_url)).rstrip("/")


async def base_url(request: Request) -> str:
    return base_of(request)


Parts = Annotated[Program, Depends(program)]
Base = Annotated[str, Depends(base_url)]
