/** How a value is checked, encoded and asked for. Names are Apple's. */
export interface ParameterSpec {
  name: string;
  type: "string" | "integer" | "real" | "boolean" | "date" | "data" | "array" | "dictionary";
  required: boolean;
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
  /** What the device assumes; sent by us only where the parameter is required. */
  default?: string | number | boolean | readonly string[];
  /** Of an array: what each item is. */
  items?: ParameterSpec;
  /** Of a dictionary: its keys, and there are no others. */
  keys?: readonly ParameterSpec[];
  /** Masked wherever the command is shown. */
  secret?: boolean;
}

export interface CommandSpec {
  requestType: string;
  title: string;
  /** What people call it, for search. */
  words: readonly string[];
  summary: string;
  group: "Inventory" | "Profiles" | "Security" | "Power" | "Setup";
  /** What the console asks for before it is sent: nothing, a yes, or the serial number typed in. */
  danger: "none" | "confirm" | "serial";
  /** Neither iOS nor macOS ever answers NotNow to it (Apple, "Handling NotNow status responses"). */
  neverDeferred: boolean;
  /** Only asks: may be repeated, and an equal one that waits need not be queued again. */
  query: boolean;
  /** Place in the queue: 0 security, 1 DeviceConfigured, 2 everything else. */
  rank: 0 | 1 | 2;
  parameters: readonly ParameterSpec[];
}
