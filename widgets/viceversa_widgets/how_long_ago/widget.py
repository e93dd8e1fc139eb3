from viceversa_widgets.question import Question


class HowLongAgo(Question):
    """How long ago something last happened.

    Value: "this-week", "this-month", "this-quarter", "this-year", "longer", "cannot-recall" or
    None.
    """

    kind = "how-long-ago"
