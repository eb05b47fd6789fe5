"""`python -m app.cli`, where the command is not on the path."""

from app.cli import main

main()
