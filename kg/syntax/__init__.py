"""From morphemes to phrases, lists and clauses with their arguments."""
