package dev.attune.launcher.improve;

import dev.attune.catalog.TokenEstimate;
import dev.attune.launcher.improve.RowResult.Improved;
import dev.attune.launcher.improve.RowResult.Unacceptable;
import dev.attune.launcher.improve.RowResult.Verdict;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.TextModel;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for a better answer to one row, checks it and has it judged. Safe for several threads. */
final class RowImprover {
  /** Rises with a change of the checks, so that rejected rows are looked at again. */
  private static final String CHECKS = "2";

  /** The most characters of a token; the longest answer that is judged is estimated with it. */
  private static final int TOKEN_CHARACTERS = 4;

  private static final int UNKNOWN_TOKENS = 1024;

  /** More bytes than a verdict has in a line. */
  private static final int VERDICT_BYTES = 500;

  private final TextModel writer;
  private final ImproveRequests requests;
  private final AnswerCheck check;
  private final @Nullable ImproveJudge judge;
  private final int mostBytes;

  /**
   * Creates an improver.
   *
   * @param judge or null for none
   * @param mostBytes of a line of improvements
   */
  RowImprover(
      TextModel writer,
      ImproveRequests requests,
      AnswerCheck check,
      @Nullable ImproveJudge judge,
      int mostBytes) {
    this.writer = writer;
    this.requests = requests;
    this.check = check;
    this.judge = judge;
    this.mostBytes = mostBytes;
  }

  /** Returns a hash of everything but the row that decides what comes of it. */
  String setup() {
    return PromptTemplate.mark(
        List.of(
            CHECKS,
            requests.fingerprint(),
            String.valueOf(writer.identity()),
            judge == null ? "" : judge.fingerprint()));
  }

  /** Returns the request for a better answer. */
  ModelRequest writing(UnimprovedRow row) {
    return requests.of(row);
  }

  /** Returns the requests to the judge as long as they can be; none without a judge. */
  List<ModelRequest> judging(UnimprovedRow row) {
    Integer most = requests.sampling().maxOutputTokens();
    int tokens = most == null ? UNKNOWN_TOKENS : most;
    return judge == null
        ? List.of()
        : judge.requests(row, "x".repeat(Math.multiplyExact(tokens, TOKEN_CHARACTERS)));
  }

  /**
   * Improves a row.
   *
   * @throws ModelException if a model does not answer, for another reason than this request
   */
  RowResult improve(UnimprovedRow row) throws ModelException, InterruptedException {
    ModelReply reply;
    try {
      reply = writer.ask(requests.of(row));
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.REQUEST) {
        return new Unacceptable(row, AnswerFault.INVALID_REQUEST, writer.identity().model());
      }
      throw e;
    }
    String model = ImproveJudge.version(writer, reply);
    AnswerCheck.Result checked = check.check(row, reply);
    String text = checked.text();
    AnswerFault fault = checked.fault();
    if (text == null || fault != null) {
      return new Unacceptable(row, fault == null ? AnswerFault.EMPTY : fault, model);
    }
    Improved improved = new Improved(row, text, model, null);
    if (TokenEstimate.utf8Bytes(ImproveFiles.line(improved)) + VERDICT_BYTES > mostBytes) {
      return new Unacceptable(row, AnswerFault.UNUSABLE, model);
    }
    return judge == null ? improved : judged(judge, row, text, model);
  }

  private static RowResult judged(ImproveJudge judge, UnimprovedRow row, String text, String model)
      throws ModelException, InterruptedException {
    Optional<Verdict> verdict;
    try {
      verdict = judge.judge(row, text);
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.REQUEST) {
        return new Unacceptable(row, AnswerFault.NOT_JUDGED, model);
      }
      throw e;
    }
    if (verdict.isEmpty()) {
      return new Unacceptable(row, AnswerFault.NOT_JUDGED, model);
    }
    if (!verdict.orElseThrow().better()) {
      return new Unacceptable(row, AnswerFault.NOT_BETTER, model);
    }
    return verdict.orElseThrow().commentHeeded()
        ? new Improved(row, text, model, verdict.orElseThrow())
        : new Unacceptable(row, AnswerFault.COMMENT_NOT_HEEDED, model);
  }
}
