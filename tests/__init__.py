"""The tests. What they share is in tests/support; conftest.py lists the fixtures."""
