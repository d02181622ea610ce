"""xianzhi (县志): from pages of Chinese local news to a cited knowledge graph."""
