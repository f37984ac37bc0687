"""Judging: what people decide, where evidence leaves things open or sources are wrong.

things    what a person names: somebody, a letter, a statement, with its local entities
decisions a judgement from what a person names, checked before it is written
records   the judgements of a store, those that were taken back among them
register  writes judgements and takes them back; what follows is assembled at once
table     judgements as CSV, in and out
review    the open pairs with both sides' evidence
"""
