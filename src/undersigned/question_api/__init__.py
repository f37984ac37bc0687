"""The saved questions on the web: forms, answers with their words, and an API for programs."""
