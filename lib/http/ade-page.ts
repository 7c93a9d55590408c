import type { DeviceAnswer } from "@/lib/protocol/device-exchange";

interface PageContent {
  organization: string;
  serialNumber: string;
  /** Sealed: whom the page was shown to. */
  state: string;
  signIn: boolean;
  /** Why the last try came to nothing. */
  problem: string | null;
}

const STYLE = `:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { width: min(24rem, 100% - 3rem); padding: 2rem 0 } h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .75rem } p { margin: 0 0 1rem }
label { display: block; font-size: .9rem; font-weight: 600; margin: 0 0 1rem } .quiet { font-size: .85rem; opacity: .75 } [role=alert] { font-weight: 600 }
input { box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; border: 1px solid GrayText; border-radius: .6rem; background: Field; color: FieldText }
button { width: 100%; padding: .7rem; font: inherit; font-weight: 600; border: 0; border-radius: .7rem; background: #0062cc; color: #fff }`;

/** Before the profile: who will manage the device, and where wanted a sign-in. Setup Assistant's web view runs no script of ours. */
export function enrollmentConsentPage({ organization, serialNumber, state, signIn, problem }: PageContent): DeviceAnswer {
  const fields = `<label>E-mail<input type="email" name="email" autocomplete="username" required></label><label>Password<input type="password" name="password" autocomplete="current-password" required></label>`;
  return page(200, `${organization} will manage this device`, `<p>${escaped(organization)} can install settings and apps, see what is installed, lock and erase the device.</p>
<form method="post">${problem === null ? "" : `<p role="alert">${escaped(problem)}</p>`}<input type="hidden" name="state" value="${escaped(state)}">${signIn ? fields : ""}
<button type="submit">${signIn ? "Sign in and continue" : "Continue"}</button></form><p class="quiet" style="margin-top:1rem">Serial number ${escaped(serialNumber)}</p>`);
}

/** For whoever opens the address in a browser, or reloads it: nobody says which device it is. */
export function wrongPlacePage(): DeviceAnswer {
  return page(400, "Open this during setup", "<p>This address is for Setup Assistant. If you see this on a device that you are setting up, go back one step and try again.</p>");
}

function page(status: number, title: string, body: string): DeviceAnswer {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`,
  };
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
