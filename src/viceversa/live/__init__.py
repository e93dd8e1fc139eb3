"""A live session: a trainer leads a room of guests through a running order.

Words: a running order is the content file, a room is one held session, a guest is who joined
with the code, a group is a breakout group, a line is a websocket.
"""
