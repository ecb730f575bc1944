package dev.attune.runner.buffer;

import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads stored elements. */
public final class StoreSource implements BundleSource {
  private final ElementStore store;
  private final RunContext run;

  /** Creates the source of a stage that begins with stored elements. */
  public StoreSource(ElementStore store, RunContext run) {
    this.store = store;
    this.run = run;
  }

  @Override
  public List<Bundle> plan() {
    List<Bundle> bundles = new ArrayList<>();
    for (ElementRange range : store.ranges(run.threads())) {
      bundles.add(new StoredBundle(range));
    }
    return bundles;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private final class StoredBundle implements Bundle {
    private final ElementRange range;

    StoredBundle(ElementRange range) {
      this.range = range;
    }

    @Override
    public void process(ElementReceiver receiver) throws IOException {
      ByteSource elements = range.open();
      for (int i = 0; i < range.count(); i++) {
        run.stop().check();
        elements.readVarInt();
        receiver.accept(store.codec().decode(elements));
      }
      store.release(range);
    }

    @Override
    public long bytes() {
      return range.bytes();
    }
  }
}
