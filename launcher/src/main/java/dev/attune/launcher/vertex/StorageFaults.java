package dev.attune.launcher.vertex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.message.Messages;
import java.net.HttpURLConnection;
import java.util.Locale;

/** Converts errors of Cloud Storage to faults with a kind and a sentence. */
final class StorageFaults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int TOO_MANY_REQUESTS = 429;

  private StorageFaults() {}

  /** Returns the fault of a call for an object. */
  static BackEndException of(String uri, StorageException e) {
    String said = said(e);
    int code = e.getCode();
    if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return BackEndException.refused(Messages.of("launcher.cloud-storage.credentials", said), e);
    }
    if (code == HttpURLConnection.HTTP_FORBIDDEN) {
      return BackEndException.refused(Messages.of("launcher.cloud-storage.denied", uri, said), e);
    }
    if (code == HttpURLConnection.HTTP_NOT_FOUND
        && said.toLowerCase(Locale.ROOT).contains("bucket")) {
      return BackEndException.refused(
          Messages.of("launcher.cloud-storage.no-bucket", uri, said), e);
    }
    if (isRefusal(code)) {
      return BackEndException.refused(Messages.of("launcher.cloud-storage.refused", uri, said), e);
    }
    String reason = code == 0 ? said : code + ": " + said;
    return BackEndException.uncertain(
        Messages.of("launcher.cloud-storage.not-accepted", uri, reason), e);
  }

  /**
   * Returns whether the same request would be refused again. Code 0 is a fault of the network; 404
   * and 410 may be for an upload that has expired.
   */
  private static boolean isRefusal(int code) {
    return switch (code) {
      case TOO_MANY_REQUESTS,
          HttpURLConnection.HTTP_CLIENT_TIMEOUT,
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_GONE ->
          false;
      default ->
          code >= HttpURLConnection.HTTP_BAD_REQUEST
              && code < HttpURLConnection.HTTP_INTERNAL_ERROR;
    };
  }

  /**
   * Returns the service's message, or the first line of the client's message: its other lines
   * contain the address of the upload, with which anybody could continue it.
   */
  private static String said(StorageException e) {
    if (e.getCode() == 0) {
      return ServiceMessage.of(e);
    }
    Throwable link = e;
    for (int i = 0; i < 20 && link != null; i++, link = link.getCause()) {
      if (link instanceof HttpResponseException reply && reply.getContent() != null) {
        String message = message(reply.getContent());
        if (!message.isEmpty()) {
          return ServiceMessage.of(message);
        }
      }
    }
    return ServiceMessage.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  private static String message(String content) {
    try {
      return JSON.readTree(content).at("/error/message").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
