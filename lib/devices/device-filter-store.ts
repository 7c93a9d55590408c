import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { UNKNOWN_VERSION, wordsOfCondition } from "@/lib/contracts/device-conditions";
import { COMMANDS_COUNT_DAYS, spanMs } from "@/lib/contracts/device-filter";
import { COMMAND_STATES, ENROLLMENT_STATES, wordsOf } from "@/lib/contracts/words";

const OPEN_STATES = wordsOf(COMMAND_STATES).filter((state) => !COMMAND_STATES[state].ended);
/** Terms beyond these would cost more than they narrow. */
const MOST_TERMS = 8;

/** Managed: the newest life goes on. */
const MANAGED = `e."id" IS NOT NULL AND e."endedAt" IS NULL`;
/** A word of PUSH_HEALTH for the life `e`; what is no longer managed has none. */
export const PUSH_HEALTH_SQL = `CASE WHEN e."id" IS NULL OR e."endedAt" IS NOT NULL THEN NULL WHEN e."tokenUpdatedAt" IS NULL THEN 'missing' WHEN e."tokenDeadAt" IS NOT NULL THEN 'dead'
  WHEN e."lastPushStatus" <> 200 THEN 'failing' WHEN e."pushesUnanswered" > 0 THEN 'unanswered' ELSE 'good' END`;

/** Gives a value its place among the parameters of a statement: "$3". */
type Place = (value: unknown) => string;

/**
 * How a condition is written. `few`: so that the planner may begin with it. `many`: so that it is asked of one device after the other,
 * in the order of the list, until the page is full; an index of what nearly all devices have would be read whole.
 */
type Expected = "few" | "many";

interface Condition {
  sql: string;
  /** The order of the list whose index it narrows. */
  narrows?: "os" | "lastSeen";
}

/**
 * The conditions of a filter on a device `d` and its newest life `e`, as SQL. Their values are added to `values`. Written for the
 * values at hand, not prepared: the planner has to see how few devices a condition lets through.
 */
export function deviceWhere(filter: DeviceFilter, values: unknown[]): string {
  return joined(conditionsOf(filter, values, "few").map(({ sql }) => sql));
}

/** The same for a list in order of `key` of which many devices are known to match. */
export function deviceWhereAlong(key: string, filter: DeviceFilter, values: unknown[]): string {
  const conditions = conditionsOf(filter, values, "many");
  const along = conditions.filter(({ narrows }) => narrows === key).map(({ sql }) => sql);
  const others = conditions.filter(({ narrows }) => narrows !== key).map(({ sql }) => sql);
  // The planner looks into no CASE.
  return joined([...along, ...(others.length === 0 ? [] : [`CASE WHEN ${joined(others)} THEN true ELSE false END`])]);
}

const joined = (conditions: readonly string[]): string => (conditions.length === 0 ? "true" : conditions.map((condition) => `(${condition})`).join(" AND "));

function conditionsOf(filter: DeviceFilter, values: unknown[], expected: Expected): Condition[] {
  const place: Place = (value) => `$${values.push(value)}`;
  return [
    ...[...searched(filter.query, place), ...stated(filter, place, expected), ...related(filter, place, expected)].map((sql) => ({ sql })),
    ...versioned(filter, place),
    ...timed(filter, place),
  ];
}

/** Every term occurs. One or two letters have to begin a word: a trigram index finds nothing shorter. */
function searched(query: string | undefined, place: Place): string[] {
  const terms = (query ?? "").toLowerCase().split(/\s+/).filter((term) => term !== "").slice(0, MOST_TERMS);
  return terms.map((term) => {
    const literal = term.replace(/[\\%_]/g, "\\$&");
    return `d."searchText" LIKE ${place(term.length < 3 ? `% ${literal}%` : `%${literal}%`)}`;
  });
}

function stated(filter: DeviceFilter, place: Place, expected: Expected): string[] {
  const conditions: string[] = [];
  const among = (condition: string, column: string): void => {
    const { not, words } = wordsOfCondition(condition);
    conditions.push(not ? `${column} <> ALL (${place(words)}::text[])` : `${column} = ANY (${place(words)}::text[])`);
  };
  const is = (value: "yes" | "no" | undefined, column: string): void => {
    if (value !== undefined) conditions.push(`${column} IS ${value === "yes" ? "TRUE" : "NOT TRUE"}`);
  };
  if (filter.platform !== undefined) among(filter.platform, `d."platform"`);
  if (filter.state !== undefined) conditions.push(inState(filter.state, place, expected));
  if (filter.push !== undefined) {
    among(filter.push, `(${PUSH_HEALTH_SQL})`);
    conditions.push(`e."channel" = 'device' AND ${MANAGED}`);
  }
  is(filter.supervised, `d."supervised"`);
  is(filter.simulated, `d."simulated"`);
  if (filter.awaitingConfiguration !== undefined) conditions.push(`e."awaitingConfiguration"${filter.awaitingConfiguration === "yes" ? ` AND e."channel" = 'device'` : " IS NOT TRUE"}`);
  return conditions;
}

