"""Checks of the ontology itself and of a loaded graph, with HermiT, SHACL, queries and slices."""
