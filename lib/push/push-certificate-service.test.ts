import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { daysFromNow, testAuthority, toPkcs12, type PushCertificateWish } from "@/tests/support/apns-certificates";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush } from "@/tests/support/push-enrollments";
import { checkPushCertificate } from "./push-certificate-checks";
import { listPushCertificates, removePushCertificate, topicChangeConfirmation, uploadPushCertificate } from "./push-certificate-service";
import { currentTopic } from "./push-topic";
import { readKeyPair } from "./read-key-pair";

const ACTOR = "user:owner@example.com";
let standIn: ApnsStandIn;
beforeAll(async () => {
  standIn = await ApnsStandIn.start();
  vi.stubEnv("APNS_CA_FILE", standIn.caFile);
});
afterAll(() => standIn.close());
withTestDatabase();
beforeEach(async () => {
  await database().pool.query(`TRUNCATE "PushCertificate", "Enrollment", "Device", "Event" CASCADE`);
});

const newTopic = () => `com.apple.mgmt.External.${randomUUID()}`;
const mint = (wish: PushCertificateWish) => standIn.mintPushCertificate({ key: "ec", ...wish });
const upload = async (wish: PushCertificateWish, more: Partial<UploadPushCertificateBody> = {}) =>
  uploadPushCertificate({ ...(await mint(wish)), ...more } as UploadPushCertificateBody, ACTOR);

async function refusalOf(uploading: Promise<unknown>): Promise<MusterError> {
  const error = await uploading.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof MusterError)) throw new Error("the upload was not refused", { cause: error });
  return error;
}
const failedChecks = ({ meta }: MusterError) => ((meta?.checks ?? []) as CertificateCheck[]).filter(({ passed }) => !passed).map(({ name }) => name);

describe("an accepted upload", () => {
  test("tells topic, end and every check, and is recorded", async () => {
    const topic = newTopic();
    const made = await upload({ topic }, { appleAccount: " it@example.com " });
    expect(made).toMatchObject({ topic, appleAccount: "it@example.com", createdBy: ACTOR, replacedAt: null, enrollments: 0 });
    expect(made.checks.map(({ name }) => name)).toEqual(["Private key", "Issuer", "Validity", "Key usage", "Topic", "Same topic as before"]);
    expect(made.checks.every(({ passed }) => passed)).toBe(true);
    const { rows } = await database().pool.query(`SELECT "actor", "data" FROM "Event" WHERE "kind" = 'push-certificate.uploaded'`);
    expect(rows).toMatchObject([{ actor: ACTOR, data: { id: made.id, topic } }]);
  });

  test("keeps the private key sealed", async () => {
    const pair = await mint({ topic: newTopic() });
    await uploadPushCertificate(pair, ACTOR);
    const { rows } = await database().pool.query<{ privateKeySealed: Buffer }>(`SELECT "privateKeySealed" FROM "PushCertificate"`);
    const der = Buffer.from(pair.privateKeyPem.replace(/-----[^-]+-----|\s/g, ""), "base64");
    expect(rows[0]?.privateKeySealed.includes(der.subarray(-32))).toBe(false);
  });

  test("may be a PKCS #12 file", async () => {
    const topic = newTopic();
    const pkcs12 = (await standIn.mintPkcs12({ topic }, "secret")).toString("base64");
    expect((await uploadPushCertificate({ pkcs12, password: "secret" }, ACTOR)).topic).toBe(topic);
  });

  test("replaces the earlier certificate of its topic, and gives new devices its topic", async () => {
    expect(await currentTopic()).toEqual({ topic: TEST_TOPIC, test: true });
    const topic = newTopic();
    const first = await upload({ topic });
    expect(await currentTopic()).toEqual({ topic, test: false });
    const second = await upload({ topic });
    const list = await listPushCertificates();
    expect(list).toMatchObject({ currentTopic: topic, testTopic: false });
    expect(list.items.map(({ id, replacedAt }) => [id, replacedAt === null])).toEqual([[second.id, true], [first.id, false]]);
  });

  test("a PEM file may hold the chain too, in any order", async () => {
    const topic = newTopic();
    const pair = await mint({ topic });
    const made = await uploadPushCertificate({ ...pair, certificatePem: standIn.caPem + pair.certificatePem }, ACTOR);
    expect(made.topic).toBe(topic);
    const { rows } = await database().pool.query<{ chainPem: string }>(`SELECT "chainPem" FROM "PushCertificate"`);
    expect(rows[0]?.chainPem.replace(/\s/g, "")).toBe(standIn.caPem.replace(/\s/g, ""));
  });
});

