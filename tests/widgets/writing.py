"""Writing in the box of a desk with one question, and what its sheet says of it."""

PAUSE = 1000


def box(desk):
    return desk.page.get_by_label("What happened?")


def status(desk):
    return desk.page.get_by_role("status").inner_text()


def write(desk, text, label="What happened?"):
    """Type at the end of a box, as a person does."""
    place = desk.page.get_by_label(label)
    place.press("Control+End")
    place.press_sequentially(text)
