package dev.attune.launcher.tuning;

import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;
import java.util.List;

/** A real back end whose calls of the tuning service wait for the turn of their process. */
record ScheduledBackEnd(TuningBackEnd real, Turns turns, String who) implements TuningBackEnd {
  @Override
  public String name() {
    return real.name();
  }

  /** Waits for no turn: the two uploads meet nowhere. */
  @Override
  public StagedDataset stage(DatasetDirectory dataset) throws BackEndException, IOException {
    return real.stage(dataset);
  }

  @Override
  public List<ListedJob> find(TuningSpec spec) throws BackEndException {
    turns.await(who);
    try {
      return real.find(spec);
    } finally {
      turns.done(who);
    }
  }

  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    turns.await(who);
    try {
      return real.create(spec, staged, ledger);
    } finally {
      turns.done(who);
    }
  }

  @Override
  public BackEndJob get(String name) throws BackEndException {
    turns.await(who);
    try {
      return real.get(name);
    } finally {
      turns.done(who);
    }
  }

  @Override
  public void cancel(String name) throws BackEndException {
    turns.await(who);
    try {
      real.cancel(name);
    } finally {
      turns.done(who);
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
