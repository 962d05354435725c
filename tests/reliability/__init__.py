"""Long trials: run by hand, ``make kills``, ``make fuzz``, ``make crowd``; their figures stand in docs/reliability.md."""
