"""Triple stores behind one small interface: `base` says what a store can do."""
