#!/usr/bin/env node
// Stands in for Prisma's native schema engine (PRISMA_SCHEMA_ENGINE_BINARY), which npm does not carry:
// its JSON-RPC over stdio, answered by @prisma/schema-engine-wasm on top of @prisma/adapter-pg.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const argv = process.argv.slice(2);
const valuesOf = (flag) => argv.flatMap((argument, index) => (argument === flag ? [argv[index + 1]] : []));
const datasource = JSON.parse(valuesOf("--datasource")[0] ?? "{}");
const url = datasource.url ?? process.env.DATABASE_URL;

const report = (level, fields) =>
  console.error(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine" }));
const panic = (message) => report("ERROR", { message, is_panic: true });

process.on("uncaughtException", (error) => {
  panic(String(error?.stack ?? error));
  process.exit(101);
});
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: panic };

// The catalog type "char" (OID 18): the engine wants it as Character, the adapter knows no such type.
const CHAR = 18;
const TEXT = 25;
const { addFields } = pg.Result.prototype;
pg.Result.prototype.addFields = function (fields) {
  for (const field of fields) {
    if (field.dataTypeID === CHAR) Object.assign(field, { dataTypeID: TEXT, isChar: true });
  }
  return addFields.call(this, fields);
};

let isPatched = false;
/** Makes the adapter report "char" columns; its queryable's prototype is shared with transactions. */
function patchQueryable(adapter) {
  if (isPatched) return;
  isPatched = true;
  const queryable = Object.getPrototypeOf(Object.getPrototypeOf(adapter));
  const { performIO, queryRaw } = queryable;
  const charColumns = new WeakMap();
  queryable.performIO = async function (query) {
    const result = await performIO.call(this, query);
    charColumns.set(query, result.fields?.map((field) => Boolean(field.isChar)) ?? []);
    return result;
  };
  queryable.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    charColumns.get(query)?.forEach((isChar, index) => {
      if (isChar) result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
}

function changed(address, change) {
  const copy = new URL(address);
  change(copy);
  return copy.href;
}
const named = (database) => changed(url, (copy) => (copy.pathname = `/${encodeURIComponent(database)}`));
const forPg = (address) => changed(address, (copy) => copy.searchParams.delete("schema"));

async function execute(address, sql) {
  const client = new pg.Client({ connectionString: forPg(address) });
  await client.connect();
  try {
    if (sql) await client.query(sql);
  } finally {
    await client.end();
  }
}

async function connect(address, whenDisposed = async () => undefined) {
  const schema = new URL(address).searchParams.get("schema") ?? undefined;
  const pool = new pg.Pool({ connectionString: forPg(address), max: 1 });
  const adapter = await new PrismaPg(pool, { schema, disposeExternalPool: true }).connect();
  patchQueryable(adapter);
  // The adapter's own executeScript splits at every ";", also inside strings and DO blocks.
  adapter.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (error) {
      adapter.onError(error);
    }
  };
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await whenDisposed();
  };
  return adapter;
}

const factory = {
  provider: "postgres",
  adapterName: "@prisma/adapter-pg",
  connect: () => connect(url),
  // The adapter's own connectToShadowDb would connect to the main database where a URL is given.
  async connectToShadowDb() {
    if (datasource.shadowDatabaseUrl) return connect(datasource.shadowDatabaseUrl);
    const name = `prisma_shadow_${randomUUID().replaceAll("-", "")}`;
    await execute(url, `CREATE DATABASE "${name}"`);
    return connect(named(name), () => execute(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  },
};

async function loadEngine() {
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bindings = await import(path.join(folder, "schema_engine_bg.js"));
  const wasm = await readFile(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = await Promise.all(valuesOf("--datamodels").map(async (file) => [file, await readFile(file, "utf8")]));
  const debug = (message) => process.env.DEBUG && console.error(message);
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  return bindings.SchemaEngine.new(options, debug, bindMigrationAwareSqlAdapterFactory(factory));
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function answer(engine, { id, method, params }) {
  const name = method === "getDatabaseVersion" ? "version" : method;
  if (typeof engine[name] !== "function") throw new Error(`the schema engine has no method ${method}`);
  // The engine hands these two no shadow database: a diagnosis before fills its cache of the schema.
  if (name === "evaluateDataLoss" || name === "createMigration") {
    const { migrationsList, filters } = params;
    await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: true, filters });
  }
  const result = await engine[name](params);
  if (method !== "diff" || result.stdout == null) return send({ id, result: result ?? null });
  send({ id: randomUUID(), method: "print", params: { content: result.stdout } });
  send({ id, result: { exitCode: result.exitCode } });
}

async function serve() {
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = line.trim() ? JSON.parse(line) : {};
    if (!request.method) continue; // the CLI acknowledging a print
    try {
      engine ??= await loadEngine();
      await answer(engine, request);
    } catch (error) {
      const data = { is_panic: false, message: String(error?.message ?? error), meta: null, error_code: error?.code };
      send({ id: request.id, error: { code: 4466, message: "See the data field.", data } });
    }
  }
}

/** The engine's other mode: `cli can-connect-to-database`, `create-database`, `drop-database`. */
async function runCommand(command) {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const quoted = `"${database.replaceAll('"', '""')}"`;
  report("INFO", { message: command }); // the CLI ignores the first line
  try {
    if (command === "can-connect-to-database") await execute(url);
    else if (command === "create-database") await execute(named("postgres"), `CREATE DATABASE ${quoted}`);
    else if (command === "drop-database") await execute(named("postgres"), `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`);
  } catch (error) {
    report("ERROR", { error_code: error.code === "3D000" ? "P1003" : "P1001", message: error.message, is_panic: false });
    process.exit(1);
  }
}

const command = argv.indexOf("cli");
if (argv.includes("--version") || argv.includes("-V")) console.log("schema-engine (WASM)");
else if (command >= 0) await runCommand(argv[command + 1]);
else await serve();
process.exit(0);
