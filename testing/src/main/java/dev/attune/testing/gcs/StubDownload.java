package dev.attune.testing.gcs;

import dev.attune.testing.http.StubReply;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The content of an object, or a range of it, with the service's headers. */
final class StubDownload {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private StubDownload() {}

  static StubReply reply(StubObject object, @Nullable String range)
      throws IOException, StubRefusal {
    StubContent content = object.content();
    long first = 0;
    long end = content.size();
    Map<String, String> headers = headers(object);
    Matcher bounds = RANGE.matcher(range == null ? "" : range);
    boolean partial = bounds.matches();
    if (partial) {
      String from = bounds.group(1);
      String to = bounds.group(2);
      if (from.isEmpty()) {
        first = to.isEmpty() ? 0 : Math.max(0, end - Long.parseLong(to));
      } else {
        first = Long.parseLong(from);
        end = to.isEmpty() ? end : Math.min(end, Long.parseLong(to) + 1);
      }
      if (first >= end) {
        throw new StubRefusal(
            416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.");
      }
      headers.put("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, content.size()));
    }
    InputStream body = content.open(first);
    return new StubReply(partial ? 206 : 200, headers, body, end - first, end - first);
  }

  private static Map<String, String> headers(StubObject object) {
    Map<String, String> headers = new HashMap<>();
    String hash = "crc32c=" + object.content().crc32c();
    headers.put("Content-Type", object.contentType());
    headers.put("ETag", object.etag());
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.updated().atOffset(ZoneOffset.UTC)));
    headers.put(
        "x-goog-hash", object.components() == 0 ? hash + ",md5=" + object.content().md5() : hash);
    headers.put("x-goog-generation", Long.toString(object.generation()));
    headers.put("x-goog-metageneration", Long.toString(object.metageneration()));
    headers.put("x-goog-stored-content-length", Long.toString(object.content().size()));
    String encoding = object.contentEncoding();
    headers.put("x-goog-stored-content-encoding", encoding.isEmpty() ? "identity" : encoding);
    if (!encoding.isEmpty()) {
      headers.put("Content-Encoding", encoding);
    }
    return headers;
  }
}
