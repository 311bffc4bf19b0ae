"""Letters and other documents: what they say, as PDF and as Word."""
