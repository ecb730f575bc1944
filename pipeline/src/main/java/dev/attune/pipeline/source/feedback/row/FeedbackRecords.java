package dev.attune.pipeline.source.feedback.row;

import dev.attune.bytes.Utf8;
import dev.attune.catalog.TokenEstimate;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.IsoTime;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for rows of feedback (docs/feedback.md). A row with several faults is rejected for the
 * first in the order of {@link RejectionReason}.
 *
 * @param place the table's name, or {@code query}
 * @param columns their names as configured, in the order of {@link FeedbackRow#fields}
 * @param systemInstruction for every example, or null
 * @param recordBytes the limit, of the mapped columns as UTF-8
 * @param contentHash of the dataset
 */
public record FeedbackRecords(
    String place,
    List<@Nullable String> columns,
    @Nullable String systemInstruction,
    int recordBytes,
    ContentHash contentHash)
    implements Serializable {
  private static final String STAGE = "read";
  private static final int HIGHEST_RATING = 5;
  private static final int NEUTRAL_RATING = 3;
  private static final int NO_RATING = 0;

  /** Longer texts are not parsed as ratings. */
  private static final int LONGEST_RATING = 64;

  public FeedbackRecords {
    columns = new ArrayList<>(columns);
  }

  public RowOutcome judge(FeedbackRow row) {
    long bytes = 0;
    boolean wellFormed = true;
    for (String field : row.fields()) {
      if (field != null) {
        bytes += TokenEstimate.utf8Bytes(field);
        wellFormed = wellFormed && !Utf8.hasLoneSurrogate(field);
      }
    }
    if (bytes > recordBytes) {
      return rejected(row, wellFormed, RejectionReason.RECORD_TOO_LARGE, bytes + " bytes");
    }
    if (!wellFormed) {
      return rejected(row, false, RejectionReason.INVALID_ENCODING, "");
    }
    String prompt = present(row.prompt());
    String response = present(row.response());
    if (present(row.id()) == null || prompt == null || response == null) {
      return rejected(row, true, RejectionReason.MISSING_FIELD, missing(row));
    }
    if (row.structured() != 0) {
      return rejected(row, true, RejectionReason.SCHEMA_VIOLATION, structured(row));
    }
    if (ownId(row) == null) {
      return rejected(row, true, RejectionReason.SCHEMA_VIOLATION, "id");
    }
    String time = present(row.createdAt());
    long createdAt = time == null ? Example.NO_TIME : IsoTime.micros(time);
    if (createdAt == IsoTime.INVALID) {
      return rejected(
          row, true, RejectionReason.SCHEMA_VIOLATION, "createdAt, expected " + IsoTime.EXPECTED);
    }
    int rating = rating(row.rating());
    if (rating == NO_RATING) {
      return rejected(row, true, RejectionReason.INVALID_RATING, "");
    }
    if (rating > NEUTRAL_RATING) {
      return new RowOutcome.Kept(example(row, createdAt, prompt, response));
    }
    if (rating == NEUTRAL_RATING) {
      return rejected(row, true, RejectionReason.NEUTRAL_RATING, "");
    }
    if (present(row.comment()) == null) {
      return rejected(row, true, RejectionReason.LOW_RATING_WITHOUT_COMMENT, "");
    }
    return new RowOutcome.Waiting(example(row, createdAt, prompt, ""), contentHash(row));
  }

  /** Returns the example of a low-rated row with a better answer. */
  public static Example improved(RowOutcome.Waiting row, String response) {
    Example example = row.example();
    return example.checked(example.line().withAnswer(response), example.categories());
  }

  /**
   * Returns the rejection of a row without an improvement.
   *
   * @param outdated how many improvements are for other versions of the row
   */
  public static RejectedRecord notImproved(RowOutcome.Waiting row, int outdated) {
    Example example = row.example();
    RejectionReason reason = RejectionReason.IMPROVEMENT_MISSING;
    return new RejectedRecord(
        example.id(),
        SourceName.FEEDBACK.key(),
        example.location(),
        STAGE,
        reason,
        outdated == 0
            ? reason.sentence()
            : "The rating is 1 or 2 and no improvement is for this version of the row; improvements"
                + " for other versions: "
                + outdated
                + ".",
        null,
        row.contentHash());
  }

  private Example example(FeedbackRow row, long createdAt, String prompt, String response) {
    return new Example(
        fullId(row, true),
        SourceName.FEEDBACK,
        location(row, true),
        present(row.group()),
        null,
        createdAt,
        new ExampleLine(systemInstruction, List.of(Turn.user(prompt), Turn.model(response))),
        List.of(),
        null);
  }

  private RowOutcome rejected(
      FeedbackRow row, boolean wellFormed, RejectionReason reason, String what) {
    String sentence = reason.sentence();
    String detail =
        what.isEmpty()
            ? sentence
            : sentence.substring(0, sentence.length() - 1) + ": " + what + ".";
    return new RowOutcome.Rejected(
        new RejectedRecord(
            fullId(row, wellFormed),
            SourceName.FEEDBACK.key(),
            location(row, wellFormed),
            STAGE,
            reason,
            detail,
            null,
            contentHash(row)));
  }

  private static String missing(FeedbackRow row) {
    List<String> names = new ArrayList<>();
    if (present(row.id()) == null) {
      names.add("id");
    }
    if (present(row.prompt()) == null) {
      names.add("prompt");
    }
    if (present(row.response()) == null) {
      names.add("response");
    }
    return String.join(", ", names);
  }

  private String structured(FeedbackRow row) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if ((row.structured() & 1 << i) != 0) {
        names.add("the column " + columns.get(i) + " holds a JSON object or array");
      }
    }
    return String.join(", ", names);
  }

  private static String fullId(FeedbackRow row, boolean wellFormed) {
    String id = ownId(row);
    return SourceName.FEEDBACK.fullId(id != null && wellFormed ? id : row.basis());
  }

  private String location(FeedbackRow row, boolean wellFormed) {
    String id = ownId(row);
    return place + " row " + (id != null && wellFormed ? id : "without id");
  }

  /** Returns the row's id, or null if it has none. A value too long for an id may be a text. */
  private static @Nullable String ownId(FeedbackRow row) {
    boolean structured = (row.structured() & 1) != 0;
    String id = structured ? null : present(row.id());
    return id == null || id.length() > RejectedRecord.LONGEST_ID ? null : id;
  }

  private String contentHash(FeedbackRow row) {
    return contentHash.hex(
        row.fields().stream().map(FeedbackRecords::bytes).toArray(byte[][]::new));
  }

  private static byte[] bytes(@Nullable String field) {
    return field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns 1 to 5, or {@link #NO_RATING}. */
  private static int rating(@Nullable String text) {
    if (text == null || text.length() > LONGEST_RATING) {
      return NO_RATING;
    }
    try {
      BigDecimal rating = new BigDecimal(text.strip());
      for (int whole = 1; whole <= HIGHEST_RATING; whole++) {
        if (rating.compareTo(BigDecimal.valueOf(whole)) == 0) {
          return whole;
        }
      }
      return NO_RATING;
    } catch (NumberFormatException e) {
      return NO_RATING;
    }
  }

  /** Returns the text, or null if it is blank. */
  private static @Nullable String present(@Nullable String text) {
    return text == null || NormalForm.isBlank(text) ? null : text;
  }
}
