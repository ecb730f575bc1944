package com.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks models of Vertex AI, and of OpenAI or any host with the same API. */
final class TextModels {
  private static final String INSTRUCTION =
      "You answer questions of customers in one or two sentences.";
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> env;

  TextModels(Map<String, String> env) {
    this.env = env;
  }

  /** A model did not answer; the message says why. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String why) {
      super(why);
    }
  }

  /**
   * Returns a complete answer.
   *
   * @param model a resource name of Vertex AI, or a name of the other API
   */
  String ask(String model, String text) throws NoAnswer, InterruptedException {
    boolean isResource = model.matches("projects/[^/]+/locations/[^/]+/.+");
    String answer = isResource ? askGemini(model, text) : askChatCompletions(model, text);
    if (answer.isBlank()) {
      throw new NoAnswer("the answer is empty, blocked or cut off");
    }
    return answer;
  }

  private String askGemini(String model, String text) throws NoAnswer, InterruptedException {
    String location = model.split("/")[3];
    String host =
        switch (location) {
          case "global" -> "aiplatform.googleapis.com";
          case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
          default -> location + "-aiplatform.googleapis.com";
        };
    ObjectNode body = JSON.createObjectNode();
    body.putObject("systemInstruction").putArray("parts").addObject().put("text", INSTRUCTION);
    ObjectNode turn = body.putArray("contents").addObject().put("role", "user");
    turn.putArray("parts").addObject().put("text", text);
    String base = env.getOrDefault("VERTEX_BASE_URL", "https://" + host);
    JsonNode reply =
        post(base + "/v1/" + model + ":generateContent", env.get("GOOGLE_ACCESS_TOKEN"), body);
    // A blocked prompt has no candidates.
    JsonNode candidate = reply.path("candidates").path(0);
    StringBuilder answer = new StringBuilder();
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (!part.path("thought").asBoolean()) {
        answer.append(part.path("text").asText());
      }
    }
    return candidate.path("finishReason").asText().equals("STOP") ? answer.toString() : "";
  }

  private String askChatCompletions(String model, String text)
      throws NoAnswer, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    body.putArray("messages")
        .add(JSON.createObjectNode().put("role", "system").put("content", INSTRUCTION))
        .add(JSON.createObjectNode().put("role", "user").put("content", text));
    String base = env.getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1");
    JsonNode reply = post(base + "/chat/completions", env.get("OPENAI_API_KEY"), body);
    JsonNode choice = reply.path("choices").path(0);
    return choice.path("finish_reason").asText().equals("stop")
        ? choice.path("message").path("content").asText()
        : "";
  }

  private JsonNode post(String url, String key, JsonNode body)
      throws NoAnswer, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new NoAnswer("HTTP status " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new NoAnswer("no connection (" + e.getClass().getSimpleName() + ")");
    }
  }
}
