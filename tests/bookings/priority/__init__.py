"""Tests of whose request comes first."""
