import { config, type Config } from "./config";

type Level = Config["logLevel"];
type Fields = Record<string, unknown>;
const LEVELS: readonly Level[] = ["debug", "info", "warn", "error"];

/** The log: one JSON line on stderr for each call. Fields carry no secrets. */
export const log = {
  debug: (message: string, fields?: Fields) => write("debug", message, fields),
  info: (message: string, fields?: Fields) => write("info", message, fields),
  warn: (message: string, fields?: Fields) => write("warn", message, fields),
  error: (message: string, fields?: Fields) => write("error", message, fields),
};

function write(level: Level, message: string, fields: Fields = {}): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(config().logLevel)) return;
  process.stderr.write(`${logLine(level, message, fields)}\n`);
}

/** One line of JSON. Errors become name, message, code and stack; what JSON cannot hold becomes text. */
export function logLine(level: Level, message: string, fields: Fields): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }, (_key, value: unknown) => {
    if (value instanceof Error) return errorFields(value);
    if (typeof value === "bigint") return value.toString();
    return value;
  });
}

function errorFields(error: Error): Fields {
  const code = "code" in error ? error.code : undefined;
  return { name: error.name, message: error.message, code, stack: error.stack, cause: error.cause };
}
