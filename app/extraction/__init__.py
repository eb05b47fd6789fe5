"""Text in, mentions out: no web, no database, no clock."""
