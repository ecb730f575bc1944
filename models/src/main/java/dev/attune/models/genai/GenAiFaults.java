package dev.attune.models.genai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.GenAiIOException;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.fault.ModelService;
import dev.attune.models.fault.ServiceMessages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions of google-genai into faults of a model.
 *
 * @param deadline of one call
 */
record GenAiFaults(ModelService service, Duration deadline) {
  private static final Pattern WAIT =
      Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9]{1,6})(?:\\.[0-9]+)?s\"");
  private static final String DETAILS = "\nDetails: ";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  /** Vertex AI and the Gemini API answer differently. */
  private static final Set<Integer> OF_A_CACHE = Set.of(400, 403, 404);

  /**
   * Returns the fault of a call.
   *
   * @param request whose texts are not quoted
   */
  ModelException of(@Nullable Throwable cause, CallTrace trace, ModelRequest request) {
    if (cause instanceof ApiException refused) {
      return refused(refused, trace, request);
    }
    if (!(cause instanceof GenAiIOException)
        || cause.getCause() instanceof JsonProcessingException) {
      return service.unreadable();
    }
    if (cause.getCause() instanceof InterruptedIOException) {
      return service.late(deadline);
    }
    IOException broken =
        cause.getCause() instanceof IOException io ? io : new IOException(cause.getCause());
    return String.valueOf(cause.getMessage()).contains("credentials")
        ? service.withoutCredentials(broken)
        : service.unreachable(broken);
  }

  private ModelException refused(ApiException refused, CallTrace trace, ModelRequest request) {
    Duration wait = trace.retryAfter();
    Matcher delay = WAIT.matcher(String.valueOf(refused.message()));
    if (wait == null && delay.find()) {
      wait = Duration.ofSeconds(Long.parseLong(delay.group(1)));
    }
    if (request.cached() != null && isOfTheCache(refused)) {
      return service.cacheRefused(refused.code(), said(refused, request));
    }
    return service.refused(
        isWrongKey(refused) ? UNAUTHORIZED : refused.code(), wait, said(refused, request));
  }

  /** Returns whether a request is refused for its cache: it expired or was deleted meanwhile. */
  private static boolean isOfTheCache(ApiException refused) {
    return OF_A_CACHE.contains(refused.code())
        && String.valueOf(refused.message()).toLowerCase(Locale.ROOT).contains("cache");
  }

  /** Returns whether a key is refused, for which the Gemini API answers 400. */
  static boolean isWrongKey(ApiException refused) {
    return refused.code() == BAD_REQUEST
        && String.valueOf(refused.message()).contains("API key not valid");
  }

  /** Returns what the service says, without texts of the request. */
  static String said(ApiException refused, ModelRequest request) {
    String said = String.valueOf(refused.message());
    int details = said.indexOf(DETAILS);
    return ServiceMessages.withoutQuotations(
        details < 0 ? said : said.substring(0, details), request);
  }
}
