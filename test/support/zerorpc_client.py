"""
A client of an agent of Multivisor 6, with Debian's libzmq and msgpack: follows the events while it makes calls, and prints
everything that it hears as lines of JSON. What differs from run to run (ids, pids, times) is left out.

usage: zerorpc_client.py IP:PORT
"""
import json, os, sys, time
import msgpack, zmq

dealer = zmq.Context().socket(zmq.DEALER)
dealer.setsockopt(zmq.LINGER, 0)
dealer.connect("tcp://" + sys.argv[1])
base, count = os.urandom(12).hex(), 0
VOLATILE = ("pid", "start", "stop", "now", "description", "serial", "poolserial", "len", "server", "stdout_logfile",
            "stderr_logfile", "logfile")


def send(name, args, to=None):
    global count
    count += 1
    id = ("%08x" % count + base).encode()
    header = {"message_id": id, "v": 3}
    if to is not None:
        header["response_to"] = to
    dealer.send_multipart([b"", msgpack.packb([header, name, args], use_bin_type=True)])
    return id


def steady(value):
    if isinstance(value, dict):
        return {k: type(v).__name__ if k in VOLATILE else steady(v) for k, v in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [steady(v) for v in value]
    return value


def receive(seconds):
    """The next message that is no heartbeat: channel, name, args; None: none came."""
    end = time.monotonic() + seconds
    while dealer.poll(max(0, end - time.monotonic()) * 1000):
        delimiter, body = dealer.recv_multipart()
        header, name, args = msgpack.unpackb(body, raw=False)
        assert delimiter == b"" and header["v"] == 3
        assert isinstance(header["message_id"], bytes) and isinstance(header["response_to"], bytes)
        if not name.startswith("_zpc_"):
            return header["response_to"], name, args
    return None


stream = send("event_stream", [])
print(json.dumps(["greeting", receive(5)[1:]]))
send("_zpc_more", [100], stream)
for method, args, events in (
    ("getIdentification", [], 0),
    ("startProcess", ["web:api", False], 2),
    ("startProcess", ["web:api", False], 0),
    ("getProcessInfo", ["web:api"], 0),
    ("stopProcess", ["web:api", False], 2),
    ("stopProcess", ["web:api", False], 0),
    ("startProcess", ["nobody:nobody", False], 0),
):
    call = send(method, args)
    answers, seen = [], []
    while not answers or len(seen) < events:
        message = receive(5)
        if message is None:
            break
        channel, name, value = message
        (answers if channel == call else seen).append([name, steady(value)])
    shown = [["OK", ["..."]]] if method == "getIdentification" else answers
    print(json.dumps([method, args, shown, seen]))
