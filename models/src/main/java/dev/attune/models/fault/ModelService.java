package dev.attune.models.fault;

import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The service that a model is asked at, for sentences about its faults.
 *
 * @param name the model's key in attune.yaml
 * @param model the provider's name of the model
 * @param address host, with the port if it is not the default one
 * @param access who asks, e.g. {@code the API key in OPENAI_API_KEY}; empty if nobody
 */
public record ModelService(String name, String model, String address, String access) {
  private static final int SHOWN = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /**
   * Returns the fault of an HTTP status that is not 2xx.
   *
   * @param retryAfter the wait that the provider asks for, or null
   * @param detail the provider's words without texts of the request; may be empty
   */
  public ModelException refused(int status, @Nullable Duration retryAfter, String detail) {
    String said = detail.isEmpty() ? "" : ": " + detail;
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN -> denied(status, said);
      case NOT_FOUND ->
          fault(
              Kind.MODEL, Messages.of("models.service.unknown-model", address, model, name, said));
      case TOO_MANY_REQUESTS ->
          new ModelException(
              Kind.QUOTA,
              Messages.of("models.service.quota", address, model, said),
              retryAfter,
              null);
      case REQUEST_TIMEOUT, CONFLICT -> unavailable(status, retryAfter);
      default -> {
        if (status >= SERVER_ERROR) {
          yield unavailable(status, retryAfter);
        }
        yield status >= BAD_REQUEST
            ? fault(
                Kind.REQUEST,
                Messages.of("models.service.request", address, model, status, said, name))
            : fault(Kind.MODEL, Messages.of("models.service.redirect", address, status, name));
      }
    };
  }

  /**
   * Returns the fault of content that the provider does not put into a context cache.
   *
   * @param detail the provider's words without texts of the content; may be empty
   */
  public ModelException notCached(String detail) {
    return fault(
        Kind.REQUEST,
        Messages.of(
            "models.service.not-cached",
            address,
            model,
            BAD_REQUEST,
            detail.isEmpty() ? "" : ": " + detail));
  }

  /**
   * Returns the fault of a request whose context cache the provider does not take.
   *
   * @param detail the provider's words without texts of the request; may be empty
   */
  public ModelException cacheRefused(int status, String detail) {
    return fault(
        Kind.REQUEST,
        Messages.of(
            "models.service.cache-refused",
            address,
            model,
            status,
            detail.isEmpty() ? "" : ": " + detail));
  }

  /** Returns the fault of an account that has no credit left. */
  public ModelException withoutCredit() {
    return fault(
        Kind.MODEL,
        Messages.of(
            "models.service.credit", address, access.isEmpty() ? "models." + name : access));
  }

  private ModelException denied(int status, String said) {
    return fault(
        Kind.MODEL,
        access.isEmpty()
            ? Messages.of("models.service.no-key", address, status, name)
            : Messages.of("models.service.denied", address, model, access, status, said));
  }

  private ModelException unavailable(int status, @Nullable Duration retryAfter) {
    return new ModelException(
        Kind.TRANSIENT,
        Messages.of("models.service.unavailable", address, status),
        retryAfter,
        null);
  }

  /** Returns the fault of a connection that failed. */
  public ModelException unreachable(IOException cause) {
    if (isUnknownHost(cause)) {
      return fault(
          Kind.TRANSIENT, Messages.of("models.service.unknown-host", address, name), cause);
    }
    if (cause instanceof SSLException) {
      return fault(Kind.MODEL, Messages.of("models.service.tls", address, name), cause);
    }
    return fault(
        Kind.TRANSIENT,
        cause instanceof ConnectException
            ? Messages.of("models.service.unreachable", address, name)
            : Messages.of("models.service.broken", address),
        cause);
  }

  private static boolean isUnknownHost(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** Returns the fault of Google credentials that do not exist or give no token. */
  public ModelException withoutCredentials(IOException cause) {
    return fault(
        Kind.MODEL,
        Messages.of(
            "models.service.no-credentials",
            name,
            Printable.shortened(String.valueOf(cause.getMessage()).replaceAll("\\.$", ""), SHOWN)),
        cause);
  }

  /** Returns the fault of an attempt that took longer than its deadline. */
  public ModelException late(Duration deadline) {
    return fault(
        Kind.TRANSIENT,
        Messages.of("models.service.late", address, model, deadline.toSeconds(), name));
  }

  /** Returns the fault of an answer that is not in the form of the API. */
  public ModelException unreadable() {
    return fault(Kind.TRANSIENT, Messages.of("models.service.unreadable", address, name));
  }

  /** Returns the fault of an answer that ended in the middle. */
  public ModelException interrupted() {
    return fault(Kind.TRANSIENT, Messages.of("models.service.cut", address, model));
  }

  /** Returns the fault of a request with something that this API does not take. */
  public ModelException unsupported(String what) {
    return fault(Kind.REQUEST, Messages.of("models.service.unsupported", model, address, what));
  }

  private static ModelException fault(Kind kind, String sentence) {
    return fault(kind, sentence, null);
  }

  private static ModelException fault(Kind kind, String sentence, @Nullable Throwable cause) {
    return new ModelException(kind, sentence, cause);
  }
}
