"""Who put their name to a letter: constructions of signing, lists of names, negation and hedges."""
