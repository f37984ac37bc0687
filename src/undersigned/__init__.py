"""Who signed what, to whom, with whom, and what they said: articles to a knowledge graph."""

__version__ = "0.1.0"
