package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.ServiceRefusal;

/** An answer that is an error, in the form of the service. */
final class StubRefusal extends ServiceRefusal {
  private static final long serialVersionUID = 1;

  StubRefusal(int status, String reason, String text) {
    super(status, reason, text);
  }

  /** A refusal with the reason and a message as the service gives them with this status. */
  static StubRefusal of(int status) {
    return switch (status) {
      case 400 -> new StubRefusal(status, "invalid", "Invalid argument.");
      case 401 ->
          new StubRefusal(
              status,
              "required",
              "Anonymous caller does not have storage.objects.get access to the Google Cloud"
                  + " Storage object. Permission 'storage.objects.get' denied on resource (or it"
                  + " may not exist).");
      case 403 -> forbidden("storage.objects.get");
      case 404 -> new StubRefusal(status, "notFound", "Not Found");
      case 408 -> new StubRefusal(status, "requestTimeout", "Request Timeout");
      case 412 -> conditionNotMet();
      case 429 ->
          new StubRefusal(
              status,
              "rateLimitExceeded",
              "The object exceeded the rate limit for object mutation operations (create, update,"
                  + " and delete). Please reduce your request rate.");
      case 500 -> new StubRefusal(status, "backendError", "Backend Error");
      case 503 -> new StubRefusal(status, "backendError", "Service Unavailable");
      default -> new StubRefusal(status, "backendError", "Error " + status);
    };
  }

  static StubRefusal invalid(String message) {
    return new StubRefusal(400, "invalid", message);
  }

  static StubRefusal conditionNotMet() {
    return new StubRefusal(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  static StubRefusal noObject(String bucket, String object) {
    return new StubRefusal(404, "notFound", "No such object: " + bucket + "/" + object);
  }

  static StubRefusal noBucket() {
    return new StubRefusal(404, "notFound", "The specified bucket does not exist.");
  }

  static StubRefusal forbidden(String permission) {
    return new StubRefusal(
        403,
        "forbidden",
        "tester@example.com does not have "
            + permission
            + " access to the Google Cloud Storage object. Permission '"
            + permission
            + "' denied on resource (or it may not exist).");
  }

  @Override
  protected void describe(ObjectNode error, ObjectNode detail) {
    if (status() == 412) {
      detail.put("locationType", "header").put("location", "If-Match");
    } else if (status() == 401) {
      detail.put("locationType", "header").put("location", "Authorization");
    }
  }
}
