"""Assembly: from the claims of many sources to the knowledge graph.

    agents      which local people and organizations are one: namesakes told apart, names linked
    comparing   what each comparison of two of them is worth
    identity    what they are taken for, with score, amount of evidence and reason
    judgements  what people decided about that
    candidates  what is left for people to decide
    stories     which sources are copies of one another's story
    letters     which local letters are one letter
    statements  which claims report one statement
    facts       the triples of one thing of the knowledge graph, from the claims that support it
    assemble    all of it, for what a change of sources touches

The knowledge graph is a function of evidence and judgements: the same whatever the order of
loading, and the same from scratch as step by step.
"""
