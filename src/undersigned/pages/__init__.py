"""What readers see of a graph: its pages, drawn on the server, and its data by the same IRIs."""
