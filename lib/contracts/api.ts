import { z } from "zod";
import * as accounts from "./accounts";
import * as commands from "./commands";
import { idParams, listQuery } from "./common";
import * as devices from "./devices";
import * as links from "./enrollment-links";
import * as events from "./events";
import * as push from "./push-certificates";

/** One operation of /api/v1; the OpenAPI document is made of these and a test holds the routes against them. */
export interface Operation {
  method: "GET" | "POST" | "DELETE";
  /** Below /api/v1, with parameters in braces. */
  path: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The status of success and its body; null when there is none. */
  status: number;
  answer: z.ZodType | null;
}

export const API = {
  openapi: { method: "GET", path: "/openapi.json", summary: "This description", status: 200, answer: z.record(z.string(), z.unknown()) },
  setup: { method: "POST", path: "/setup", summary: "Make the first owner with the one-time token", body: accounts.setupBody, status: 201, answer: accounts.me },
  me: { method: "GET", path: "/me", summary: "Who is asking", status: 200, answer: accounts.me },
  overview: { method: "GET", path: "/overview", summary: "Numbers of the first page", status: 200, answer: events.overview },
  listLinks: { method: "GET", path: "/enrollment-links", summary: "List enrollment links", query: links.enrollmentLinkListQuery, status: 200, answer: links.enrollmentLinkList },
  createLink: { method: "POST", path: "/enrollment-links", summary: "Make an enrollment link", body: links.createEnrollmentLinkBody, status: 201, answer: links.enrollmentLink },
  getLink: { method: "GET", path: "/enrollment-links/{id}", summary: "Read an enrollment link", params: idParams, status: 200, answer: links.enrollmentLink },
  revokeLink: { method: "DELETE", path: "/enrollment-links/{id}", summary: "Revoke an enrollment link", params: idParams, status: 200, answer: links.enrollmentLink },
  listDevices: { method: "GET", path: "/devices", summary: "List devices", query: devices.deviceListQuery, status: 200, answer: devices.deviceList },
  getDevice: { method: "GET", path: "/devices/{id}", summary: "Read a device", params: idParams, status: 200, answer: devices.device },
  listDeviceCommands: { method: "GET", path: "/devices/{id}/commands", summary: "List the commands of a device", params: idParams, query: commands.commandListQuery, status: 200, answer: commands.commandList },
  sendCommand: { method: "POST", path: "/devices/{id}/commands", summary: "Queue a command", params: idParams, body: commands.sendCommandBody, status: 201, answer: commands.commandQueued },
  pushDevice: { method: "POST", path: "/devices/{id}/push", summary: "Push the device now", params: idParams, status: 202, answer: devices.pushRequested },
  terminateDevice: { method: "POST", path: "/devices/{id}/termination", summary: "End the management of a device", params: idParams, body: devices.terminationBody, status: 202, answer: devices.device },
  getCommand: { method: "GET", path: "/commands/{id}", summary: "Read a command with request and answer", params: idParams, status: 200, answer: commands.command },
  cancelCommand: { method: "POST", path: "/commands/{id}/cancel", summary: "Take a command out of the queue", params: idParams, status: 200, answer: commands.commandCancelled },
  retryCommand: { method: "POST", path: "/commands/{id}/retry", summary: "Queue an ended command again", params: idParams, status: 201, answer: commands.commandQueued },
  listPushCertificates: { method: "GET", path: "/push-certificates", summary: "List push certificates", status: 200, answer: push.pushCertificateList },
  uploadPushCertificate: { method: "POST", path: "/push-certificates", summary: "Upload a push certificate", body: push.uploadPushCertificateBody, status: 201, answer: push.pushCertificateUploaded },
  listApiTokens: { method: "GET", path: "/api-tokens", summary: "List API tokens", status: 200, answer: accounts.apiTokenList },
  createApiToken: { method: "POST", path: "/api-tokens", summary: "Make an API token", body: accounts.createApiTokenBody, status: 201, answer: accounts.apiTokenCreated },
  revokeApiToken: { method: "DELETE", path: "/api-tokens/{id}", summary: "Revoke an API token", params: idParams, status: 200, answer: accounts.apiToken },
  listAuditEvents: { method: "GET", path: "/audit-events", summary: "What people and scripts did", query: events.eventListQuery, status: 200, answer: events.eventList },
  listDeviceEvents: { method: "GET", path: "/devices/{id}/events", summary: "The timeline of a device", params: idParams, query: events.eventListQuery, status: 200, answer: events.eventList },
  listUnknownContacts: { method: "GET", path: "/unknown-contacts", summary: "Strangers on device routes", query: listQuery, status: 200, answer: devices.unknownContactList },
  /** Server-sent events: each `data` is one event. `Last-Event-ID` resumes. */
  streamEvents: { method: "GET", path: "/events", summary: "Live events (text/event-stream)", query: events.eventStreamQuery, status: 200, answer: null },
} as const satisfies Record<string, Operation>;
