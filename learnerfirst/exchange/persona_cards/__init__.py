"""Cards of personas as files: SVG and PNG pictures, a page to print, a Word document. Initials, never photos."""

from learnerfirst.exchange.persona_cards.document import cards_docx
from learnerfirst.exchange.persona_cards.page import cards_html
from learnerfirst.exchange.persona_cards.pictures import card_of, card_png, card_svg

__all__ = ["card_of", "card_png", "card_svg", "cards_docx", "cards_html"]
