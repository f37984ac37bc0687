"""Dumps read back: the evidence and judgements of another graph, checked before they are taken."""
