"""The ground: frozen values and their arithmetic. Imports nothing but the standard library."""
