"""The verbs of the program from a terminal."""

from app.cli.program import main

__all__ = ["main"]
