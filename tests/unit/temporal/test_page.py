"""The examples of docs/time.md print what the page says."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

_PAGE = Path(__file__).parents[3] / "docs" / "time.md"
_EXAMPLES = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_has_its_examples() -> None:
    assert len(_EXAMPLES) == 2


@pytest.mark.parametrize(("code", "printed"), _EXAMPLES)
def test_an_example_prints_what_the_page_says(code: str, printed: str) -> None:
    said = StringIO()
    with redirect_stdout(said):
        exec(compile(code, str(_PAGE), "exec"), {})
    assert said.getvalue() == printed
