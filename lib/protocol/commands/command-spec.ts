import type { PlistDictionary } from "../plist/plist-value";
import type { PlistType, Systems } from "./schema-facts";

/** How a value is checked, encoded and asked for. Names are Apple's. */
export interface ParameterSpec {
  name: string;
  /** "any" takes what a free-form dictionary takes as a value. */
  type: PlistType;
  required: boolean;
  /** Our explanation and, where it differs from that of the command, where Apple has it. May be empty inside of lists. */
  help: string;
  /** Bounds of a number; of the length of a text, of data in bytes, of an array in items. */
  min?: number;
  max?: number;
  /** A regular expression that a text matches as a whole. */
  pattern?: string;
  /** What `pattern` wants, for people: "6 digits". */
  patternHelp?: string;
  /** The only values there are. */
  values?: readonly (string | number)[];
  /** What single values mean, for people. */
  valueHelp?: Readonly<Record<string, string>>;
  /** What the device assumes; sent by us only where the parameter is required. */
  default?: string | number | boolean | readonly string[];
  /** Of an array: what each item is. */
  items?: ParameterSpec;
  /** Of a dictionary: its keys, and there are no others. */
  keys?: readonly ParameterSpec[];
  /**
   * Of a dictionary that has neither `keys` nor `variants`: any keys with any values, as JSON. `{"$data": base64}`
   * becomes data, `{"$date": ISO 8601}` a date, `{"$real": number}` a real.
   */
  freeForm?: true;
  /**
   * Of a dictionary: the shapes it may have, told apart by the text under its key `Item`, which is the name of the
   * variant. Each is a dictionary with `keys`, of which `Item` is the first (Settings).
   */
  variants?: readonly ParameterSpec[];
  /** Masked wherever the command is shown. */
  secret?: boolean;
  /** Left out, the server fills it with the escrowed secret of this kind. */
  escrow?: "unlock-token";
  /** What Apple says of it for each system, where that differs from the command. */
  systems?: Systems;
}

export const COMMAND_GROUPS = [
  "Inventory", "Apps", "Profiles", "Settings", "Security", "Lost Mode", "Activation Lock", "Power", "Setup", "Users", "Updates",
  "Books", "Remote", "Declarations", "Diagnostics",
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** A rule over several parameters. Answers what is wrong, or null. `pointer` is below the parameters. */
export type CommandRule = (command: PlistDictionary) => { pointer: string; detail: string } | null;

export interface CommandSpec {
  requestType: string;
  title: string;
  /** What people call it, for search. */
  words: readonly string[];
  summary: string;
  group: CommandGroup;
  /** What the console asks for before it is sent: nothing, a yes, or the serial number typed in. */
  danger: "none" | "confirm" | "serial";
  /** Neither iOS nor macOS ever answers NotNow to it (Apple, "Handling NotNow status responses"). */
  neverDeferred: boolean;
  /** Only asks: may be repeated, and an equal one that waits need not be queued again. */
  query: boolean;
  /** Place in the queue: 0 security, 1 DeviceConfigured, 2 everything else. */
  rank: 0 | 1 | 2;
  parameters: readonly ParameterSpec[];
  /** Where Apple has it and to whom it may go; eligibility is decided by it. */
  systems: Systems;
  rules: readonly CommandRule[];
}
