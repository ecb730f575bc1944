package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import dev.attune.testing.http.StubRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a request asks of the service.
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
  static DataflowRequest of(StubRequest request) throws IOException, DataflowRefusal {
    ObjectNode body;
    try {
      body = request.json();
    } catch (JsonProcessingException e) {
      throw DataflowRefusal.of(400);
    }
    // /v1b3/projects/P/locations/L/jobs/J/messages; clients may begin with several slashes.
    List<String> path = request.path().stream().dropWhile(String::isEmpty).toList();
    StubRequest call =
        new StubRequest(
            request.method(), path, request.parameters(), request.headers(), request.body());
    String job = call.segment(6);
    String form =
        call.segment(5)
            + (job.isEmpty() ? "" : "/job")
            + (path.size() > 7 ? "/" + path.get(7) : "");
    boolean known =
        call.segment(0).equals("v1b3")
            && call.segment(1).equals("projects")
            && call.segment(3).equals("locations")
            && path.size() <= 8;
    return new DataflowRequest(
        known ? kind(request.method(), form) : Kind.UNKNOWN,
        request.method(),
        new StubJob.Region(call.segment(2), call.segment(4)),
        job,
        request.parameters(),
        body);
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
}
