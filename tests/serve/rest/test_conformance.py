"""Generated requests, valid and not: no answer is a fault of ours, and each is as the description says."""

from __future__ import annotations

from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tests.serve.rest.conftest import room

from quotidian.pipeline import Reader
from quotidian.serve.access.settings import Settings
from quotidian.serve.rest import api
from quotidian.store.archive import Archive

# Schemathesis would ask for http://testserver, which is nobody's name here.
HOST = {"host": "localhost"}
HERE = Settings.checked(host="localhost", port=80)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Describing the operations asks nothing of the archive.
PATHS: dict[str, Any] = api(cast(Archive, None), HERE).openapi()["paths"]  # type: ignore[attr-defined]
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = [
    (path, method, mode)
    for path, methods in PATHS.items()
    for method, operation in methods.items()
    for mode in (POSITIVE, NEGATIVE)
    # where nothing can be given, nothing can be given wrongly
    if mode is POSITIVE or "parameters" in operation or "requestBody" in operation
]


def near(value: Any) -> Any:
    """Every other number made one that an archive of three articles may have; else all would be unknown."""
    if isinstance(value, dict):
        return {key: near(one) for key, one in value.items()}
    if isinstance(value, list):
        return [near(one) for one in value]
    number = isinstance(value, int) and not isinstance(value, bool) and value > 20 and value % 2
    return value // 2 % 20 + 1 if number else value


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_each_operation_keeps_to_its_description(
    archive: Archive, reader: Reader, path: str, method: str, mode: GenerationMode
) -> None:
    app = room(archive, HERE, reader)
    description = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HOST)
    operation = description[path][method]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=25, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def kept(case: Case) -> None:
        if mode is POSITIVE:
            case.path_parameters = near(case.path_parameters)
            case.body = near(case.body)
        answer = case.call(headers=HOST)
        refused = [negative_data_rejection] if mode is NEGATIVE else []
        case.validate_response(answer, checks=[*CHECKS, *refused])

    kept()
