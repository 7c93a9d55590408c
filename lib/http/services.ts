import * as apiTokens from "@/lib/accounts/api-token-service";
import * as passwords from "@/lib/accounts/password-service";
import * as people from "@/lib/accounts/person-service";
import * as setup from "@/lib/accounts/setup-service";
import * as groupChanges from "@/lib/assignments/group-changes";
import * as ownerChange from "@/lib/assignments/owner-change";
import * as admissionDecisions from "@/lib/checkin/admission-decisions";
import * as adoption from "@/lib/checkin/adopt-contact";
import * as deviceActions from "@/lib/checkin/device-actions-service";
import * as exchanges from "@/lib/checkin/exchange-service";
import * as forgetting from "@/lib/checkin/forget-device";
import * as restores from "@/lib/checkin/restore-service";
import * as termination from "@/lib/checkin/termination-service";
import * as withdrawal from "@/lib/checkin/withdraw-termination";
import * as unknownContacts from "@/lib/checkin/unknown-contact-service";
import * as batches from "@/lib/commands/batch-service";
import * as commands from "@/lib/commands/command-service";
import * as declarations from "@/lib/declarations/declaration-service";
import * as deviceDeclarations from "@/lib/declarations/device-declarations-service";
import * as devicePushes from "@/lib/devices/device-push-service";
import * as deviceCertificates from "@/lib/devices/device-certificates-service";
import * as devices from "@/lib/devices/device-service";
import * as groups from "@/lib/devices/group-service";
import * as savedViews from "@/lib/devices/saved-view-service";
import * as secrets from "@/lib/devices/secret-service";
import * as pushRequests from "@/lib/devices/push-request-service";
import * as adeConfigurations from "@/lib/enrollment/ade/configuration-service";
import * as adeDevices from "@/lib/enrollment/ade/device-list-service";
import * as adeServers from "@/lib/enrollment/ade/server-service";
import * as adeTokens from "@/lib/enrollment/ade/token-service";
import * as admissions from "@/lib/enrollment/admission-service";
import * as accountConfigurations from "@/lib/enrollment/account-configuration-service";
import * as accountTokens from "@/lib/enrollment/account-token-service";
import * as links from "@/lib/enrollment/link-service";
import * as linkMail from "@/lib/enrollment/link-mail";
import * as events from "@/lib/events/event-log";
import * as authorities from "@/lib/pki/authority-service";
import * as certificateRequests from "@/lib/push/certificate-request-service";
import * as profileLint from "@/lib/profiles/lint-service";
import * as profilePreviews from "@/lib/profiles/preview-service";
import * as profileStandings from "@/lib/profiles/standing-service";
import * as profiles from "@/lib/profiles/profile-service";
import * as push from "@/lib/push/push-certificate-service";
import * as vendorCertificate from "@/lib/push/vendor-certificate-service";
import * as renewals from "@/lib/renewal/renewal-service";
import * as readiness from "@/lib/readiness/readiness-service";
import * as simulation from "@/lib/simulation/simulation-service";
import * as overview from "./overview-service";
import * as settings from "./settings-service";

/** The use cases a route of /api/v1 can reach: only through a wrapper that has authenticated its caller. */
export const services = {
  apiTokens,
  people,
  passwords,
  setup,
  authorities,
  renewals,
  admissions,
  admissionDecisions,
  restores,
  adoption,
  forgetting,
  termination,
  withdrawal,
  unknownContacts,
  batches,
  commands,
  deviceCertificates,
  devices,
  pushRequests,
  devicePushes,
  links,
  linkMail,
  accountConfigurations,
  accountTokens,
  events,
  push,
  certificateRequests,
  vendorCertificate,
  overview,
  groups,
  groupChanges,
  ownerChange,
  declarations,
  profiles,
  profileLint,
  profilePreviews,
  profileStandings,
  deviceActions,
  deviceDeclarations,
  exchanges,
  savedViews,
  secrets,
  readiness,
  simulation,
  settings,
  adeServers,
  adeTokens,
  adeConfigurations,
  adeDevices,
};
export type Services = typeof services;
