"""The same request in the tools that people use, written under each operation of the interface's description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Where `scripts/serve` listens unless told otherwise.
HOME = "http://127.0.0.1:8000"
_TABLE = """

**As a table**

```sh
curl '{csv}'
```
```python
import pandas as pd
pd.read_csv("{csv}")
```
```r
read.csv("{csv}")
```
In a spreadsheet, load data from the web: `{sheet}`"""
_ONE = """

```sh
curl '{address}'
```"""


def with_snippets(operation: Mapping[str, Any], path: str, query: str) -> str:
    """The description of a GET with its snippets; `query` is what its example asks."""
    description = str(operation.get("description", ""))
    if not _is_list(operation):
        return description + _ONE.format(address=_address(path, query))
    path = f"{path.removesuffix('.csv')}.csv"
    sheet = _address(path, "&".join(filter(None, (query, "excel=1"))))
    return description + _TABLE.format(csv=_address(path, query), sheet=sheet)


def _is_list(operation: Mapping[str, Any]) -> bool:
    """Whether it comes as a table under a suffix."""
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    return "f" in names and not any(parameter["in"] == "path" for parameter in operation.get("parameters", []))


def _address(path: str, query: str) -> str:
    return f"{HOME}{path}?{query}" if query else f"{HOME}{path}"
