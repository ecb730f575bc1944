package dev.attune.pipeline.run.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A client of the REST API of Flink's job manager.
 *
 * @param place base URI with a slash at the end
 */
record FlinkRest(URI place) {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns the response of the job manager.
   *
   * @throws IOException if there is no valid response
   */
  JsonNode get(String path) throws IOException {
    return JSON.readTree(send(HttpRequest.newBuilder(place.resolve(path)).GET()));
  }

  void patch(String path) throws IOException {
    send(
        HttpRequest.newBuilder(place.resolve(path))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  private static String send(HttpRequest.Builder request) throws IOException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
    try {
      HttpResponse<String> answer =
          client.send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException("status " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
