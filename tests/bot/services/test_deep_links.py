"""Payloads of links: written, read back, and anything else refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.services.deep_links import (
    LONGEST_PAYLOAD,
    SharedPoem,
    SharedWish,
    fresh_token,
    link_to,
    poem_payload,
    read_payload,
    wish_payload,
)


def test_a_token_is_long_random_and_fits_a_link() -> None:
    tokens = {fresh_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert len(token) == 16
        assert read_payload(poem_payload(token)) == SharedPoem(token)


@pytest.mark.parametrize("text", ["月", "七绝 秋夜", "如夢令 “長相思”", "AI 🌙"])
def test_a_wish_is_read_back(text: str) -> None:
    payload = wish_payload(text)
    assert payload is not None
    assert len(payload) <= LONGEST_PAYLOAD
    assert read_payload(payload) == SharedWish(text)


def test_a_wish_too_long_for_a_link_has_none() -> None:
    assert wish_payload("月" * 15) is not None
    assert wish_payload("月" * 16) is None
    assert wish_payload("") is None


@pytest.mark.parametrize(
    "payload", ["", "p_", "p_1", "p_" + "x" * 17, "t_", "t_%%", "t_5pyI=", "t__w", "x_5pyI", "j_1"]
)
def test_a_broken_payload_asks_for_nothing(payload: str) -> None:
    assert read_payload(payload) is None


@given(some.text(max_size=80))
def test_no_payload_is_an_error(payload: str) -> None:
    read_payload(payload)


def test_a_link_names_the_bot() -> None:
    assert link_to("some_bot", "t_5pyI") == "https://t.me/some_bot?start=t_5pyI"
