"""Speech: the constructions by which English text reports who said what.

To add a construction, write one small function whose docstring shows it in a sentence, put it into
the literal list of its module, and add a passage to `tests/reading/passages/`:

    sources.SOURCE_RULES               who spoke, for a cue verb
    indirect.CONSTRUCTIONS             what a cue verb governs: clauses, infinitives, objects
    nominal.NOMINAL_CONSTRUCTIONS      "according to X", "X's claim that …"
    headlines.HEADLINE_CONSTRUCTIONS   headlines
    uncued.UNCUED_CONSTRUCTIONS        quotations without a cue
    direct.assign                      which cue a quotation belongs to, by place and punctuation
    unlisted                           verbs that speak by their place: “…,” Roe fumed
    parenthetical                      cues set into what was said: the vote, she said, was lost
    joining                            quotations that go on with the speech before them
    set_off                            paragraphs without marks below "the mayor added:"

To add a verb, add it with an example sentence to `lexicons/saying.toml`.
"""
