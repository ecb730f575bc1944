package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.ServiceRefusal;

/** An answer that is an error, in the form of the service. */
final class DataflowRefusal extends ServiceRefusal {
  private static final long serialVersionUID = 1;

  DataflowRefusal(int code, String text) {
    super(code, reason(code), text);
  }

  /** A refusal with a message as the service gives it with this status. */
  static DataflowRefusal of(int code) {
    return new DataflowRefusal(
        code,
        switch (code) {
          case 400 -> "Request contains an invalid argument.";
          case 401 -> "Request had invalid authentication credentials.";
          case 403 ->
              "(c0ffee): Current user cannot act as service account"
                  + " worker@test-project.iam.gserviceaccount.com.";
          case 404 -> "Requested entity was not found.";
          case 409 -> "Requested entity already exists";
          case 429 ->
              "Quota exceeded for quota metric 'Jobs' of service 'dataflow.googleapis.com'.";
          case 503 -> "The service is currently unavailable.";
          default -> "Internal error encountered.";
        });
  }

  static DataflowRefusal activeName(String name) {
    return new DataflowRefusal(
        409,
        "(c0ffee): The workflow could not be created. Causes: (c0ffee): There is already an active"
            + " job named "
            + name
            + ". If you want to submit a second job, try again by setting a different name.");
  }

  static DataflowRefusal knownRequest(String id) {
    return new DataflowRefusal(
        409,
        "(c0ffee): The workflow could not be created, since it was sent to an out-of-date server or"
            + " a job with the client request id "
            + id
            + " exists.");
  }

  static DataflowRefusal noJob(String id) {
    return new DataflowRefusal(
        404, "(c0ffee): Information about job " + id + " could not be found in our system.");
  }

  @Override
  protected void describe(ObjectNode error, ObjectNode detail) {
    error.put("status", status(status()));
  }

  private static String reason(int code) {
    return switch (code) {
      case 400 -> "badRequest";
      case 401 -> "authError";
      case 403 -> "forbidden";
      case 404 -> "notFound";
      case 409 -> "alreadyExists";
      case 429 -> "rateLimitExceeded";
      default -> "backendError";
    };
  }

  private static String status(int code) {
    return switch (code) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
