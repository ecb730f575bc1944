package dev.attune.launcher.estimate;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import java.util.ArrayList;
import java.util.List;

/** Implements {@link TokenMethod#TURN_RECORDS_COUNTED} with requests of 100 records. */
final class CountedTurnRecords extends SplitTokenCounter {
  private static final int MOST_RECORDS = 100;

  private final TokenCounter counter;
  private final String baseModel;
  private final List<ExampleLine> waiting = new ArrayList<>();

  CountedTurnRecords(TokenCounter counter, String baseModel) {
    this.counter = counter;
    this.baseModel = baseModel;
  }

  @Override
  void add(ExampleLine line) throws CommandFailure {
    for (int i = 0; i < line.turns().size(); i++) {
      if (line.turns().get(i).role() == Role.MODEL) {
        waiting.add(new ExampleLine(line.system(), line.turns().subList(0, i + 1)));
        if (waiting.size() == MOST_RECORDS) {
          ask();
        }
      }
    }
  }

  @Override
  void finish() throws CommandFailure {
    if (!waiting.isEmpty()) {
      ask();
    }
  }

  private void ask() throws CommandFailure {
    long padding = (long) EstimatedTurnRecords.PADDING_TOKENS * waiting.size();
    count(waiting.size(), counter.count(baseModel, List.copyOf(waiting)) + padding);
    waiting.clear();
  }
}
