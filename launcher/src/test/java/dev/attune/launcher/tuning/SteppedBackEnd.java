package dev.attune.launcher.tuning;

import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;
import java.util.List;

/** A real back end each of whose calls is a step, whether it succeeded or not. */
record SteppedBackEnd(TuningBackEnd real, Steps steps) implements TuningBackEnd {
  @Override
  public String name() {
    return real.name();
  }

  @Override
  public StagedDataset stage(DatasetDirectory dataset) throws BackEndException, IOException {
    try {
      return real.stage(dataset);
    } finally {
      steps.passed("back end: stage");
    }
  }

  @Override
  public List<ListedJob> find(TuningSpec spec) throws BackEndException {
    try {
      return real.find(spec);
    } finally {
      steps.passed("back end: find");
    }
  }

  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    try {
      return real.create(spec, staged, ledger);
    } finally {
      steps.passed("back end: create");
    }
  }

  @Override
  public BackEndJob get(String name) throws BackEndException {
    try {
      return real.get(name);
    } finally {
      steps.passed("back end: get");
    }
  }

  @Override
  public void cancel(String name) throws BackEndException {
    try {
      real.cancel(name);
    } finally {
      steps.passed("back end: cancel");
    }
  }

  /** The real one stays open for the next process. */
  @Override
  public void close() {}
}
