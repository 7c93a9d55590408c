import { Badge } from "@/components/ui/badge";
import { COMMAND_STATES, type CommandState } from "@/lib/contracts/words";

export function CommandBadge({ state }: { state: CommandState }) {
  const word = COMMAND_STATES[state];
  return (
    <Badge tone={word.tone} title={word.meaning} pulsing={state === "delivered"}>
      {word.label}
    </Badge>
  );
}
