import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { newestTopic } from "./push-certificate-store";

/** The topic that new enrollment profiles get: the one that came last; the test topic while there is no push certificate. */
export async function currentTopic(): Promise<{ topic: string; test: boolean }> {
  const topic = await newestTopic(database().pool);
  return topic === null ? { topic: TEST_TOPIC, test: true } : { topic, test: false };
}
