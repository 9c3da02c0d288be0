import { dlopen, FFIType, ptr } from "bun:ffi";

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
/** musl's name holds the architecture */
const LIBRARIES = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"];

const SYMBOLS = {
  socket: { args: [FFIType.i32, FFIType.i32, FFIType.i32], returns: FFIType.i32 },
  sendto: {
    args: [FFIType.i32, FFIType.ptr, FFIType.u64, FFIType.i32, FFIType.ptr, FFIType.u32],
    returns: FFIType.i64,
  },
} as const;

/** Tells systemd one or more lines ("READY=1"). @throws Error where it cannot be told */
export type Notify = (message: string) => void;

/**
 * sd_notify(3). By libc itself: Bun has no datagrams to unix sockets, and a program of its own for each message would
 * need NotifyAccess=all.
 * @param socketPath NOTIFY_SOCKET; "@" in front stands for an abstract one
 */
export function openNotify(socketPath: string): Notify {
  const { socket, sendto } = openLibrary();
  const fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  if (fd < 0) throw new Error("no socket to be had");
  const address = addressOf(socketPath);
  return (message) => {
    const bytes = new TextEncoder().encode(message);
    const sent = sendto(fd, ptr(bytes), bytes.byteLength, 0, ptr(address), address.byteLength);
    if (Number(sent) !== bytes.byteLength) throw new Error(`${socketPath} does not take it`);
  };
}

function openLibrary() {
  for (const name of LIBRARIES) {
    try {
      return dlopen(name, SYMBOLS).symbols;
    } catch {
      // another C library
    }
  }
  throw new Error("no C library that we know");
}

/** struct sockaddr_un; the family is in the machine's order, which is little-endian wherever we run. */
function addressOf(path: string): Uint8Array {
  const name = new TextEncoder().encode(path.startsWith("@") ? `\0${path.slice(1)}` : `${path}\0`);
  const address = new Uint8Array(2 + name.byteLength);
  address[0] = AF_UNIX;
  address.set(name, 2);
  return address;
}
