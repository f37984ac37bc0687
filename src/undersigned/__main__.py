"""`python -m undersigned` is the command line."""

from undersigned.cli.app import main

main()
