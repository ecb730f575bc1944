package dev.attune.pipeline.prepare;

/** The phases of prepare that are reported to the user, in their order. */
public enum PrepareStage {
  /** Counts the rows of the database and inspects its table. */
  DATABASE("Looking at the database", ""),
  /** Reads every file once, for its size, its hash and its ranges. */
  SURVEY("Measuring the input files", "bytes"),
  /** Reads and checks the previous dataset. */
  PREVIOUS("Looking at the previous dataset", ""),
  /** Waits for the runner to start. */
  START("Starting the runner", ""),
  /** Reads records. */
  READ("Reading", "records"),
  /** Redacts, checks, scores and encodes records. */
  CHECK("Checking", "records"),
  /** Compares records with one another. */
  COMPARE("Removing duplicates", "records"),
  /** Assigns units to the splits; examples carried over are counted as well. */
  SPLIT("Assigning the split", "examples"),
  /** Sorts and writes parts of the dataset's files. */
  WRITE("Sorting", "records"),
  /** Assembles the files. */
  PUBLISH("Writing the files", "bytes"),
  /** Compares the two splits. */
  PROVE("Comparing validation with training", "bytes"),
  /** Runs on Dataflow, beyond the steps whose counters are reported. */
  DATAFLOW("Running on Dataflow", ""),
  /** Runs on a cluster, which reports only the number of finished tasks. */
  CLUSTER("Running on the Flink cluster", "tasks");

  private final String doing;
  private final String noun;

  PrepareStage(String doing, String noun) {
    this.doing = doing;
    this.noun = noun;
  }

  /** Returns a title for the user. */
  public String doing() {
    return doing;
  }

  /** Returns the unit of its work, in the plural; empty if it has none. */
  public String noun() {
    return noun;
  }
}
