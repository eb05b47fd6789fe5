"""Choosing among several answers where grammar leaves one open: a side, the role in the article, the confidence."""
