"""The tables that analysts take away: one TOML file a table.

A file names what gives a row and, for each column, the property path from the row to its values.
A new table is a new file, a new column a new line.
"""
