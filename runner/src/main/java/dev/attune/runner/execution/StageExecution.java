package dev.attune.runner.execution;

import dev.attune.runner.buffer.SideView;
import dev.attune.runner.step.Attempt;
import dev.attune.runner.step.BundleSource.Bundle;
import dev.attune.runner.step.StepInstances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A stage in a run. */
final class StageExecution {
  /** Bundles of fewer bytes are likely to end before another thread is awake. */
  private static final long WORTH_A_THREAD = 1 << 18;

  private final LocalExecution execution;
  private final FusedStage stage;
  private final List<StageExecution> dependents = new ArrayList<>();
  private final AtomicInteger pendingDependencies = new AtomicInteger();
  private final AtomicInteger pendingBundles = new AtomicInteger();
  private final Queue<StepInstances> idle = new ConcurrentLinkedQueue<>();
  private final Queue<StepInstances> all = new ConcurrentLinkedQueue<>();

  StageExecution(LocalExecution execution, FusedStage stage) {
    this.execution = execution;
    this.stage = stage;
  }

  void addDependent(StageExecution later) {
    dependents.add(later);
    later.pendingDependencies.incrementAndGet();
  }

  List<StageExecution> dependents() {
    return dependents;
  }

  boolean isReady() {
    return pendingDependencies.get() == 0;
  }

  boolean dependencyEnded() {
    return pendingDependencies.decrementAndGet() == 0;
  }

  /** Plans the bundles and submits them. */
  void start() {
    failOn(
        Attempt.failureOf(
            () -> {
              execution.run().stop().check();
              submit(stage.source().plan());
              return null;
            }));
  }

  private void submit(List<Bundle> bundles) throws IOException {
    if (bundles.isEmpty()) {
      end();
      return;
    }
    pendingBundles.set(bundles.size());
    long bytes = 0;
    List<Runnable> tasks = new ArrayList<>(bundles.size());
    for (Bundle bundle : bundles) {
      tasks.add(() -> failOn(Attempt.failureOf(() -> process(bundle))));
      bytes += bundle.bytes();
    }
    // The newest task is taken first.
    Collections.reverse(tasks);
    execution.pool().submit(tasks, bytes >= WORTH_A_THREAD);
  }

  private void failOn(@Nullable Throwable failure) {
    if (failure != null) {
      execution.fail(failure);
    }
  }

  private StepInstances process(Bundle bundle) throws IOException {
    execution.run().stop().check();
    StepInstances instances = idle.poll();
    if (instances == null) {
      instances = new StepInstances(execution.run(), stage.flow());
      all.add(instances);
    }
    boolean complete = false;
    try {
      bundle.process(instances.root());
      instances.finishBundle();
      while (instances.resume()) {
        instances.finishBundle();
      }
      complete = true;
    } finally {
      if (!complete) {
        instances.abortBundle();
      }
    }
    idle.add(instances);
    if (pendingBundles.decrementAndGet() == 0) {
      end();
    }
    return instances;
  }

  private void end() throws IOException {
    for (StepInstances instances : all) {
      instances.close();
    }
    tearDown();
    stage.source().close();
    for (SideView view : stage.views()) {
      view.removeUser();
    }
    execution.stageEnded(this);
  }

  /** Tears down all instances that have not been. */
  void tearDown() {
    StepInstances instances = all.poll();
    while (instances != null) {
      instances.tearDown();
      instances = all.poll();
    }
  }
}
