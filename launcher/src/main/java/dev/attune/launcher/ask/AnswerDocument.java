package dev.attune.launcher.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.JsonDocument;
import java.math.BigDecimal;

/** The document of {@code attune ask --json}; see answer.schema.json. */
public final class AnswerDocument {
  private AnswerDocument() {}

  /**
   * Returns the document.
   *
   * @param model as typed
   * @param thoughts whether the model's thoughts are shown
   * @param spent US dollars
   */
  public static String of(String model, AskedAnswer answer, boolean thoughts, BigDecimal spent) {
    ObjectNode document = JsonDocument.object();
    document.put("model", model);
    document.put("answer", answer.text());
    document.set("value", answer.value());
    document.put("thoughts", thoughts ? answer.reply().thoughts() : null);
    document.put("finish", answer.reply().finish().name());
    document.put("finishDetail", answer.reply().finishDetail());
    document.put("modelVersion", answer.reply().modelVersion());
    document.put("usingFallback", answer.reply().fallback());
    document.putPOJO("usage", answer.usage());
    document.put("costUsd", spent);
    document.putPOJO("toolCalls", answer.calls());
    return JsonDocument.text(document);
  }
}
