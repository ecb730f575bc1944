package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The jobs of the stub, and the rules of the service for them. */
final class StubJobs {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,1022}[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z][-_a-z0-9]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[-_\\p{Ll}\\p{Lo}\\p{N}]{0,63}");
  private static final int MOST_LABELS = 64;
  private static final int MOST_GRAPH_BYTES = 10 << 20;

  private final List<StubJob> jobs = new ArrayList<>();
  private volatile JobScript script = JobScript.of();
  private volatile boolean repeatsRefused;
  private volatile int pageSize = 100;

  void script(JobScript next) {
    script = next;
  }

  void refuseRepeats(boolean refused) {
    repeatsRefused = refused;
  }

  void pageSize(int size) {
    pageSize = size;
  }

  synchronized List<StubJob> all() {
    return List.copyOf(jobs);
  }

  /** Creates a job. {@code replaceJobId} is ignored, as the service does for batch jobs. */
  synchronized StubJob create(StubJob.Region region, ObjectNode body) throws DataflowRefusal {
    String name = body.path("name").asText();
    check(name, body.path("labels"));
    if (body.path("steps").toString().length() > MOST_GRAPH_BYTES) {
      throw new DataflowRefusal(
          400, "(c0ffee): The job graph is too large. Please try again with a smaller job graph.");
    }
    String request = body.path("clientRequestId").asText();
    for (StubJob job : jobs) {
      boolean sameName = job.region().equals(region) && job.name().equals(name);
      boolean sameRequest =
          !request.isEmpty() && job.received().path("clientRequestId").asText().equals(request);
      if (sameName && sameRequest) {
        if (repeatsRefused || job.state().isEnded()) {
          throw DataflowRefusal.knownRequest(request);
        }
        return job;
      }
      if (sameName && !job.state().isEnded()) {
        throw DataflowRefusal.activeName(name);
      }
    }
    StubJob job = new StubJob(newId(), region, body, script);
    jobs.add(job);
    return job;
  }

  private String newId() {
    return "2026-11-28_00_00_00-%d".formatted(1_000_000L + jobs.size());
  }

  private static void check(String name, JsonNode labels) throws DataflowRefusal {
    if (!NAME.matcher(name).matches()) {
      throw new DataflowRefusal(
          400,
          "(c0ffee): The workflow could not be created. Causes: The job name \""
              + name
              + "\" must match "
              + NAME);
    }
    if (labels.size() > MOST_LABELS) {
      throw new DataflowRefusal(400, "(c0ffee): More than 64 labels.");
    }
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (!LABEL.matcher(label.getKey()).matches()
          || !VALUE.matcher(label.getValue().asText()).matches()) {
        throw new DataflowRefusal(400, "(c0ffee): Invalid label: " + label);
      }
    }
  }

  synchronized StubJob find(String id) throws DataflowRefusal {
    for (StubJob job : jobs) {
      if (job.id().equals(id)) {
        return job;
      }
    }
    throw DataflowRefusal.noJob(id);
  }

  /** Lists jobs of a region, from the newest on. */
  synchronized ObjectNode list(StubJob.Region region, Map<String, String> parameters)
      throws DataflowRefusal {
    String filter = parameters.getOrDefault("filter", "ALL");
    String name = parameters.getOrDefault("name", "");
    List<ObjectNode> found = new ArrayList<>();
    for (StubJob job : jobs) {
      boolean wanted =
          switch (filter) {
            case "ACTIVE" -> !job.state().isEnded();
            case "TERMINATED" -> job.state().isEnded();
            case "ALL", "UNKNOWN" -> true;
            default -> throw DataflowRefusal.of(400);
          };
      if (wanted && job.region().equals(region) && (name.isEmpty() || job.name().equals(name))) {
        found.add(job.json(false));
      }
    }
    Collections.reverse(found);
    return page("jobs", found, parameters);
  }

  ObjectNode messages(String id, Map<String, String> parameters) throws DataflowRefusal {
    Importance least = Importance.BASIC;
    String named = parameters.getOrDefault("minimumImportance", "");
    for (Importance one : Importance.values()) {
      if (one.wire().equals(named)) {
        least = one;
      }
    }
    return page("jobMessages", find(id).messages(least), parameters);
  }

  private ObjectNode page(String key, List<ObjectNode> all, Map<String, String> parameters)
      throws DataflowRefusal {
    String token = parameters.getOrDefault("pageToken", "");
    int from = token.isEmpty() ? 0 : number(token.replaceFirst("^after-", ""));
    int asked = number(parameters.getOrDefault("pageSize", "0"));
    int to = Math.min(all.size(), from + (asked == 0 ? pageSize : Math.min(asked, pageSize)));
    if (from > all.size()) {
      throw DataflowRefusal.of(400);
    }
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode items = page.putArray(key);
    items.addAll(all.subList(from, to));
    if (items.isEmpty()) {
      page.remove(key);
    }
    if (to < all.size()) {
      page.put("nextPageToken", "after-" + to);
    }
    return page;
  }

  private static int number(String text) throws DataflowRefusal {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw DataflowRefusal.of(400);
    }
  }
}
