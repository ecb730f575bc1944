package dev.attune.launcher.ask;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.models.ModelReply;
import dev.attune.schema.Printable;
import java.util.Optional;
import java.util.Set;

/** The sentences about an answer: why it is not one, and which model gave it. */
public final class ReplyNotes {
  /** What providers call the limit of tokens; some recorded answers have no word. */
  private static final Set<String> LIMITS = Set.of("length", "MAX_TOKENS", "");

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
          case CUT_OFF ->
              LIMITS.contains(reply.finishDetail())
                  ? Messages.of("launcher.ask.cut-off", model)
                  : Messages.of("launcher.ask.ended-early", model, detail);
          case COMPLETE -> reply.text().isBlank() ? Messages.of("launcher.ask.no-text", model) : "";
          case TOOL_CALLS -> "";
        };
    return sentence.isEmpty()
        ? Optional.empty()
        : Optional.of(new CommandFailure(FailureCode.ANSWER, sentence));
  }

  /** Returns the note about the model that answered in place of another; empty if none did. */
  public static Optional<String> fallback(ModelReply reply) {
    return Optional.ofNullable(reply.fallback())
        .map(why -> Messages.of("launcher.ask.fallback", Printable.shortened(why, 400)));
  }
}
