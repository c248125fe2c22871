"""Page numbers as old books have them. Pure."""

_DIGITS = "〇一二三四五六七八九"


def in_characters(number: int) -> str:
    """A positive number in Chinese characters.

    >>> [in_characters(number) for number in (7, 10, 12, 40, 99, 105)]
    ['七', '十', '十二', '四十', '九十九', '一〇五']
    """
    if number >= 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones or not tens else "")
