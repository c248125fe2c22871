"""A day of daily poems in minutes: the real services in real processes, on a clock of ours.

`python -m bot.simulation` makes many subscribers, lets three workers serve them against a
Telegram that keeps its real limits and has bad days, kills one of them every ten minutes, and
judges every message that arrived. In reading order:

| | |
|---|---|
| `population.py` | who is subscribed, and when their poem is due, by a calculation of its own |
| `loop.py` | an asyncio event loop whose clock stands still while there is anything to do |
| `worker.py` | one process: the production code, unchanged, on that loop |
| `telegram.py` | what the far side answers |
| `judge.py` | what arrived: nobody missed, nobody twice, no limit exceeded |
| `coordinator.py` | the clock of all, the kills, and the course of a run |
| `report.py` | the table |
"""
