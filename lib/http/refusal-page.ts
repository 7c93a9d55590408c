/** Why a profile is not handed out: what a person reads, and the status. */
const REFUSALS = {
  unknown: { status: 404, title: "This link does not exist", text: "Check that the whole address was copied, or ask your administrator for a new link." },
  expired: { status: 410, title: "This link has expired", text: "Ask your administrator for a new link." },
  "used-up": { status: 410, title: "This link has been used up", text: "It was made for a limited number of devices. Ask your administrator for a new link." },
  revoked: { status: 410, title: "This link was withdrawn", text: "Ask your administrator for a new link." },
  unavailable: { status: 503, title: "The server is busy", text: "Nothing was changed on your device. Please try again in a minute." },
  broken: { status: 500, title: "Something went wrong on our side", text: "Nothing was changed on your device. Please try again, or tell your administrator." },
} as const;
export type Refusal = keyof typeof REFUSALS;

/** A plain page: readable without script and style files, in light and dark. */
export function refusalPage(refusal: Refusal): Response {
  const { status, title, text } = REFUSALS[refusal];
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { max-width: 26rem; padding: 2rem } h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem }
</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
      ...(status === 503 ? { "retry-after": "60" } : {}),
    },
  });
}
