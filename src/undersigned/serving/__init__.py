"""Serving: the SPARQL 1.1 protocol for queries over the published revision of a store."""
