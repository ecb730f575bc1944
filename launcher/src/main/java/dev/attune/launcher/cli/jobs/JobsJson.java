package dev.attune.launcher.cli.jobs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.WhyNotSent;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs for programs: a document of jobs.schema.json. */
public final class JobsJson {
  private JobsJson() {}

  public static String of(List<Job> jobs, Jobs ledger, Duration createGrace) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    ArrayNode list = root.putArray("jobs");
    jobs.forEach(job -> list.add(job(job, ledger.changes(job.id()), createGrace)));
    return text(root);
  }

  public static String text(ObjectNode document) {
    return new String(CanonicalJson.pretty(document), StandardCharsets.UTF_8);
  }

  public static ObjectNode hyperparameters(Hyperparameters given) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("epochs", given.epochs())
        .put("adapterSize", given.adapterSize())
        .put("learningRateMultiplier", given.learningRateMultiplier());
  }

  private static ObjectNode job(Job job, List<Job.Change> changes, Duration createGrace) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", job.id());
    node.put("attempt", job.attempt());
    node.put("key", job.spec().key());
    node.put("state", job.state().name());
    node.put("why", WhyNotSent.of(job, changes, createGrace));
    node.put("dataset", job.spec().dataset());
    node.put("backEnd", job.spec().backEnd());
    node.put("baseModel", job.spec().baseModel());
    node.put("project", job.spec().place().project());
    node.put("location", job.spec().location());
    node.set("hyperparameters", hyperparameters(job.spec().hyperparameters()));
    BackEndJob known = job.known();
    node.put("name", known == null ? null : known.name());
    node.put("model", known == null ? null : known.model());
    node.put("endpoint", known == null ? null : known.endpoint());
    node.put("fault", known == null ? null : known.fault());
    node.set("usage", usage(known == null ? null : known.usage()));
    node.put("at", job.stamp().at().toString());
    node.put("by", job.stamp().by());
    ArrayNode list = node.putArray("changes");
    for (Job.Change change : changes) {
      list.addObject()
          .put("state", change.state().name())
          .put("note", change.note())
          .put("at", change.stamp().at().toString())
          .put("by", change.stamp().by());
    }
    return node;
  }

  private static @Nullable ObjectNode usage(@Nullable Usage usage) {
    if (usage == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("examples", usage.examples());
    node.put("dropped", usage.dropped());
    ArrayNode dropped = node.putArray("droppedExamples");
    usage.droppedExamples().forEach(dropped::add);
    ArrayNode reasons = node.putArray("reasons");
    usage.reasons().forEach(reasons::add);
    return node.put("billableTokens", usage.billableTokens());
  }
}
