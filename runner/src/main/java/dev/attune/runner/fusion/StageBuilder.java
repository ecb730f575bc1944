package dev.attune.runner.fusion;

import dev.attune.runner.buffer.SideView;
import dev.attune.runner.buffer.StoreSource;
import dev.attune.runner.buffer.StoreStep;
import dev.attune.runner.execution.FusedStage;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.FlowOrigin;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Puts steps into stages. A step joins the stages that produce its input, except when it reads a
 * view that needs one of these stages to have ended: then the input is stored, and a new stage
 * begins with it.
 */
final class StageBuilder {
  private final RunContext run;
  private final List<FusedStage> stages = new ArrayList<>();
  private final Map<PCollection<?>, Flow> flows = new LinkedHashMap<>();
  private final IdentityHashMap<Flow, Set<FusedStage>> stagesOfFlows = new IdentityHashMap<>();
  private final Map<PCollectionView<?>, SideView> views = new LinkedHashMap<>();
  private final IdentityHashMap<SideView, Set<FusedStage>> stagesOfViews = new IdentityHashMap<>();
  private final IdentityHashMap<Flow, List<Flow>> stored = new IdentityHashMap<>();
  private int steps;

  StageBuilder(RunContext run) {
    this.run = run;
  }

  List<FusedStage> stages() {
    return stages;
  }

  StepPlace place(String name) {
    return new StepPlace(name, steps++);
  }

  /** Returns the flow of a PCollection that some step has produced. */
  Flow flow(PCollection<?> collection) {
    Flow flow = flows.get(collection);
    if (flow == null) {
      throw new IllegalStateException("No step produces " + collection.getName());
    }
    return flow;
  }

  Set<FusedStage> stagesOf(Flow flow) {
    return stagesOfFlows.getOrDefault(flow, Set.of());
  }

  /** Declares a PCollection whose elements steps in these stages produce. */
  Flow produce(PCollection<?> collection, String producer, FlowOrigin origin, Set<FusedStage> in) {
    Flow flow = new Flow(collection, producer, origin);
    flows.put(collection, flow);
    stagesOfFlows.put(flow, new LinkedHashSet<>(in));
    return flow;
  }

  /** Begins a stage whose elements are those of a PCollection. */
  void begin(
      PCollection<?> collection, String name, BundleSource source, Collection<FusedStage> after) {
    Flow flow = new Flow(collection, name, FlowOrigin.OTHER);
    flows.put(collection, flow);
    begin(flow, name, source, after);
  }

  /** Begins a stage with a flow of its own. */
  FusedStage begin(Flow flow, String name, BundleSource source, Collection<FusedStage> after) {
    FusedStage stage = new FusedStage(name, source, flow);
    stage.dependOn(after);
    stages.add(stage);
    stagesOfFlows.put(flow, Set.of(stage));
    return stage;
  }

  /** Returns the view, whose elements are stored from now on. */
  SideView view(PCollectionView<?> view) {
    SideView known = views.get(view);
    if (known != null) {
      return known;
    }
    PCollection<?> collection = view.getPCollection();
    if (collection == null) {
      throw new IllegalStateException("The view " + view.getName() + " has no PCollection.");
    }
    Flow flow = flow(collection);
    StepPlace place = place(view.getName());
    StoreStep step = new StoreStep(place.name(), place.order(), flow, run);
    flow.addConsumer(step);
    SideView side = new SideView(view, step.store());
    views.put(view, side);
    stagesOfViews.put(side, stagesOf(flow));
    return side;
  }

  /**
   * Returns the flow from which a step that reads these views takes a PCollection, and makes the
   * stages of that flow wait for the views.
   */
  Flow inputFor(PCollection<?> collection, Collection<SideView> reads) {
    Flow flow = flow(collection);
    if (reads.isEmpty()) {
      return flow;
    }
    Flow usable = isUsable(flow, reads) ? flow : storedFlow(flow, reads);
    for (FusedStage stage : stagesOf(usable)) {
      await(stage, reads);
    }
    return usable;
  }

  /** Makes a stage wait for views. */
  void await(FusedStage stage, Collection<SideView> reads) {
    for (SideView view : reads) {
      stage.dependOn(stagesOfViews.getOrDefault(view, Set.of()));
      stage.use(view);
    }
  }

  private boolean isUsable(Flow flow, Collection<SideView> reads) {
    for (FusedStage stage : stagesOf(flow)) {
      for (SideView view : reads) {
        for (FusedStage needed : stagesOfViews.getOrDefault(view, Set.of())) {
          if (needed.reaches(stage)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private Flow storedFlow(Flow flow, Collection<SideView> reads) {
    List<Flow> candidates = stored.computeIfAbsent(flow, missing -> new ArrayList<>());
    for (Flow candidate : candidates) {
      if (isUsable(candidate, reads)) {
        return candidate;
      }
    }
    Flow copy = new Flow(flow.collection(), flow.producer(), FlowOrigin.OTHER);
    StepPlace place = place(flow.producer());
    StoreStep step = new StoreStep(place.name(), place.order(), flow, run);
    flow.addConsumer(step);
    begin(copy, flow.producer(), new StoreSource(step.store(), run), stagesOf(flow));
    candidates.add(copy);
    return copy;
  }
}
