package dev.attune.launcher.ask;

import dev.attune.launcher.ask.tool.ToolBox;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.session.ModelFailure;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.PlannedRequests;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import dev.attune.schema.AnswerSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question: answers the model's calls of tools, and asks once more if the answer does not
 * fit the JSON Schema.
 */
public final class Asking {
  private final ModelSession session;
  private final @Nullable ToolBox tools;
  private final int mostRounds;
  private final @Nullable ReplyListener listener;
  private Usage usage = Usage.NONE;

  /**
   * Creates it.
   *
   * @param tools that the model may call, or null
   * @param mostRounds requests with results of tools
   * @param listener gets the answers while they arrive; null: they are not streamed
   */
  public Asking(
      ModelSession session,
      @Nullable ToolBox tools,
      int mostRounds,
      @Nullable ReplyListener listener) {
    this.session = session;
    this.tools = tools;
    this.mostRounds = mostRounds;
    this.listener = listener;
  }

  /**
   * Returns the answer to a question. An answer that is blocked, cut off or invalid is returned
   * with its failure.
   *
   * @throws CommandFailure if the cost is not agreed to, or the model does not answer
   */
  public AskedAnswer ask(AskedQuestion question)
      throws CommandFailure, IOException, InterruptedException {
    TextModel model = session.model(question.model());
    ModelRequest request = question.request(tools == null ? List.of() : tools.definitions());
    session.agree(List.of(new PlannedRequests(question.model(), List.of(request))));
    Exchange exchange = withTools(model, request, question.model());
    AnswerSchema schema = question.schema();
    CommandFailure failure = ReplyNotes.failure(exchange.reply(), question.model()).orElse(null);
    if (schema == null || failure != null) {
      return answer(exchange, null, failure);
    }
    JsonAnswer first = JsonAnswer.of(exchange.reply().text(), schema);
    if (first.faults().isEmpty()) {
      return answer(exchange, first, null);
    }
    Exchange again = withTools(model, corrected(exchange, first.faults()), question.model());
    failure = ReplyNotes.failure(again.reply(), question.model()).orElse(null);
    if (failure != null) {
      return answer(again, null, failure);
    }
    JsonAnswer second = JsonAnswer.of(again.reply().text(), schema);
    return answer(
        again,
        second,
        second.faults().isEmpty()
            ? null
            : new CommandFailure(
                FailureCode.ANSWER,
                second.faults(),
                Messages.of("launcher.ask.schema-broken", question.model()),
                null));
  }

  /** A request and its reply. */
  private record Exchange(ModelRequest request, ModelReply reply) {}

  private AskedAnswer answer(
      Exchange exchange, @Nullable JsonAnswer json, @Nullable CommandFailure failure) {
    return new AskedAnswer(
        exchange.reply(),
        json == null || json.value() == null ? exchange.reply().text() : json.text(),
        json == null ? null : json.value(),
        usage,
        tools == null ? List.of() : tools.calls(),
        failure);
  }

  private static ModelRequest corrected(Exchange exchange, List<String> faults) {
    List<ModelTurn> turns = new ArrayList<>(exchange.request().turns());
    String answer = exchange.reply().text();
    turns.add(ModelTurn.model(answer));
    turns.add(
        ModelTurn.user(
            "Your answer does not fit the JSON Schema: "
                + String.join("; ", faults)
                + ". Answer again, with JSON only."));
    return exchange.request().withTurns(turns);
  }

  /** Asks until the model calls no more tools. */
  private Exchange withTools(TextModel model, ModelRequest first, String typed)
      throws CommandFailure, IOException, InterruptedException {
    ModelRequest request = first;
    for (int round = 0; ; round++) {
      ModelReply reply = send(model, request);
      if (reply.toolCalls().isEmpty() || reply.finish() != Finish.TOOL_CALLS || tools == null) {
        return new Exchange(request, reply);
      }
      if (round == mostRounds) {
        throw new CommandFailure(
            FailureCode.ANSWER, Messages.of("launcher.tool.rounds", typed, mostRounds));
      }
      request = request.withTurns(continued(request, reply, tools));
    }
  }

  private static List<ModelTurn> continued(ModelRequest request, ModelReply reply, ToolBox tools)
      throws IOException, InterruptedException {
    List<ModelTurn.Part> called = new ArrayList<>();
    if (!reply.text().isEmpty()) {
      called.add(new ModelTurn.Text(reply.text()));
    }
    called.addAll(reply.toolCalls());
    List<ModelTurn.Part> results = new ArrayList<>();
    for (ModelTurn.ToolCall call : reply.toolCalls()) {
      results.add(tools.answer(call));
    }
    List<ModelTurn> turns = new ArrayList<>(request.turns());
    turns.add(new ModelTurn(ModelTurn.Role.MODEL, called));
    turns.add(new ModelTurn(ModelTurn.Role.TOOL, results));
    return turns;
  }

  private ModelReply send(TextModel model, ModelRequest request)
      throws CommandFailure, InterruptedException {
    try {
      ModelReply reply = listener == null ? model.ask(request) : model.stream(request, listener);
      usage = usage.plus(reply.usage());
      return reply;
    } catch (ModelException e) {
      throw ModelFailure.of(e);
    }
  }
}
