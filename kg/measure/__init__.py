"""How good a graph is, held against gold facts."""
