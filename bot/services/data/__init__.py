"""Tables that services read; LICENSES.md says where they come from."""

from pathlib import Path

CITIES = Path(__file__).with_name("cities.tsv")
