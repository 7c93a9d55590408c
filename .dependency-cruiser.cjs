const swc = require("@swc/core");

// dependency-cruiser hands .tsx files to swc without saying that they hold JSX.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });

/**
 * The house of ARCHITECTURE.md as rules: each folder lists what it may import. tests/architecture/boundaries.test.ts
 * plants a violation of every rule.
 */
const OURS = "^(app|components|lib|prisma|server|tests)/";
const TEST_FILE = "\\.test\\.tsx?$";

const never = (name, from, to) => ({ name, severity: "error", from: { ...from, pathNot: [from.pathNot ?? [], TEST_FILE].flat() }, to });

/** `folder` imports of ours only itself and `others`. */
const may = (name, folder, others) =>
  never(name, { path: `^${folder}/` }, { path: OURS, pathNot: [folder, ...others].map((place) => `^${place}(/|\\.|$)`) });

const LEAVES = ["lib/protocol", "lib/crypto", "lib/config", "lib/contracts", "lib/db"];
const ROOM = [...LEAVES, "lib/events"];
/** Which rooms a room may know, besides the leaves and the event log. */
const ROOMS = {
  events: [],
  accounts: [],
  pki: [],
  push: [],
  devices: ["push"],
  enrollment: ["pki", "push", "accounts"],
  commands: ["devices", "push"],
  declarations: ["devices", "commands", "push"],
  profiles: ["devices", "commands", "push"],
  assignments: ["devices", "declarations", "profiles"],
  renewal: ["pki", "commands", "push", "enrollment"],
  checkin: ["devices", "pki", "commands", "push", "enrollment", "declarations", "profiles", "assignments", "renewal"],
  readiness: ["pki", "push", "enrollment"],
  simulation: ["enrollment"],
};
const SERVER_FOLDERS = ["config", "crypto", "db", "http", ...Object.keys(ROOMS)];
const LIB_FOLDERS = ["protocol", "contracts", "client", ...SERVER_FOLDERS];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    may("protocol-is-a-leaf", "lib/protocol", []),
    may("crypto-is-a-leaf", "lib/crypto", []),
    may("config-is-a-leaf", "lib/config", []),
    may("contracts-are-shared", "lib/contracts", ["lib/protocol"]),
    may("db-stands-on-leaves", "lib/db", ["lib/config", "lib/crypto", "lib/contracts/errors", "prisma/generated"]),
    may("client-is-browser-code", "lib/client", ["lib/contracts", "lib/protocol"]),
    ...Object.entries(ROOMS).map(([room, known]) =>
      may(`${room}-knows-its-neighbours`, `lib/${room}`, [...ROOM, ...known.map((name) => `lib/${name}`), "prisma/generated"]),
    ),
    may("http-is-the-edge", "lib/http", [...LEAVES, ...Object.keys(ROOMS).map((room) => `lib/${room}`)]),
    may("components-see-contracts", "components", ["lib/client", "lib/contracts", "lib/protocol"]),
    may("routes-see-edges", "app", ["components", "lib/http", "lib/contracts", "lib/client"]),
    may("server-composes", "server", ["app", "lib"]),
    never("every-lib-folder-has-a-rule", { path: `^lib/(?!(${LIB_FOLDERS.join("|")})/)` }, {}),
    never("prisma-in-stores", { path: OURS, pathNot: ["^lib/db/", "-store\\.ts$", "^prisma/"] }, { path: "^prisma/generated/|node_modules/@prisma/" }),
    never("sql-in-stores", { path: "^(app|components|lib|server)/", pathNot: ["^lib/db/", "-store\\.ts$"] }, { path: "node_modules/(@types/)?pg/" }),
    never("browser-never-reaches-server", { path: "^(components|lib/client)/" }, { path: `^lib/(${SERVER_FOLDERS.join("|")})/|^prisma/|^server/`, reachable: true }),
    never("no-test-code-in-product", { path: "^(app|components|lib|server)/" }, { path: "^tests/|\\.test\\.tsx?$" }),
    { name: "no-cycles", severity: "error", from: { pathNot: "^prisma/generated/" }, to: { circular: true } },
    // Without this a broken alias would let every rule above pass.
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: "swc",
    webpackConfig: { fileName: `${__dirname}/.dependency-cruiser-resolve.cjs` },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist)/" },
  },
};
