"""Can a simple classifier tell two sets of poems apart?

Owns the classifier: tf-idf of character n-grams of one to three, line ends among the
characters, and a logistic regression; and its honest figure: the area under the ROC
curve on poems it was not fitted on, in five folds. Poems of one title never stand on
both sides of a fold, so that a title's own words give nothing away. 0.5 is a guess,
1 is certainty.

Nothing here is shared with `poetry_model.naturalness`: each evaluation fits its own
classifier, from scratch, on the poems it compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from poetry_model.errors import MissingPackage
from poetry_model.script import to_simplified

_FOLDS = 5
_LONGEST_GRAM = 3
_STRENGTH = 10.0  # inverse of the regularisation; what told best on validation poems


@dataclass(frozen=True)
class TitledText:
    """The lines of a poem and the title or theme it was written under."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """In simplified script, each line opened and closed by a mark."""
        return "/" + "/".join(map(to_simplified, self.lines)) + "/"


@dataclass(frozen=True)
class Auc:
    """Area under the ROC curve over the folds: mean, and standard error of the mean."""

    poems: int  # on each side
    auc: float
    error: float


def require_scikit_learn() -> None:
    """Raises MissingPackage, which says how to get it."""
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise MissingPackage("scikit-learn", "evaluate") from error


def separability(one: Sequence[TitledText], other: Sequence[TitledText]) -> Auc | None:
    """How well `one` is told from `other`; None where there are too few titles to try."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedGroupKFold

    poems = [*one, *other]
    titles = np.array([to_simplified(poem.title) for poem in poems])
    texts = np.array([poem.text for poem in poems], dtype=object)
    side = np.array([1] * len(one) + [0] * len(other))
    folds = min(_FOLDS, *(len(set(titles[side == s])) for s in (0, 1)))
    if folds < 2:
        return None
    splits = StratifiedGroupKFold(folds, shuffle=True, random_state=1)
    areas = []
    for fitted, held in splits.split(texts, side, titles):
        if len(set(side[held])) == 2 == len(set(side[fitted])):
            model = _classifier().fit(texts[fitted], side[fitted])
            areas.append(roc_auc_score(side[held], model.decision_function(texts[held])))
    return _auc(areas, min(len(one), len(other))) if len(areas) > 1 else None


def _auc(areas: Sequence[float], poems: int) -> Auc:
    error = float(np.std(areas, ddof=1)) / len(areas) ** 0.5
    return Auc(poems, round(float(np.mean(areas)), 4), round(error, 4))


def telling_grams(
    one: Sequence[TitledText], other: Sequence[TitledText], count: int
) -> tuple[list[str], list[str]]:
    """The n-grams that speak loudest for `one`, and those for `other`."""
    model = _classifier()
    texts = [poem.text for poem in (*one, *other)]
    model.fit(texts, [1] * len(one) + [0] * len(other))
    weights = model[-1].coef_[0]
    names = model[0].get_feature_names_out()
    order = np.argsort(weights)
    return [str(names[i]) for i in order[::-1][:count]], [str(names[i]) for i in order[:count]]


def _classifier() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    grams = TfidfVectorizer(analyzer="char", ngram_range=(1, _LONGEST_GRAM), sublinear_tf=True)
    return make_pipeline(grams, LogisticRegression(C=_STRENGTH, max_iter=1000))
