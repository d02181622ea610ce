"""From the tagger's spans to the entities of an article, each with all its mentions."""
