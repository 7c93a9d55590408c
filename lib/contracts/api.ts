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
import { ROUTES } from "./routes";
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
  openapi: { ...ROUTES.openapi, summary: "This description", status: 200, answer: z.record(z.string(), z.unknown()) },
  setup: { ...ROUTES.setup, summary: "Make the first owner with the one-time token", body: accounts.setupBody, status: 201, answer: accounts.me },
  me: { ...ROUTES.me, summary: "Who is asking", status: 200, answer: accounts.me },
  overview: { ...ROUTES.overview, summary: "Numbers of the first page", status: 200, answer: events.overview },
  listLinks: { ...ROUTES.listLinks, summary: "List enrollment links", query: links.enrollmentLinkListQuery, status: 200, answer: links.enrollmentLinkList },
  createLink: { ...ROUTES.createLink, summary: "Make an enrollment link", body: links.createEnrollmentLinkBody, status: 201, answer: links.enrollmentLink },
  getLink: { ...ROUTES.getLink, summary: "Read an enrollment link", params: idParams, status: 200, answer: links.enrollmentLinkDetail },
  mailLink: { ...ROUTES.mailLink, summary: "Mail an enrollment link", params: idParams, body: links.mailLinkBody, status: 202, answer: links.linkMailed },
  listLinkEvents: { ...ROUTES.listLinkEvents, summary: "What happened by an enrollment link", params: idParams, query: events.eventListQuery, status: 200, answer: events.eventList },
  listLinkDevices: { ...ROUTES.listLinkDevices, summary: "Devices whose newest life came by an enrollment link", params: idParams, query: listQuery, status: 200, answer: devices.deviceList },
  revokeLink: { ...ROUTES.revokeLink, summary: "Revoke an enrollment link", params: idParams, status: 200, answer: links.enrollmentLink },
  listDevices: { ...ROUTES.listDevices, summary: "List devices", query: devices.deviceListQuery, status: 200, answer: devices.devicePage },
  countDevices: { ...ROUTES.countDevices, summary: "Count devices", query: deviceFilter, status: 200, answer: devices.deviceCount },
  exportDevices: { ...ROUTES.exportDevices, summary: "List devices as a CSV file", query: devices.deviceCsvQuery, status: 200, answer: null, media: "text/csv" },
  reviewDevices: { ...ROUTES.reviewDevices, summary: "Tell which devices of a target could take something, and why the others could not; changes nothing", body: actions.reviewBody, status: 200, answer: actions.review },
  pushDevices: { ...ROUTES.pushDevices, summary: "Push many devices", body: actions.pushManyBody, status: 202, answer: actions.acted },
  terminateDevices: { ...ROUTES.terminateDevices, summary: "End the management of many devices", body: actions.terminateManyBody, status: 202, answer: actions.acted },
  listSavedViews: { ...ROUTES.listSavedViews, summary: "List saved views of the devices, with their counts", status: 200, answer: views.savedViewList },
  createSavedView: { ...ROUTES.createSavedView, summary: "Save a view", body: views.createSavedViewBody, status: 201, answer: views.savedView },
  deleteSavedView: { ...ROUTES.deleteSavedView, summary: "Delete a saved view", params: idParams, status: 200, answer: views.savedView },
  getDevice: { ...ROUTES.getDevice, summary: "Read a device", params: idParams, status: 200, answer: devices.device },
  changeDevice: { ...ROUTES.changeDevice, summary: "Say whom a device is for", params: idParams, body: devices.changeDeviceBody, status: 200, answer: devices.device },
  listDeviceCommands: { ...ROUTES.listDeviceCommands, summary: "List the commands of a device", params: idParams, query: commands.commandListQuery, status: 200, answer: commands.commandList },
  sendCommand: { ...ROUTES.sendCommand, summary: "Queue a command", params: idParams, body: commands.sendCommandBody, status: 201, answer: commands.commandQueued },
  listExchanges: { ...ROUTES.listExchanges, summary: "What a device said lately and was answered", params: idParams, query: exchanges.exchangeListQuery, status: 200, answer: exchanges.exchangeList },
  getExchange: { ...ROUTES.getExchange, summary: "Read one exchange with both bodies, secrets masked", params: exchanges.exchangeParams, status: 200, answer: exchanges.exchangeDetail },
  listDeviceCertificates: { ...ROUTES.listDeviceCertificates, summary: "The certificates on a device, as it told them last", params: idParams, status: 200, answer: devices.deviceCertificates },
  revealSecret: { ...ROUTES.revealSecret, summary: "Show an escrowed secret, with a reason for the audit log", params: devices.secretParams, body: devices.revealSecretBody, status: 200, answer: devices.revealedSecret },
  getDevicePush: { ...ROUTES.getDevicePush, summary: "Why a device does or does not answer pushes", params: idParams, status: 200, answer: devicePushes.devicePush },
  pushDevice: { ...ROUTES.pushDevice, summary: "Push the device now", params: idParams, status: 202, answer: devices.pushRequested },
  renewIdentity: { ...ROUTES.renewIdentity, summary: "Renew the identity of a device", params: idParams, status: 202, answer: identities.identityRenewal },
  listIdentities: { ...ROUTES.listIdentities, summary: "List the identities of managed devices, first to end first", query: identities.identityListQuery, status: 200, answer: identities.deviceIdentityList },
  listAuthorities: { ...ROUTES.listAuthorities, summary: "List the authorities that issue identities", status: 200, answer: identities.certificateAuthorityList },
  rotateAuthority: { ...ROUTES.rotateAuthority, summary: "Make a new authority; what the old one has issued is renewed", status: 201, answer: identities.certificateAuthority },
  terminateDevice: { ...ROUTES.terminateDevice, summary: "End the management of a device", params: idParams, body: devices.terminationBody, status: 202, answer: devices.device },
  forgetDevice: { ...ROUTES.forgetDevice, summary: "Remove the record of a device; the device hears nothing of it", params: idParams, body: devices.forgetDeviceBody, status: 200, answer: devices.deviceForgotten },
  getTerminationOptions: { ...ROUTES.getTerminationOptions, summary: "Which ways out a device understands", params: idParams, status: 200, answer: devices.terminationOptions },
  withdrawTermination: { ...ROUTES.withdrawTermination, summary: "Let management go on after all", params: idParams, status: 200, answer: devices.terminationWithdrawn },
  confirmTermination: { ...ROUTES.confirmTermination, summary: "Confirm a termination as a second person", params: idParams, status: 202, answer: devices.device },
  decideRestoreOfDevice: { ...ROUTES.decideRestoreOfDevice, summary: "Accept or reject a device that came back from a backup", params: idParams, body: restores.decideRestoreBody, status: 200, answer: restores.restore },
  listRestores: { ...ROUTES.listRestores, summary: "List devices that came back from a backup", query: restores.restoreListQuery, status: 200, answer: restores.restoreList },
  decideRestores: { ...ROUTES.decideRestores, summary: "Accept or reject many restored devices", body: restores.decideRestoresBody, status: 200, answer: restores.manyDecidedRestores },
  listAdmissions: { ...ROUTES.listAdmissions, summary: "List devices that asked to be let in", query: admissions.admissionListQuery, status: 200, answer: admissions.admissionList },
  getAdmission: { ...ROUTES.getAdmission, summary: "Read an admission", params: idParams, status: 200, answer: admissions.admission },
  decideAdmission: { ...ROUTES.decideAdmission, summary: "Let a device in or refuse it", params: idParams, body: admissions.decideAdmissionBody, status: 200, answer: admissions.admission },
  decideAdmissions: { ...ROUTES.decideAdmissions, summary: "Let many devices in or refuse them", body: admissions.decideAdmissionsBody, status: 200, answer: admissions.manyDecided },
  listGroups: { ...ROUTES.listGroups, summary: "List groups of devices", query: groups.groupListQuery, status: 200, answer: groups.deviceGroupList },
  createGroup: { ...ROUTES.createGroup, summary: "Make a group of devices", body: groups.createGroupBody, status: 201, answer: groups.deviceGroup },
  getGroup: { ...ROUTES.getGroup, summary: "Read a group", params: idParams, status: 200, answer: groups.deviceGroup },
  deleteGroup: { ...ROUTES.deleteGroup, summary: "Delete a group; its devices stay", params: idParams, status: 200, answer: groups.deviceGroup },
  listGroupMembers: { ...ROUTES.listGroupMembers, summary: "List the devices of a group", params: idParams, query: listQuery, status: 200, answer: devices.deviceList },
  changeGroupMembers: { ...ROUTES.changeGroupMembers, summary: "Add and remove devices of a group", params: idParams, body: groups.changeMembersBody, status: 200, answer: groups.deviceGroup },
  listDeclarations: { ...ROUTES.listDeclarations, summary: "List declarations", query: declarations.declarationListQuery, status: 200, answer: declarations.declarationList },
  createDeclaration: { ...ROUTES.createDeclaration, summary: "Make a declaration", body: declarations.createDeclarationBody, status: 201, answer: declarations.declaration },
  getDeclaration: { ...ROUTES.getDeclaration, summary: "Read a declaration", params: idParams, status: 200, answer: declarations.declaration },
  updateDeclaration: { ...ROUTES.updateDeclaration, summary: "Replace the payload of a declaration", params: idParams, body: declarations.updateDeclarationBody, status: 200, answer: declarations.declaration },
  deleteDeclaration: { ...ROUTES.deleteDeclaration, summary: "Delete a declaration", params: idParams, status: 200, answer: declarations.declaration },
  assignDeclaration: { ...ROUTES.assignDeclaration, summary: "Say which groups get a declaration", params: idParams, body: declarations.assignDeclarationBody, status: 200, answer: declarations.declaration },
  getDeviceDeclarations: { ...ROUTES.getDeviceDeclarations, summary: "Where declarative management of a device stands", params: idParams, status: 200, answer: declarations.deviceDeclarations },
  syncDeclarations: { ...ROUTES.syncDeclarations, summary: "Ask the device to read its declarations again", params: idParams, status: 202, answer: declarations.deviceDeclarations },
  listProfiles: { ...ROUTES.listProfiles, summary: "List configuration profiles", query: profiles.profileListQuery, status: 200, answer: profiles.profileList },
  uploadProfile: { ...ROUTES.uploadProfile, summary: "Upload a configuration profile", body: profiles.uploadProfileBody, status: 201, answer: profiles.profile },
  lintProfile: { ...ROUTES.lintProfile, summary: "Check a configuration profile without keeping it", body: profiles.lintProfileBody, status: 200, answer: profiles.profileLint },
  getProfile: { ...ROUTES.getProfile, summary: "Read a configuration profile with where it stands", params: idParams, status: 200, answer: profiles.profile },
  changeProfile: { ...ROUTES.changeProfile, summary: "Rename a configuration profile, or choose the version devices get", params: idParams, body: profiles.changeProfileBody, status: 200, answer: profiles.profile },
  deleteProfile: { ...ROUTES.deleteProfile, summary: "Delete a configuration profile and take it from its devices", params: idParams, status: 200, answer: profiles.profile },
  listProfileVersions: { ...ROUTES.listProfileVersions, summary: "List the versions of a configuration profile", params: idParams, status: 200, answer: profiles.profileVersionList },
  uploadProfileVersion: { ...ROUTES.uploadProfileVersion, summary: "Upload another version; devices get it", params: idParams, body: profiles.uploadVersionBody, status: 201, answer: profiles.profile },
  previewProfile: { ...ROUTES.previewProfile, summary: "Read a version with its secrets masked, as one device would get it", params: profiles.versionParams, query: profiles.previewQuery, status: 200, answer: profiles.profilePreview },
  downloadProfile: { ...ROUTES.downloadProfile, summary: "Download a version as it was uploaded, with its secrets", params: profiles.versionParams, status: 200, answer: null, media: "application/x-apple-aspen-config" },
  assignProfile: { ...ROUTES.assignProfile, summary: "Say which groups get a configuration profile", params: idParams, body: profiles.assignProfileBody, status: 200, answer: profiles.profile },
  listProfileDevices: { ...ROUTES.listProfileDevices, summary: "List where a configuration profile stands on its devices", params: idParams, query: profiles.profileDeviceQuery, status: 200, answer: profiles.profileDeviceList },
  retryProfile: { ...ROUTES.retryProfile, summary: "Try a configuration profile again where it failed or drifted", params: idParams, body: profiles.retryProfileBody, status: 202, answer: profiles.profile },
  listDeviceProfiles: { ...ROUTES.listDeviceProfiles, summary: "List where the profiles of the library stand on a device", params: idParams, status: 200, answer: profiles.deviceProfileList },
  listCommands: { ...ROUTES.listCommands, summary: "List the commands of all devices: those that are open, and those that ended within 7 days", query: batches.fleetCommandListQuery, status: 200, answer: batches.fleetCommandList },
  getCommand: { ...ROUTES.getCommand, summary: "Read a command with request and answer", params: idParams, status: 200, answer: commands.command },
  cancelCommand: { ...ROUTES.cancelCommand, summary: "Take a command out of the queue", params: idParams, status: 200, answer: commands.commandCancelled },
  retryCommand: { ...ROUTES.retryCommand, summary: "Queue an ended command again", params: idParams, status: 201, answer: commands.commandQueued },
  sendBatch: { ...ROUTES.sendBatch, summary: "Queue a command for many devices", body: batches.sendBatchBody, status: 202, answer: batches.commandBatch },
  listBatches: { ...ROUTES.listBatches, summary: "List command batches", query: listQuery, status: 200, answer: batches.commandBatchList },
  getBatch: { ...ROUTES.getBatch, summary: "Read a command batch with its progress", params: idParams, status: 200, answer: batches.commandBatch },
  listBatchCommands: { ...ROUTES.listBatchCommands, summary: "List the commands of a batch", params: idParams, query: batches.batchCommandListQuery, status: 200, answer: batches.batchCommandList },
  retryBatch: { ...ROUTES.retryBatch, summary: "Queue the failed or the silent of a batch again", params: idParams, body: batches.retryBatchBody, status: 202, answer: batches.commandBatch },
  cancelBatch: { ...ROUTES.cancelBatch, summary: "Take the open commands of a batch out of the queue", params: idParams, status: 200, answer: batches.batchCancelled },
  listAdeServers: { ...ROUTES.listAdeServers, summary: "List servers for Automated Device Enrollment", status: 200, answer: ade.adeServerList },
  createAdeServer: { ...ROUTES.createAdeServer, summary: "Add a server: makes the certificate for Apple's portal", body: ade.createAdeServerBody, status: 201, answer: ade.adeServer },
  getAdeServer: { ...ROUTES.getAdeServer, summary: "Read a server with its token, account and sync", params: idParams, status: 200, answer: ade.adeServer },
  changeAdeServer: { ...ROUTES.changeAdeServer, summary: "Rename a server, or say what new devices get", params: idParams, body: ade.changeAdeServerBody, status: 200, answer: ade.adeServer },
  deleteAdeServer: { ...ROUTES.deleteAdeServer, summary: "Forget a server; what is enrolled stays", params: idParams, status: 200, answer: ade.adeServer },
  putAdeServerToken: { ...ROUTES.putAdeServerToken, summary: "Upload or renew the server token", params: idParams, body: ade.putServerTokenBody, status: 200, answer: ade.adeServer },
  syncAdeServer: { ...ROUTES.syncAdeServer, summary: "Sync with Apple now", params: idParams, query: ade.syncAdeServerQuery, status: 202, answer: ade.adeServer },
  listAdeConfigurations: { ...ROUTES.listAdeConfigurations, summary: "List configurations of Automated Device Enrollment", status: 200, answer: ade.adeConfigurationList },
  createAdeConfiguration: { ...ROUTES.createAdeConfiguration, summary: "Make a configuration", body: ade.createAdeConfigurationBody, status: 201, answer: ade.adeConfiguration },
  getAdeConfiguration: { ...ROUTES.getAdeConfiguration, summary: "Read a configuration", params: idParams, status: 200, answer: ade.adeConfiguration },
  changeAdeConfiguration: { ...ROUTES.changeAdeConfiguration, summary: "Change a configuration; its devices are assigned anew", params: idParams, body: ade.changeAdeConfigurationBody, status: 200, answer: ade.adeConfiguration },
  deleteAdeConfiguration: { ...ROUTES.deleteAdeConfiguration, summary: "Delete a configuration that no device is assigned to", params: idParams, status: 200, answer: ade.adeConfiguration },
  listAdeDevices: { ...ROUTES.listAdeDevices, summary: "List the devices of the accounts, with why they are enrolled or not", query: ade.adeDeviceListQuery, status: 200, answer: ade.adeDeviceList },
  assignAdeDevices: { ...ROUTES.assignAdeDevices, summary: "Assign devices to a configuration, or to none", body: ade.assignAdeDevicesBody, status: 202, answer: ade.adeAssigned },
  listAccountConfigurations: { ...ROUTES.listAccountConfigurations, summary: "List account-driven enrollment", query: listQuery, status: 200, answer: accountDriven.accountConfigurationList },
  createAccountConfiguration: { ...ROUTES.createAccountConfiguration, summary: "Set up account-driven enrollment of a domain", body: accountDriven.createAccountConfigurationBody, status: 201, answer: accountDriven.accountConfiguration },
  getAccountConfiguration: { ...ROUTES.getAccountConfiguration, summary: "Read account-driven enrollment of a domain", params: idParams, status: 200, answer: accountDriven.accountConfiguration },
  changeAccountConfiguration: { ...ROUTES.changeAccountConfiguration, summary: "Change account-driven enrollment of a domain", params: idParams, body: accountDriven.changeAccountConfigurationBody, status: 200, answer: accountDriven.accountConfiguration },
  deleteAccountConfiguration: { ...ROUTES.deleteAccountConfiguration, summary: "Remove account-driven enrollment of a domain", params: idParams, status: 200, answer: accountDriven.accountConfiguration },
  listAccountTokens: { ...ROUTES.listAccountTokens, summary: "Who has signed in on a device", params: idParams, query: listQuery, status: 200, answer: accountDriven.accountTokenList },
  revokeAccountToken: { ...ROUTES.revokeAccountToken, summary: "Revoke what somebody got for signing in", params: idParams, status: 200, answer: accountDriven.accountToken },
  listPushCertificates: { ...ROUTES.listPushCertificates, summary: "List push certificates", status: 200, answer: push.pushCertificateList },
  uploadPushCertificate: { ...ROUTES.uploadPushCertificate, summary: "Upload a push certificate", body: push.uploadPushCertificateBody, status: 201, answer: push.pushCertificateUploaded },
  removePushCertificate: { ...ROUTES.removePushCertificate, summary: "Remove a topic that no device depends on", params: idParams, status: 200, answer: push.pushCertificateList },
  listPushCertificateRequests: { ...ROUTES.listPushCertificateRequests, summary: "List waiting requests for push certificates", status: 200, answer: push.pushCertificateRequestList },
  createPushCertificateRequest: { ...ROUTES.createPushCertificateRequest, summary: "Make a key and a CSR, signed if a vendor certificate is here", body: push.createPushCertificateRequestBody, status: 201, answer: push.pushCertificateRequest },
  getPushCertificateRequest: { ...ROUTES.getPushCertificateRequest, summary: "Read a waiting request", params: idParams, status: 200, answer: push.pushCertificateRequest },
  deletePushCertificateRequest: { ...ROUTES.deletePushCertificateRequest, summary: "Throw a waiting request and its key away", params: idParams, status: 200, answer: push.pushCertificateRequest },
  signPushCertificateRequest: { ...ROUTES.signPushCertificateRequest, summary: "Sign a request by the vendor certificate, or take a signing service's answer", params: idParams, body: push.signPushCertificateRequestBody, status: 200, answer: push.pushCertificateRequestSigned },
  getVendorCertificate: { ...ROUTES.getVendorCertificate, summary: "Read the MDM vendor certificate", status: 200, answer: push.vendorCertificate },
  uploadVendorCertificate: { ...ROUTES.uploadVendorCertificate, summary: "Upload the MDM vendor certificate", body: push.keyPairUpload, status: 201, answer: push.vendorCertificateUploaded },
  removeVendorCertificate: { ...ROUTES.removeVendorCertificate, summary: "Forget the MDM vendor certificate and its key", status: 200, answer: push.vendorCertificate },
  listPeople: { ...ROUTES.listPeople, summary: "List who may sign in", status: 200, answer: people.personList },
  createPerson: { ...ROUTES.createPerson, summary: "Add a person, with a one-time link for choosing a password", body: people.createPersonBody, status: 201, answer: people.passwordLink },
  changePerson: { ...ROUTES.changePerson, summary: "Change name or role of a person, disable or enable", params: idParams, body: people.changePersonBody, status: 200, answer: people.person },
  makePasswordLink: { ...ROUTES.makePasswordLink, summary: "Make a one-time link for choosing a new password", params: idParams, status: 201, answer: people.passwordLink },
  choosePassword: { ...ROUTES.choosePassword, summary: "Choose a password with a one-time link", body: people.choosePasswordBody, status: 200, answer: people.passwordChosen },
  changePassword: { ...ROUTES.changePassword, summary: "Change one's own password; every session ends", body: people.changePasswordBody, status: 200, answer: people.passwordChosen },
  listApiTokens: { ...ROUTES.listApiTokens, summary: "List API tokens", status: 200, answer: accounts.apiTokenList },
  createApiToken: { ...ROUTES.createApiToken, summary: "Make an API token", body: accounts.createApiTokenBody, status: 201, answer: accounts.apiTokenCreated },
  revokeApiToken: { ...ROUTES.revokeApiToken, summary: "Revoke an API token", params: idParams, status: 200, answer: accounts.apiToken },
  getReadiness: { ...ROUTES.getReadiness, summary: "Check everything a first device depends on", status: 200, answer: readiness.readiness },
  getSimulation: { ...ROUTES.getSimulation, summary: "Whether simulated devices are here", status: 200, answer: simulation.simulation },
  startSimulation: { ...ROUTES.startSimulation, summary: "Add simulated devices", body: simulation.startSimulationBody, status: 202, answer: simulation.simulation },
  removeSimulation: { ...ROUTES.removeSimulation, summary: "Remove simulated devices with everything of theirs", status: 200, answer: simulation.simulation },
  getSettings: { ...ROUTES.getSettings, summary: "Read the settings of the server", status: 200, answer: settings.settings },
  changeSettings: { ...ROUTES.changeSettings, summary: "Change settings of the server", body: settings.changeSettingsBody, status: 200, answer: settings.settings },
  listAuditEvents: { ...ROUTES.listAuditEvents, summary: "What people and scripts did", query: events.eventListQuery, status: 200, answer: events.eventList },
  listActivity: { ...ROUTES.listActivity, summary: "What happened to devices, all of them", query: events.eventListQuery, status: 200, answer: events.eventList },
  listDeviceEvents: { ...ROUTES.listDeviceEvents, summary: "The timeline of a device", params: idParams, query: events.eventListQuery, status: 200, answer: events.eventList },
  listUnknownContacts: { ...ROUTES.listUnknownContacts, summary: "Strangers on device routes", query: listQuery, status: 200, answer: devices.unknownContactList },
  adoptContact: { ...ROUTES.adoptContact, summary: "Take an unknown contact in, by the fingerprint of its certificate", params: idParams, body: devices.adoptContactBody, status: 200, answer: devices.unknownContact },
  /** Server-sent events: each `data` is one event. `Last-Event-ID` resumes. */
  streamEvents: { ...ROUTES.streamEvents, summary: "Live events (text/event-stream)", query: events.eventStreamQuery, status: 200, answer: null },
} as const satisfies Record<string, Operation>;
