import { expect, test } from "vitest";
import { eventually, withStage } from "../support/stage";

const stage = withStage();
const csv = async (query: string) => (await stage.api.request("GET", `/devices.csv${query}`)).text();

test("a list, a count and a file of one filter tell of the same devices", async () => {
  const { id } = await stage.enrolledDevice({ model: "Mac", name: "Ledger Mac" });
  await stage.enrolledDevice({ model: "iPhone", name: "Ledger iPhone" });
  const filter = { query: "ledger", platform: "macos", state: "enrolled" };
  const { items, total, totalCapped } = await stage.api.call("listDevices", { query: filter });
  expect({ ids: items.map((device) => device.id), total, totalCapped }).toEqual({ ids: [id], total: 1, totalCapped: false });
  expect(await stage.api.call("countDevices", { query: filter })).toEqual({ total: 1, capped: false });
  expect(await csv("?query=ledger&platform=macos&columns=name,platform,state")).toBe("Name,Platform,State\r\nLedger Mac,macos,enrolled\r\n");
  const bytes = new Uint8Array(await (await stage.api.request("GET", "/devices.csv")).arrayBuffer());
  expect([...bytes.slice(0, 3)], "the mark of UTF-8").toEqual([0xef, 0xbb, 0xbf]);
});

test("a name that a device chose to look like a formula is text in the file", async () => {
  await stage.enrolledDevice({ name: '=HYPERLINK("http://evil.example","open")' });
  expect(await csv("?query=hyperlink&columns=name")).toContain(`"'=HYPERLINK(""http://evil.example"",""open"")"`);
});

test("devices of a list can be read again by their ids, whatever the filter is", async () => {
  const { id } = await stage.enrolledDevice();
  const { items } = await stage.api.call("listDevices", { query: { ids: `${id},00000000-0000-4000-8000-000000000000`, platform: "tvos" } });
  expect(items.map((device) => device.id)).toEqual([id]);
});

test.each(["state=asleep", "osAtLeast=new", "silentFor=soon", "groupId=x", "sort=colour", "push=!", "columns=name,secret"])("%s is 422 with a pointer to it", async (query) => {
  const path = query.startsWith("columns") ? `/devices.csv?${query}` : `/devices?${query}`;
  const answer = await stage.api.request("GET", path);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: `/${query.split("=")[0]}` }] });
});

test("a device is found by the person it is said to be for, until it is for nobody", async () => {
  const { id } = await stage.enrolledDevice();
  const found = async () => (await stage.api.call("listDevices", { query: { query: "wilhelmina" } })).items.map((device) => device.id);
  const change = (owner: string | null) => stage.api.call("changeDevice", { params: { id }, body: { owner } });
  expect(await change("Wilhelmina Quill")).toMatchObject({ id, owner: "Wilhelmina Quill" });
  expect(await found()).toEqual([id]);
  await expect(change(" ")).rejects.toMatchObject({ status: 422, problem: { errors: [{ pointer: "/owner" }] } });
  await change("Wilhelmina Quill");
  expect((await change(null)).owner).toBeNull();
  expect(await found()).toEqual([]);
  const told = (await stage.api.call("listAuditEvents", { query: { kind: "device.owner-changed" } })).items.map((event) => event.data);
  expect(told).toEqual([{ owner: null, before: "Wilhelmina Quill" }, { owner: "Wilhelmina Quill", before: null }]);
  const { token } = await stage.api.call("createApiToken", { body: { name: "reader", role: "viewer" } });
  await expect(stage.api.withToken(token).call("changeDevice", { params: { id }, body: { owner: "Mallory" } })).rejects.toMatchObject({ status: 403 });
});

test("a saved view is there for everybody with its count, once by its name, and goes when it is deleted", async () => {
  await stage.enrolledDevice({ model: "AppleTV", name: "Lobby" });
  const body = { name: "All televisions", filter: { platform: "tvos" } };
  const view = await stage.api.call("createSavedView", { body });
  expect(view).toMatchObject({ builtIn: false, filter: body.filter, count: { total: 1 } });
  await expect(stage.api.call("createSavedView", { body })).rejects.toMatchObject({ status: 409 });
  const { items } = await stage.api.call("listSavedViews");
  expect(items.find(({ id }) => id === view.id)).toMatchObject({ name: "All televisions", count: { total: 1, capped: false } });
  expect(items.filter(({ builtIn }) => builtIn).map(({ id }) => id)).toContain("silent");
  await stage.api.call("deleteSavedView", { params: { id: view.id } });
  expect((await stage.api.call("listSavedViews")).items.some(({ id }) => id === view.id)).toBe(false);
  const { items: audited } = await stage.api.call("listAuditEvents", {});
  expect(audited.slice(0, 2).map((event) => event.kind)).toEqual(["view.deleted", "view.saved"]);
});

