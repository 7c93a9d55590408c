import net from "node:net";

export interface RawAnswer {
  status: number;
  bodyBytes: number;
}

/**
 * One keep-alive HTTP/1.1 connection that sends ready-made bytes: next to nothing of the measuring machine goes into
 * the client. Understands what our server answers: Content-Length or chunks, one request at a time.
 */
export class RawConnection {
  readonly #port: number;
  #socket: net.Socket | null = null;
  #received: Buffer[] = [];
  #waiting: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket ??= this.#open();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open(): net.Socket {
    const socket = net.connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    const lost = (error: Error): void => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#received = [];
      this.#waiting?.reject(error);
      this.#waiting = null;
    };
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", lost);
    socket.on("close", () => lost(new Error("the server closed the connection")));
    return socket;
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    const bytes = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    const answer = readAnswer(bytes);
    if (answer === null) return;
    this.#received = [];
    if (answer.closes) this.close();
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(answer);
  }
}

/** Null until the answer is complete. */
function readAnswer(bytes: Buffer): (RawAnswer & { closes: boolean }) | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const head = bytes.toString("latin1", 0, headEnd).toLowerCase();
  const bodyBytes = bytes.length - headEnd - 4;
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const complete = length === undefined ? bytes.subarray(-5).equals(LAST_CHUNK) : bodyBytes >= Number(length);
  return complete ? { status: Number(head.slice(9, 12)), bodyBytes, closes: head.includes("\r\nconnection: close") } : null;
}

const LAST_CHUNK = Buffer.from("0\r\n\r\n");
