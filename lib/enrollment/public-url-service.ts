import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { announcePublicUrl, readPublicUrls, rememberPublicUrl } from "./public-url-store";

const noted = processWide("noted-public-url", () => ({ url: "" }));

/** A profile is about to leave with the present PUBLIC_URL in it: devices will speak to that address for good. */
export async function notePublicUrl(): Promise<void> {
  const { publicUrl } = config();
  if (noted.url === publicUrl) return;
  await rememberPublicUrl(database().pool, publicUrl);
  noted.url = publicUrl;
}

/**
 * At start: the addresses of an enrollment profile are frozen in it (Apple, "Deploying MDM enrollment profiles"), so
 * devices enrolled at another address are lost unless that still leads here. Warns at every start, with one event for
 * each change.
 */
export async function warnOfChangedUrl(): Promise<void> {
  const { publicUrl } = config();
  await transaction(async (tx) => {
    const others = (await readPublicUrls(tx))?.urls.filter((url) => url !== publicUrl) ?? [];
    const news = await announcePublicUrl(tx, others.length > 0 ? publicUrl : null);
    if (others.length === 0) return;
    log.warn("PUBLIC_URL differs from the address in earlier enrollment profiles: keep that one leading here, or their devices are lost", { publicUrl, earlier: others });
    if (news) await recordEvents(tx, [{ kind: "public-url.changed", actor: "system", data: { publicUrl, earlier: others } }]);
  });
}
