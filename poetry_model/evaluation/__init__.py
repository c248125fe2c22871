"""`poetry-model evaluate`: the scorecard of a model on poems it has not seen.

One file for each kind of figure; `scorecard` puts them in order and documents the JSON:

- `perplexities`: how surprised it is by held-out poems, beside the seed
- `written`: 200 poems of each form on twenty themes: rules, `theme`, `variety`, `copying`
- `comparison`: poems under the titles of human ones, told from them by a `classifier`;
  `seed_poems` writes the seed's
- `tables`, `picture`: for reading

Measures, and tunes nothing: what is tuned looks at the validation split only, and the
figures that count come from the others.
"""

import json
from dataclasses import asdict
from pathlib import Path

from poetry_model.evaluation.picture import draw_scorecard
from poetry_model.evaluation.progress import EvaluationProgress
from poetry_model.evaluation.scorecard import Scorecard, evaluate_model
from poetry_model.evaluation.tables import evaluation_tables

__all__ = [
    "EvaluationProgress",
    "Scorecard",
    "evaluate_model",
    "evaluation_tables",
    "write_scorecard",
]


def write_scorecard(card: Scorecard, folder: Path) -> None:
    """Puts `evaluate.json` and `evaluate.png` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(card), ensure_ascii=False, indent=1)
    (folder / "evaluate.json").write_text(text + "\n", "utf-8")
    draw_scorecard(card, folder / "evaluate.png")
