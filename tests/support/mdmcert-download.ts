import { sign } from "node:crypto";
import http from "node:http";
import type { PemPair } from "./apns-certificates";
import { bodyOf, listen, shut } from "./local-server";
import { openssl } from "./openssl";

/**
 * mdmcert.download as its clients know it: takes JSON with the PEM of a CSR and of a certificate in base64, and sends the
 * signed request by mail, encrypted to that certificate, in hex.
 */
export class MdmcertDownload {
  url = "";
  /** Attachments, by the address they were sent to. */
  readonly mails: { to: string; attachment: Buffer }[] = [];
  readonly #vendor: PemPair;
  readonly #chain: string;
  readonly #key: string;
  readonly #server = http.createServer((request, response) => void this.#answer(request, response));

  /** `authorities`: PEM of what stands above the vendor, the root last. `key`: the one given to this project. */
  private constructor(vendor: PemPair, authorities: readonly string[], key: string) {
    this.#vendor = vendor;
    this.#chain = [vendor.certificatePem, ...authorities].map((pem) => `${pem.trim()}\n`).join("");
    this.#key = key;
  }

  static async start(vendor: PemPair, authorities: readonly string[], key: string): Promise<MdmcertDownload> {
    const service = new MdmcertDownload(vendor, authorities, key);
    service.url = `http://127.0.0.1:${await listen(service.#server)}`;
    return service;
  }

  close(): Promise<void> {
    return shut(this.#server);
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const text = (await bodyOf(request)).toString();
    response.setHeader("content-type", "application/json");
    const isRight = request.method === "POST" && request.url === "/api/v1/signrequest" && request.headers["content-type"] === "application/json";
    const body = JSON.parse(text) as Record<"csr" | "email" | "key" | "encrypt", string>;
    if (!isRight || body.key !== this.#key || !body.email.includes("@")) return void response.end(JSON.stringify({ result: "failure" }));
    this.mails.push({ to: body.email, attachment: this.#signed(Buffer.from(body.csr, "base64"), Buffer.from(body.encrypt, "base64")) });
    response.end(JSON.stringify({ result: "success" }));
  }

  #signed(csrPem: Buffer, encryptPem: Buffer): Buffer {
    const csr = openssl(["req", "-in", "csr.pem", "-outform", "DER"], { "csr.pem": csrPem });
    const plist = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
      '<plist version="1.0"><dict>',
      `<key>PushCertRequestCSR</key><string>${csr.toString("base64")}</string>`,
      `<key>PushCertCertificateChain</key><string>${this.#chain}</string>`,
      `<key>PushCertSignature</key><string>${sign("sha256", csr, this.#vendor.privateKeyPem).toString("base64")}\n</string>`,
      "</dict></plist>",
    ].join("\n");
    const content = (Buffer.from(plist).toString("base64").match(/.{1,76}/g) ?? []).join("\r\n");
    const envelope = openssl(["smime", "-encrypt", "-binary", "-outform", "DER", "-des3", "-in", "content", "to.pem"], { content, "to.pem": encryptPem });
    return Buffer.from(envelope.toString("hex"));
  }
}
