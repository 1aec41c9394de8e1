"""Whose request comes first, and why: arithmetic and words, without a database or a clock (rule 6.2)."""
