"""The Telegram service: commands, storage, the daily poem, the playground."""
