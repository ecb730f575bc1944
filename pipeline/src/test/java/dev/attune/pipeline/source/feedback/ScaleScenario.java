package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.row.FeedbackRecords;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * A table with NULL and skewed values in its partition column, read while two connections insert
 * more rows. What arrives is counted in this process: every row that existed at the start once.
 */
final class ScaleScenario {
  /** Of the rows that are inserted meanwhile, more than any that stood there. */
  private static final long FIRST_NEW_ID = 1_000_000_000;

  private static final ConcurrentMap<String, Arrivals> ARRIVALS = new ConcurrentHashMap<>();

  /**
   * The rows that were read.
   *
   * @param old the number of times that each existing row was read
   * @param records how many examples and rejected records, old and new
   * @param tallied how many rows the tallies count
   */
  private record Arrivals(AtomicIntegerArray old, AtomicLong records, AtomicLong tallied) {}

  /**
   * The cost of the run.
   *
   * @param pipeline the pipeline, from its start to its end
   * @param plain the same ranges one after the other, rules included, without Beam
   * @param inserted how many rows were inserted meanwhile
   * @param arrived how many of them were read
   */
  record Measured(int rows, Duration pipeline, Duration plain, long inserted, long arrived) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d rows: pipeline %.1f s, %.0f rows/s; without Beam %.1f s, %.0f rows/s; %d rows"
              + " inserted meanwhile, %d of them read",
          rows,
          seconds(pipeline),
          rows / seconds(pipeline),
          seconds(plain),
          rows / seconds(plain),
          inserted,
          arrived);
    }

    private static double seconds(Duration duration) {
      return duration.toMillis() / 1000.0;
    }
  }

  private ScaleScenario() {}

  static Measured run(int rows) throws SQLException, SourceException, InterruptedException {
    String table = "scale_" + rows;
    createTable(table, rows);
    Feedback feedback = TestConfigs.feedback(TestPostgres.reader(), table, "part");
    FeedbackPlan plan =
        FeedbackDatabase.of(feedback, Place.of(Path.of("/")), TestPostgres.ENVIRONMENT).inspect();
    assertThat(plan.watermark().rows()).isEqualTo(rows);
    Duration plain = readPlainly(plan, feedback);

    Arrivals arrivals =
        new Arrivals(new AtomicIntegerArray(rows + 1), new AtomicLong(), new AtomicLong());
    ARRIVALS.put(table, arrivals);
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--enforceImmutability=false", "--enforceEncodability=false")
                .create());
    SourceOutput read =
        pipeline.apply("ReadFeedback", ReadFeedback.of(plan, TestConfigs.dataset(feedback)));
    read.examples().apply("CountExamples", ParDo.of(new CountExampleFn(table)));
    read.rejected().apply("CountRejected", ParDo.of(new CountRejectedFn(table)));
    read.tallies().apply("CountTallies", ParDo.of(new CountTallyFn(table)));

    AtomicLong inserted = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      writers.add(startInserting(table, writer, inserted, done::get));
    }
    long start = System.nanoTime();
    pipeline.run().waitUntilFinish();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    done.set(true);
    for (Thread writer : writers) {
      writer.join();
    }
    check(arrivals, rows);
    return new Measured(rows, took, plain, inserted.get(), arrivals.records().get() - rows);
  }

  private static void check(Arrivals arrivals, int rows) {
    long notOnce = 0;
    for (int id = 1; id <= rows; id++) {
      if (arrivals.old().get(id) != 1) {
        notOnce++;
      }
    }
    assertThat(notOnce).as("rows that did not arrive exactly once").isZero();
    assertThat(arrivals.tallied()).hasValue(arrivals.records().get());
  }

  /** A tenth NULL, half of the rest one value, one far away, one infinite, the others spread. */
  private static void createTable(String table, int rows) throws SQLException {
    TestPostgres.execute(
        "CREATE TABLE "
            + table
            + " AS SELECT i::bigint AS id, CASE WHEN i % 10 = 0 THEN NULL WHEN i % 2 = 0 THEN 7"
            + " WHEN i = 1 THEN 1e15 WHEN i = 3 THEN 'NaN' WHEN i = 5 THEN -1e15 ELSE i"
            + " END::numeric AS part, 'user ' || i % 100 AS user_id, 'What about ' || i || ' of"
            + " them? ' || repeat('a word ', 20) AS prompt, 'They are fine. ' || repeat('indeed ',"
            + " 40) AS response, i % 5 + 1 AS rating, NULL::text AS comment,"
            + " '2026-01-01'::timestamptz + i * interval '1 second' AS created_at FROM"
            + " generate_series(1, "
            + rows
            + ") AS i",
        "CREATE INDEX ON " + table + " (part)",
        "ANALYZE " + table);
  }

  private static Duration readPlainly(FeedbackPlan plan, Feedback feedback)
      throws SourceException, SQLException {
    FeedbackRecords records =
        new FeedbackRecords(
            plan.place(),
            plan.columns(),
            TestConfigs.dataset(feedback).systemInstruction(),
            TestConfigs.RECORD_BYTES,
            dev.attune.pipeline.rejection.ContentHash.of("answers"));
    long start = System.nanoTime();
    Tally[] tally = {Tally.none("feedback")};
    try (java.sql.Connection connection = plan.access().open()) {
      for (RowRange range : plan.ranges()) {
        plan.query()
            .read(connection, range, row -> tally[0] = tally[0].plus(records.judge(row).fullId()));
      }
    }
    assertThat(tally[0].count()).isEqualTo(plan.watermark().rows());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Thread startInserting(
      String table, int writer, AtomicLong inserted, BooleanSupplier done) {
    Thread thread =
        new Thread(
            () -> {
              try (java.sql.Connection connection = TestPostgres.owner();
                  Statement statement = connection.createStatement()) {
                for (long i = writer; !done.getAsBoolean(); i += 2) {
                  String part = i % 3 == 0 ? "NULL" : i % 3 == 1 ? "7" : Long.toString(i);
                  statement.execute(
                      "INSERT INTO "
                          + table
                          + " SELECT "
                          + (FIRST_NEW_ID + i)
                          + ", "
                          + part
                          + ", user_id, prompt, response, rating, comment, created_at FROM "
                          + table
                          + " LIMIT 1");
                  inserted.incrementAndGet();
                }
              } catch (SQLException e) {
                throw new IllegalStateException("Inserting failed", e);
              }
            },
            "writer-" + writer);
    thread.start();
    return thread;
  }

  private static void count(String table, String fullId) {
    Arrivals arrivals = ARRIVALS.get(table);
    if (arrivals == null) {
      throw new IllegalStateException("Another process");
    }
    long id = Long.parseLong(fullId.substring("feedback:".length()));
    arrivals.records().incrementAndGet();
    if (id < FIRST_NEW_ID) {
      arrivals.old().incrementAndGet((int) id);
    }
  }

  /** Counts examples by id. */
  private static final class CountExampleFn extends DoFn<Example, Void> {
    private final String table;

    CountExampleFn(String table) {
      this.table = table;
    }

    @ProcessElement
    public void processElement(@Element Example example) {
      count(table, example.id());
    }
  }

  /** Counts rejected records by id. */
  private static final class CountRejectedFn extends DoFn<RejectedRecord, Void> {
    private final String table;

    CountRejectedFn(String table) {
      this.table = table;
    }

    @ProcessElement
    public void processElement(@Element RejectedRecord rejected) {
      count(table, rejected.id());
    }
  }

  /** Sums what the tallies count. */
  private static final class CountTallyFn extends DoFn<Tally, Void> {
    private final String table;

    CountTallyFn(String table) {
      this.table = table;
    }

    @ProcessElement
    public void processElement(@Element Tally tally) {
      Arrivals arrivals = ARRIVALS.get(table);
      if (arrivals != null) {
        arrivals.tallied().addAndGet(tally.count());
      }
    }
  }
}
