"""Questions above a list, answered with tables made from counts: one module a question."""
