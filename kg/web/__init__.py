"""What lies on the web: pages and feeds fetched politely, and sources that are watched."""
