package dev.attune.launcher.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.judge.panel.OrderVerdict;
import dev.attune.models.ModelReply;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A judge's verdict in one order, or why there is none.
 *
 * @param verdict {@link OrderVerdict#NONE} if there is a fault
 * @param fault why there is no verdict, or null
 */
public record JudgeReply(OrderVerdict verdict, @Nullable Fault fault) {
  /** Why there is no verdict. */
  public enum Fault {
    /** The service refused the request, or the model did not want to answer. */
    REFUSED("refused"),
    /** A filter of the provider blocked the request or the answer. */
    BLOCKED("blocked"),
    /** The limit of tokens cut the answer off. */
    CUT_OFF("cut off"),
    /** The answer is not in the form of the rubric's schema. */
    WRONG_FORM("not in the required form");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    /** Returns it in words, e.g. {@code cut off}. */
    public String words() {
      return words;
    }
  }

  static JudgeReply none(Fault fault) {
    return new JudgeReply(OrderVerdict.NONE, fault);
  }

  static JudgeReply of(ModelReply reply) {
    return switch (reply.finish()) {
      case COMPLETE -> parsed(reply.text());
      case BLOCKED -> none(Fault.BLOCKED);
      case CUT_OFF -> none(Fault.CUT_OFF);
      case REFUSED -> none(Fault.REFUSED);
      case TOOL_CALLS -> none(Fault.WRONG_FORM);
    };
  }

  private static JudgeReply parsed(String text) {
    JsonNode answer;
    try {
      answer = CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return none(Fault.WRONG_FORM);
    }
    return switch (answer.path(Rubric.BETTER).asText()) {
      case "a" -> new JudgeReply(OrderVerdict.FIRST, null);
      case "b" -> new JudgeReply(OrderVerdict.SECOND, null);
      case "equal" -> new JudgeReply(OrderVerdict.EQUAL, null);
      default -> none(Fault.WRONG_FORM);
    };
  }
}
