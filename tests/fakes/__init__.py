"""Fakes that are written once and used by all tests."""
