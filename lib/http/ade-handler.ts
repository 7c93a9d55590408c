import { checkPassword } from "@/lib/accounts/sign-in-service";
import { isRefusal, noteRefusedEnrollment } from "@/lib/checkin/note-refusal";
import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import type { AdeConfigurationRow } from "@/lib/enrollment/ade/configuration-store";
import { configurationOfToken, handOutProfile, notePageShown, openMachineInfo, refusalOf, type Asker, type ProvedDevice } from "@/lib/enrollment/ade/enroll-service";
import { sealDevice, unsealDevice } from "@/lib/enrollment/ade/web-state";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { enrollmentConsentPage, wrongPlacePage } from "./ade-page";
import { deviceRoute } from "./device-route";

/** A signed MachineInfo with three certificates takes six KiB. */
const MAX_BYTES = 64 * 1024;
const DEVICE_INFO_HEADER = "x-apple-aspen-deviceinfo";

/** Setup Assistant posts its MachineInfo and gets the profile, or hears why not. */
export const adeEnrollHandler = deviceRoute({ maxBytes: MAX_BYTES, methods: ["POST"], enrolls: true }, async (exchange) => {
  const configuration = await configurationOfToken(tokenOf(exchange));
  const device = await proved(exchange, exchange.body);
  const asker = askerOf(exchange);
  // Whoever shall sign in does so on the page; this address would be a way around it.
  if (configuration.webPage === "sign-in") throw new MusterError("conflict", `${device.serialNumber} posted to the address of "${configuration.name}", which asks for a sign-in on its page`);
  return (await refusalOf(configuration, device, asker)) ?? (await handOutProfile(configuration, device, asker));
});

/** The page that Setup Assistant shows in its web view, and the form on it. */
export const adeWebHandler = deviceRoute({ maxBytes: MAX_BYTES, methods: ["GET", "POST"], enrolls: true }, async (exchange) => {
  const configuration = await configurationOfToken(tokenOf(exchange));
  return exchange.method === "POST" ? answerForm(configuration, exchange) : showPage(configuration, exchange);
});

async function showPage(configuration: AdeConfigurationRow, exchange: DeviceExchange): Promise<DeviceAnswer> {
  const header = exchange.headers[DEVICE_INFO_HEADER];
  if (header === undefined) return wrongPlacePage();
  const device = await proved(exchange, Buffer.from(header, "base64"));
  const asker = askerOf(exchange);
  const refusal = await refusalOf(configuration, device, asker);
  if (refusal !== null) return refusal;
  await notePageShown(configuration, device, asker);
  return pageFor(configuration, device, null);
}

async function answerForm(configuration: AdeConfigurationRow, exchange: DeviceExchange): Promise<DeviceAnswer> {
  const form = new URLSearchParams(exchange.body.toString("utf8"));
  const device = unsealDevice(configuration.id, form.get("state") ?? "");
  const asker = askerOf(exchange);
  // Much may have been decided while the page was open.
  const refusal = await refusalOf(configuration, device, asker);
  if (refusal !== null) return refusal;
  if (configuration.webPage !== "sign-in") return handOutProfile(configuration, device, asker);
  const person = await signedIn(form, exchange.remoteAddress);
  if (typeof person === "string") return pageFor(configuration, device, person);
  return handOutProfile(configuration, device, { ...asker, signedInAs: person.email });
}

/** The person, or what to tell him. */
async function signedIn(form: URLSearchParams, remoteAddress: string): Promise<{ email: string } | string> {
  try {
    const user = await checkPassword({ email: form.get("email") ?? "", password: form.get("password") ?? "", remoteAddress });
    return user ?? "E-mail and password do not fit.";
  } catch (error) {
    if (error instanceof MusterError && error.code === "too-many-attempts") return "Too many tries. Wait a quarter of an hour.";
    throw error;
  }
}

function pageFor({ id, webPage }: AdeConfigurationRow, device: ProvedDevice, problem: string | null): DeviceAnswer {
  return enrollmentConsentPage({ organization: config().organization, serialNumber: device.serialNumber, state: sealDevice(id, device), signIn: webPage === "sign-in", problem });
}

/** Who cannot prove what he says is listed among the strangers. */
async function proved(exchange: DeviceExchange, cms: Buffer): Promise<ProvedDevice> {
  try {
    return await openMachineInfo(cms);
  } catch (error) {
    if (error instanceof MusterError && isRefusal(error)) await noteRefusedEnrollment(exchange, error);
    throw error;
  }
}

function tokenOf({ rawQuery }: DeviceExchange): string | null {
  return new URLSearchParams(rawQuery).get("token");
}

function askerOf({ headers, remoteAddress }: DeviceExchange): Asker {
  return { accept: headers.accept, remoteAddress, userAgent: headers["user-agent"] ?? null };
}
