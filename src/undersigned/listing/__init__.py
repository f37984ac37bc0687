"""Signature lists: from the entries that a loader found to claims about who signed.

entries       what a loader hands over: entries, their cells, the section that they stand in
lines         a page as lines, before it is known which of them are signers
recognition   which lines of a page are its list of signers, and whether it is a letter's page
columns       which column of a table holds what; mapping files
parsing       one entry: name, handles, links, degrees, affiliations, comment
kinds         person, organization or bare handle
affiliations  "Debian Developer", "CEO, Acme": roles and organizations
letter_text   the letter itself: kind, title, addressee, date, demands, counts
claiming      all of it as claims
"""
