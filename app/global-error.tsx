"use client";

import "./globals.css";

/** The last resort: the root layout itself failed. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div>
            <h1 className="text-lg font-semibold">Muster cannot show this page</h1>
            <p className="mt-2 text-ink-soft">Something went wrong on our side.</p>
            <button type="button" onClick={reset} className="mt-6 h-9 rounded-lg bg-solid px-4 font-medium text-on-solid">
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
