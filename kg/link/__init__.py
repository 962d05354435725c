"""One thing, one node over all articles: people, bodies, events and their editions."""
