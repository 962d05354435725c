"""Facts as RDF, and the folder that holds them: minting, assembling, writing, reading back, checking, exporting."""
