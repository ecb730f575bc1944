package dev.attune.place;

import com.google.api.client.http.HttpResponseException;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in some words why a call of a service over HTTP got no answer of it. */
public final class ConnectionFault {
  private static final int SHOWN = 200;
  private static final int DEPTH = 20;

  private ConnectionFault() {}

  /** Returns the cause of a failed call, to stand in parentheses. */
  public static String cause(Throwable failure) {
    Throwable link = failure;
    for (int i = 0; i < DEPTH && link != null; i++, link = link.getCause()) {
      String known = known(link);
      if (known != null) {
        return known;
      }
    }
    return firstLine(failure);
  }

  private static @Nullable String known(Throwable link) {
    if (link instanceof UnknownHostException) {
      return Messages.of("schemas.place.no-host", firstLine(link).replaceAll(":.*", ""));
    }
    if (link instanceof SSLException) {
      return Messages.of("schemas.place.no-tls", firstLine(link));
    }
    if (link instanceof SocketTimeoutException) {
      return Messages.of("schemas.place.no-reply");
    }
    if (link instanceof HttpResponseException reply && isPage(reply.getContent())) {
      return Messages.of("schemas.place.page", reply.getStatusCode());
    }
    return null;
  }

  private static boolean isPage(@Nullable String content) {
    return content != null && content.stripLeading().startsWith("<");
  }

  private static String firstLine(Throwable failure) {
    String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return StorageFailure.withoutStop(Printable.shortened(first, SHOWN));
  }
}
