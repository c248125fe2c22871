"""/stats: numbers and a picture for operators, nothing for others."""

from bot.locales import LANGUAGES, speak
from poetry_model import NoCharacterFits
from tests.fakes.chatting import ALICE, GROUP, OPERATOR, XIAOYUE, BotAtWork


async def test_operators_get_the_numbers_with_a_picture(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    await chat.presses(poem, "❤️ 收藏")
    await chat.writes("/poem 山", ALICE, GROUP)
    await chat.writes("/subscribe 08:00")
    chat.poet.failure = NoCharacterFits("七绝", 1, 2)
    await chat.writes("/poem 夜")
    (answer,) = await chat.writes("/stats", OPERATOR)
    assert answer["photo"][-1]["width"] == 1200
    caption = answer["caption"]
    assert "2026-04-01（Asia/Shanghai）" in caption
    assert "使用者 3 · 7 天內活躍 2 · 新來 2" in caption
    assert "群組 1 · 封鎖或離開 0" in caption
    assert "今天寫詩 2 · 30 天 2 · 收藏 1" in caption
    assert "今天該送 0：送到 0" in caption
    assert "半數 1 毫秒內" in caption
    assert "沒寫成：NoCharacterFits 1" in caption


async def test_an_empty_bot_has_numbers_too(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/stats", OPERATOR)
    assert "使用者 1 · 7 天內活躍 0 · 新來 1" in answer["caption"]
    assert "毫秒" not in answer["caption"]
    assert "沒寫成" not in answer["caption"]


async def test_others_learn_nothing_of_it(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/stats", XIAOYUE)
    (mistyped,) = await chat.writes("/starts", XIAOYUE)
    assert answer["text"] == mistyped["text"].replace("/starts", "/stats")
    assert await chat.writes("/stats", XIAOYUE, GROUP) == []


def test_the_longest_caption_fits() -> None:
    for language in LANGUAGES:
        say = speak(language)
        keys = (
            "title",
            "people",
            "chats",
            "poems",
            "inline",
            "daily",
            "deliveries",
            "latency",
            "failures",
        )
        counted = (
            "all active new days groups blocked today favourites offered sent paused half most due"
        )
        values = dict.fromkeys(counted.split(), 10**9)
        words = {"date": "2026-04-01", "zone": "America/Argentina/ComodRivadavia"}
        lists = {"ended": "nobody knows 100000 · " * 8, "reasons": "NoCharacterFits 10000 · " * 5}
        total = sum(len(say(f"stats-{key}-html", **values, **words, **lists)) for key in keys)
        assert total < 1024
