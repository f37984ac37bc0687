"""The command line: one command a file; `app` wires them, `options` holds what they share."""
