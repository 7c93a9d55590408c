import type { BatchCommand, CommandBatchDto } from "@/lib/contracts/batches";
import type { Batch } from "@/lib/commands/batch-service";
import type { BatchCommandRow } from "@/lib/commands/command-list-store";
import { toCommandSummary } from "./command-dto";

export function toBatchDto(batch: Batch): CommandBatchDto {
  return {
    id: batch.id,
    requestType: batch.requestType,
    target: batch.target,
    total: batch.total,
    skipped: batch.skipped,
    skippedTotal: batch.skippedTotal,
    byState: batch.byState,
    createdBy: batch.createdBy,
    createdAt: batch.createdAt.toISOString(),
  };
}

export function toBatchCommandDto(row: BatchCommandRow): BatchCommand {
  return { ...toCommandSummary(row), deviceName: row.deviceName };
}
