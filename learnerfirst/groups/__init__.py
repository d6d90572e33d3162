"""Learning groups: balanced, with who stays apart and together kept, and as few repeats of earlier groups as can be."""

from learnerfirst.groups.balance import Balance
from learnerfirst.groups.forming import Groups, formed

__all__ = ["Balance", "Groups", "formed"]
