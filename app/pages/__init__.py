"""The pages: the same services as the interface for programs, for people with a browser."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.pages import views
from app.pages.rendering import STATIC, error_page

__all__ = ["error_page", "install"]


def install(app: FastAPI) -> None:
    """The pages, their styles, and the documentation page with its scripts; nothing comes from elsewhere."""
    app.include_router(views.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
