import type { CommandRule } from "./command-spec";

/** At least one of the parameters. */
export function needs(names: readonly string[]): CommandRule {
  return (command) => (names.some((name) => command[name] !== undefined) ? null : { pointer: `/${names[0] ?? ""}`, detail: `is required, or ${names.slice(1).join(" or ")} instead` });
}

/** One of the parameters and no second one. */
export function exactlyOne(names: readonly string[]): CommandRule {
  const atLeast = needs(names);
  return (command) => {
    const [, second] = names.filter((name) => command[name] !== undefined);
    return second === undefined ? atLeast(command) : { pointer: `/${second}`, detail: `only one of ${names.join(", ")} may be given` };
  };
}

/** A parameter that makes sense only beside another. */
export function onlyWith(name: string, other: string): CommandRule {
  return (command) => (command[name] === undefined || (command[other] !== undefined && command[other] !== false) ? null : { pointer: `/${name}`, detail: `goes only with ${other}` });
}

/** A parameter that another one, when it is set, cannot do without. */
export function neededBy(name: string, other: string): CommandRule {
  return (command) => (command[other] === true && command[name] === undefined ? { pointer: `/${name}`, detail: `is required with ${other}` } : null);
}
