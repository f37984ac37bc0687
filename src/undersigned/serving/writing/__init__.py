"""Writing over the network: an application of its own, off unless asked for, behind a token.

app.py       the routes: updates, and the graph store protocol's PUT, POST and DELETE
queue.py     one job after the other, in a process that can be killed
job.py       what is to be written
writer.py    the process that writes: takes the store's lock, writes, publishes
dataset.py   `using-graph-uri` as clauses of the update
refusing.py  updates that would fetch something
payload.py   graphs that clients send
"""
