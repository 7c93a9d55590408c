import { z } from "zod";
import * as accountDriven from "./account-driven";
import * as accounts from "./accounts";
import * as admissions from "./admissions";
import * as ade from "./ade";
import * as batches from "./batches";
import * as commands from "./commands";
import { idParams, listQuery } from "./common";
import * as actions from "./device-actions";
import * as declarations from "./declarations";
import { deviceFilter } from "./device-filter";
import * as devicePushes from "./device-push";
import * as devices from "./devices";
import * as exchanges from "./exchanges";
import * as identities from "./identities";
import * as links from "./enrollment-links";
import * as events from "./events";
import * as groups from "./groups";
import * as people from "./people";
import * as profiles from "./profiles";
import * as push from "./push-certificates";
import * as restores from "./restores";
import * as readiness from "./readiness";
import * as views from "./saved-views";
import * as settings from "./settings";
import * as simulation from "./simulation";

/** One operation of /api/v1; the OpenAPI document is made of these and a test holds the routes against them. */
export interface Operation {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with parameters in braces. */
  path: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The status of success and its body; null when there is none. */
  status: number;
  answer: z.ZodType | null;
  /** What comes where no answer is declared; server-sent events when left out. */
  media?: string;
}

export const API = {
  openapi: { method: "GET", path: "/openapi.json", summary: "This description", status: 200, answer: z.record(z.string(), z.unknown()) },
  setup: { method: "POST", path: "/setup", summary: "Make the first owner with the one-time token", body: accounts.setupBody, status: 201, answer: accounts.me },
  me: { method: "GET", path: "/me", summary: "Who is asking", status: 200, answer: accounts.me },
  overview: { method: "GET", path: "/overview", summary: "Numbers of the first page", status: 200, answer: events.overview },
  listLinks: { method: "GET", path: "/enrollment-links", summary: "List enrollment links", query: links.enrollmentLinkListQuery, status: 200, answer: links.enrollmentLinkList },
  createLink: { method: "POST", path: "/enrollment-links", summary: "Make an enrollment link", body: links.createEnrollmentLinkBody, status: 201, answer: links.enrollmentLink },
  getLink: { method: "GET", path: "/enrollment-links/{id}", summary: "Read an enrollment link", params: idParams, status: 200, answer: links.enrollmentLinkDetail },
  mailLink: { method: "POST", path: "/enrollment-links/{id}/mail", summary: "Mail an enrollment link", params: idParams, body: links.mailLinkBody, status: 202, answer: links.linkMailed },
  listLinkEvents: { method: "GET", path: "/enrollment-links/{id}/events", summary: "What happened by an enrollment link", params: idParams, query: events.eventListQuery, status: 200, answer: events.eventList },
  listLinkDevices: { method: "GET", path: "/enrollment-links/{id}/devices", summary: "Devices whose newest life came by an enrollment link", params: idParams, query: listQuery, status: 200, answer: devices.deviceList },
  revokeLink: { method: "DELETE", path: "/enrollment-links/{id}", summary: "Revoke an enrollment link", params: idParams, status: 200, answer: links.enrollmentLink },
  listDevices: { method: "GET", path: "/devices", summary: "List devices", query: devices.deviceListQuery, status: 200, answer: devices.devicePage },
  countDevices: { method: "GET", path: "/devices/count", summary: "Count devices", query: deviceFilter, status: 200, answer: devices.deviceCount },
  exportDevices: { method: "GET", path: "/devices.csv", summary: "List devices as a CSV file", query: devices.deviceCsvQuery, status: 200, answer: null, media: "text/csv" },
  reviewDevices: { method: "POST", path: "/devices/review", summary: "Tell which devices of a target could take something, and why the others could not; changes nothing", body: actions.reviewBody, status: 200, answer: actions.review },
  pushDevices: { method: "POST", path: "/devices/push", summary: "Push many devices", body: actions.pushManyBody, status: 202, answer: actions.acted },
  terminateDevices: { method: "POST", path: "/devices/termination", summary: "End the management of many devices", body: actions.terminateManyBody, status: 202, answer: actions.acted },
  listSavedViews: { method: "GET", path: "/saved-views", summary: "List saved views of the devices, with their counts", status: 200, answer: views.savedViewList },
  createSavedView: { method: "POST", path: "/saved-views", summary: "Save a view", body: views.createSavedViewBody, status: 201, answer: views.savedView },
  deleteSavedView: { method: "DELETE", path: "/saved-views/{id}", summary: "Delete a saved view", params: idParams, status: 200, answer: views.savedView },
  getDevice: { method: "GET", path: "/devices/{id}", summary: "Read a device", params: idParams, status: 200, answer: devices.device },
  changeDevice: { method: "PATCH", path: "/devices/{id}", summary: "Say whom a device is for", params: idParams, body: devices.changeDeviceBody, status: 200, answer: devices.device },
  listDeviceCommands: { method: "GET", path: "/devices/{id}/commands", summary: "List the commands of a device", params: idParams, query: commands.commandListQuery, status: 200, answer: commands.commandList },
  sendCommand: { method: "POST", path: "/devices/{id}/commands", summary: "Queue a command", params: idParams, body: commands.sendCommandBody, status: 201, answer: commands.commandQueued },
  listExchanges: { method: "GET", path: "/devices/{id}/exchanges", summary: "What a device said lately and was answered", params: idParams, query: exchanges.exchangeListQuery, status: 200, answer: exchanges.exchangeList },
  getExchange: { method: "GET", path: "/devices/{id}/exchanges/{exchangeId}", summary: "Read one exchange with both bodies, secrets masked", params: exchanges.exchangeParams, status: 200, answer: exchanges.exchangeDetail },
  listDeviceCertificates: { method: "GET", path: "/devices/{id}/certificates", summary: "The certificates on a device, as it told them last", params: idParams, status: 200, answer: devices.deviceCertificates },
  revealSecret: { method: "POST", path: "/devices/{id}/secrets/{secretId}/reveal", summary: "Show an escrowed secret, with a reason for the audit log", params: devices.secretParams, body: devices.revealSecretBody, status: 200, answer: devices.revealedSecret },
  getDevicePush: { method: "GET", path: "/devices/{id}/push", summary: "Why a device does or does not answer pushes", params: idParams, status: 200, answer: devicePushes.devicePush },
  pushDevice: { method: "POST", path: "/devices/{id}/push", summary: "Push the device now", params: idParams, status: 202, answer: devices.pushRequested },
  renewIdentity: { method: "POST", path: "/devices/{id}/identity-renewal", summary: "Renew the identity of a device", params: idParams, status: 202, answer: identities.identityRenewal },
  listIdentities: { method: "GET", path: "/identities", summary: "List the identities of managed devices, first to end first", query: identities.identityListQuery, status: 200, answer: identities.deviceIdentityList },
  listAuthorities: { method: "GET", path: "/certificate-authorities", summary: "List the authorities that issue identities", status: 200, answer: identities.certificateAuthorityList },
  rotateAuthority: { method: "POST", path: "/certificate-authorities", summary: "Make a new authority; what the old one has issued is renewed", status: 201, answer: identities.certificateAuthority },
  terminateDevice: { method: "POST", path: "/devices/{id}/termination", summary: "End the management of a device", params: idParams, body: devices.terminationBody, status: 202, answer: devices.device },
  forgetDevice: { method: "DELETE", path: "/devices/{id}", summary: "Remove the record of a device; the device hears nothing of it", params: idParams, body: devices.forgetDeviceBody, status: 200, answer: devices.deviceForgotten },
  getTerminationOptions: { method: "GET", path: "/devices/{id}/termination", summary: "Which ways out a device understands", params: idParams, status: 200, answer: devices.terminationOptions },
  withdrawTermination: { method: "DELETE", path: "/devices/{id}/termination", summary: "Let management go on after all", params: idParams, status: 200, answer: devices.terminationWithdrawn },
  confirmTermination: { method: "POST", path: "/devices/{id}/termination/confirmation", summary: "Confirm a termination as a second person", params: idParams, status: 202, answer: devices.device },
  decideRestoreOfDevice: { method: "POST", path: "/devices/{id}/restore-decision", summary: "Accept or reject a device that came back from a backup", params: idParams, body: restores.decideRestoreBody, status: 200, answer: restores.restore },
  listRestores: { method: "GET", path: "/restores", summary: "List devices that came back from a backup", query: restores.restoreListQuery, status: 200, answer: restores.restoreList },
  decideRestores: { method: "POST", path: "/restores/decisions", summary: "Accept or reject many restored devices", body: restores.decideRestoresBody, status: 200, answer: restores.manyDecidedRestores },
  listAdmissions: { method: "GET", path: "/admissions", summary: "List devices that asked to be let in", query: admissions.admissionListQuery, status: 200, answer: admissions.admissionList },
  getAdmission: { method: "GET", path: "/admissions/{id}", summary: "Read an admission", params: idParams, status: 200, answer: admissions.admission },
  decideAdmission: { method: "POST", path: "/admissions/{id}", summary: "Let a device in or refuse it", params: idParams, body: admissions.decideAdmissionBody, status: 200, answer: admissions.admission },
  decideAdmissions: { method: "POST", path: "/admissions/decisions", summary: "Let many devices in or refuse them", body: admissions.decideAdmissionsBody, status: 200, answer: admissions.manyDecided },
  listGroups: { method: "GET", path: "/groups", summary: "List groups of devices", query: groups.groupListQuery, status: 200, answer: groups.deviceGroupList },
  createGroup: { method: "POST", path: "/groups", summary: "Make a group of devices", body: groups.createGroupBody, status: 201, answer: groups.deviceGroup },
  getGroup: { method: "GET", path: "/groups/{id}", summary: "Read a group", params: idParams, status: 200, answer: groups.deviceGroup },
  deleteGroup: { method: "DELETE", path: "/groups/{id}", summary: "Delete a group; its devices stay", params: idParams, status: 200, answer: groups.deviceGroup },
  listGroupMembers: { method: "GET", path: "/groups/{id}/members", summary: "List the devices of a group", params: idParams, query: listQuery, status: 200, answer: devices.deviceList },
  changeGroupMembers: { method: "POST", path: "/groups/{id}/members", summary: "Add and remove devices of a group", params: idParams, body: groups.changeMembersBody, status: 200, answer: groups.deviceGroup },
  listDeclarations: { method: "GET", path: "/declarations", summary: "List declarations", query: declarations.declarationListQuery, status: 200, answer: declarations.declarationList },
  createDeclaration: { method: "POST", path: "/declarations", summary: "Make a declaration", body: declarations.createDeclarationBody, status: 201, answer: declarations.declaration },
  getDeclaration: { method: "GET", path: "/declarations/{id}", summary: "Read a declaration", params: idParams, status: 200, answer: declarations.declaration },
  updateDeclaration: { method: "POST", path: "/declarations/{id}", summary: "Replace the payload of a declaration", params: idParams, body: declarations.updateDeclarationBody, status: 200, answer: declarations.declaration },
  deleteDeclaration: { method: "DELETE", path: "/declarations/{id}", summary: "Delete a declaration", params: idParams, status: 200, answer: declarations.declaration },
  assignDeclaration: { method: "POST", path: "/declarations/{id}/assignments", summary: "Say which groups get a declaration", params: idParams, body: declarations.assignDeclarationBody, status: 200, answer: declarations.declaration },
  getDeviceDeclarations: { method: "GET", path: "/devices/{id}/declarations", summary: "Where declarative management of a device stands", params: idParams, status: 200, answer: declarations.deviceDeclarations },
  syncDeclarations: { method: "POST", path: "/devices/{id}/declarations/sync", summary: "Ask the device to read its declarations again", params: idParams, status: 202, answer: declarations.deviceDeclarations },
  listProfiles: { method: "GET", path: "/profiles", summary: "List configuration profiles", query: profiles.profileListQuery, status: 200, answer: profiles.profileList },
  uploadProfile: { method: "POST", path: "/profiles", summary: "Upload a configuration profile", body: profiles.uploadProfileBody, status: 201, answer: profiles.profile },
  lintProfile: { method: "POST", path: "/profiles/lint", summary: "Check a configuration profile without keeping it", body: profiles.lintProfileBody, status: 200, answer: profiles.profileLint },
  getProfile: { method: "GET", path: "/profiles/{id}", summary: "Read a configuration profile with where it stands", params: idParams, status: 200, answer: profiles.profile },
  changeProfile: { method: "PATCH", path: "/profiles/{id}", summary: "Rename a configuration profile, or choose the version devices get", params: idParams, body: profiles.changeProfileBody, status: 200, answer: profiles.profile },
  deleteProfile: { method: "DELETE", path: "/profiles/{id}", summary: "Delete a configuration profile and take it from its devices", params: idParams, status: 200, answer: profiles.profile },
  listProfileVersions: { method: "GET", path: "/profiles/{id}/versions", summary: "List the versions of a configuration profile", params: idParams, status: 200, answer: profiles.profileVersionList },
  uploadProfileVersion: { method: "POST", path: "/profiles/{id}/versions", summary: "Upload another version; devices get it", params: idParams, body: profiles.uploadVersionBody, status: 201, answer: profiles.profile },
  previewProfile: { method: "GET", path: "/profiles/{id}/versions/{number}/preview", summary: "Read a version with its secrets masked, as one device would get it", params: profiles.versionParams, query: profiles.previewQuery, status: 200, answer: profiles.profilePreview },
  downloadProfile: { method: "GET", path: "/profiles/{id}/versions/{number}/file", summary: "Download a version as it was uploaded, with its secrets", params: profiles.versionParams, status: 200, answer: null, media: "application/x-apple-aspen-config" },
  assignProfile: { method: "POST", path: "/profiles/{id}/assignments", summary: "Say which groups get a configuration profile", params: idParams, body: profiles.assignProfileBody, status: 200, answer: profiles.profile },
  listProfileDevices: { method: "GET", path: "/profiles/{id}/devices", summary: "List where a configuration profile stands on its devices", params: idParams, query: profiles.profileDeviceQuery, status: 200, answer: profiles.profileDeviceList },
  retryProfile: { method: "POST", path: "/profiles/{id}/retry", summary: "Try a configuration profile again where it failed or drifted", params: idParams, body: profiles.retryProfileBody, status: 202, answer: profiles.profile },
  listDeviceProfiles: { method: "GET", path: "/devices/{id}/profiles", summary: "List where the profiles of the library stand on a device", params: idParams, status: 200, answer: profiles.deviceProfileList },
  getCommand: { method: "GET", path: "/commands/{id}", summary: "Read a command with request and answer", params: idParams, status: 200, answer: commands.command },
  cancelCommand: { method: "POST", path: "/commands/{id}/cancel", summary: "Take a command out of the queue", params: idParams, status: 200, answer: commands.commandCancelled },
  retryCommand: { method: "POST", path: "/commands/{id}/retry", summary: "Queue an ended command again", params: idParams, status: 201, answer: commands.commandQueued },
  sendBatch: { method: "POST", path: "/commands", summary: "Queue a command for many devices", body: batches.sendBatchBody, status: 202, answer: batches.commandBatch },
  listBatches: { method: "GET", path: "/command-batches", summary: "List command batches", query: listQuery, status: 200, answer: batches.commandBatchList },
  getBatch: { method: "GET", path: "/command-batches/{id}", summary: "Read a command batch with its progress", params: idParams, status: 200, answer: batches.commandBatch },
  listBatchCommands: { method: "GET", path: "/command-batches/{id}/commands", summary: "List the commands of a batch", params: idParams, query: batches.batchCommandListQuery, status: 200, answer: batches.batchCommandList },
  retryBatch: { method: "POST", path: "/command-batches/{id}/retry", summary: "Queue the failed or the silent of a batch again", params: idParams, body: batches.retryBatchBody, status: 202, answer: batches.commandBatch },
  cancelBatch: { method: "POST", path: "/command-batches/{id}/cancel", summary: "Take the open commands of a batch out of the queue", params: idParams, status: 200, answer: batches.batchCancelled },
  listAdeServers: { method: "GET", path: "/ade/servers", summary: "List servers for Automated Device Enrollment", status: 200, answer: ade.adeServerList },
  createAdeServer: { method: "POST", path: "/ade/servers", summary: "Add a server: makes the certificate for Apple's portal", body: ade.createAdeServerBody, status: 201, answer: ade.adeServer },
  getAdeServer: { method: "GET", path: "/ade/servers/{id}", summary: "Read a server with its token, account and sync", params: idParams, status: 200, answer: ade.adeServer },
  changeAdeServer: { method: "PATCH", path: "/ade/servers/{id}", summary: "Rename a server, or say what new devices get", params: idParams, body: ade.changeAdeServerBody, status: 200, answer: ade.adeServer },
  deleteAdeServer: { method: "DELETE", path: "/ade/servers/{id}", summary: "Forget a server; what is enrolled stays", params: idParams, status: 200, answer: ade.adeServer },
  putAdeServerToken: { method: "PUT", path: "/ade/servers/{id}/token", summary: "Upload or renew the server token", params: idParams, body: ade.putServerTokenBody, status: 200, answer: ade.adeServer },
  syncAdeServer: { method: "POST", path: "/ade/servers/{id}/sync", summary: "Sync with Apple now", params: idParams, query: ade.syncAdeServerQuery, status: 202, answer: ade.adeServer },
  listAdeConfigurations: { method: "GET", path: "/ade/configurations", summary: "List configurations of Automated Device Enrollment", status: 200, answer: ade.adeConfigurationList },
  createAdeConfiguration: { method: "POST", path: "/ade/configurations", summary: "Make a configuration", body: ade.createAdeConfigurationBody, status: 201, answer: ade.adeConfiguration },
  getAdeConfiguration: { method: "GET", path: "/ade/configurations/{id}", summary: "Read a configuration", params: idParams, status: 200, answer: ade.adeConfiguration },
  changeAdeConfiguration: { method: "PATCH", path: "/ade/configurations/{id}", summary: "Change a configuration; its devices are assigned anew", params: idParams, body: ade.changeAdeConfigurationBody, status: 200, answer: ade.adeConfiguration },
  deleteAdeConfiguration: { method: "DELETE", path: "/ade/configurations/{id}", summary: "Delete a configuration that no device is assigned to", params: idParams, status: 200, answer: ade.adeConfiguration },
  listAdeDevices: { method: "GET", path: "/ade/devices", summary: "List the devices of the accounts, with why they are enrolled or not", query: ade.adeDeviceListQuery, status: 200, answer: ade.adeDeviceList },
  assignAdeDevices: { method: "POST", path: "/ade/devices/assignments", summary: "Assign devices to a configuration, or to none", body: ade.assignAdeDevicesBody, status: 202, answer: ade.adeAssigned },
  listAccountConfigurations: { method: "GET", path: "/account-driven/configurations", summary: "List account-driven enrollment", query: listQuery, status: 200, answer: accountDriven.accountConfigurationList },
  createAccountConfiguration: { method: "POST", path: "/account-driven/configurations", summary: "Set up account-driven enrollment of a domain", body: accountDriven.createAccountConfigurationBody, status: 201, answer: accountDriven.accountConfiguration },
  getAccountConfiguration: { method: "GET", path: "/account-driven/configurations/{id}", summary: "Read account-driven enrollment of a domain", params: idParams, status: 200, answer: accountDriven.accountConfiguration },
  changeAccountConfiguration: { method: "POST", path: "/account-driven/configurations/{id}", summary: "Change account-driven enrollment of a domain", params: idParams, body: accountDriven.changeAccountConfigurationBody, status: 200, answer: accountDriven.accountConfiguration },
  deleteAccountConfiguration: { method: "DELETE", path: "/account-driven/configurations/{id}", summary: "Remove account-driven enrollment of a domain", params: idParams, status: 200, answer: accountDriven.accountConfiguration },
  listAccountTokens: { method: "GET", path: "/account-driven/configurations/{id}/tokens", summary: "Who has signed in on a device", params: idParams, query: listQuery, status: 200, answer: accountDriven.accountTokenList },
  revokeAccountToken: { method: "DELETE", path: "/account-driven/tokens/{id}", summary: "Revoke what somebody got for signing in", params: idParams, status: 200, answer: accountDriven.accountToken },
  listPushCertificates: { method: "GET", path: "/push-certificates", summary: "List push certificates", status: 200, answer: push.pushCertificateList },
  uploadPushCertificate: { method: "POST", path: "/push-certificates", summary: "Upload a push certificate", body: push.uploadPushCertificateBody, status: 201, answer: push.pushCertificateUploaded },
  removePushCertificate: { method: "DELETE", path: "/push-certificates/{id}", summary: "Remove a topic that no device depends on", params: idParams, status: 200, answer: push.pushCertificateList },
  listPushCertificateRequests: { method: "GET", path: "/push-certificates/requests", summary: "List waiting requests for push certificates", status: 200, answer: push.pushCertificateRequestList },
  createPushCertificateRequest: { method: "POST", path: "/push-certificates/requests", summary: "Make a key and a CSR, signed if a vendor certificate is here", body: push.createPushCertificateRequestBody, status: 201, answer: push.pushCertificateRequest },
  getPushCertificateRequest: { method: "GET", path: "/push-certificates/requests/{id}", summary: "Read a waiting request", params: idParams, status: 200, answer: push.pushCertificateRequest },
  deletePushCertificateRequest: { method: "DELETE", path: "/push-certificates/requests/{id}", summary: "Throw a waiting request and its key away", params: idParams, status: 200, answer: push.pushCertificateRequest },
  signPushCertificateRequest: { method: "POST", path: "/push-certificates/requests/{id}/signature", summary: "Sign a request by the vendor certificate, or take a signing service's answer", params: idParams, body: push.signPushCertificateRequestBody, status: 200, answer: push.pushCertificateRequestSigned },
  getVendorCertificate: { method: "GET", path: "/push-certificates/vendor", summary: "Read the MDM vendor certificate", status: 200, answer: push.vendorCertificate },
  uploadVendorCertificate: { method: "POST", path: "/push-certificates/vendor", summary: "Upload the MDM vendor certificate", body: push.keyPairUpload, status: 201, answer: push.vendorCertificateUploaded },
  removeVendorCertificate: { method: "DELETE", path: "/push-certificates/vendor", summary: "Forget the MDM vendor certificate and its key", status: 200, answer: push.vendorCertificate },
  listPeople: { method: "GET", path: "/people", summary: "List who may sign in", status: 200, answer: people.personList },
  createPerson: { method: "POST", path: "/people", summary: "Add a person, with a one-time link for choosing a password", body: people.createPersonBody, status: 201, answer: people.passwordLink },
  changePerson: { method: "POST", path: "/people/{id}", summary: "Change name or role of a person, disable or enable", params: idParams, body: people.changePersonBody, status: 200, answer: people.person },
  makePasswordLink: { method: "POST", path: "/people/{id}/password-link", summary: "Make a one-time link for choosing a new password", params: idParams, status: 201, answer: people.passwordLink },
  choosePassword: { method: "POST", path: "/password", summary: "Choose a password with a one-time link", body: people.choosePasswordBody, status: 200, answer: people.passwordChosen },
  changePassword: { method: "POST", path: "/me/password", summary: "Change one's own password; every session ends", body: people.changePasswordBody, status: 200, answer: people.passwordChosen },
  listApiTokens: { method: "GET", path: "/api-tokens", summary: "List API tokens", status: 200, answer: accounts.apiTokenList },
  createApiToken: { method: "POST", path: "/api-tokens", summary: "Make an API token", body: accounts.createApiTokenBody, status: 201, answer: accounts.apiTokenCreated },
  revokeApiToken: { method: "DELETE", path: "/api-tokens/{id}", summary: "Revoke an API token", params: idParams, status: 200, answer: accounts.apiToken },
  getReadiness: { method: "GET", path: "/readiness", summary: "Check everything a first device depends on", status: 200, answer: readiness.readiness },
  getSimulation: { method: "GET", path: "/simulation", summary: "Whether simulated devices are here", status: 200, answer: simulation.simulation },
  startSimulation: { method: "POST", path: "/simulation", summary: "Add simulated devices", body: simulation.startSimulationBody, status: 202, answer: simulation.simulation },
  removeSimulation: { method: "DELETE", path: "/simulation", summary: "Remove simulated devices with everything of theirs", status: 200, answer: simulation.simulation },
  getSettings: { method: "GET", path: "/settings", summary: "Read the settings of the server", status: 200, answer: settings.settings },
  changeSettings: { method: "POST", path: "/settings", summary: "Change settings of the server", body: settings.changeSettingsBody, status: 200, answer: settings.settings },
  listAuditEvents: { method: "GET", path: "/audit-events", summary: "What people and scripts did", query: events.eventListQuery, status: 200, answer: events.eventList },
  listDeviceEvents: { method: "GET", path: "/devices/{id}/events", summary: "The timeline of a device", params: idParams, query: events.eventListQuery, status: 200, answer: events.eventList },
  listUnknownContacts: { method: "GET", path: "/unknown-contacts", summary: "Strangers on device routes", query: listQuery, status: 200, answer: devices.unknownContactList },
  adoptContact: { method: "POST", path: "/unknown-contacts/{id}/adopt", summary: "Take an unknown contact in, by the fingerprint of its certificate", params: idParams, body: devices.adoptContactBody, status: 200, answer: devices.unknownContact },
  /** Server-sent events: each `data` is one event. `Last-Event-ID` resumes. */
  streamEvents: { method: "GET", path: "/events", summary: "Live events (text/event-stream)", query: events.eventStreamQuery, status: 200, answer: null },
} as const satisfies Record<string, Operation>;
