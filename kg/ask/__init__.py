"""What people ask of a graph: queries, explanations, reviews, statistics."""
