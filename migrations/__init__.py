"""The schema's history. `scripts/migrate` and every start of the program bring a database to its end."""
