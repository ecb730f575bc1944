package dev.attune.pipeline.prepare;

/** What prepare is doing, in the order in which it does it. */
public enum PrepareStage {
  /** Counts the rows of the database and looks at its table. */
  DATABASE("Looking at the database", ""),
  /** Reads every file once, for its size, its hash and where it can be cut. */
  SURVEY("Measuring the input files", "bytes"),
  /** Reads and checks the dataset that is built on. */
  PREVIOUS("Looking at the previous dataset", ""),
  /** Waits for the engine to begin. */
  START("Starting the runner", ""),
  /** Reads records. */
  READ("Reading", "records"),
  /** Redacts, checks, scores and encodes what was read. */
  CHECK("Checking", "records"),
  /** Compares records with one another. */
  COMPARE("Removing duplicates", "records"),
  /** Assigns units to the splits; examples that are carried over have theirs and count, too. */
  SPLIT("Assigning the split", "examples"),
  /** Sorts and writes the parts of the dataset's files. */
  WRITE("Sorting", "records"),
  /** Puts the files together. */
  PUBLISH("Writing the files", "bytes"),
  /** Compares what was written across the splits. */
  PROVE("Comparing validation with training", "bytes"),
  /** Works on a cluster, of which only the number of its tasks is known. */
  CLUSTER("Running on the Flink cluster", "tasks");

  private final String doing;
  private final String noun;

  PrepareStage(String doing, String noun) {
    this.doing = doing;
    this.noun = noun;
  }

  /** In words, as a title. */
  public String doing() {
    return doing;
  }

  /** What it counts, in the plural; empty where it counts nothing. */
  public String noun() {
    return noun;
  }
}
