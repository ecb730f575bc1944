package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
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
 * A request, taken apart: of HTTP or of a batch.
 *
 * @param method after {@code X-HTTP-Method-Override}
 * @param path its segments, decoded
 * @param parameters the query, decoded; of one that is repeated, the last
 * @param headers by name, which is not case-sensitive; of one that is repeated, all with commas
 * @param body not compressed
 */
record StubRequest(
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
   * Takes a part of a batch apart.
   *
   * @param text request line, headers, an empty line, body
   */
  static StubRequest of(byte[] text) throws IOException, StubRefusal {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    int end = endOfHead(all);
    BufferedReader head = new BufferedReader(new StringReader(all.substring(0, end)));
    String first = head.readLine();
    String[] words = first == null ? new String[0] : first.split(" ");
    if (words.length < 2) {
      throw StubRefusal.invalid("A part of the batch has no request line.");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = head.readLine(); line != null; line = head.readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    byte[] body = all.substring(end).getBytes(StandardCharsets.ISO_8859_1);
    try {
      return of(words[0], new URI(words[1]), headers, new ByteArrayInputStream(body));
    } catch (URISyntaxException e) {
      throw StubRefusal.invalid("A part of the batch has an invalid address: " + words[1]);
    }
  }

  private static int endOfHead(String text) {
    int windows = text.indexOf("\r\n\r\n");
    int unix = text.indexOf("\n\n");
    if (windows >= 0 && (unix < 0 || windows < unix)) {
      return windows + 4;
    }
    return unix >= 0 ? unix + 2 : text.length();
  }

  private static StubRequest of(
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

  /** The segment at an index, or an empty text. */
  String segment(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** Reads the body as a JSON object; an empty body is an empty object. */
  ObjectNode json() throws IOException, StubRefusal {
    return json(body.readAllBytes());
  }

  static ObjectNode json(byte[] text) throws IOException, StubRefusal {
    if (text.length == 0) {
      return JSON.createObjectNode();
    }
    JsonNode node = JSON.readTree(text);
    if (!(node instanceof ObjectNode object)) {
      throw StubRefusal.invalid("The body is not a JSON object.");
    }
    return object;
  }
}
