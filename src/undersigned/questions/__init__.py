"""Saved questions: plain SPARQL with a header, asked by name with typed parameters."""
