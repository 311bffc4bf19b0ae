"""Publication of cases on the website: the text, its check, its way to the public and back."""
