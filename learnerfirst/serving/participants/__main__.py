"""``python -m learnerfirst.serving.participants``: start the participant process."""

from __future__ import annotations

import sys

from learnerfirst.serving.participants.process import main

if __name__ == "__main__":
    sys.exit(main())
