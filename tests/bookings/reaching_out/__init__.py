"""Tests of which schools are not reached."""
