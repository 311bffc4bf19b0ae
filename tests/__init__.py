"""The tests. What they share lies in tests/support; the fixtures are listed in tests/conftest.py."""
