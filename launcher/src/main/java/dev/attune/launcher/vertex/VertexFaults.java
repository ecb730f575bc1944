package dev.attune.launcher.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.rpc.BadRequest;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
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
          refusal("the tuning job", e);
      case RESOURCE_EXHAUSTED ->
          isQuota(e)
              ? new BackEndException(
                  Kind.QUOTA,
                  ("Project %s may not run another tuning job until one ends or Google raises its"
                          + " quota Global concurrent tuning jobs (%s)")
                      .formatted(place.project(), ServiceMessage.of(e)),
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
              "Vertex AI at %s did not find %s (%s): check tuning.project and tuning.location."
                  .formatted(place.address(), asked, ServiceMessage.of(e)),
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
      case PERMISSION_DENIED ->
          ("Vertex AI denies this account access to %s (%s): give it the role Vertex AI User"
               + " (roles/aiplatform.user) on project %s, where the API aiplatform.googleapis.com"
               + " must be enabled.")
              .formatted(asked, said, place.project());
      case UNAUTHENTICATED ->
          ("Vertex AI rejected the credentials of this machine (%s): log in again with gcloud"
                  + " auth application-default login.")
              .formatted(said);
      case UNIMPLEMENTED ->
          ("%s is not Vertex AI, or is another version of it (%s): check tuning.endpoint and"
                  + " tuning.location.")
              .formatted(place.address(), said);
      case NOT_FOUND ->
          ("Vertex AI at %s answered NOT_FOUND for %s (%s): check tuning.project, tuning.location"
                  + " and tuning.baseModel.")
              .formatted(place.address(), asked, said);
      default -> "Vertex AI refused " + asked + " (" + said + "): " + advice(said) + ".";
    };
  }

  /** Returns the sentence that there was no answer, without advice and without a full stop. */
  String noAnswer(String asked, ApiException e) {
    String why =
        e.getStatusCode().getCode() == Code.DEADLINE_EXCEEDED
            ? "no answer within tuning.callDeadline, " + place.call().toSeconds() + " s"
            : e.getStatusCode().getCode() + ": " + ServiceMessage.of(e);
    return "Vertex AI at " + place.address() + " did not answer for " + asked + " (" + why + ")";
  }

  private BackEndException uncertainCreate(ApiException e) {
    return BackEndException.uncertain(
        noAnswer("the new tuning job", e) + ", so the job may exist or not", e);
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

  private static String advice(String said) {
    if (said.contains("dataset_uri")) {
      return "check tuning.bucket, and that the tuning service's agent can read it";
    }
    if (said.contains("hyper_parameters") || said.contains("epoch") || said.contains("adapter")) {
      return "check tuning.epochs, tuning.adapterSize and tuning.learningRateMultiplier";
    }
    if (said.contains("base_model") || said.contains("odel")) {
      return "check tuning.baseModel and tuning.location";
    }
    return "check the section tuning of attune.yaml";
  }
}
