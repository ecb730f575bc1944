package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request, taken apart.
 *
 * @param region named by the path
 * @param job id of the job; empty for a call that names none
 * @param parameters the query, decoded
 * @param body the JSON body; an empty object without one
 */
record DataflowRequest(
    Kind kind,
    String method,
    StubJob.Region region,
    String job,
    Map<String, String> parameters,
    ObjectNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v1b3/projects/([^/]+)/locations/([^/]+)/([^/]+)(?:/([^/]+)(/[a-z]+)?)?");

  static DataflowRequest of(HttpExchange exchange) throws IOException, DataflowRefusal {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = unpacked.readAllBytes();
      }
    }
    String method = exchange.getRequestMethod();
    Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath().replaceFirst("^/+", "/"));
    if (!path.matches()) {
      return new DataflowRequest(
          Kind.UNKNOWN, method, new StubJob.Region("", ""), "", Map.of(), JSON.createObjectNode());
    }
    String job = path.group(4) == null ? "" : decode(path.group(4));
    String tail = path.group(5) == null ? "" : path.group(5);
    return new DataflowRequest(
        kind(method, decode(path.group(3)) + (job.isEmpty() ? "" : "/job") + tail),
        method,
        new StubJob.Region(decode(path.group(1)), decode(path.group(2))),
        job,
        query(exchange.getRequestURI().getRawQuery()),
        object(body));
  }

  private static Kind kind(String method, String form) {
    return switch (method + " " + form) {
      case "POST jobs" -> Kind.CREATE;
      case "GET jobs" -> Kind.LIST;
      case "GET jobs/job" -> Kind.GET;
      case "PUT jobs/job" -> Kind.UPDATE;
      case "GET jobs/job/messages" -> Kind.MESSAGES;
      case "GET jobs/job/metrics" -> Kind.METRICS;
      case "POST templates" -> Kind.CREATE_FROM_TEMPLATE;
      case "POST templates:launch" -> Kind.LAUNCH_TEMPLATE;
      case "POST flexTemplates:launch" -> Kind.LAUNCH_FLEX_TEMPLATE;
      default -> Kind.UNKNOWN;
    };
  }

  private static ObjectNode object(byte[] body) throws IOException, DataflowRefusal {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    JsonNode node = JSON.readTree(body);
    if (!(node instanceof ObjectNode object)) {
      throw DataflowRefusal.of(400);
    }
    return object;
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
}
