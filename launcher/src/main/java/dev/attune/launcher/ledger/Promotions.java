package dev.attune.launcher.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The decisions on models: which model of a dataset is in use, and which was refused. */
public final class Promotions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> SENTENCES = new TypeReference<>() {};

  /** The size of the column. */
  private static final int LONGEST_SENTENCE = 4000;

  private final LedgerDatabase book;

  Promotions(LedgerDatabase book) {
    this.book = book;
  }

  /** The kinds of decisions. */
  public enum Kind {
    /** The model passed the gate. */
    PROMOTED("promoted"),
    /** The model was promoted with --force although it did not pass the gate. */
    FORCED("forced"),
    /** The model did not pass the gate. */
    REFUSED("refused"),
    /** A user declined the model. */
    DECLINED("declined"),
    /** The champion before the last was put back. */
    ROLLED_BACK("rolledBack");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Returns the decision's name in JSON documents. */
    public String key() {
      return key;
    }

    /** Returns whether the model of the entry becomes the champion. */
    public boolean isInUse() {
      return this != REFUSED && this != DECLINED;
    }
  }

  /**
   * The result of the gate for a model.
   *
   * @param sentence the decision and the figures behind it, or null in older entries
   * @param gate the version of the gate's rules, or null before version 2 or if the gate was not
   *     applied
   * @param reasons one sentence for each test of the gate that failed
   */
  public record Verdict(@Nullable String sentence, @Nullable Integer gate, List<String> reasons) {
    /** The gate was not applied: a rollback, or a declined model. */
    public static final Verdict NOT_APPLIED = new Verdict(null, null, List.of());

    public Verdict {
      sentence =
          sentence != null && sentence.length() > LONGEST_SENTENCE
              ? sentence.substring(0, LONGEST_SENTENCE)
              : sentence;
      reasons = List.copyOf(reasons);
    }

    /** Returns the sentence, and the reasons that it does not contain, as lines to print. */
    public List<String> lines() {
      if (sentence == null) {
        return reasons;
      }
      List<String> lines = new ArrayList<>(List.of(sentence));
      String said = sentence.toLowerCase(Locale.ROOT);
      for (String reason : reasons) {
        String clause = reason.toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
        if (!said.contains(clause)) {
          lines.add(reason);
        }
      }
      return lines;
    }
  }

  /**
   * A decision in the ledger.
   *
   * @param dataset the name of the dataset
   * @param position 1, 2, 3 … within the dataset
   * @param model the id of the model, which becomes the champion unless it is refused or declined
   * @param previous the previous champion, or null
   * @param evaluation the id of the evaluation that the gate used, or null
   * @param verdict the result of the gate
   * @param reason why the model was forced or declined, or null
   */
  public record Entry(
      String dataset,
      int position,
      Kind kind,
      String model,
      @Nullable String previous,
      @Nullable String evaluation,
      Verdict verdict,
      @Nullable String reason,
      Stamp stamp) {
    /** Returns one sentence for each test of the gate that failed. */
    public List<String> reasons() {
      return verdict.reasons();
    }
  }

  /**
   * A decision to enter; the ledger adds position, champion and stamp.
   *
   * @param dataset the name of the dataset
   * @param evaluation the id of the evaluation that the gate used, or null
   * @param verdict the result of the gate
   * @param reason why the model is forced or declined, or null
   */
  public record Decision(
      String dataset,
      Kind kind,
      String model,
      @Nullable String evaluation,
      Verdict verdict,
      @Nullable String reason) {}

  /**
   * Enters a decision after those of the dataset, unless another process entered one first.
   *
   * @param seen the number of decisions on the dataset on which this one is based
   * @return the entry, or empty if another decision was entered first
   */
  public Optional<Entry> enter(Decision decision, int seen) {
    Stamp stamp = book.stamp();
    return book.tryEnter(
        handle -> {
          List<Entry> before = of(handle, decision.dataset());
          if (before.size() > seen) {
            Entry next = before.get(seen);
            // This decision was entered just before the connection broke.
            boolean own = next.stamp().equals(stamp) && next.model().equals(decision.model());
            return own ? Optional.of(next) : Optional.empty();
          }
          Entry entry =
              new Entry(
                  decision.dataset(),
                  seen + 1,
                  decision.kind(),
                  decision.model(),
                  champion(before),
                  decision.evaluation(),
                  decision.verdict(),
                  decision.reason(),
                  stamp);
          insert(handle, entry);
          return Optional.of(entry);
        });
  }

  /** Returns all decisions on a dataset's models, in order. */
  public List<Entry> of(String dataset) {
    return book.in(handle -> of(handle, dataset));
  }

  /** Returns the champion of a dataset, or empty if no model is in use. */
  public Optional<String> champion(String dataset) {
    return Optional.ofNullable(champion(of(dataset)));
  }

  private static @Nullable String champion(List<Entry> entries) {
    String champion = null;
    for (Entry entry : entries) {
      champion = entry.kind().isInUse() ? entry.model() : champion;
    }
    return champion;
  }

  private static List<Entry> of(Handle handle, String dataset) {
    return handle
        .select("select * from promotions where dataset_name = ? order by position", dataset)
        .map(Promotions::entry)
        .list();
  }

  private static void insert(Handle handle, Entry entry) {
    handle
        .createUpdate(
            "insert into promotions (dataset_name, position, kind, model, previous, evaluation,"
                + " reasons, reason, entered_at, entered_by, sentence, gate) values (:dataset,"
                + " :position, :kind, :model, :previous, :evaluation, :json, :reason, :stamp.at,"
                + " :stamp.by, :verdict.sentence, :verdict.gate)")
        .bindMethods(entry)
        .bind("json", json(entry.reasons()))
        .execute();
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        row.getString("dataset_name"),
        row.getInt("position"),
        Kind.valueOf(row.getString("kind")),
        row.getString("model"),
        row.getString("previous"),
        row.getString("evaluation"),
        new Verdict(
            row.getString("sentence"),
            row.getObject("gate", Integer.class),
            sentences(row.getString("reasons"))),
        row.getString("reason"),
        Evaluations.stamp(row));
  }

  private static String json(List<String> sentences) {
    try {
      return JSON.writeValueAsString(sentences);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static List<String> sentences(String json) {
    try {
      return JSON.readValue(json, SENTENCES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger's own JSON is broken", e);
    }
  }
}
