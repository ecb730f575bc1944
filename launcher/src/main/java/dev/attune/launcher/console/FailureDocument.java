package dev.attune.launcher.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The member {@code error} of failure.schema.json, which {@code --json} prints when a command
 * fails.
 *
 * @param exitCode exit code of the process
 * @param message last line of stderr
 */
record FailureDocument(FailureCode code, int exitCode, String message, List<ReportedFault> faults) {
  FailureDocument {
    faults = List.copyOf(faults);
  }

  /**
   * Returns the document to print.
   *
   * @param result the document that the command printed before it failed, which gets the error as a
   *     further member; anything else is left out
   */
  String addedTo(String result) {
    ObjectNode document = JsonDocument.object();
    try {
      if (CanonicalJson.read(result.getBytes(StandardCharsets.UTF_8))
          instanceof ObjectNode printed) {
        document = printed;
      }
    } catch (JsonProcessingException e) {
      // The command failed while it printed: its text is incomplete.
    }
    document.set("error", JsonDocument.node(this));
    return JsonDocument.text(document);
  }
}
