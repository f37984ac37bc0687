"""The graph from Python: open it, ask, load, and hand it on to the libraries that analysts use."""
