import { expect, test } from "vitest";
import { oauthHeader } from "./oauth-signature";

test("the signature is the one that openssl computes over the base string of RFC 5849", () => {
  const token = { consumerKey: "CK_a+/=~!", consumerSecret: "CS_!*'()", accessToken: "AT_é", accessSecret: "AS_ ", expiresAt: new Date(0) };
  const header = oauthHeader(token, { method: "GET", url: "https://mdmenrollment.apple.com/session", nonce: "0a1b", seconds: 1_700_000_000 });
  // printf '%s' "GET&https%3A%2F%2Fmdmenrollment.apple.com%2Fsession&…" | openssl dgst -sha1 -hmac "CS_%21%2A%27%28%29&AS_%20" -binary | base64
  expect(header).toBe(
    'OAuth realm="ADM", oauth_consumer_key="CK_a%2B%2F%3D~%21", oauth_nonce="0a1b", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1700000000", oauth_token="AT_%C3%A9", oauth_version="1.0", oauth_signature="Ic5MqIaj6whnjSi7ugAo6ii7HwM%3D"',
  );
});
