import { wordsFromKey } from "@/lib/client/text";
import { COMMANDS } from "@/lib/protocol/commands/catalog";

/** What a command is called: the catalog's title, or Apple's name in words. */
export function commandTitle(requestType: string): string {
  return COMMANDS[requestType]?.title ?? wordsFromKey(requestType);
}

/** Who wants it: the e-mail or token's name alone, for the actors of the log carry their kind. */
export function actorName(actor: string): string {
  const name = actor.slice(actor.indexOf(":") + 1);
  if (actor.startsWith("token:")) return `${name} (token)`;
  return actor === "system" ? "Muster" : name;
}
