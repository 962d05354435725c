"""How the model of names under ``data/models/press_ner`` is made; nothing here is imported at run time."""
