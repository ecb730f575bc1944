package dev.attune.testing.gcs;

import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Several calls in one request. Each is a call of its own, in the order of the parts. */
final class StubBatch {
  private static final int MOST_CALLS = 100;
  private static final String BOUNDARY = "batch_stub";

  private StubBatch() {}

  /** Answers one call. */
  interface Calls {
    /** Returns the answer, whose body is in memory. */
    StubReply answer(StubRequest request) throws IOException;
  }

  static StubReply reply(StubRequest batch, Calls calls) throws IOException, StubRefusal {
    MultipartReader parts =
        new MultipartReader(batch.body(), batch.headers().getOrDefault("Content-Type", ""));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean lost = false;
    int count = 0;
    while (parts.next()) {
      if (++count > MOST_CALLS) {
        throw StubRefusal.invalid("The batch has more than " + MOST_CALLS + " calls.");
      }
      Map<String, String> outer = parts.headers();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      parts.copyBody(text);
      StubRequest request = part(text.toByteArray());
      String credentials = batch.headers().get("Authorization");
      if (credentials != null) {
        request.headers().putIfAbsent("Authorization", credentials);
      }
      StubReply reply = calls.answer(request);
      lost |= reply.isLost();
      append(all, outer.getOrDefault("Content-ID", ""), reply);
    }
    if (lost) {
      return StubReply.lost();
    }
    write(all, "--" + BOUNDARY + "--\r\n");
    return StubReply.bytes(200, "multipart/mixed; boundary=" + BOUNDARY, all.toByteArray());
  }

  private static void append(ByteArrayOutputStream all, String id, StubReply reply)
      throws IOException {
    String contentId = id.startsWith("<") ? "<response-" + id.substring(1) : "response-" + id;
    write(
        all,
        "--%s\r\nContent-Type: application/http\r\nContent-ID: %s\r\n\r\nHTTP/1.1 %d Stub\r\n"
            .formatted(BOUNDARY, contentId, reply.status()));
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      write(all, header.getKey() + ": " + header.getValue() + "\r\n");
    }
    write(all, "Content-Length: " + reply.length() + "\r\n\r\n");
    all.write(reply.body().readAllBytes());
    write(all, "\r\n");
    reply.discard();
  }

  private static void write(ByteArrayOutputStream all, String text) {
    all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Takes a part of a batch apart.
   *
   * @param text request line, headers, an empty line, body
   */
  private static StubRequest part(byte[] text) throws IOException, StubRefusal {
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
      return StubRequest.of(words[0], new URI(words[1]), headers, new ByteArrayInputStream(body));
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
}
