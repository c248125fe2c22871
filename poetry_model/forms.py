"""Every form by its name: 诗, 词 and couplets.

Owns the way from a name to the rules. Knows none of them.
"""

import functools

from poetry_model.ci_forms import tune_forms
from poetry_model.couplets import couplet_form
from poetry_model.tunes import find_tune
from poetry_model.verse_forms import COUPLETS, MOST_HEADS, OPEN_FORMS, find_form, verse_form
from poetry_model.verse_rules import Form


@functools.lru_cache(maxsize=256)
def forms_named(name: str, line_count: int | None = None) -> tuple[Form, ...]:
    """The form of this name, in its variants where a tune has several; () for none.

    五言 and 七言 take any number of lines that an acrostic can have; 对联 is of either length.

    >>> [form.lengths for form in forms_named("憶江南")]
    [(3, 5, 7, 7, 5), (3, 5, 7, 7, 5, 3, 5, 7, 7, 5)]
    """
    if name in OPEN_FORMS:
        open_form = verse_form(name, line_count)
        return (open_form,) if 2 <= len(open_form.lengths) <= MOST_HEADS else ()
    tune = find_tune(name)
    if tune is not None:
        return tune_forms(tune)
    found = find_form(name)
    if found is None:
        return ()
    if found not in COUPLETS:
        return (verse_form(found),)
    told = name.strip()[0] in ("五", "七")
    return tuple(couplet_form(couplet) for couplet in COUPLETS if couplet == found or not told)
