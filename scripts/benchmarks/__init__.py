"""What `scripts/bench query` is made of: synthetic events, the questions, HTTP, and other tools beside them."""
