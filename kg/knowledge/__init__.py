"""What is known before a text is read: ontology, gazetteer, lexicon, patterns, corrections; loaded and checked once."""
