package dev.attune.launcher.ask;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.Usage;
import dev.attune.page.FigureText;
import dev.attune.schema.Printable;
import java.math.BigDecimal;
import java.util.Optional;

/** The sentences about an answer: why it is not one, which model gave it, and what it cost. */
public final class ReplyNotes {
  private ReplyNotes() {}

  /**
   * Returns why an answer is not complete, as the failure of a command; empty for a complete one.
   *
   * @param model as typed
   */
  public static Optional<CommandFailure> failure(ModelReply reply, String model) {
    String detail = Printable.shortened(reply.finishDetail());
    String sentence =
        switch (reply.finish()) {
          case BLOCKED -> Messages.of("launcher.ask.blocked", model, detail);
          case REFUSED -> Messages.of("launcher.ask.refused", model);
          case CUT_OFF -> Messages.of("launcher.ask.cut-off", model);
          case COMPLETE ->
              reply.text().isBlank() ? Messages.of("launcher.ask.no-text", model) : "";
          case TOOL_CALLS -> "";
        };
    return sentence.isEmpty()
        ? Optional.empty()
        : Optional.of(new CommandFailure(FailureCode.ANSWER, sentence));
  }

  /** Returns the failure of a command whose model did not answer. */
  public static CommandFailure failure(ModelException e) {
    FailureCode code =
        switch (e.kind()) {
          case REQUEST, MODEL -> FailureCode.MODEL;
          case QUOTA, TRANSIENT -> FailureCode.UNAVAILABLE;
          case SPENDING -> FailureCode.COST;
        };
    return new CommandFailure(code, String.valueOf(e.getMessage()), e);
  }

  /** Returns the note about the model that answered in place of another; empty if none did. */
  public static Optional<String> fallback(ModelReply reply) {
    return Optional.ofNullable(reply.fallback())
        .map(why -> Messages.of("launcher.ask.fallback", Printable.shortened(why, 400)));
  }

  /** Returns the note about tokens and dollars. */
  public static String cost(Usage usage, BigDecimal spent) {
    String tokens =
        Messages.of(
            "launcher.ask.tokens",
            FigureText.count(usage.input() + usage.cachedInput()),
            FigureText.count(usage.output() + usage.thinking()));
    return spent.signum() == 0
        ? Messages.of("launcher.ask.costs-nothing", tokens)
        : Messages.of("launcher.ask.costs", Dollars.shown(spent), tokens);
  }
}
