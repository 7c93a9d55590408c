import type { QueryKey } from "@tanstack/react-query";
import type { EventDto } from "@/lib/contracts/events";
import { accountDrivenQueries } from "../queries/account-driven";
import { accountQueries } from "../queries/accounts";
import { adeQueries } from "../queries/ade";
import { admissionQueries } from "../queries/admissions";
import { batchQueries } from "../queries/batches";
import { commandQueries } from "../queries/commands";
import { declarationQueries } from "../queries/declarations";
import { deviceQueries } from "../queries/devices";
import { linkQueries } from "../queries/enrollment-links";
import { eventQueries } from "../queries/events";
import { groupQueries } from "../queries/groups";
import { identityQueries } from "../queries/identities";
import { overviewQueries } from "../queries/overview";
import { peopleQueries } from "../queries/people";
import { profileQueries } from "../queries/profiles";
import { pushCertificateQueries } from "../queries/push-certificates";
import { restoreQueries } from "../queries/restores";
import { readinessQueries } from "../queries/readiness";
import { contactQueries } from "../queries/unknown-contacts";

/** The query keys whose data an event may have changed. */
export function touchedQueries(event: EventDto): QueryKey[] {
  const keys: QueryKey[] = [overviewQueries.numbers().queryKey];
  if (event.deviceId !== null) {
    keys.push(deviceQueries.lists(), deviceQueries.detail(event.deviceId).queryKey, eventQueries.allOfDevice(event.deviceId), eventQueries.activities());
    keys.push(deviceQueries.push(event.deviceId).queryKey, profileQueries.ofDevice(event.deviceId).queryKey);
    if (event.commandId !== null) keys.push(commandQueries.lists(event.deviceId));
  }
  if (event.commandId !== null) keys.push(commandQueries.detail(event.commandId).queryKey);
  // Which batch a command belongs to is not said; only batches in sight are read again.
  if (event.kind.startsWith("command.") || event.kind.startsWith("batch.")) keys.push(batchQueries.all(), commandQueries.fleet());
  if (event.kind.startsWith("admission.") || event.kind === "enrollment.ended") keys.push(admissionQueries.all());
  if (event.kind.startsWith("restore.") || event.kind === "enrollment.ended") keys.push(restoreQueries.all());
  if (event.kind.startsWith("contact.") || event.kind === "identity.mismatch") keys.push(contactQueries.list().queryKey);
  if (event.kind.startsWith("group.")) keys.push(groupQueries.all());
  if (event.kind.startsWith("configuration-profile.") || event.kind === "group.deleted") keys.push(profileQueries.all());
  if (event.kind.startsWith("declaration")) keys.push(declarationQueries.all());
  if (event.kind.startsWith("ade.") || event.kind.startsWith("admission.") || event.linkId !== null || event.deviceId !== null) keys.push(adeQueries.all());
  if (event.linkId !== null || event.kind.startsWith("link.")) keys.push(linkQueries.all());
  if (event.kind.startsWith("push.alarm-") || event.kind.startsWith("push-certificate.")) keys.push(deviceQueries.pushes());
  if (event.kind.startsWith("identity.") || event.kind.startsWith("certificate-authority.") || event.kind === "device.authenticated") keys.push(identityQueries.all());
  if (event.kind.startsWith("push-certificate.") || event.kind.startsWith("vendor-certificate.")) keys.push(pushCertificateQueries.all());
  if (event.kind.startsWith("account") || event.linkId !== null) keys.push(accountDrivenQueries.all());
  if (event.kind.startsWith("api-token.")) keys.push(accountQueries.apiTokens().queryKey);
  if (event.kind === "device.enrolled" || event.kind.startsWith("simulation.")) keys.push(readinessQueries.simulation().queryKey);
  if (event.kind.startsWith("person.")) keys.push(peopleQueries.list().queryKey);
  if (event.kind.startsWith("checkin.")) keys.push(contactQueries.list().queryKey);
  if (event.audit) keys.push(eventQueries.audits());
  return keys;
}
