import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a server that can be cut, in the middle of whatever travels on it. */
export interface CuttableWay extends AsyncDisposable {
  readonly port: number;
  /** Cuts each open connection with this probability. How many. */
  cut(share: number, random: () => number): number;
  /** What travels on each open connection is lost from now on, and nobody is told. New ones are as ever. */
  silence(): void;
}

export async function cuttableWay(to: number): Promise<CuttableWay> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: to, host: "127.0.0.1", noDelay: true });
    const end = () => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    open.add(near);
    near.once("silence", () => {
      near.unpipe(far).resume();
      far.unpipe(near).resume();
    });
    near.on("error", end).on("close", end).pipe(far);
    far.on("error", end).on("close", end).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut(share, random) {
      const cut = [...open].filter(() => random() < share);
      for (const socket of cut) socket.destroy();
      return cut.length;
    },
    silence() {
      for (const socket of open) socket.emit("silence");
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
