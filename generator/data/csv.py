"""CSV text to its header and records; every field is text."""

from __future__ import annotations

import csv
import io
import sys
from typing import Any

from generator.data.problems import DataError

# The module's own limit of 128 KiB a field is for machines of another time, and only known to all its readers at once.
csv.field_size_limit(sys.maxsize)


def parse_csv(text: str) -> dict[str, Any]:
    """Read comma separated values: `{headers: […], records: [[…], …]}`; the first line is always the header.

    Raises: DataError for a record that is longer or shorter than the header.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    headers: list[str] | None = None
    records: list[list[str]] = []
    for record in reader:
        if not record:
            continue
        if headers is None:
            headers = record
        elif len(record) == len(headers):
            records.append(record)
        else:
            said = f"This record has {len(record)} fields, but the header has {len(headers)}"
            raise DataError(said, _line_offset(text, reader.line_num))
    return {"headers": headers or [], "records": records}


def _line_offset(text: str, line: int) -> int:
    return sum(len(part) for part in text.splitlines(keepends=True)[: line - 1])
