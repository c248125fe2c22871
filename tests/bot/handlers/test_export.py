"""/export: what is asked, which files come, and whose poems are in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.services import export as exporting
from tests.bot.books.reading import is_in_columns, page_count, words
from tests.fakes.chatting import ALICE, GROUP, XIAOYUE, BotAtWork, Json, buttons


def file_of(chat: BotAtWork, message: Json) -> bytes:
    stored = chat.playground.telegram.files.by_id(message["document"]["file_id"])
    assert stored is not None
    return stored.body


async def asked(chat: BotAtWork, *themes: str, keep: int = 0) -> Json:
    """Poems on these themes, the first `keep` of them kept; then /export."""
    for number, theme in enumerate(themes):
        (poem,) = await chat.writes(f"/poem {theme}")
        if number < keep:
            await chat.presses(poem, "❤️ 收藏")
    (question,) = await chat.writes("/export")
    return question


async def exported(chat: BotAtWork, question: Json, button: str) -> tuple[Json, bytes]:
    (answer,) = await chat.presses(question, button)
    return answer, file_of(chat, answer)


async def test_without_poems_it_says_how_to_get_some(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/export")
    assert answer["text"].startswith("还没有诗可以装订。")
    assert not buttons(answer)


async def test_it_asks_which_poems_and_which_file(chat: BotAtWork) -> None:
    question = await asked(chat, "月", "山", "雪", keep=2)
    assert buttons(question) == ["✓ 收藏 · 2", "写过的 · 3", "📕 PDF", "📄 文本", "🧩 JSON"]
    await chat.presses(question, "写过的 · 3")
    assert buttons(chat.message(question))[:2] == ["收藏 · 2", "✓ 写过的 · 3"]


async def test_who_kept_nothing_is_offered_the_history(chat: BotAtWork) -> None:
    question = await asked(chat, "月")
    assert buttons(question)[0] == "✓ 写过的 · 1"


async def test_the_pdf_is_a_book_with_a_name_on_it(chat: BotAtWork) -> None:
    question = await asked(chat, "月", "山", keep=2)
    answer, body = await exported(chat, question, "📕 PDF")
    assert answer["document"]["file_name"] == "poems-favourites-2026-04-01.pdf"
    assert answer["document"]["mime_type"] == "application/pdf"
    assert answer["caption"] == "共 2 首。"
    assert chat.toasts()[-1] == "正在装订……"
    pages = words(body)
    assert pages[0] == ["小月诗草"]
    assert pages[1][0] == "目录"
    assert "".join(pages[-1]).startswith("右诗二首，由 @")
    assert page_count(body) == len(pages)


async def test_the_book_is_set_as_the_chat_chose(chat: BotAtWork) -> None:
    question = await asked(chat, "月")
    _, columns = await exported(chat, question, "📕 PDF")
    await chat.bot.store.chats.choose(XIAOYUE, layout="horizontal")
    _, lines = await exported(chat, question, "📕 PDF")
    assert is_in_columns(columns)
    assert not is_in_columns(lines)


async def test_the_text_has_titles_and_verses_oldest_first(chat: BotAtWork) -> None:
    question = await asked(chat, "月", "山")
    _, body = await exported(chat, question, "📄 文本")
    text = body.decode("utf-8")
    assert text.startswith("小月诗草\n")
    assert "《月》 七绝 · 七阳韵\n2026-04-01\n\n" in text
    assert text.index("《月》") < text.index("《山》")


async def test_in_the_text_a_sentence_of_verse_has_a_line_of_its_own(chat: BotAtWork) -> None:
    question = await asked(chat, "月")
    _, body = await exported(chat, question, "📄 文本")
    *_, first, second = body.decode("utf-8").rstrip("\n").split("\n")
    assert first.endswith("。")
    assert second.endswith("。")
    assert first.count("。") == second.count("。") == 1


async def test_in_the_text_a_tune_keeps_its_stanzas(chat: BotAtWork) -> None:
    question = await asked(chat, "浣溪沙 月", keep=1)
    _, body = await exported(chat, question, "📄 文本")
    text = body.decode("utf-8")
    assert " · 词韵" in text
    (poem,) = (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=1)).items
    assert poem.text.replace("\n", "\n\n") in text


async def test_the_json_has_what_its_description_says(chat: BotAtWork) -> None:
    question = await asked(chat, "月", "山", keep=1)
    _, body = await exported(chat, question, "🧩 JSON")
    told: dict[str, Any] = json.loads(body)
    assert (told["format"], told["version"], told["shelf"]) == ("poetry-bot/poems", 1, "favourites")
    (poem,) = told["poems"]
    described = Path(__file__).parents[3].joinpath("docs/export.md").read_text("utf-8")
    example = json.loads(described.split("```json\n")[1].split("```")[0])
    assert list(told) == list(example)
    assert list(poem) == list(example["poems"][0])
    assert poem["theme"] == "月"
    assert poem["written_at"] == "2026-04-01T04:00:00+00:00"


async def test_poems_are_exported_in_the_script_of_the_chat(chat: BotAtWork) -> None:
    question = await asked(chat, "云")
    await chat.bot.store.chats.choose(XIAOYUE, script="traditional")
    _, body = await exported(chat, question, "📄 文本")
    assert "《雲》 七絕 · 七陽韻\n" in body.decode()


async def test_who_chose_no_script_has_the_one_of_their_language(chat: BotAtWork) -> None:
    question = await asked(chat, "云")
    chat.playground.telegram.users[XIAOYUE].language_code = "zh-hant"
    _, body = await exported(chat, question, "📄 文本")
    assert "《雲》 七絕 · 七陽韻\n" in body.decode()


async def test_many_poems_come_in_volumes(chat: BotAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "VOLUME", 2)
    question = await asked(chat, "一", "二", "三")
    files = await chat.presses(question, "📄 文本")
    assert [each["document"]["file_name"] for each in files] == [
        "poems-history-2026-04-01-1of2.txt",
        "poems-history-2026-04-01-2of2.txt",
    ]
    assert files[1]["caption"] == "第 2 册，共 2 册；本册 1 首。"
    assert "《三》" in file_of(chat, files[1]).decode()


async def test_in_a_group_it_says_where_to_ask(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/export", chat=GROUP)
    assert answer["text"] == "诗集是你自己的，到私聊里发 /export 给我吧。"
    assert buttons(answer) == ["去私聊 ›"]


async def test_somebody_elses_question_gives_nothing(chat: BotAtWork) -> None:
    question = await asked(chat, "月")
    (other,) = await chat.writes("/poem 山", ALICE)
    message = chat.playground.telegram.chats[ALICE].messages[other["message_id"]]
    message.reply_markup = question["reply_markup"]
    assert await chat.presses(other, "📄 文本", ALICE) == []
    assert await chat.presses(other, "✓ 写过的 · 1", ALICE) == []
    assert chat.toasts()[-1].startswith("Your poems are your own")


async def test_a_shelf_emptied_meanwhile_is_said(chat: BotAtWork) -> None:
    question = await asked(chat, "月", keep=1)
    poem = (await chat.bot.store.poems.history(XIAOYUE, offset=0, limit=1)).items[0]
    await chat.bot.store.favourites.drop(XIAOYUE, poem.id)
    assert await chat.presses(question, "📕 PDF") == []
    assert chat.toasts()[-1].startswith("还没有诗可以装订")


async def test_a_list_of_poems_leads_to_it_with_its_own_poems_chosen(chat: BotAtWork) -> None:
    await asked(chat, "月", "山", "雪", keep=2)
    (page,) = await chat.writes("/history")
    await chat.presses(page, "🗂 挑着看")
    (question,) = await chat.presses(page, "📤 导出成册")
    assert buttons(question)[:2] == ["收藏 · 2", "✓ 写过的 · 3"]


async def played(chat: BotAtWork) -> Json:
    """A 接龙 with the network, kept; then /export."""
    lines = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
    chat.poet.verse = lines
    (shown,) = await chat.writes("/jielong 五绝 登楼")
    for line in (lines[0], lines[2]):
        (shown,) = await chat.writes(line, reply_to=shown["message_id"])
    await chat.presses(shown, "❤️ 收藏")
    (question,) = await chat.writes("/export")
    return question


async def test_every_file_tells_which_lines_of_a_game_are_peoples(chat: BotAtWork) -> None:
    question = await played(chat)
    _, text = await exported(chat, question, "📄 文本")
    assert "《登楼》 五绝 · 十一尤韵\n接龙：第 1、3 句众人写，其余 AI 写\n2026" in text.decode()
    _, told = await exported(chat, question, "🧩 JSON")
    assert json.loads(told)["poems"][0]["people_lines"] == [1, 3]
    _, body = await exported(chat, question, "📕 PDF")
    pages = words(body)
    assert "接龙　加圈者众人所作" in pages[2][1]
    assert "其中加圈的句子，是众人接龙所作。" in pages[-1]


async def test_a_book_of_the_networks_own_poems_speaks_of_nobody_else(chat: BotAtWork) -> None:
    question = await asked(chat, "月", keep=1)
    _, text = await exported(chat, question, "📄 文本")
    assert "接龙" not in text.decode()
    _, told = await exported(chat, question, "🧩 JSON")
    assert json.loads(told)["poems"][0]["people_lines"] == []
    _, body = await exported(chat, question, "📕 PDF")
    assert not any("圈" in each for page in words(body) for each in page)
