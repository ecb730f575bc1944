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

/** Which model of a dataset is in use, since when and why; and which was refused. */
public final class Promotions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> SENTENCES = new TypeReference<>() {};

  /** What its column takes. */
  private static final int LONGEST_SENTENCE = 4000;

  private final Book book;

  Promotions(Book book) {
    this.book = book;
  }

  /** What was decided. */
  public enum Kind {
    /** It passed the gate. */
    PROMOTED("promoted"),
    /** It did not pass, and somebody wanted it all the same. */
    FORCED("forced"),
    /** It did not pass. */
    REFUSED("refused"),
    /** Somebody decided that it is not to be used. */
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

    /** Whether the model of the entry is the champion from then on. */
    public boolean isInUse() {
      return this != REFUSED && this != DECLINED;
    }
  }

  /**
   * What the gate said about a model.
   *
   * @param sentence the decision and the figures behind it, or null: in entries older than that
   * @param gate version of the gate's rules, or null: before 2, or the gate was not held
   * @param reasons one sentence for each test of the gate that failed
   */
  public record Verdict(@Nullable String sentence, @Nullable Integer gate, List<String> reasons) {
    /** The gate was not held: a rollback, or a model that somebody declined. */
    public static final Verdict NOT_HELD = new Verdict(null, null, List.of());

    public Verdict {
      sentence =
          sentence != null && sentence.length() > LONGEST_SENTENCE
              ? sentence.substring(0, LONGEST_SENTENCE)
              : sentence;
      reasons = List.copyOf(reasons);
    }

    /** The decision in lines for people: the sentence, and the reasons that it does not contain. */
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
   * A decision.
   *
   * @param dataset name of the dataset, {@code dataset} of the configuration
   * @param position 1, 2, 3 … within that dataset
   * @param model what was decided on, the champion from then on unless refused or declined
   * @param previous the champion before, or null
   * @param evaluation id of the evaluation that was looked at, or null
   * @param verdict what the gate said
   * @param reason why somebody forced or declined it, or null
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
    /** One sentence for each test of the gate that failed. */
    public List<String> reasons() {
      return verdict.reasons();
    }
  }

  /**
   * A decision that is to be entered; the ledger adds position, champion and stamp.
   *
   * @param dataset name of the dataset
   * @param evaluation id of the evaluation that was looked at, or null
   * @param verdict what the gate said
   * @param reason why somebody forces or declines it, or null
   */
  public record Decision(
      String dataset,
      Kind kind,
      String model,
      @Nullable String evaluation,
      Verdict verdict,
      @Nullable String reason) {}

  /**
   * Enters a decision behind those of the dataset, provided that nobody else decided meanwhile.
   *
   * @param seen how many decisions on the dataset there were when this one was made
   * @return the entry, or nothing where another decision came first: look again
   */
  public Optional<Entry> enter(Decision decision, int seen) {
    Stamp stamp = book.stamp();
    return book.unlessTaken(
        handle -> {
          List<Entry> before = of(handle, decision.dataset());
          if (before.size() > seen) {
            Entry next = before.get(seen);
            // The same one, entered just before the connection broke.
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

  /** All decisions on a dataset's models, the first first. */
  public List<Entry> of(String dataset) {
    return book.in(handle -> of(handle, dataset));
  }

  /** The model of a dataset that is in use, if one is. */
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
    handle.execute(
        "insert into promotions (dataset_name, position, kind, model, previous, evaluation,"
            + " reasons, reason, entered_at, entered_by, sentence, gate) values (?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?)",
        entry.dataset(),
        entry.position(),
        entry.kind().name(),
        entry.model(),
        entry.previous(),
        entry.evaluation(),
        json(entry.reasons()),
        entry.reason(),
        entry.stamp().at(),
        entry.stamp().by(),
        entry.verdict().sentence(),
        entry.verdict().gate());
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
