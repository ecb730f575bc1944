package dev.attune.runner.execution;

import dev.attune.runner.step.BundleSource.Bundle;
import dev.attune.runner.step.SideView;
import dev.attune.runner.step.StepInstances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A stage in a run. */
final class StageRun {
  /** Bundles of fewer bytes are likely to end before another thread is awake. */
  private static final long WORTH_A_THREAD = 1 << 18;

  private final PipelineExecution execution;
  private final FusedStage stage;
  private final List<StageRun> dependents = new ArrayList<>();
  private final AtomicInteger pendingDependencies = new AtomicInteger();
  private final AtomicInteger pendingBundles = new AtomicInteger();
  private final Queue<StepInstances> idle = new ConcurrentLinkedQueue<>();
  private final Queue<StepInstances> all = new ConcurrentLinkedQueue<>();

  StageRun(PipelineExecution execution, FusedStage stage) {
    this.execution = execution;
    this.stage = stage;
  }

  void addDependent(StageRun later) {
    dependents.add(later);
    later.pendingDependencies.incrementAndGet();
  }

  List<StageRun> dependents() {
    return dependents;
  }

  boolean isReady() {
    return pendingDependencies.get() == 0;
  }

  boolean dependencyEnded() {
    return pendingDependencies.decrementAndGet() == 0;
  }

  /** Plans the bundles and submits them. */
  @SuppressWarnings("IllegalCatch")
  void start() {
    try {
      List<Bundle> bundles = stage.source().plan();
      if (bundles.isEmpty()) {
        end();
        return;
      }
      pendingBundles.set(bundles.size());
      long bytes = 0;
      List<Runnable> tasks = new ArrayList<>(bundles.size());
      for (Bundle bundle : bundles) {
        tasks.add(() -> process(bundle));
        bytes += bundle.bytes();
      }
      // The newest task is taken first.
      Collections.reverse(tasks);
      execution.pool().submit(tasks, bytes >= WORTH_A_THREAD);
    } catch (Throwable e) {
      execution.fail(e);
    }
  }

  @SuppressWarnings("IllegalCatch")
  private void process(Bundle bundle) {
    StepInstances instances = null;
    boolean complete = false;
    try {
      execution.run().stop().check();
      instances = idle.poll();
      if (instances == null) {
        instances = new StepInstances(execution.run(), stage.flow());
        all.add(instances);
      }
      bundle.process(instances.root());
      instances.finishBundle();
      complete = true;
      idle.add(instances);
      if (pendingBundles.decrementAndGet() == 0) {
        end();
      }
    } catch (Throwable e) {
      if (instances != null && !complete) {
        instances.abortBundle();
      }
      execution.fail(e);
    }
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
