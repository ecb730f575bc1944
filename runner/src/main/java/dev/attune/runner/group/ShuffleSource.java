package dev.attune.runner.group;

import dev.attune.runner.shuffle.GroupCursor;
import dev.attune.runner.shuffle.PartitionRange;
import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the groups of a shuffle. A bundle is a range of partitions, released at its end. */
abstract class ShuffleSource implements BundleSource {
  private final String name;
  private final ShuffleStore store;
  private final RunContext run;

  ShuffleSource(String name, ShuffleStore store, RunContext run) {
    this.name = name;
    this.store = store;
    this.run = run;
  }

  /** Sends the current group on. */
  abstract void emit(GroupCursor groups, ElementReceiver receiver) throws IOException;

  @Override
  public final List<Bundle> plan() {
    List<PartitionRange> ranges = store.ranges(run.threads());
    List<Bundle> bundles = new ArrayList<>(ranges.size());
    for (PartitionRange range : ranges) {
      bundles.add(new GroupBundle(range, store.bytes() / ranges.size()));
    }
    return bundles;
  }

  @Override
  public final void close() throws IOException {
    store.close();
  }

  private final class GroupBundle implements Bundle {
    private final PartitionRange range;
    private final long bytes;

    GroupBundle(PartitionRange range, long bytes) {
      this.range = range;
      this.bytes = bytes;
    }

    @Override
    public void process(ElementReceiver receiver) {
      run.metrics().measure(name, () -> readAll(receiver));
    }

    private boolean readAll(ElementReceiver receiver) throws IOException {
      GroupCursor groups = store.read(range);
      while (groups.next()) {
        run.stop().check();
        emit(groups, receiver);
      }
      store.release(range);
      return true;
    }

    @Override
    public long bytes() {
      return bytes;
    }
  }
}
