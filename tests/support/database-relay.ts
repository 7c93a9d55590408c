import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface DatabaseRelay {
  /** The same database through the relay. */
  url: string;
  /** Connections are cut and new ones refused until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** A way to a PostgreSQL server that can be taken away and given back. */
export async function databaseRelay(target: string): Promise<DatabaseRelay> {
  const targetUrl = new URL(target);
  const folder = targetUrl.searchParams.get("host");
  const port = Number(targetUrl.searchParams.get("port") ?? (targetUrl.port || 5432));
  const open = (): Socket => (folder === null ? connect(port, targetUrl.hostname) : connect(`${folder}/.s.PGSQL.${port}`));
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = open();
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.search = "";
  url.hostname = "127.0.0.1";
  url.port = String(own);
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: url.href,
    cut,
    async mend() {
      server.listen(own, "127.0.0.1");
      await once(server, "listening");
    },
    close: cut,
  };
}
