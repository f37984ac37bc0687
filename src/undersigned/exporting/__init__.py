"""Exports: the dataset or its knowledge graph as a file that others open, always the same bytes."""