describe("a refused upload names what is wrong", () => {
  test.each<[string, string[], PushCertificateWish]>([
    ["an expired one", ["Validity"], { topic: newTopic(), notBefore: daysFromNow(-400), notAfter: daysFromNow(-1) }],
    ["one for later", ["Validity"], { topic: newTopic(), notBefore: daysFromNow(2) }],
    ["one for servers only", ["Key usage"], { topic: newTopic(), usages: ["1.3.6.1.5.5.7.3.1"] }],
    ["one without UID, even when the CN looks like a topic", ["Topic"], { topic: newTopic(), userId: null, commonName: newTopic() }],
    ["one for an app", ["Topic"], { topic: "com.example.app" }],
    ["one for simulated devices", ["Topic"], { topic: TEST_TOPIC }],
    ["one with several faults", ["Validity", "Topic"], { topic: "com.example.app", notBefore: daysFromNow(-400), notAfter: daysFromNow(-1) }],
  ])("%s", async (_what, expected, wish) => {
    const error = await refusalOf(upload(wish));
    expect(error.code).toBe("certificate-refused");
    expect(failedChecks(error)).toEqual(expected);
    expect((await listPushCertificates()).items).toEqual([]);
  });

  test("one of another authority", async () => {
    const stranger = await (await testAuthority("CN=Somebody else")).issuePush({ topic: newTopic(), key: "ec" });
    expect(failedChecks(await refusalOf(uploadPushCertificate(stranger, ACTOR)))).toEqual(["Issuer"]);
  });

  test("one with the key of another", async () => {
    const [one, other] = [await mint({ topic: newTopic() }), await mint({ topic: newTopic() })];
    const error = await refusalOf(uploadPushCertificate({ certificatePem: one.certificatePem, privateKeyPem: other.privateKeyPem }, ACTOR));
    expect(failedChecks(error)).toEqual(["Private key"]);
  });

  test("one that is here already", async () => {
    const pair = await mint({ topic: newTopic() });
    await uploadPushCertificate(pair, ACTOR);
    expect((await refusalOf(uploadPushCertificate(pair, ACTOR))).code).toBe("conflict");
    expect((await listPushCertificates()).items.map(({ replacedAt }) => replacedAt)).toEqual([null]);
  });

  test("a PKCS #12 file with the wrong password, a text that is no PEM, and an encrypted key", async () => {
    const pair = await mint({ topic: newTopic(), key: "rsa" });
    const pkcs12 = toPkcs12(pair, "right").toString("base64");
    const uploads: UploadPushCertificateBody[] = [
      { pkcs12, password: "wrong" },
      { ...pair, certificatePem: "no certificate" },
      { ...pair, privateKeyPem: "no key" },
      { ...pair, privateKeyPem: pair.privateKeyPem.replaceAll("PRIVATE KEY", "ENCRYPTED PRIVATE KEY") },
    ];
    for (const body of uploads) {
      const error = await refusalOf(uploadPushCertificate(body, ACTOR));
      expect(error.code).toBe("certificate-refused");
      expect(error.message).not.toContain(pair.privateKeyPem.split("\n")[1]);
    }
  });
});

test("a certificate of Apple's authority passes without APNS_CA_FILE", async () => {
  const apple = await testAuthority("C=US, O=Apple Inc., OU=Apple Certification Authority, CN=Apple Application Integration 2 Certification Authority");
  const checks = checkPushCertificate(readKeyPair(await apple.issuePush({ topic: newTopic() })), []);
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
});

describe("another topic than the one devices depend on", () => {
  test("is refused with the number of devices, until the sentence is typed", async () => {
    const [old, fresh] = [newTopic(), newTopic()];
    await enrollForPush(old, 3);
    await enrollForPush(old, 2, { state: "ended" });
    await enrollForPush(TEST_TOPIC, 4);
    await upload({ topic: old });
    const error = await refusalOf(upload({ topic: fresh }));
    expect(error.code).toBe("topic-change");
    expect(error.meta).toMatchObject({ topic: fresh, currentTopic: old, enrollments: 3, confirmation: "I will re-enroll 3 devices" });
    expect(failedChecks(error)).toEqual(["Same topic as before"]);
    expect((await refusalOf(upload({ topic: fresh }, { confirmTopicChange: topicChangeConfirmation(2) }))).code).toBe("topic-change");
    expect((await currentTopic()).topic).toBe(old);
    await upload({ topic: fresh }, { confirmTopicChange: topicChangeConfirmation(3) });
    expect((await currentTopic()).topic).toBe(fresh);
    // Devices of the old topic are still pushed with their own certificate.
    expect((await listPushCertificates()).items.map(({ topic, replacedAt }) => [topic, replacedAt])).toEqual([[fresh, null], [old, null]]);
  });

  test("stays the topic of new devices when the older one is renewed, and goes when nobody needs it", async () => {
    const [old, fresh] = [newTopic(), newTopic()];
    const [device] = await enrollForPush(old, 1);
    await upload({ topic: old }, { appleAccount: "first@example.com" });
    const second = await upload({ topic: fresh }, { confirmTopicChange: topicChangeConfirmation(1) });
    const renewed = await upload({ topic: old });
    expect(renewed).toMatchObject({ state: "needed", appleAccount: "first@example.com" });
    expect((await currentTopic()).topic).toBe(fresh);
    expect((await refusalOf(removePushCertificate(renewed.id, ACTOR))).code).toBe("conflict");
    await changeEnrollments([device?.id ?? ""], { state: "ended" });
    expect((await listPushCertificates()).items.map(({ topic, state }) => [topic, state])).toEqual([[old, "retired"], [fresh, "current"], [old, "replaced"]]);
    expect((await removePushCertificate(renewed.id, ACTOR)).items.map(({ id }) => id)).toEqual([second.id]);
    expect(await removePushCertificate(second.id, ACTOR)).toEqual({ items: [], currentTopic: TEST_TOPIC, testTopic: true });
    expect((await refusalOf(removePushCertificate(second.id, ACTOR))).code).toBe("not-found");
  });

  test("needs no confirmation while only simulated devices are enrolled", async () => {
    await enrollForPush(TEST_TOPIC, 2);
    await expect(upload({ topic: newTopic() })).resolves.toBeDefined();
  });

  test("may be renewed without confirmation when devices have it as well", async () => {
    const [one, other] = [newTopic(), newTopic()];
    await enrollForPush(one, 2);
    await enrollForPush(other, 1);
    await expect(upload({ topic: other })).resolves.toMatchObject({ enrollments: 1 });
  });
});

test("the sentence to type counts devices as people do", () => {
  expect([1, 2, 41].map(topicChangeConfirmation)).toEqual(["I will re-enroll 1 device", "I will re-enroll 2 devices", "I will re-enroll 41 devices"]);
});
