"""What the projector shows of a workshop: views to step through, large, few words. No kernel, no widget."""

from learnerfirst.pages.projector.page import page_html
from learnerfirst.pages.projector.view import Deck, View
from learnerfirst.pages.projector.views import Projector

__all__ = ["Deck", "Projector", "View", "page_html"]
