"""Search over names, aliases, titles and words that were said, in an index of each revision."""
