"""The keys under which something is kept without a name.

A guest's token is a random secret that is only in their browser's cookie; the store has its hash
alone. A key is made of the token and of what it is for, so that one guest has one answer to each
activity and finds it again, and nobody who reads the store can tell whose it is.
"""

import hashlib
import secrets


def new_token() -> str:
    """Make a guest's secret."""
    return secrets.token_urlsafe(24)


def answer_key(token: str, room_id: str, activity: str) -> str:
    """The key of a guest's answer to an activity."""
    return _key("answer", token, room_id, activity)


def question_id(token: str, room_id: str, asked: str) -> str:
    """The id of a question: the same when it is sent again under the same `asked`."""
    return _key("question", token, room_id, asked)[:16]


def author_key(token: str, question: str) -> str:
    """The key that tells a guest that a question is their own."""
    return _key("author", token, question)


def vote_key(token: str, question: str) -> str:
    """The key of a guest's vote for a question."""
    return _key("vote", token, question)


def _key(*parts: str) -> str:
    # With their lengths, so that no two lists of parts read the same.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
