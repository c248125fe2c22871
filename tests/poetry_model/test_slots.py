"""Where each character of a poem stands."""

from poetry_model.slots import FEATURE_SIZES, form_index, slots_of


def test_a_quatrain_worked_out_by_hand() -> None:
    """白日依山盡/黃河入海流: 流 stands under 盡, 海 under 山 with 盡 after it."""
    text = "白日依山盡黃河入海流欲窮千里目更上一層樓"
    slots = slots_of("五绝", (5, 5, 5, 5))
    flow, sea, eye = text.index("流"), text.index("海"), text.index("目")
    assert text[slots.above[flow]] == "盡"
    assert slots.above_next[flow] == -1  # nothing comes after a line's last character
    assert text[slots.above[sea]] == "山"
    assert text[slots.above_next[sea]] == "盡"
    assert text[slots.above[eye]] == "流"
    assert text[slots.above_two[eye]] == "盡"


def test_features_are_form_length_line_lines_left_and_place_from_the_end() -> None:
    slots = slots_of("五绝", (5, 5, 5, 5))
    assert slots.features[0].tolist() == [0, 5, 0, 3, 4]
    assert slots.features[19].tolist() == [0, 5, 3, 0, 0]


def test_the_first_line_has_nothing_above_and_the_second_nothing_two_above() -> None:
    slots = slots_of("七绝", (7, 7, 7, 7))
    assert set(slots.above[:7]) == set(slots.above_two[:14]) == {-1}
    assert slots.above_two[14] == 0


def test_lines_of_unlike_length_are_matched_from_their_ends() -> None:
    slots = slots_of("词", (4, 6))
    assert slots.above.tolist() == [-1] * 4 + [-1, -1, 0, 1, 2, 3]
    assert slots.above_next.tolist() == [-1] * 4 + [-1, 0, 1, 2, 3, -1]


def test_nothing_looks_ahead() -> None:
    for lengths in ((5,) * 8, (4, 6, 7, 3)):
        slots = slots_of("词", lengths)
        for column in (slots.above, slots.above_next, slots.above_two):
            assert all(index < here for here, index in enumerate(column))


def test_forms_have_their_own_numbers_and_open_shapes_are_old_style_verse() -> None:
    assert len({form_index(form) for form in ("五绝", "七绝", "五律", "七律", "词", "古体")}) == 6
    assert form_index("浣溪纱") == form_index("浣溪沙") != form_index("词")
    assert form_index("声声慢") == form_index("词")
    assert form_index("五言") == form_index("七言") == form_index("古体")


def test_longer_lines_than_any_table_still_have_a_slot() -> None:
    features = slots_of("词", (30,) * 60).features
    assert (features.max(0) < FEATURE_SIZES).all()
