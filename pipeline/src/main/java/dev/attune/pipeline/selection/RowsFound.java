package dev.attune.pipeline.selection;

import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.UnimprovedRow;
import org.apache.beam.sdk.values.PCollection;

/**
 * The input of {@link SelectRows}.
 *
 * @param rows redacted, each once
 * @param refusals reasons to select nothing
 */
public record RowsFound(PCollection<UnimprovedRow> rows, PCollection<Refusal> refusals)
    implements CollectionRecord<RowsFound> {}
