"""Seconds beside a floor: the stages of a build beside Kiwi alone, growth, additions, questions and files beside the obvious alternative."""
