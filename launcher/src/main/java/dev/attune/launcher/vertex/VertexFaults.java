package dev.attune.launcher.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.rpc.BadRequest;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.message.Messages;
import java.util.Locale;
import java.util.stream.Collectors;

/** Converts errors of Vertex AI to faults with a kind and a sentence. */
final class VertexFaults {
  private final VertexPlace place;

  VertexFaults(VertexPlace place) {
    this.place = place;
  }

  /**
   * Returns the fault of a create call. Only codes with which the service itself refuses a request
   * mean that there is no job. UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, CANCELLED,
   * ABORTED and DATA_LOSS may also come from the network after the service has created the job.
   */
  BackEndException ofCreate(ApiException e) {
    return switch (e.getStatusCode().getCode()) {
      case INVALID_ARGUMENT,
          OUT_OF_RANGE,
          FAILED_PRECONDITION,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          UNIMPLEMENTED ->
          refusal(Messages.of("launcher.vertex.the-new-job"), e);
      case RESOURCE_EXHAUSTED ->
          isQuota(e)
              ? new BackEndException(
                  Kind.QUOTA,
                  Messages.of("launcher.vertex.jobs-quota", place.project(), ServiceMessage.of(e)),
                  e)
              : uncertainCreate(e);
      default -> uncertainCreate(e);
    };
  }

  /** Returns the fault of a list call, where NOT_FOUND is about the project or the location. */
  BackEndException ofList(String asked, ApiException e) {
    return e.getStatusCode().getCode() == Code.NOT_FOUND ? refusal(asked, e) : ofCall(asked, e);
  }

  /** Returns the fault of a call that reads or cancels {@code asked}, for example "the job 7". */
  BackEndException ofCall(String asked, ApiException e) {
    return switch (e.getStatusCode().getCode()) {
      case NOT_FOUND ->
          BackEndException.notFound(
              Messages.of(
                  "launcher.vertex.job-not-found", place.address(), asked, ServiceMessage.of(e)),
              e);
      case INVALID_ARGUMENT,
          OUT_OF_RANGE,
          FAILED_PRECONDITION,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          UNIMPLEMENTED ->
          refusal(asked, e);
      default -> BackEndException.uncertain(noAnswer(asked, e), e);
    };
  }

  private BackEndException refusal(String asked, ApiException e) {
    return BackEndException.refused(refusalSentence(asked, e), e);
  }

  /** Returns the sentence of a refusal. */
  String refusalSentence(String asked, ApiException e) {
    String said = said(e);
    return switch (e.getStatusCode().getCode()) {
      case PERMISSION_DENIED -> Messages.of("launcher.vertex.denied", asked, said, place.project());
      case UNAUTHENTICATED -> Messages.of("launcher.vertex.credentials", said);
      case UNIMPLEMENTED -> Messages.of("launcher.vertex.not-vertex", place.address(), said);
      case NOT_FOUND -> Messages.of("launcher.vertex.not-found", place.address(), asked, said);
      default -> refused(asked, said);
    };
  }

  /** Returns the sentence that there was no answer, without advice and without a full stop. */
  String noAnswer(String asked, ApiException e) {
    Code code = e.getStatusCode().getCode();
    return code == Code.DEADLINE_EXCEEDED
        ? Messages.of("launcher.vertex.too-late", place.address(), asked, place.call().toSeconds())
        : Messages.of(
            "launcher.vertex.no-answer", place.address(), asked, code, ServiceMessage.of(e));
  }

  private BackEndException uncertainCreate(ApiException e) {
    String noAnswer = noAnswer(Messages.of("launcher.vertex.the-create-call"), e);
    return BackEndException.uncertain(Messages.of("launcher.vertex.uncertain", noAnswer), e);
  }

  /**
   * Returns whether the service reported a used-up quota. gRPC uses the same code for a reply that
   * is too large and for too many pings, after which the job may exist.
   */
  private static boolean isQuota(ApiException e) {
    ErrorDetails details = e.getErrorDetails();
    return (details != null
            && (details.getQuotaFailure() != null || details.getErrorInfo() != null))
        || ServiceMessage.of(e).toLowerCase(Locale.ROOT).contains("quota");
  }

  /** Returns the violations that the service lists by field, or else its message. */
  private static String said(ApiException e) {
    ErrorDetails details = e.getErrorDetails();
    BadRequest bad = details == null ? null : details.getBadRequest();
    if (bad == null || bad.getFieldViolationsCount() == 0) {
      return ServiceMessage.of(e);
    }
    return ServiceMessage.of(
        bad.getFieldViolationsList().stream()
            .map(v -> v.getField() + ": " + v.getDescription().replaceAll("\\.$", ""))
            .collect(Collectors.joining("; ")));
  }

  private static String refused(String asked, String said) {
    if (said.contains("dataset_uri")) {
      return Messages.of("launcher.vertex.refused-dataset", asked, said);
    }
    if (said.contains("hyper_parameters") || said.contains("epoch") || said.contains("adapter")) {
      return Messages.of("launcher.vertex.refused-hyperparameters", asked, said);
    }
    return Messages.of(
        said.contains("odel") ? "launcher.vertex.refused-model" : "launcher.vertex.refused",
        asked,
        said);
  }
}
