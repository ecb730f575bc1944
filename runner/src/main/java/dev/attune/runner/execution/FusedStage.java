package dev.attune.runner.execution;

import dev.attune.runner.buffer.SideView;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A source of elements and all steps that are fused to it: an element passes through them without
 * being stored. A stage starts when all stages that it depends on have ended.
 */
public final class FusedStage {
  private final String name;
  private final BundleSource source;
  private final Flow flow;
  private final Set<FusedStage> dependencies = new LinkedHashSet<>();
  private final List<SideView> views = new ArrayList<>();

  /** Creates a stage that begins with the elements of a source. */
  public FusedStage(String name, BundleSource source, Flow flow) {
    this.name = name;
    this.source = source;
    this.flow = flow;
  }

  /** Makes this stage start after others. */
  public void dependOn(Iterable<FusedStage> stages) {
    stages.forEach(dependencies::add);
  }

  /** Makes this stage hold a view until it ends. */
  public void use(SideView view) {
    if (!views.contains(view)) {
      views.add(view);
      view.addUser();
    }
  }

  /** Whether this stage is the other or starts after it. */
  public boolean reaches(FusedStage other) {
    Set<FusedStage> seen = new HashSet<>();
    Deque<FusedStage> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      FusedStage stage = open.pop();
      if (stage == other) {
        return true;
      }
      if (seen.add(stage)) {
        stage.dependencies.forEach(open::push);
      }
    }
    return false;
  }

  /** The name of the transform that the stage begins with. */
  public String name() {
    return name;
  }

  BundleSource source() {
    return source;
  }

  Flow flow() {
    return flow;
  }

  Set<FusedStage> dependencies() {
    return dependencies;
  }

  List<SideView> views() {
    return views;
  }
}
