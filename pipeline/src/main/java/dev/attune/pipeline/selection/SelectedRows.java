package dev.attune.pipeline.selection;

import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.List;

/**
 * The rows that one command asks for.
 *
 * @param rows in the order of their bases
 * @param found how many rows have no improvement, those beyond the limit included
 */
public record SelectedRows(List<UnimprovedRow> rows, long found) {
  public SelectedRows {
    rows = List.copyOf(rows);
  }
}
