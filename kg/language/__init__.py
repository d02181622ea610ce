"""What is read from text before any entity is known: sentences, words, numbers, amounts, dates."""
