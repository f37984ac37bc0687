"""What names say: how they are put together, which forms stand for one another, how rare they are.

    shares               how common given names and surnames are
    person_names         people's names, taken apart and compared
    organization_names   names of organizations, their short forms and their parts

Pure functions of strings and of the word lists beside them; nothing here knows of sources.
"""
