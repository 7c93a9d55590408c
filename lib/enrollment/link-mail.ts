import { createTransport } from "nodemailer";
import { toBuffer } from "qrcode";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { linkState, linkToken, linkUrl, readLink } from "./link-service";

/** An admin waits for the answer. */
const TIMEOUT_MS = 15_000;
const QR_CONTENT_ID = "enrollment-qr";

/** Can this server send mail? */
export function canMail(): boolean {
  return config().smtp !== null;
}

/**
 * Sends the link and its QR code to one address. Resolves when the mail server has taken it.
 * @throws MusterError not-found, conflict when the link cannot be used or there is no mail server, mail-refused
 */
export async function mailLink(id: string, to: string, actor: string): Promise<void> {
  const { smtp, organization } = config();
  if (smtp === null) throw new MusterError("conflict", "this server sends no mail: SMTP_URL is not set");
  const link = await readLink(id);
  const state = linkState(link);
  if (state !== "usable") throw new MusterError("conflict", `the link is ${state}`);
  const message = await messageOf({ url: linkUrl(linkToken(link)), organization, until: link.expiresAt });
  const transport = createTransport({ url: smtp.url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS });
  try {
    await transport.sendMail({ from: smtp.from, to: { name: "", address: to }, ...message });
  } catch (cause) {
    log.warn("a mail could not be sent", { error: cause });
    throw new MusterError("mail-refused", `the mail server did not take the mail: ${reasonOf(cause)}`, { cause });
  } finally {
    transport.close();
  }
  await recordEvents(database().pool, [{ kind: "link.mailed", actor, linkId: id, data: { name: link.name, to } }]);
}

async function messageOf({ url, organization, until }: { url: string; organization: string; until: Date | null }) {
  const end = until === null ? "" : ` The link works until ${until.toISOString().slice(0, 16).replace("T", " ")} UTC.`;
  const words = `${organization} would like to manage your device. Open this link on the iPhone, iPad or Mac that you want to enroll, in Safari, and follow the three steps:`;
  const qr = await toBuffer(url, { errorCorrectionLevel: "M", margin: 3, width: 300 });
  const html = `<div style="font:16px/1.5 -apple-system,system-ui,sans-serif;max-width:32em">
<p>${escaped(words)}</p><p><a href="${escaped(url)}">${escaped(url)}</a></p>
<p>Or scan this code with its camera:</p><p><img src="cid:${QR_CONTENT_ID}" width="200" height="200" alt="QR code of the link"></p>
<p style="color:#666">${escaped(`Do not pass it on: whoever has it can enroll.${end}`)}</p></div>`;
  return {
    subject: `Enroll your device with ${organization}`,
    text: `${words}\n\n${url}\n\nDo not pass it on: whoever has it can enroll.${end}\n`,
    html,
    attachments: [{ filename: "enroll.png", content: qr, cid: QR_CONTENT_ID, contentType: "image/png" }],
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What the mail server said, or the kind of failure; never the address with its password. */
function reasonOf(cause: unknown): string {
  const { response, code } = (typeof cause === "object" && cause !== null ? cause : {}) as { response?: unknown; code?: unknown };
  if (typeof response === "string") return response.slice(0, 200);
  return typeof code === "string" ? code : "no answer";
}
