import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface SilentRelay {
  url: string;
  /** Open connections stay open and carry nothing any more; new ones neither, until `thaw`. */
  freeze(): void;
  /** New connections work again; frozen ones stay dead. */
  thaw(): void;
  close(): Promise<void>;
}

/** A relay to `target` that can turn its connections into dead sockets, as a NAT does that forgets them. */
export async function silentRelay(target: string): Promise<SilentRelay> {
  const { port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  let frozen = false;
  const server = createServer((inner) => {
    inner.on("error", () => undefined);
    if (frozen) return;
    const outer = connect(Number(port), "localhost");
    outer.on("error", () => inner.destroy());
    inner.pipe(outer).pipe(inner);
    pairs.add([inner, outer]);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    freeze() {
      frozen = true;
      for (const [inner, outer] of pairs) {
        inner.unpipe(outer).resume();
        outer.unpipe(inner).resume();
      }
    },
    thaw() {
      frozen = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const [, outer] of pairs) outer.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