/** A device without any life has no row of "e". The newest life is always one of the device channel; the index of states wants that said. */
function inState(condition: string, place: Place, expected: Expected): string {
  const { not, words } = wordsOfCondition(condition);
  const states = not ? wordsOf(ENROLLMENT_STATES).filter((state) => !words.includes(state)) : words;
  // The lives of one state lie in the index by their ids, as the devices do by theirs: both are merged. Those of several states do not.
  const is = states.length === 1 ? `= ${place(states[0])}` : `= ANY (${place(states)}::text[])`;
  if (words.includes("none") === not) return `e."state" ${is} AND e."channel" = 'device'`;
  if (expected === "many" || states.includes("enrolled")) return `e."state" ${is} OR d."enrollmentId" IS NULL`;
  return `d."enrollmentId" IS NULL OR d."enrollmentId" IN (SELECT s."id" FROM "Enrollment" s WHERE s."state" ${is} AND s."channel" = 'device')`;
}

function versioned(filter: DeviceFilter, place: Place): Condition[] {
  const key = `"osVersionKey"(d."osVersion")`;
  const compared = (sign: string, version: string | undefined): Condition[] => (version === undefined ? [] : [{ sql: `${key} ${sign} "osVersionKey"(${place(version)})`, narrows: "os" }]);
  return [
    ...(filter.osVersion === UNKNOWN_VERSION ? [{ sql: `${key} = '{}'`, narrows: "os" } as const] : compared("=", filter.osVersion)),
    ...compared(">=", filter.osAtLeast),
    ...compared("<", filter.osBelow),
    ...(filter.osBelow === undefined ? [] : [{ sql: `${key} > '{}'` }]),
  ];
}

function related(filter: DeviceFilter, place: Place, expected: Expected): string[] {
  const conditions: string[] = [];
  if (filter.groupId !== undefined) {
    const { not, words } = wordsOfCondition(filter.groupId);
    const member = `SELECT 1 FROM "GroupMember" m WHERE m."groupId" = ${place(words[0])}::uuid AND m."deviceId" = d."id"`;
    conditions.push(expected === "few" ? `${not ? "NOT " : ""}EXISTS (${member})` : `(${member}) IS ${not ? "" : "NOT "}NULL`);
  }
  if (filter.linkId !== undefined) {
    const { not, words } = wordsOfCondition(filter.linkId);
    conditions.push(`e."linkId" ${not ? "IS DISTINCT FROM" : "="} ${place(words[0])}::uuid`);
  }
  if (filter.commands !== undefined) conditions.push(withCommands(filter.commands, place, expected));
  if (filter.profiles !== undefined) conditions.push(withProfiles(filter.profiles, place, expected));
  return conditions;
}

function withProfiles(condition: string, place: Place, expected: Expected): string {
  const { not, words } = wordsOfCondition(condition);
  const inState = `"DeviceProfile" s WHERE s."state" = ANY (${place(words)}::text[])`;
  const has = expected === "many" ? `(SELECT 1 FROM ${inState} AND s."enrollmentId" = e."id" LIMIT 1) IS NOT NULL` : `e."id" IN (SELECT s."enrollmentId" FROM ${inState})`;
  return `${MANAGED} AND ${not ? "NOT " : ""}(${has})`;
}

/**
 * An index holds what is open, another what has ended: each is asked only for states it can hold. The life is named by its device, so that
 * a count need not look into lives at all.
 */
function withCommands(condition: string, place: Place, expected: Expected): string {
  const { not, words } = wordsOfCondition(condition);
  const states = words.flatMap((word) => (word === "open" ? OPEN_STATES : [word]));
  const open = states.filter((state) => (OPEN_STATES as readonly string[]).includes(state));
  const ended = states.filter((state) => !open.includes(state));
  const which = [
    // All that is open is what has a rank: with its words besides, the planner expects few.
    ...(open.length === 0 ? [] : [`${words.includes("open") ? "" : `c."state" = ANY (${place(open)}::text[]) AND `}c."queueRank" IS NOT NULL`]),
    ...(ended.length === 0 ? [] : [`c."state" = ANY (${place(ended)}::text[]) AND c."endedAt" > now() - interval '${COMMANDS_COUNT_DAYS} days'`]),
  ];
  // Nearly every device has done something lately: too many to be ruled out by a list of them.
  if (expected === "many" || (not && ended.includes("acknowledged"))) return `(SELECT 1 FROM "Command" c WHERE c."enrollmentId" = d."enrollmentId" AND ((${which.join(") OR (")})) LIMIT 1) IS ${not ? "" : "NOT "}NULL`;
  const some = `d."enrollmentId" IN (${which.map((commands) => `SELECT c."enrollmentId" FROM "Command" c WHERE ${commands}`).join(" UNION ALL ")})`;
  return not ? `d."enrollmentId" IS NULL OR NOT (${some})` : some;
}

function timed(filter: DeviceFilter, place: Place): Condition[] {
  // The index of contacts says so of itself: without these words the planner may not use it.
  const seen = (sign: string, text: string): string => `e."channel" = 'device' AND e."lastSeenAt" ${sign} ${place(new Date(Date.now() - spanMs(text)))}`;
  const conditions: Condition[] = [];
  if (filter.seenWithin !== undefined) conditions.push({ sql: seen(">=", filter.seenWithin), narrows: "lastSeen" });
  if (filter.silentFor !== undefined) conditions.push({ sql: seen("<", filter.silentFor), narrows: "lastSeen" }, { sql: MANAGED });
  if (filter.identityEndsWithin !== undefined) {
    const until = place(new Date(Date.now() + spanMs(filter.identityEndsWithin)));
    conditions.push({ sql: `${MANAGED} AND (e."id", e."identityFingerprint") IN (SELECT i."enrollmentId", i."fingerprint" FROM "Identity" i WHERE i."notAfter" < ${until})` });
  }
  return conditions;
}