test("a review tells who could take a command and why others could not, and changes nothing", async () => {
  const { id: mac } = await stage.enrolledDevice({ model: "Mac" });
  const { id: phone } = await stage.enrolledDevice({ model: "iPhone" });
  const target = { deviceIds: [mac, phone] };
  const review = await stage.api.call("reviewDevices", { body: { target, action: { kind: "command", requestType: "EnableLostMode", parameters: { Message: "Lost" } } } });
  expect(review).toMatchObject({ total: 2 });
  expect(review.left.find(({ devices }) => devices.some(({ id }) => id === mac))?.reason).toContain("macOS does not have this command.");
  expect((await stage.api.call("listBatches")).total).toBe(0);
});

test("many devices are pushed at once, as one line of the audit log", async () => {
  const one = await stage.enrolledDevice();
  const two = await stage.enrolledDevice();
  const target = { deviceIds: [one.id, two.id] };
  expect(await stage.api.call("reviewDevices", { body: { target, action: { kind: "push" } } })).toEqual({ total: 2, eligible: 2, left: [] });
  expect(await stage.api.call("pushDevices", { body: { target, expected: 2 } })).toEqual({ done: 2, left: 0 });
  for (const { device } of [one, two]) await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  const { items } = await stage.api.call("listAuditEvents", { query: { kind: "push.requested" } });
  expect(items).toMatchObject([{ deviceId: null, data: { devices: 2 } }]);
});

test("the management of many ends only when they are as many as was said", async () => {
  const devices = [await stage.enrolledDevice(), await stage.enrolledDevice()];
  const target = { deviceIds: devices.map(({ id }) => id) };
  await expect(stage.api.call("terminateDevices", { body: { target, method: "unauthorized", expected: 3 } })).rejects.toMatchObject({ status: 409, problem: { meta: { eligible: 2 } } });
  for (const { id } of devices) expect((await stage.device(id)).state).toBe("enrolled");
  expect(await stage.api.call("terminateDevices", { body: { target, method: "unauthorized", expected: 2 } })).toEqual({ done: 2, left: 0 });
  for (const { id } of devices) expect((await stage.device(id)).state).toBe("unenrolling");
  expect(await stage.api.call("reviewDevices", { body: { target, action: { kind: "termination" } } })).toMatchObject({ eligible: 0, left: [{ count: 2, reason: "Its management is being ended already." }] });
});

test("all that match at this moment join a group", async () => {
  const { id } = await stage.enrolledDevice({ name: "Joiner" });
  const group = await stage.api.call("createGroup", { body: { name: "Joiners" } });
  await stage.api.call("changeGroupMembers", { params: { id: group.id }, body: { addMatching: { query: "joiner" } } });
  const members = await eventually(() => stage.api.call("listGroupMembers", { params: { id: group.id } }), ({ total }) => total === 1);
  expect(members.items.map((device) => device.id)).toEqual([id]);
  expect((await stage.api.call("listDevices", { query: { groupId: group.id } })).items.map((device) => device.id)).toEqual([id]);
});

test("a viewer sees views and files, and changes nothing", async () => {
  const { token } = await stage.api.call("createApiToken", { body: { name: "Looker", role: "viewer" } });
  const viewer = stage.api.withToken(token);
  expect((await viewer.request("GET", "/devices.csv")).status).toBe(200);
  for (const [path, body] of [
    ["/saved-views", { name: "Mine", filter: {} }], ["/devices/push", { target: { filter: {} } }], ["/devices/termination", { target: { filter: {} }, method: "unauthorized" }],
    ["/devices/review", { target: { filter: {} }, action: { kind: "push" } }],
  ] as const) expect((await viewer.request("POST", path, { body })).status).toBe(403);
});
