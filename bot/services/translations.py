"""What common English words are called in verse, for those who ask in English. Pure.

The words are ASCII letters, since buttons hold them.
"""

import re

_MOST = 3  # themes proposed at once
_WORDS = """
moon 月|night 秋夜|autumn 秋|fall 秋|spring 春|summer 夏|winter 冬|snow 雪|rain 雨|wind 风
cloud 云|clouds 云|river 江|mountain 山|mountains 山|sea 海|lake 湖|water 水|sky 天|star 星
stars 星|sun 日|sunset 夕阳|sunrise 朝阳|morning 晓|evening 暮|dawn 晓|dusk 黄昏|flower 花
flowers 花|plum 梅|orchid 兰|bamboo 竹|pine 松|willow 柳|lotus 荷|peach 桃花|tree 树|leaf 落叶
leaves 落叶|bird 鸟|birds 鸟|goose 雁|geese 雁|swallow 燕|butterfly 蝶|horse 马|cat 猫|dog 犬
fish 鱼|wine 酒|tea 茶|music 琴|song 歌|dream 梦|dreams 梦|love 相思|longing 相思|heart 心
friend 友|friends 友|friendship 友|mother 母|father 父|parents 父母|child 童|children 童
home 归乡|homesick 思乡|hometown 故乡|travel 行旅|journey 行旅|road 路|farewell 送别|goodbye 送别
parting 送别|birthday 寿|wedding 新婚|marriage 新婚|war 边塞|peace 太平|soldier 边塞|city 城
palace 宫|temple 古寺|boat 舟|bridge 桥|garden 园|village 村|fire 火|light 灯|lamp 灯|time 光阴
life 浮生|death 悼亡|old 老|youth 少年|sorrow 愁|sadness 愁|sad 愁|lonely 孤|loneliness 孤|joy 喜
happy 喜|happiness 喜|hope 望|beauty 美人|work 劳|sleep 眠|insomnia 失眠|computer 写代码|code 写代码
programming 写代码|coffee 咖啡|internet 网络|phone 手机|school 读书|study 读书|book 书|books 书
"""
THEMES = dict(entry.strip().split(" ", 1) for entry in re.split(r"[|\n]", _WORDS) if entry.strip())


def in_chinese(text: str) -> str:
    """The text with what its English words are called in verse; without those that are in no
    table, where any is.

    >>> in_chinese("七绝 the moon over the river"), in_chinese("autumn night"), in_chinese("hello")
    ('七绝 月 江', '秋夜', 'hello')
    """
    themes = [THEMES[word] for word in known_words(text)]
    kept = [word for word in text.split() if not word.isascii()]
    return " ".join([*kept, *themes]) if themes else text


def known_words(text: str) -> list[str]:
    """The first words of a text that have a theme, each theme once.

    >>> known_words("The MOON over the moon river")
    ['moon', 'river']
    """
    found: dict[str, str] = {}
    for word in re.findall("[a-z]+", text.lower()):
        if word in THEMES:
            found.setdefault(THEMES[word], word)
    whole = [theme for theme in found if not any(theme in each != theme for each in found)]
    return [found[theme] for theme in whole][:_MOST]
