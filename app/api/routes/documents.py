"""Documents: sent in, listed, and shown with the spans that events were read from."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from app.api.deps import Base, Parts
from app.api.params import EXAMPLE_DOCUMENT, DocumentParams, FormatParams, NoParams, OneDocumentParams
from app.api.replies import reply
from app.api.schemas import NOT_FOUND, PROBLEMS, Answer, DocumentIn, Fields, Problem
from app.api.submissions import raw_body, received
from app.domain.errors import RefusedDocument
from app.exports import Table
from app.services import documents, submitting
from app.services.asking import document_id as number_of
from app.services.describing import describe_document
from app.services.envelope import alone
from app.services.ingest import ingest

router = APIRouter(prefix="/v1", tags=["Documents"])
Raw = Annotated[tuple[str, bytes], Depends(raw_body)]
Number = Annotated[str, Path(description="The number of a document.", examples=[EXAMPLE_DOCUMENT])]
_SCHEMA = DocumentIn.model_json_schema()
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [_SCHEMA, {"type": "array", "items": _SCHEMA}]},
                "example": _SCHEMA["examples"][0],
            },
            "application/jsonl": {"schema": {"type": "string"}},
        },
    }
}
_REPLIES: dict[int | str, dict[str, Any]] = {
    201: {"model": Answer[list[Fields]], "description": "At least one new document was kept."},
    413: {"model": Problem, "description": "The body is larger than the limit."},
    415: {"model": Problem, "description": "The body is neither JSON nor JSON Lines."},
    422: {"model": Problem, "description": "The body cannot be read, or no document in it can be kept."},
}


@router.post(
    "/documents",
    operation_id="send_documents",
    response_model=Answer[list[Fields]],
    responses=_REPLIES,
    openapi_extra=_BODY,
)
def send_documents(
    request: Request, parts: Parts, base: Base, raw: Raw, params: Annotated[NoParams, Query()]
) -> Response:
    """Send one document or many. Each is kept whole or not at all; the same text again is not a second document."""
    items, many = received(*raw, parts.batch_limit)
    report = ingest(items, parts.desk())
    if refusal := submitting.refusal(report):
        raise RefusedDocument(refusal)
    with parts.begin() as conn:
        told = submitting.told(conn, report, parts.kinds, base)
    counts = submitting.counts(report)
    description = submitting.describe(counts)
    meta = {"returned": len(told), "counts": counts, "many": many, "description": description, "warnings": []}
    table = Table("documents", submitting.OUTCOME_COLUMNS, told, meta)
    return reply(request, FormatParams(), table, status=submitting.status_of(report))


@router.get("/documents", operation_id="list_documents", response_model=Answer[list[Fields]], responses=PROBLEMS)
@router.get("/documents.{suffix}", include_in_schema=False)
def list_documents(request: Request, parts: Parts, base: Base, params: Annotated[DocumentParams, Query()]) -> Response:
    """The documents that are kept, newest first, without their texts."""
    with parts.begin() as conn:
        found = documents.listed(conn, {name: values[-1] for name, values in params.given().items()}, base)
    meta = found.meta
    types = documents.COLUMNS
    table = Table("documents", tuple(types), found.records, meta.wire(), left_out=meta.left_out, types=types)
    return reply(request, params, replace(table, previous=found.previous))


@router.get("/documents/{document_id}", operation_id="get_document", response_model=Answer[Fields], responses=NOT_FOUND)
@router.get("/documents/{document_id}.{suffix}", include_in_schema=False)
def get_document(
    request: Request, parts: Parts, base: Base, document_id: Number, params: Annotated[OneDocumentParams, Query()]
) -> Response:
    """A document with its text exactly as it was received, and the spans that events were read from."""
    with parts.begin() as conn:
        given = {name: values[-1] for name, values in params.given().items()}
        as_of = documents.look_back(conn, given)
        found = documents.document(conn, number_of("document", document_id), base)
        meta = alone(conn, describe_document(found), given, as_of).wire()
    return reply(request, params, Table(f"document-{found['id']}", tuple(found), [found], meta, single=True))
