import { afterAll, beforeAll, expect, test } from "vitest";
import { SmtpStandIn } from "../support/smtp-stand-in";
import { Stage } from "../support/stage";

const stage = new Stage();
let mail: SmtpStandIn;
beforeAll(async () => {
  mail = await SmtpStandIn.start();
  await stage.start({ SMTP_URL: mail.url, SMTP_FROM: "IT <it@example.com>", ORGANIZATION: "Example & Co" });
});
afterAll(async () => {
  await stage.stop();
  await mail.close();
});

const plain = (text: string) => text.replaceAll("=\r\n", "").replaceAll("=3D", "=");

test("a link goes out by mail, with its address and its QR code", async () => {
  const link = await stage.link({ name: "Front desk" });
  expect(await stage.api.call("mailLink", { params: { id: link.id }, body: { to: "kim@example.com" } })).toEqual({ to: "kim@example.com" });
  const [taken] = mail.mails;
  expect(taken).toMatchObject({ from: "it@example.com", to: ["kim@example.com"] });
  const text = plain(taken?.text ?? "");
  expect(text).toContain(link.url);
  expect(text).toContain("Content-Type: image/png");
  expect(text).toContain("Example &#38; Co");
  expect((await stage.api.call("getLink", { params: { id: link.id } })).mailable).toBe(true);
  const { items } = await stage.api.call("listLinkEvents", { params: { id: link.id } });
  expect(items[0]).toMatchObject({ kind: "link.mailed", data: { to: "kim@example.com" } });
});

test("what the mail server refuses, and links that have ended, are told as such", async () => {
  const link = await stage.link();
  const before = mail.mails.length;
  const send = (to: string) => stage.api.call("mailLink", { params: { id: link.id }, body: { to } });
  await expect(send("kim@refused.example")).rejects.toMatchObject({ status: 502, problem: { code: "mail-refused" } });
  await expect(send("no address")).rejects.toMatchObject({ status: 422 });
  await expect(send("kim@example.com\r\nBcc: all@example.com")).rejects.toMatchObject({ status: 422 });
  await stage.api.call("revokeLink", { params: { id: link.id } });
  await expect(send("kim@example.com")).rejects.toMatchObject({ status: 409 });
  expect(mail.mails).toHaveLength(before);
});
