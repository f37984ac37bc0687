"""Linking: what an outside data set suggests for people, organizations and letters.

    proposals   suggestions as a graph of their own keeps them, until somebody judges them
    asking      names looked up at a SPARQL endpoint, in batches
    link        the look-up for a whole store

Nothing here says that two things are the same: that takes a judgement.
"""
