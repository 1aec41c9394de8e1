"""Addresses, by whose they are."""
