"""Queries of visitors, evaluated in processes that can be killed.

    pool.py        the server's side: places, waiting, who may go on for longer
    watch.py       looks at what runs, and ends it when a budget is used up
    process.py     one worker as the server sees it
    spawner.py     the process that forks workers, without network
    worker.py      the worker: opens a snapshot, answers one query after the other
    evaluation.py  one query, from text to answer
    outlet.py      where the answer goes, with its budgets
    question.py    what is asked of a worker
    frames.py      how the two talk

No engine stops a query when it should, so a query is stopped with its process.
"""
