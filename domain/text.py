"""Marking of sentences for translation. The domain knows no web: the edges translate."""


def _(sentence: str) -> str:
    """Mark a Swedish sentence for the catalogue and return it unchanged."""
    return sentence
