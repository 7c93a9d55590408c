// npm run build: everything that `npm start` does before the server runs.
import { prepare, PrepareError } from "./prepare.mjs";

try {
  prepare();
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  console.error(`muster: ${error.message}`);
  process.exit(1);
}
