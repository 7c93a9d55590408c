import { Badge } from "@/components/ui/badge";
import { END_CAUSES, ENROLLMENT_STATES, type EndCause, type EnrollmentState } from "@/lib/contracts/words";

interface Props {
  state: EnrollmentState | null;
  endedCause: EndCause | null;
  awaitingConfiguration: boolean;
}

/** The state of a life of management. The cause stands in for "Ended". */
export function EnrollmentBadge({ state, endedCause, awaitingConfiguration }: Props) {
  if (state === null) {
    return (
      <Badge tone="neutral" title="This device has never been managed.">
        Not enrolled
      </Badge>
    );
  }
  if (state === "ended" && endedCause !== null) {
    const cause = END_CAUSES[endedCause];
    return (
      <Badge tone={cause.tone} title={cause.meaning}>
        {cause.label}
      </Badge>
    );
  }
  if (state === "enrolled" && awaitingConfiguration) {
    return (
      <Badge tone="info" pulsing title="The device waits in Setup Assistant until it is told that it is configured.">
        Awaiting configuration
      </Badge>
    );
  }
  const word = ENROLLMENT_STATES[state];
  return (
    <Badge tone={word.tone} title={word.meaning} pulsing={state === "authenticating"}>
      {word.label}
    </Badge>
  );
}

/** The word of that badge alone. */
export function enrollmentWord(state: EnrollmentState | null): string {
  return state === null ? "Not enrolled" : ENROLLMENT_STATES[state].label;
}
