/**
 * `standing`: the profiles $1 on every device that has or should have them. One that was assigned a moment ago has no row
 * yet, and a life that is over has none any more.
 */
export const STANDINGS = `"standing" AS (
  SELECT COALESCE(s."profileId", a."profileId") AS "profileId", COALESCE(s."enrollmentId", a."enrollmentId") AS "enrollmentId",
    s."identifier", s."state", s."versionId", s."commandId", s."errorChain", s."reason", s."missing", s."retryAt", s."installedAt", s."seenAt", s."driftedAt", s."driftUuid", s."changedAt"
  FROM (SELECT * FROM "DeviceProfile" WHERE "profileId" = ANY($1::uuid[])) AS s
  FULL JOIN (
    SELECT DISTINCT x."profileId", d."enrollmentId" FROM "ProfileAssignment" x JOIN "GroupMember" m ON m."groupId" = x."groupId" JOIN "Device" d ON d."id" = m."deviceId"
    WHERE x."profileId" = ANY($1::uuid[]) AND d."enrollmentId" IS NOT NULL) AS a ON a."profileId" = s."profileId" AND a."enrollmentId" = s."enrollmentId"
  JOIN "Enrollment" e ON e."id" = COALESCE(s."enrollmentId", a."enrollmentId") AND e."endedAt" IS NULL)`;

/** The state people see, of a row `w` and its command `c`: what the device has not fetched yet is pending. */
export const SHOWN_STATE = `CASE WHEN w."state" IS NULL THEN 'pending'
  WHEN w."state" = 'installing' AND c."state" IN ('queued','scheduled','deferred') THEN 'pending' ELSE w."state" END`;
