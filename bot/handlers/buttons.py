"""Every tap on a button comes in here and goes to the one step that serves it."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.handlers import (
    anthology,
    broadcasting,
    cards,
    favourites,
    forget,
    history,
    poem_buttons,
    retry,
    sharing,
    sortings,
)
from bot.handlers.taps import (
    Another,
    AnthologyAny,
    AnthologyAt,
    AnthologyRemove,
    AnthologyRestore,
    AnthologySort,
    BroadcastCancel,
    BroadcastSend,
    BroadcastTo,
    CardOn,
    Drop,
    FavouritesAt,
    ForgetAll,
    ForgetNothing,
    HideTunes,
    HistoryAt,
    InForm,
    Keep,
    Look,
    MeantForm,
    MeantTheme,
    OpenFavourite,
    OpenFromHistory,
    RemoveFavourite,
    Reread,
    Retry,
    SameLine,
    Share,
    ShowCard,
    ShowForms,
    ShowTunes,
    ShowTunesOf,
    Tap,
    UnknownTap,
    read_tap,
)
from bot.handlers.visit import Visit

# Any: each step takes the one kind of tap it is listed under.
STEPS: dict[type[Tap], Callable[[Visit, Any], Awaitable[None]]] = {
    Keep: poem_buttons.keep,
    Drop: poem_buttons.drop,
    Another: poem_buttons.another,
    InForm: poem_buttons.in_form,
    Look: poem_buttons.look,
    SameLine: poem_buttons.same_line,
    ShowForms: poem_buttons.show_forms,
    ShowTunesOf: poem_buttons.show_tunes,
    ShowTunes: poem_buttons.show_tunes_at_once,
    HideTunes: poem_buttons.hide_tunes,
    Reread: poem_buttons.reread,
    Share: sharing.share,
    FavouritesAt: favourites.turn,
    OpenFavourite: anthology.open_poem,
    RemoveFavourite: favourites.remove,
    HistoryAt: history.turn,
    OpenFromHistory: anthology.open_poem,
    AnthologyAt: anthology.turn,
    AnthologySort: sortings.sort,
    AnthologyAny: anthology.any_poem,
    AnthologyRemove: anthology.remove,
    AnthologyRestore: anthology.restore,
    ShowCard: cards.show,
    CardOn: cards.change_paper,
    Retry: retry.retry,
    MeantForm: retry.as_form,
    MeantTheme: retry.as_theme,
    BroadcastTo: broadcasting.choose_audience,
    BroadcastSend: broadcasting.send,
    BroadcastCancel: broadcasting.cancel,
    ForgetAll: forget.forget_all,
    ForgetNothing: forget.forget_nothing,
}


async def tapped(visit: Visit) -> None:
    """Serves a tap; one that was tapped again meanwhile, or that nobody knows, gets a word."""
    if visit.query is None:
        return
    if visit.parts.turns.is_repeated(visit.update):
        await visit.toast(visit.say("once-is-enough"))
        return
    try:
        tap = read_tap(visit.query.data or "")
        await STEPS[type(tap)](visit, tap)
    except UnknownTap:  # of no button of ours, or one whose message no longer tells what it meant
        await visit.toast(visit.say("expired"))
