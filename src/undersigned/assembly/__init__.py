"""Assembly: from the claims of many sources to the knowledge graph.

    identity    which local agents are one person or organization
    letters     which local letters are one letter
    statements  which claims report one statement
    facts       the triples of one thing of the knowledge graph, from the claims that support it
    assemble    all of it, for what a change of sources touches

The knowledge graph is a function of evidence and judgements: the same whatever the order of
loading, and the same from scratch as step by step.
"""
