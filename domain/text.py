"""Marking of sentences for translation. The domain knows no web, so it marks; the edges translate."""


def _(sentence: str) -> str:
    """Mark a Swedish sentence for the catalogue and return it unchanged."""
    return sentence
