"""Dateline: dated events, read from news, kept with their sentence, answered over HTTP."""
