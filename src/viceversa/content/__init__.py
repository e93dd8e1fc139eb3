"""Find, load and check the content: worksheets, words and the journey."""

from viceversa.content.fields import Field, Refused
from viceversa.content.files import BadFile
from viceversa.content.library import Library, Page
from viceversa.content.shipped import shipped
from viceversa.content.words import Words
from viceversa.content.worksheets import ProfileSpec, Section, Worksheet
from viceversa.errors import Missing

__all__ = [
    "BadFile",
    "Field",
    "Library",
    "Missing",
    "Page",
    "ProfileSpec",
    "Refused",
    "Section",
    "Words",
    "Worksheet",
    "shipped",
]
