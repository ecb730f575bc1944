package dev.attune.bench.limit;

import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.split.AssignSplit;
import dev.attune.pipeline.split.NearValidation;
import dev.attune.pipeline.split.Placement;
import dev.attune.pipeline.split.SplitPlan;
import dev.attune.pipeline.split.Unit;
import dev.attune.pipeline.split.UnitAssembly;
import dev.attune.pipeline.split.UnitSummary;
import dev.attune.pipeline.split.ValidationExample;
import dev.attune.pipeline.split.ValidationExamples;
import dev.attune.pipeline.split.ValidationText;
import dev.attune.pipeline.split.ValidationTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of {@link AssignSplit} without a pipeline, for identities that are all in memory:
 * the same units and the same plan, bucket by bucket on the common pool. Measurements compare the
 * pipeline with it.
 */
public final class SplitInMemory {
  private final SplitRule rule;
  private final long maximumExamples;
  private final long maximumBytes;
  private final int buckets;

  /**
   * Creates a split.
   *
   * @param maximumExamples the maximum number of training examples
   * @param maximumBytes the maximum size of train.jsonl
   * @param buckets the number of buckets that are assembled at once, at least 1; no decision
   *     depends on it
   */
  public SplitInMemory(SplitRule rule, long maximumExamples, long maximumBytes, int buckets) {
    this.rule = rule;
    this.maximumExamples = maximumExamples;
    this.maximumBytes = maximumBytes;
    this.buckets = buckets;
  }

  /** Units, their summary and the placements of their records. */
  private record Assembled(UnitSummary summary, List<Unit> units, List<Placement> placements) {}

  /**
   * Returns one decision per identity, in no order.
   *
   * @throws IllegalArgumentException if there are more joins than the pipeline takes
   */
  public List<Decision> decide(List<Identity> identities, List<Join> joins) {
    return decide(identities, joins, List.of(), null);
  }

  /**
   * Returns the decisions, with training examples near a validation example left out.
   *
   * @param shingles of the texts that are kept; others are ignored
   * @param similarity from which two texts are near, or null to ignore nearness
   */
  public List<Decision> decide(
      List<Identity> identities,
      List<Join> joins,
      List<Shingled> shingles,
      @Nullable Similarity similarity) {
    Components components = new Components();
    joins.forEach(components::join);
    if (components.full()) {
      throw new IllegalArgumentException(
          "more than " + Components.MAXIMUM_NODES + " groups and parents are joined");
    }
    Roots roots = components.roots();
    List<Assembled> parts =
        IntStream.range(0, buckets)
            .parallel()
            .mapToObj(bucket -> assemble(identities, roots, bucket))
            .toList();
    SplitPlan chosen = plan(parts);
    SplitPlan plan =
        similarity == null
            ? chosen
            : chosen.without(nearValidation(parts, chosen, shingles, similarity));
    return parts.parallelStream()
        .flatMap(part -> part.placements().stream())
        .map(placement -> placement.decide(plan))
        .toList();
  }

  private Assembled assemble(List<Identity> identities, Roots roots, int bucket) {
    UnitAssembly assembly = new UnitAssembly(rule.seed());
    for (Identity identity : identities) {
      long root = roots.root(identity.node());
      if (new Key128(0, root).bucket(buckets) == bucket) {
        assembly.add(identity.inUnit(root));
      }
    }
    Assembled assembled =
        new Assembled(new UnitSummary(rule.validation()), new ArrayList<>(), new ArrayList<>());
    assembly.assemble(assembled.summary(), assembled.units()::add, assembled.placements()::add);
    return assembled;
  }

  private List<NearValidation> nearValidation(
      List<Assembled> parts, SplitPlan plan, List<Shingled> shingles, Similarity similarity) {
    ValidationExamples validation =
        ValidationExamples.of(
            parts.stream()
                .flatMap(part -> part.placements().stream())
                .filter(placement -> placement.isInValidation(plan))
                .map(Placement::validationExample)
                .toList());
    List<ValidationText> found = new ArrayList<>();
    for (Shingled text : shingles) {
      ValidationExample example = validation.find(text.content());
      if (example != null) {
        found.add(ValidationText.of(example, text));
      }
    }
    ValidationTexts texts = ValidationTexts.of(found);
    return IntStream.range(0, buckets)
        .parallel()
        .mapToObj(part -> near(texts.search(similarity), shingles, part))
        .flatMap(List::stream)
        .toList();
  }

  private List<NearValidation> near(
      ValidationTexts.Search search, List<Shingled> shingles, int part) {
    List<NearValidation> near = new ArrayList<>();
    for (int i = part; i < shingles.size(); i += buckets) {
      search.find(shingles.get(i), near::add);
    }
    return near;
  }

  private SplitPlan plan(List<Assembled> parts) {
    UnitSummary all = new UnitSummary(rule.validation());
    parts.forEach(part -> all.add(part.summary()));
    SplitPlan plan = SplitPlan.choose(all, rule.validation(), maximumExamples, maximumBytes);
    List<Unit> atCut = new ArrayList<>();
    for (Assembled part : parts) {
      part.units().stream().filter(plan::needsForCut).forEach(atCut::add);
    }
    return plan.cut(atCut);
  }
}
