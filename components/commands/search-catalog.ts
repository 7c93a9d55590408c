import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";

/** The commands whose name, Apple's or everyday, holds every word that was typed; best first. */
export function searchCatalog(text: string): CommandSpec[] {
  const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const all = Object.values(COMMANDS);
  if (wanted.length === 0) return all;
  return all
    .map((spec) => ({ spec, score: scoreOf(spec, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ spec }) => spec);
}

/** 0 when a word is found nowhere. Names count more than the words people use, and those more than the summary. */
function scoreOf(spec: CommandSpec, wanted: readonly string[]): number {
  let score = 0;
  for (const word of wanted) {
    const found = fieldsOf(spec).find(([text]) => text.includes(word));
    if (found === undefined) return 0;
    score += found[1];
  }
  return score;
}

function fieldsOf(spec: CommandSpec): [string, number][] {
  return [
    [`${spec.requestType} ${spec.title}`.toLowerCase(), 4],
    [spec.words.join(" ").toLowerCase(), 3],
    [spec.summary.toLowerCase(), 1],
  ];
}
