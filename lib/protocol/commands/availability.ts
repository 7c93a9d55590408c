import type { SystemFacts, SystemName, Systems } from "./schema-facts";

/** Which systems have a parameter, as a sentence; empty when it is the same as for the command around it. */
export function availabilityOf(systems: Systems, around: Systems): string {
  if (Object.keys(systems).length === 0) return "";
  const supported = systemsOf(around).filter(([system]) => systems[system] !== null);
  const versioned = supported.flatMap(([system]) => {
    const version = systems[system]?.introduced;
    return version === undefined ? [] : `${system} ${version.replace(/\.0$/, "")}`;
  });
  const always = supported.filter(([system]) => systems[system]?.introduced === undefined).map(([system]) => system);
  const named = [versioned.length > 0 ? `${versioned.join(", ")} and later` : "", ...always].filter((text) => text !== "");
  const differs = supported.length < systemsOf(around).length || versioned.length > 0;
  const sentences = [
    differs && named.length > 0 ? `${named.join("; ")}.` : "",
    only(supported, systems, (facts) => facts.supervised === true) ? "Supervised only." : "",
    only(supported, systems, (facts) => facts.sharedIpad === "required") ? "Shared iPad only." : "",
    supported.some(([system]) => systems[system]?.deprecated !== undefined) ? "Deprecated." : "",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function systemsOf(systems: Systems): [SystemName, SystemFacts][] {
  return (Object.entries(systems) as [SystemName, SystemFacts | null][]).filter((entry): entry is [SystemName, SystemFacts] => entry[1] !== null);
}

function only(supported: readonly [SystemName, SystemFacts][], systems: Systems, test: (facts: SystemFacts) => boolean): boolean {
  return supported.length > 0 && supported.every(([system]) => {
    const facts = systems[system];
    return facts !== undefined && facts !== null && test(facts);
  });
}
