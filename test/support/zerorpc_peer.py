"""
A supervisord with an agent of Multivisor 6, as seen on the wire: zerorpc 0.6.3 over libzmq. Simulated processes, driven
by lines of JSON on stdin; every breach of the protocol by the client is told on stdout as {"problem": ...}.

usage: zerorpc_peer.py IP:PORT rpcinterface|eventlistener
"""
import heapq, json, os, select, sys, time
import msgpack, zmq

ADDRESS, KIND = sys.argv[1], sys.argv[2]
HEARTBEAT = 5.0
STATES = dict(STOPPED=0, STARTING=10, RUNNING=20, BACKOFF=30, STOPPING=40, EXITED=100, FATAL=200)
FAULTS = dict(SHUTDOWN_STATE=6, BAD_NAME=10, NO_FILE=20, ALREADY_STARTED=60, NOT_RUNNING=70, ALREADY_ADDED=90, STILL_RUNNING=91)

router = zmq.Context().socket(zmq.ROUTER)
router.setsockopt(zmq.LINGER, 0)
router.setsockopt(zmq.SNDHWM, 0)
router.bind("tcp://" + ADDRESS)
timers, order, message_count, next_pid = [], 0, 0, 1000
base = os.urandom(12).hex()
channels = {}      # (peer, id) -> Channel
subscribers = []   # channels of event_stream
serial = 0
mute = False       # nothing is sent any more, heartbeats least of all
delays = {}        # method -> seconds before it is answered
late = 0.0         # an event is handled so long after it happened, with the details of then


