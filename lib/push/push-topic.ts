import { TEST_TOPIC } from "@/lib/contracts/words";
import { newestTopic } from "./push-certificate-store";

/** The topic that new enrollment profiles get: of the newest push certificate; the test topic while there is none. */
export async function currentTopic(): Promise<{ topic: string; test: boolean }> {
  const topic = await newestTopic();
  return topic === null ? { topic: TEST_TOPIC, test: true } : { topic, test: false };
}
