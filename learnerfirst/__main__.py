"""`python -m learnerfirst` is the command `learnerfirst`."""

import sys

from learnerfirst.cli import main

if __name__ == "__main__":
    sys.exit(main())