def tell(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def after(seconds, act):
    global order
    order += 1
    heapq.heappush(timers, (time.monotonic() + seconds, order, act))


class Fault(Exception):
    def __init__(self, name, detail):
        self.code, self.text = FAULTS[name], "%s: %s" % (name, detail)


class Channel:
    def __init__(self, peer, id):
        self.peer, self.id, self.credit, self.queue, self.seen, self.open = peer, id, 1, [], None, True
        channels[peer, id] = self
        after(HEARTBEAT, self.beat)

    def post(self, name, args):
        global message_count
        message_count += 1
        header = {"message_id": ("%08x" % message_count + base).encode(), "v": 3, "response_to": self.id}
        if not mute:
            router.send_multipart([self.peer, b"", msgpack.packb([header, name, args], use_bin_type=True)])

    def send(self, name, args):
        self.queue.append((name, args))
        self.flush()

    def flush(self):
        while self.queue and self.credit > 0:
            self.credit -= 1
            name, args = self.queue.pop(0)
            self.post(name, args)
            if name in ("OK", "ERR"):
                self.close()

    def more(self, n):
        self.credit += n
        if self.credit > 100:
            tell(problem="queue overflow: %d slots granted, 100 places" % self.credit)
        self.flush()

    def beat(self):
        if not self.open:
            return
        now = time.monotonic()
        self.seen = self.seen or now
        if now - self.seen > 2 * HEARTBEAT:
            tell(lost="LostRemote", method=getattr(self, "method", ""))
            return self.close()
        self.post("_zpc_hb", [0])
        after(HEARTBEAT, self.beat)

    def close(self):
        self.open = False
        channels.pop((self.peer, self.id), None)
        if self in subscribers:
            subscribers.remove(self)


class Process:
    def __init__(self, group, name):
        self.group, self.name, self.state, self.pid = group, name, "STOPPED", 0
        self.start = self.stop = self.exitstatus = 0
        self.spawnerr, self.startsecs, self.stopsecs = "", 0.2, 0.1
        self.log = "first line\n"  # of stdout, ASCII

    def spec(self):
        return "%s:%s" % (self.group, self.name)

    def info(self):
        return dict(name=self.name, group=self.group, start=self.start, stop=self.stop, now=int(time.time()),
                    state=STATES[self.state], statename=self.state, spawnerr=self.spawnerr, exitstatus=self.exitstatus,
                    logfile="", stdout_logfile="/var/log/example/%s.log" % self.name, stderr_logfile="", pid=self.pid,
                    description="pid %d, uptime 0:00:01" % self.pid)

    def enter(self, state, **extra):
        before, self.state = self.state, state
        payload = dict(processname=self.name, groupname=self.group, from_state=before, **extra)
        announce("PROCESS_STATE_" + state, payload, self)

    def begin(self):
        global next_pid
        if self.name == "missing":
            raise Fault("NO_FILE", "can't find command '/bin/no-such \"program\"'")
        self.start, self.exitstatus = int(time.time()), 0
        self.enter("STARTING", tries="0")
        next_pid += 1
        self.pid = pid = next_pid
        after(self.startsecs, lambda: self.up(pid))

    def up(self, pid):
        if self.pid == pid and self.state == "STARTING":
            self.enter("RUNNING", pid=str(pid))

    def end(self):
        self.enter("STOPPING", pid=str(self.pid))
        after(self.stopsecs, self.ended)

    def ended(self):
        pid, self.pid, self.stop = self.pid, 0, int(time.time())
        self.enter("STOPPED", pid=str(pid))

    def exit(self, restart):
        pid, self.pid, self.stop = self.pid, 0, int(time.time())
        self.enter("EXITED", expected="0", pid=str(pid))
        if restart:
            self.begin()


processes = {}
for spec in ("web:web", "web:api", "old:old", "missing:missing", "multivisor-rpc:multivisor-rpc"):
    processes[spec] = Process(*spec.split(":"))
for spec in ("web:web", "multivisor-rpc:multivisor-rpc"):
    processes[spec].state, processes[spec].pid, processes[spec].start = "RUNNING", 500 + len(spec), int(time.time()) - 60


def announce(eventname, payload, process=None):
    global serial
    serial += 1
    event = dict(pool="multivisor", server="old", eventname=eventname, payload=payload)
    if KIND == "eventlistener":
        event.update(pool="multivisor-rpc", ver="3.0", serial=str(serial), poolserial=str(serial), len="84")

    def handle():
        if process is not None:
            payload["process"] = process.info()
        for channel in list(subscribers):
            channel.send("STREAM", event)

    after(late, handle) if late else handle()


def find(spec):
    group, _, name = spec.partition(":")
    found = [p for p in processes.values() if p.group == group and name in ("*", "", p.name)]
    if not found:
        raise Fault("BAD_NAME", spec)
    return found


def start(spec, wait=True):
    for p in find(spec):
        if p.state in ("STARTING", "RUNNING", "BACKOFF"):
            raise Fault("ALREADY_STARTED", spec)
        p.begin()
    return True


def stop(spec, wait=True):
    if wait:
        tell(problem="stopProcess with wait")
    for p in find(spec):
        if p.state not in ("STARTING", "RUNNING", "BACKOFF"):
            raise Fault("NOT_RUNNING", spec)
        p.end()
    return True


def stop_group(group, wait=True):
    found = [p for p in find(group + ":*") if p.state in ("STARTING", "RUNNING", "BACKOFF")]
    for p in found:
        p.end()
    return [dict(group=p.group, name=p.name, status=80, description="OK") for p in found]


def add_group(group):
    processes["%s:%s" % (group, group)] = Process(group, group)
    if KIND == "rpcinterface":
        announce("PROCESS_GROUP_ADDED", dict(groupname=group))
    processes["%s:%s" % (group, group)].begin()
    return True


def remove_group(group):
    if any(p.pid for p in find(group + ":*")):
        raise Fault("STILL_RUNNING", group)
    for p in find(group + ":*"):
        del processes[p.spec()]
    if KIND == "rpcinterface":
        announce("PROCESS_GROUP_REMOVED", dict(groupname=group))
    return True


def read_log(spec, offset, length):
    log = find(spec)[0].log
    return log[offset:] if length == 0 else log[offset:offset + length]


METHODS = dict(
    tailProcessStdoutLog=lambda s, offset, length: ["", len(find(s)[0].log), False], readProcessStdoutLog=read_log,
    getPID=os.getpid, getIdentification=lambda: "old", getAPIVersion=lambda: "3.0", getSupervisorVersion=lambda: "4.2.5",
    getAllProcessInfo=lambda: [p.info() for p in processes.values()], getProcessInfo=lambda s: find(s)[0].info(),
    startProcess=start, stopProcess=stop, stopProcessGroup=stop_group, addProcessGroup=add_group,
    removeProcessGroup=remove_group, reloadConfig=lambda: [[["fresh"], [], ["old"]]],
    signalProcess=lambda spec, signal: bool(find(spec)), restart=lambda: True, shutdown=lambda: True)


def raised(error):
    if isinstance(error, Fault) and KIND == "rpcinterface":
        return ["RPCError", "code=%r, text=%r" % (error.code, error.text), "Traceback (most recent call last): ..."]
    if isinstance(error, Fault):
        return ["Fault", "<Fault %s: %r>" % (error.code, error.text), "Traceback (most recent call last): ..."]
    return [type(error).__name__, str(error), "Traceback (most recent call last): ..."]


def answer(channel, method, args):
    try:
        if method not in METHODS:
            raise NameError(method)
        channel.send("OK", [METHODS[method](*args)])
    except Exception as error:
        channel.send("ERR", raised(error))


def receive(parts):
    if len(parts) != 3 or parts[1] != b"":
        return tell(problem="%d parts instead of identity, delimiter, body" % len(parts))
    peer, _, body = parts
    header, name, args = msgpack.unpackb(body, raw=False)
    id = header.get("message_id")
    if not (isinstance(id, bytes) and len(id) == 32 and header.get("v") == 3 and isinstance(name, str)):
        tell(problem="a header that zerorpc would not make: %r %r" % (header, name))
    to = header.get("response_to")
    if to is None:
        channel = Channel(peer, id)
        channel.method = name
        if name == "event_stream":
            subscribers.append(channel)
            return channel.send("STREAM", "First event to trigger connection. Please ignore me!")
        seconds = delays.get(name, 0)
        return after(seconds, lambda: answer(channel, name, args)) if seconds else answer(channel, name, args)
    if not isinstance(to, bytes):
        return tell(problem="response_to is no bin: unable to route event")
    channel = channels.get((peer, to))
    if channel is None:
        return None
    if name == "_zpc_hb":
        channel.seen = time.monotonic()
    elif name == "_zpc_more":
        channel.more(args[0])
    else:
        tell(problem="unexpected %s" % name)


def burst(count):
    """Runs of web:api, at full speed: four events a run."""
    p = processes["web:api"]
    p.startsecs, p.stopsecs = 0.0, 0.0

    def run(left):
        global next_pid
        for _ in range(min(left, 250)):
            next_pid += 1
            p.start, p.pid = int(time.time()), next_pid
            p.enter("STARTING", tries="0")
            p.enter("RUNNING", pid=str(p.pid))
            p.enter("STOPPING", pid=str(p.pid))
            p.ended()
        if left > 250:
            after(0, lambda: run(left - 250))
        else:
            tell(burst=count)

    run(count)


def control(line):
    global mute, late
    command = json.loads(line)
    do = command["do"]
    if do == "exit":
        processes[command["name"]].exit(command.get("restart", False))
    elif do == "burst":
        burst(command["runs"])
    elif do == "mute":
        mute = command["on"]
    elif do == "slow":
        delays[command["method"]] = command["seconds"]
    elif do == "late":
        late = command["seconds"]
    elif do == "stopsecs":
        processes[command["name"]].stopsecs = command["seconds"]
    elif do == "silently":  # a transition that no event tells of
        p = processes[command["name"]]
        p.state, p.pid = command["state"], command["pid"]
    elif do == "write":
        processes[command["name"]].log += command["text"]
    elif do == "unsubscribe":  # the stream ends, the connection stays
        for channel in list(subscribers):
            channel.post("STREAM_DONE", None)
            channel.close()
    elif do == "stopping":
        announce("SUPERVISOR_STATE_CHANGE_STOPPING", {})
    elif do == "garbage":
        for channel in list(subscribers):
            channel.post("STREAM", dict(eventname="PROCESS_STATE_EXITED", payload=command["payload"]))
            channel.credit -= 1
    tell(done=do, open=sorted(c.method for c in channels.values()))


tell(ready=ADDRESS)
poller = zmq.Poller()
poller.register(router, zmq.POLLIN)
poller.register(sys.stdin.fileno(), zmq.POLLIN)
pending = b""
while True:
    wait = max(0, timers[0][0] - time.monotonic()) * 1000 if timers else 1000
    ready = dict(poller.poll(wait))
    if sys.stdin.fileno() in ready:
        data = os.read(0, 65536)
        if not data:
            sys.exit(0)
        pending += data
        while b"\n" in pending:
            line, pending = pending.split(b"\n", 1)
            control(line)
    while router in ready:
        try:
            receive(router.recv_multipart(zmq.NOBLOCK))
        except zmq.Again:
            break
    while timers and timers[0][0] <= time.monotonic():
        heapq.heappop(timers)[2]()
