package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data in prompt, answer and comment exactly as {@link RedactRecords} does in the
 * texts of records: a model must get its output only. Id and basis stay, because the improvement is
 * found by them. Deterministic; keeps no order. Memory: one row.
 */
public final class RedactUnimproved
    extends PTransform<PCollection<UnimprovedRow>, PCollection<UnimprovedRow>> {
  private static final long serialVersionUID = 1L;

  private final Set<PersonalKind> kinds;

  private RedactUnimproved(Set<PersonalKind> kinds) {
    this.kinds = kinds;
  }

  /**
   * Redacts some kinds of personal data.
   *
   * @param kinds as attune.yaml names them, for example {@code email}
   */
  public static RedactUnimproved of(List<String> kinds) {
    Set<PersonalKind> meant = EnumSet.noneOf(PersonalKind.class);
    kinds.forEach(key -> meant.add(PersonalKind.of(key)));
    return new RedactUnimproved(meant);
  }

  @Override
  public PCollection<UnimprovedRow> expand(PCollection<UnimprovedRow> rows) {
    return rows.apply("RedactRow", ParDo.of(new RedactRowFn(kinds))).setCoder(rows.getCoder());
  }

  private static final class RedactRowFn extends DoFn<UnimprovedRow, UnimprovedRow> {
    private static final long serialVersionUID = 1L;

    private final Set<PersonalKind> kinds;
    private transient @Nullable TextRedactor redactor;

    RedactRowFn(Set<PersonalKind> kinds) {
      this.kinds = kinds;
    }

    @ProcessElement
    public void processElement(@Element UnimprovedRow row, OutputReceiver<UnimprovedRow> out) {
      out.output(
          new UnimprovedRow(
              row.id(),
              row.basis(),
              clean(row.prompt()),
              clean(row.answer()),
              clean(row.comment())));
    }

    private String clean(String text) {
      TextRedactor made = redactor;
      if (made == null) {
        made = new TextRedactor(kinds);
        redactor = made;
      }
      return made.redact(text, kind -> {});
    }
  }
}
