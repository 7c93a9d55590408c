// npm start: makes the checkout ready where it is not, then becomes the server.
import { existsSync } from "node:fs";
import { prepare, PrepareError } from "./prepare.mjs";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
try {
  prepare();
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  console.error(`muster: ${error.message}`);
  process.exit(1);
}
if (existsSync(".env")) process.loadEnvFile(".env");
process.setSourceMapsEnabled(true);
await import("../dist/server.mjs");
