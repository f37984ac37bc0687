"""Corrections: what changed in a source, taking sources out, forgetting people, redacting claims.

changes       what a new version of a source says otherwise
versions      the record of the version before
removing      sources taken out
names_in_text where in a text a name stands that must not be there
withholding   evidence without the people who were forgotten and the claims that were redacted
forgetting    a person taken out everywhere, for good
redacting     one claim taken out, for good
comparing     two revisions, facts gone, new and altered
"""
