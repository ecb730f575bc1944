package dev.attune.place;

import com.google.cloud.storage.StorageException;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.net.HttpURLConnection;
import java.util.Locale;

/** Says in a sentence why Cloud Storage refused a call, and what to do. */
final class StorageFailure {
  private static final int REASON_LENGTH = 200;
  private static final int TOO_MANY_REQUESTS = 429;

  private StorageFailure() {}

  /** Returns the failure of a call for an object or a folder. */
  static PlaceException of(ObjectPlace place, StorageException e) {
    String said = said(e);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_PRECON_FAILED, HttpURLConnection.HTTP_NOT_MODIFIED ->
          new ChangedObjectException(Messages.of("schemas.place.changed", place), e);
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          new PlaceException(Messages.of("schemas.place.credentials", place, said), e);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new PlaceException(
              Messages.of(
                  isRetention(e, said) ? "schemas.place.retention" : "schemas.place.denied",
                  place,
                  place.bucket(),
                  said),
              e);
      case HttpURLConnection.HTTP_NOT_FOUND ->
          isOfBucket(said)
              ? new PlaceException(
                  Messages.of("schemas.place.no-bucket", place.bucket(), place, said), e)
              : new ChangedObjectException(Messages.of("schemas.place.changed", place), e);
      default -> {
        String sentence = unanswered(place, e);
        yield isPassing(e)
            ? new UnansweredCallException(sentence, e)
            : new PlaceException(sentence, e);
      }
    };
  }

  private static String unanswered(ObjectPlace place, StorageException e) {
    String cause = ConnectionFault.cause(e);
    String code = String.valueOf(e.getCode());
    String reason = e.getCode() == 0 || cause.startsWith(code) ? cause : code + ": " + cause;
    String address = StorageClient.address();
    return StorageClient.endpoint() == null
        ? Messages.of("schemas.place.failed", place, address, reason)
        : Messages.of(
            "schemas.place.failed-emulator", place, address, reason, StorageClient.ENDPOINT);
  }

  /** Returns whether the same call may succeed later. */
  private static boolean isPassing(StorageException e) {
    return e.getCode() == 0
        || e.getCode() == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || e.getCode() == TOO_MANY_REQUESTS
        || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  /** Returns the failure of a write that succeeded and whose object is no longer its own. */
  static PlaceException gone(ObjectPlace place) {
    return new ChangedObjectException(
        Messages.of("schemas.place.changed", place), new StorageException(0, "replaced"));
  }

  /** Returns whether a 404 is about the bucket; the name of an object may have the word, too. */
  private static boolean isOfBucket(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("bucket") && !lower.contains("no such object");
  }

  private static boolean isRetention(StorageException e, String said) {
    return "retentionPolicyNotMet".equals(e.getReason())
        || said.toLowerCase(Locale.ROOT).contains("retention");
  }

  /** Returns the first line of the client's message: others may have the address of an upload. */
  private static String said(StorageException e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return withoutStop(Printable.shortened(first, REASON_LENGTH));
  }

  /** Returns what a service said as it may stand within a sentence. */
  static String withoutStop(String said) {
    return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
  }
}
