"""``python -m terminsplan``."""

from terminsplan.cli import main

if __name__ == "__main__":
    main()
