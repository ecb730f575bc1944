package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
record StubReply(
    int status, Map<String, String> headers, InputStream body, long length, long sent) {
  static StubReply lost() {
    return new StubReply(0, Map.of(), InputStream.nullInputStream(), 0, 0);
  }

  static StubReply empty(int status) {
    return empty(status, Map.of());
  }

  static StubReply empty(int status, Map<String, String> headers) {
    return new StubReply(status, headers, InputStream.nullInputStream(), 0, 0);
  }

  static StubReply json(int status, JsonNode body) {
    return bytes(
        status,
        "application/json; charset=UTF-8",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  static StubReply text(int status, String body) {
    return bytes(status, "text/html; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  static StubReply bytes(int status, String contentType, byte[] body) {
    return new StubReply(
        status,
        Map.of("Content-Type", contentType),
        new ByteArrayInputStream(body),
        body.length,
        body.length);
  }

  boolean isLost() {
    return status == 0;
  }

  StubReply cutAfter(long bytes) {
    return new StubReply(status, headers, body, length, Math.min(bytes, length));
  }

  void discard() throws IOException {
    body.close();
  }
}
