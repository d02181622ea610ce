"""Learned weights, as data files."""
