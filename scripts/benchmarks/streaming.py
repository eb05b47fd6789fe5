"""A long CSV, block by block."""
