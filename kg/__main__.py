"""`python -m kg`: the command where its script is not on the path."""

from kg.cli import main

if __name__ == "__main__":
    main()
