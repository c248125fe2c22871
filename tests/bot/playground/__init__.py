"""The playground: each of Telegram's rules over real HTTP."""
