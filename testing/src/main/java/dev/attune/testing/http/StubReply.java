package dev.attune.testing.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer before it is sent. Its body is read once.
 *
 * @param status 0 for a lost reply: the connection is closed instead
 * @param length of the body, in bytes
 * @param sent after how many bytes of the body the connection is closed; {@code length} for a whole
 *     answer
 */
public record StubReply(
    int status, Map<String, String> headers, InputStream body, long length, long sent) {
  /** Returns a lost reply. */
  public static StubReply lost() {
    return new StubReply(0, Map.of(), InputStream.nullInputStream(), 0, 0);
  }

  /** Returns a reply without a body. */
  public static StubReply empty(int status) {
    return empty(status, Map.of());
  }

  /** Returns a reply without a body. */
  public static StubReply empty(int status, Map<String, String> headers) {
    return new StubReply(status, headers, InputStream.nullInputStream(), 0, 0);
  }

  /** Returns a reply of JSON. */
  public static StubReply json(int status, JsonNode body) {
    return bytes(
        status,
        "application/json; charset=UTF-8",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a reply that a browser would show. */
  public static StubReply text(int status, String body) {
    return bytes(status, "text/html; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a reply with a body of any type. */
  public static StubReply bytes(int status, String contentType, byte[] body) {
    return new StubReply(
        status,
        Map.of("Content-Type", contentType),
        new ByteArrayInputStream(body),
        body.length,
        body.length);
  }

  /** Returns whether the connection is closed instead. */
  public boolean isLost() {
    return status == 0;
  }

  /** Returns a reply whose connection is closed after so many bytes of the body. */
  public StubReply cutAfter(long bytes) {
    return new StubReply(status, headers, body, length, Math.min(bytes, length));
  }

  /** Closes the body of a reply that is not sent. */
  public void discard() throws IOException {
    body.close();
  }

  void sendTo(HttpExchange exchange) throws IOException {
    try (body) {
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
      OutputStream out = exchange.getResponseBody();
      byte[] buffer = new byte[(int) Math.min(1 << 18, Math.max(1, sent))];
      long left = sent;
      while (left > 0) {
        int n = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new IOException("The content is shorter than its size.");
        }
        out.write(buffer, 0, n);
        left -= n;
      }
      out.flush();
    }
  }
}
