"""From files and URLs to sources: gathering, fetching, choosing a loader, reading, storing."""
