"""Catalogues. Swedish is the source language: its sentences are the msgids (decision 0005)."""
