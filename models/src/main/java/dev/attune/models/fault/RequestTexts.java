package dev.attune.models.fault;

import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import java.util.ArrayList;
import java.util.List;

/** The texts of a request. */
final class RequestTexts {
  private RequestTexts() {}

  /** Returns system instruction, texts, arguments and results of tools, in order. */
  static List<String> of(ModelRequest request) {
    List<String> texts = new ArrayList<>();
    if (request.system() != null) {
      texts.add(request.system());
    }
    for (ModelTurn turn : request.turns()) {
      for (ModelTurn.Part part : turn.parts()) {
        if (part instanceof ModelTurn.Text text) {
          texts.add(text.text());
        } else if (part instanceof ModelTurn.ToolResult result) {
          texts.add(result.result());
        } else if (part instanceof ModelTurn.ToolCall call) {
          texts.add(call.arguments().toString());
        }
      }
    }
    return texts;
  }
}
