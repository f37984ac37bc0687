"""Evidence graphs: the claims of one source as one named graph, written and read back."""
