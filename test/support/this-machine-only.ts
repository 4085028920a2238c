import { BlockList, isIP, Socket } from "node:net";

/*
 * Loaded before anything else in every test, and in the command lines that tests start: who asks for an address that
 * is not this machine's is refused, as if nobody listened there. So no test can hang on the outside, tell it anything,
 * or pass because of it.
 */

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const isHere = (host: string): boolean => {
  const family = isIP(host);
  return family === 0 ? host === "localhost" : loopback.check(host, family === 4 ? "ipv4" : "ipv6");
};

/** `connect` takes options, a port and a host, a path, or all of it as `net` has sorted it. */
function hostOf([first, second]: readonly unknown[]): string | undefined {
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === "object" && first !== null)
    return "path" in first && typeof first.path === "string"
      ? undefined
      : ((first as { readonly host?: string }).host ?? "localhost");
  return typeof second === "string" ? second : undefined;
}

/** Several test files may share a process: the first has closed the door for all. */
const CLOSED = Symbol.for("attune: this machine only");
const sockets = Socket.prototype as Socket & { [CLOSED]?: true };

if (sockets[CLOSED] === undefined) {
  sockets[CLOSED] = true;
  const connect = sockets.connect;
  sockets.connect = function refusing(this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args);
    if (host === undefined || isHere(host)) return Reflect.apply(connect, this, args) as Socket;
    const error = Object.assign(new Error(`connect ECONNREFUSED ${host}: not this machine`), {
      code: "ECONNREFUSED",
      syscall: "connect",
    });
    process.nextTick(() => this.destroy(error));
    return this;
  };
}
