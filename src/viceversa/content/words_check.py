"""Check words: keys are there once, and what is filled in is known."""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from viceversa.content.faults import Fault
from viceversa.content.library import WORDS
from viceversa.content.marks import Marked, read_marked
from viceversa.content.names import ENGLISH, listed
from viceversa.content.shape import faults_in_shape
from viceversa.content.words import placeholders


def faults_in_words(place: Path, folders: Sequence[Path]) -> list[Fault]:
    """Find the faults in a language's words; `folders` are the content folders, best first."""
    behind = [folder / ENGLISH for folder in folders if folder / ENGLISH != place]
    originals = _words_in(reversed(behind))
    faults, met = [], {}
    for file in sorted(place.glob("words/*.yaml")):
        marked = read_marked(file)
        faults += marked.faults
        if marked.data is not None:
            faults += faults_in_shape(marked, WORDS)
        for key, words in marked.data.items() if isinstance(marked.data, dict) else ():
            if key in met:
                wrong = f"“{key}” is also in {met[key]}."
                faults.append(marked.fault((str(key),), wrong, "Keep one of the two."))
            met[key] = file.name
            faults += _check_word(marked, str(key), str(words), originals)
    return faults


def _check_word(marked: Marked, key: str, words: str, originals: dict[str, str]) -> list[Fault]:
    if key not in originals:
        return _misspelt(marked, key, originals)
    extra = sorted(placeholders(words) - placeholders(originals[key]))
    known = [f"{{{name}}}" for name in sorted(placeholders(originals[key]))]
    instead = f"Use {listed(known)}." if known else "Take it away: nothing is filled in here."
    return [
        marked.fault((key,), f"Nothing will fill in {{{name}}} here.", instead) for name in extra
    ]


def _misspelt(marked: Marked, key: str, originals: dict[str, str]) -> list[Fault]:
    # A scheme may have words of its own, so only what is nearly one of ours is a slip.
    near = difflib.get_close_matches(key, list(originals), n=1, cutoff=0.85)
    if not near or any(letter.isdigit() for letter in key):
        return []
    return [marked.fault((key,), f"There is no word “{key}” to replace.", f"Write “{near[0]}”.")]


def _words_in(places: Iterable[Path]) -> dict[str, str]:
    words: dict[str, str] = {}
    for place in places:
        for file in sorted(place.glob("words/*.yaml")):
            data = read_marked(file).data
            words.update(
                {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}
            )
    return words
