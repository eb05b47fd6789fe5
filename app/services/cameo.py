"""CAMEO codes: which there are, so that a wrong one is answered with its neighbours."""

from __future__ import annotations

from app.domain.errors import BadQuery
from app.services.questions import nearest

# For each root its last code on the second level (CAMEO 1.1b3): 04 goes from 040 to 046.
LAST_CODES: tuple[str, ...] = (
    "019", "028", "039", "046", "057", "064", "075", "087", "094", "108",
    "116", "129", "139", "145", "155", "166", "176", "186", "196", "204",
)  # fmt: skip
ROOTS: tuple[str, ...] = tuple(code[:2] for code in LAST_CODES)


def check(parameter: str, code: str) -> None:
    """Raise BadQuery for what is no CAMEO code, with the roots or the codes of its root. A fourth digit is not checked:
    few codes have one."""
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
        raise BadQuery(parameter, f"{code[:40]!r} is no CAMEO code: two to four digits are wanted", example="04")
    if code[:2] not in ROOTS:
        detail = f"{code!r} is no CAMEO code: its roots go from {ROOTS[0]} to {ROOTS[-1]}"
        raise BadQuery(parameter, detail, allowed=ROOTS, did_you_mean=nearest(code[:2], ROOTS), example="04")
    codes = codes_of(code[:2])
    if code[:3] not in (code[:2], *codes):
        detail = f"{code!r} is no CAMEO code: those under {code[:2]} go from {codes[0]} to {codes[-1]}"
        raise BadQuery(parameter, detail, allowed=(code[:2], *codes), did_you_mean=codes[-1], example=code[:2])


def codes_of(root: str) -> tuple[str, ...]:
    """The codes of three digits under a root."""
    last = LAST_CODES[ROOTS.index(root)]
    return tuple(f"{number:03}" for number in range(int(root) * 10, int(last) + 1))
