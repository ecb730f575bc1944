package dev.attune.launcher.evaluation.conversation;

import dev.attune.launcher.evaluation.document.EvaluationFiles;
import java.util.List;

/**
 * An evaluation by judges that was entered in the ledger.
 *
 * @param id id of the ledger entry
 * @param files evaluation.json and evaluation.html
 * @param document the content of evaluation.json
 * @param summary the win rates in a few words, for a line of attune run
 * @param lines the figures for people, without the names of the files
 * @param spent sentence about what the judges cost; empty if none was asked over a network
 */
public record ConversationResult(
    String id,
    EvaluationFiles files,
    String document,
    String summary,
    List<String> lines,
    String spent) {
  public ConversationResult {
    lines = List.copyOf(lines);
  }

  static ConversationResult of(
      String id, ConversationReport report, EvaluationFiles files, String spent) {
    return new ConversationResult(
        id,
        files,
        ConversationDocument.of(report),
        ConversationText.summary(report),
        ConversationText.lines(report),
        spent);
  }
}
