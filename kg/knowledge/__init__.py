"""What is known before a text is read: ontology, gazetteer, lexicon, frames, corrections; loaded and checked once."""
