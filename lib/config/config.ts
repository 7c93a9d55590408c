import { parseEnvironment, type Config } from "./environment";
import { processWide } from "./process-wide";

export type { Config } from "./environment";

/** The configuration, read once for the whole process. Throws ConfigError when a variable is bad. */
export function config(): Config {
  return processWide("config", () => parseEnvironment(process.env));
}
