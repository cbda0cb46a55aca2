"""Records of earlier schemas brought up to the one that this version writes, one step a schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.errors import FileProblem, InvalidFileError, RecordSchemaError
from workbench.model.record import RECORD_SCHEMA

Migration = Callable[[dict[str, object]], dict[str, object]]
"""Takes the data of a record of one schema and gives that of the next, but for the schema number."""

_MIGRATIONS: Mapping[int, Migration] = {}
"""The step from each earlier schema to its next. Schema 1 is the first, so that there is none yet."""


def migrate(
    data: Mapping[str, object],
    path: str,
    migrations: Mapping[int, Migration] = _MIGRATIONS,
    newest: int = RECORD_SCHEMA,
) -> dict[str, object]:
    """The data of a record in the newest schema.

    Raises RecordSchemaError for a schema newer than `newest`, InvalidFileError where there is no schema number or no
    way from it.
    """
    schema = data.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise InvalidFileError([FileProblem(path, None, "schema: a whole number is wanted, this is not a record")])
    if schema > newest:
        raise RecordSchemaError(path, schema, newest)
    current = dict(data)
    for step in range(schema, newest):
        if step not in migrations:
            raise InvalidFileError([FileProblem(path, None, f"schema: there is no way from schema {step}")])
        current = migrations[step](current) | {"schema": step + 1}
    return current
