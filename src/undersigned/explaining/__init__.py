"""Showing people how a source was read: on the terminal, and as a page of HTML."""
