"""Voila with names, owners and limits."""
