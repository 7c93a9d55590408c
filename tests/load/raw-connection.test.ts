import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RawConnection } from "./raw-connection";

const ANSWERS = [
  ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
  ["HTTP/1.1 200 OK\r\nContent-Le", "ngth: 5\r\n\r\nhe", "llo"],
  ["HTTP/1.1 503 Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n", "2\r\nhi\r\n", "0\r\n\r\n"],
  ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"],
];
let asked = 0;
const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => void answer(socket, ANSWERS[asked++ % ANSWERS.length] ?? []));
  socket.on("error", () => undefined);
});

async function answer(socket: net.Socket, pieces: string[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (pieces[0]?.includes("close")) socket.end();
}

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

test("answers are told apart by length or chunks, however they are cut, and a closed connection is opened again", async () => {
  const connection = new RawConnection((server.address() as net.AddressInfo).port);
  const statuses: number[] = [];
  for (let i = 0; i < 2 * ANSWERS.length; i++) {
    const { status, bodyBytes } = await connection.ask(Buffer.from("PUT / HTTP/1.1\r\n\r\n"));
    statuses.push(status, bodyBytes > 0 ? 1 : 0);
  }
  connection.close();
  const once = [200, 0, 200, 1, 503, 1, 200, 0];
  expect(statuses).toEqual([...once, ...once]);
});
