package dev.attune.runner.step;

/** A step of the graph: consumes the elements of a PCollection. */
public abstract class GraphStep {
  private final String name;
  private final int order;

  /** The full name of the transform, and its place in topological order. */
  protected GraphStep(String name, int order) {
    this.name = name;
    this.order = order;
  }

  /** The full name of the transform. */
  public final String name() {
    return name;
  }

  /** Its place in topological order. */
  public final int order() {
    return order;
  }

  /** Creates an instance for one thread. */
  public abstract StepInstance open(StepInstances stage);
}
