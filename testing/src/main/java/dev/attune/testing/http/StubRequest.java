package dev.attune.testing.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request, taken apart.
 *
 * @param method after {@code X-HTTP-Method-Override}
 * @param path its segments, decoded
 * @param parameters the query, decoded; of one that is repeated, the last
 * @param headers by name, which is not case-sensitive; of one that is repeated, all with commas
 * @param body not compressed
 */
public record StubRequest(
    String method,
    List<String> path,
    Map<String, String> parameters,
    Map<String, String> headers,
    InputStream body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static StubRequest of(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(",", values)));
    return of(
        exchange.getRequestMethod(), exchange.getRequestURI(), headers, exchange.getRequestBody());
  }

  /**
   * Takes a request apart.
   *
   * @param headers by name, which is not case-sensitive
   * @param body compressed if the headers say so
   */
  public static StubRequest of(
      String method, URI address, Map<String, String> headers, InputStream body)
      throws IOException {
    List<String> path = new ArrayList<>();
    for (String segment : address.getRawPath().split("/", -1)) {
      path.add(decode(segment.replace("+", "%2B")));
    }
    boolean compressed = "gzip".equalsIgnoreCase(headers.get("Content-Encoding"));
    String length = headers.get("Content-Length");
    InputStream whole = length == null ? body : new WholeBody(body, Long.parseLong(length));
    return new StubRequest(
        headers.getOrDefault("X-HTTP-Method-Override", method).toUpperCase(Locale.ROOT),
        path.subList(1, path.size()),
        query(address.getRawQuery()),
        headers,
        compressed ? new GZIPInputStream(whole, 1 << 16) : whole);
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> parameters = new HashMap<>();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Fails at an end that comes too early; the server's own streams just end. */
  private static final class WholeBody extends FilterInputStream {
    private long left;

    WholeBody(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n < 0 && left > 0) {
        throw new EOFException("The client closed the connection within the body.");
      }
      left -= Math.max(0, n);
      return n;
    }
  }

  /** Returns the segment at an index, or an empty text. */
  public String segment(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /**
   * Reads the body as a JSON object; an empty body is an empty object.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is none
   */
  public ObjectNode json() throws IOException {
    return json(body.readAllBytes());
  }

  /**
   * Reads a JSON object; an empty text is an empty object.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is none
   */
  public static ObjectNode json(byte[] text) throws IOException {
    return text.length == 0 ? JSON.createObjectNode() : JSON.readValue(text, ObjectNode.class);
  }
}
