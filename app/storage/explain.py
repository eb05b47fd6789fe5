"""The planner's estimate of how many rows a question has, without asking it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ClauseElement, Executable, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class Explain(Executable, ClauseElement):
    """EXPLAIN of a select, its values bound as in the select itself."""

    inherit_cache = False

    def __init__(self, asked: Select[Any]) -> None:
        self.asked = asked


@compiles(Explain)
def _explain(element: Explain, compiler: SQLCompiler, **options: Any) -> str:
    return "EXPLAIN (FORMAT JSON) " + compiler.process(element.asked, **options)


def estimated_rows(plan: Any) -> int:
    told = json.loads(plan) if isinstance(plan, str) else plan
    return int(told[0]["Plan"]["Plan Rows"])
