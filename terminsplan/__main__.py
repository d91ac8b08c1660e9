"""``python -m terminsplan``."""

from terminsplan.entry import main

if __name__ == "__main__":
    main()
