"""Finding names in phrases: organizations, people, events, places; one pass over a text."""
