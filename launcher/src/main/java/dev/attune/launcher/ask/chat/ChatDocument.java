package dev.attune.launcher.ask.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.models.ModelTurn;
import dev.attune.models.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** The document of {@code attune chat --json}. */
final class ChatDocument {
  private ChatDocument() {}

  /** Returns the document. */
  static String of(ChatLog log, Usage usage, BigDecimal spent) {
    ObjectNode document = JsonDocument.object();
    document.put("chat", log.id());
    document.put("model", log.model());
    document.put("system", log.history().system());
    ArrayNode turns = document.putArray("turns");
    for (ModelTurn turn : log.history().turns()) {
      turns
          .addObject()
          .put("role", turn.role().name().toLowerCase(Locale.ROOT))
          .put("text", text(turn));
    }
    document.putPOJO("usage", usage);
    document.put("costUsd", spent);
    return JsonDocument.text(document);
  }

  /** Returns the text of a turn. */
  static String text(ModelTurn turn) {
    return turn.parts().stream()
        .filter(ModelTurn.Text.class::isInstance)
        .map(part -> ((ModelTurn.Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}
