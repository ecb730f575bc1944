package dev.attune.pipeline.coder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every coder brings back what it wrote, and writes the same bytes for equal values. */
class RecordCoderTest {
  private static final List<String> TEXTS = List.of("", "a", "\0", "\u00FC\u2028\uD83D\uDE00");
  private static final List<@Nullable Quality> QUALITIES = qualities();
  private static final Fingerprint FINGERPRINT = new Fingerprint(0, -1, Long.MIN_VALUE, 1);
  private static final Key128 KEY = new Key128(Long.MIN_VALUE, -1);

  private static List<@Nullable Quality> qualities() {
    List<@Nullable Quality> qualities = new ArrayList<>();
    qualities.add(null);
    qualities.add(new Quality(0, 0, true));
    qualities.add(new Quality(100, 255, false));
    return qualities;
  }

  @Test
  void ofExamples() throws Exception {
    for (String text : TEXTS) {
      for (Quality quality : QUALITIES) {
        holds(RecordCoder.of(Example.class), example(text, quality), example(text, quality));
      }
    }
    Example nothing =
        new Example(
            "feedback:1",
            SourceName.FEEDBACK,
            "row 1",
            null,
            null,
            Example.NO_TIME,
            new ExampleLine(null, List.of()),
            List.of(),
            null);
    holds(RecordCoder.of(Example.class), nothing, nothing.checked(nothing.line(), List.of()));
  }

  private static Example example(String text, @Nullable Quality quality) {
    return new Example(
        "generated:" + text,
        SourceName.GENERATED,
        text,
        text,
        text,
        Long.MIN_VALUE,
        new ExampleLine(
            text,
            List.of(new Turn(Role.USER, text, List.of("gs://b/" + text, "")), Turn.model(text))),
        List.of(text, "b"),
        quality);
  }

  @Test
  void ofEncodedExamples() throws Exception {
    for (String text : TEXTS) {
      for (Quality quality : QUALITIES) {
        holds(RecordCoder.of(EncodedExample.class), encoded(text, quality), encoded(text, quality));
      }
    }
  }

  private static EncodedExample encoded(String text, @Nullable Quality quality) {
    Provenance from =
        new Provenance(
            text,
            SourceName.OBSERVATIONS,
            text,
            text.isEmpty() ? null : text,
            text.isEmpty() ? text : null,
            List.of(text),
            quality,
            Commonness.NONE);
    Line line = new Line(new byte[] {0, -1, '\n'});
    return new EncodedExample(
        from, line, FINGERPRINT, KEY, new Key128(3, 4), 1 << 20, 300, text.isEmpty());
  }

  @Test
  void ofCarriedExamples() throws Exception {
    for (String text : TEXTS) {
      for (Split split : Split.values()) {
        holds(RecordCoder.of(CarriedExample.class), carried(text, split), carried(text, split));
      }
    }
  }

  private static CarriedExample carried(String text, Split split) {
    Provenance from = encoded(text, null).provenance();
    return new CarriedExample(from, split, new Line(new byte[] {0, -1}), FINGERPRINT);
  }

  @Test
  void ofIdentities() throws Exception {
    for (String text : TEXTS) {
      TestRecord record = TestRecord.named("feedback:" + text).at(-1).in(text).bytes(1 << 20);
      TestRecord child = record.group(text).parent("generated:" + text).scored(0);
      holds(RecordCoder.of(Identity.class), record.identity(), record.identity());
      holds(RecordCoder.of(Identity.class), child.identity(), child.identity());
      for (Split split : Split.values()) {
        Identity carried = child.carried(split);
        holds(RecordCoder.of(Identity.class), carried, child.carried(split));
        holds(
            RecordCoder.of(Identity.class),
            record.identity().dropped(RejectionReason.NEAR_DUPLICATE, carried),
            record.identity().dropped(RejectionReason.NEAR_DUPLICATE, carried));
      }
      holds(
          RecordCoder.of(Identity.class),
          child.identity().dropped(RejectionReason.EXACT_DUPLICATE, record.identity()),
          child.identity().dropped(RejectionReason.EXACT_DUPLICATE, record.identity()));
    }
  }

  @Test
  void ofDecisions() throws Exception {
    for (Split split : new Split[] {null, Split.TRAINING, Split.VALIDATION}) {
      for (RejectionReason reason :
          new RejectionReason[] {null, RejectionReason.RECORD_TOO_LARGE, last()}) {
        for (String other : new String[] {null, "", "feedback:\u00FC"}) {
          for (Commonness common : Commonness.values()) {
            holds(
                RecordCoder.of(Decision.class),
                new Decision(FINGERPRINT, KEY, "feedback:1", split, reason, other, common),
                new Decision(FINGERPRINT, KEY, "feedback:1", split, reason, other, common));
          }
        }
      }
    }
  }

  private static RejectionReason last() {
    RejectionReason[] reasons = RejectionReason.values();
    return reasons[reasons.length - 1];
  }

  @Test
  void ofRejectedRecords() throws Exception {
    for (String text : TEXTS) {
      for (String other : new String[] {null, text}) {
        holds(
            RecordCoder.of(RejectedRecord.class),
            new RejectedRecord(text, "feedback", text, "read", last(), text, other, text),
            new RejectedRecord(text, "feedback", text, "read", last(), text, other, text));
      }
    }
  }

  @Test
  void ofRefusalsJoinsAndTallies() throws Exception {
    for (String text : TEXTS) {
      holds(RecordCoder.of(Refusal.class), new Refusal(text, text), new Refusal(text, text));
      holds(RecordCoder.of(Tally.class), new Tally(text, 1, -1, 1), new Tally(text, 1, -1, 1));
    }
    holds(
        RecordCoder.of(Join.class),
        new Join(-1, Long.MIN_VALUE, Join.Cause.NEARNESS),
        new Join(-1, Long.MIN_VALUE, Join.Cause.NEARNESS));
  }

  @Test
  void ofShingles() throws Exception {
    for (String text : TEXTS) {
      holds(ShingledCoder.of(), shingled(text, null), shingled(text, null));
      for (String other : TEXTS) {
        holds(ShingledCoder.of(), shingled(text, other), shingled(text, other));
      }
    }
    for (String prompt : new String[] {"", "a", "a b", "a b c", "a b c d e f g h"}) {
      for (String answer : new String[] {null, "", "x", "a b", "a b c", "x y z a b c"}) {
        Shingled text = shingled(prompt, answer);
        holds(ShingledCoder.of(), text, shingled(prompt, answer));
        // Of what is left out the text itself has all, some and nothing.
        LeftOut leftOut =
            LeftOut.NONE
                .and(text.shingles().whole())
                .and(Shingles.of("b c d e f g"))
                .and(Shingles.of("q r s t"));
        holds(ShingledCoder.of(), whole(text, leftOut), whole(text, leftOut));
      }
    }
  }

  private static Shingled shingled(String prompt, @Nullable String answer) {
    return new Shingled(KEY, ComparedShingles.of(new ComparedText(prompt, answer)));
  }

  private static Shingled whole(Shingled text, LeftOut leftOut) {
    return new Shingled(KEY, KEY, text.shingles(), "", true, leftOut);
  }

  @Test
  void ofEither() throws Exception {
    Coder<Either<Join, String>> coder =
        EitherCoder.of(RecordCoder.of(Join.class), StringUtf8Coder.of());
    holds(
        coder,
        Either.left(new Join(1, 2, Join.Cause.PARENT)),
        Either.left(new Join(1, 2, Join.Cause.PARENT)));
    holds(coder, Either.right("a"), Either.right("a"));
    assertThatThrownBy(() -> coder.encode(new Either<>(null, null), new ByteArrayOutputStream()))
        .hasMessage("neither left nor right");
  }

  @Test
  void ofPacks() throws Exception {
    for (int size : new int[] {0, 1, 200, 70_000}) {
      holds(new PackCoder(), new byte[size], new byte[size]);
    }
  }

  @Test
  void giveBackWhatIsPackedOneBehindTheOther() throws Exception {
    List<Identity> identities = new ArrayList<>();
    List<byte[]> packs = new ArrayList<>();
    for (int pack = 0; pack < 3; pack++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      // The middle one holds nothing.
      for (int i = 0; i < 2 * Math.abs(pack - 1); i++) {
        Identity identity = TestRecord.named("feedback:" + pack + i).group("g\u00FC").identity();
        identities.add(identity);
        RecordCoder.of(Identity.class).encode(identity, bytes);
      }
      packs.add(bytes.toByteArray());
    }
    Iterable<Identity> values = Packs.values(packs, RecordCoder.of(Identity.class));
    assertThat(values).containsExactlyElementsOf(identities);
    assertThat(values).containsExactlyElementsOf(identities);
  }

  @Test
  void sayThatTheyAreDeterministic() {
    for (Coder<?> coder :
        List.of(
            RecordCoder.of(Example.class),
            RecordCoder.of(EncodedExample.class),
            RecordCoder.of(CarriedExample.class),
            RecordCoder.of(Identity.class),
            RecordCoder.of(Decision.class),
            RecordCoder.of(RejectedRecord.class),
            RecordCoder.of(Refusal.class),
            RecordCoder.of(Tally.class),
            RecordCoder.of(Join.class),
            ShingledCoder.of(),
            new PackCoder(),
            EitherCoder.of(RecordCoder.of(Join.class), StringUtf8Coder.of()))) {
      assertThatCode(coder::verifyDeterministic).doesNotThrowAnyException();
    }
  }

  /** A shape, to test sealed interfaces. */
  private sealed interface Shape permits Circle, Sides {}

  private record Circle(double radius, @Nullable Split split) implements Shape {}

  private record Sides(List<Circle> circles, boolean closed) implements Shape {}

  @Test
  void encodesEachRecordOfASealedInterface() throws Exception {
    Circle circle = new Circle(-0.5, null);
    Coder<Shape> coder = RecordCoder.of(Shape.class);
    holds(coder, circle, new Circle(-0.5, null));
    holds(
        coder,
        new Sides(List.of(circle, new Circle(1, Split.VALIDATION)), true),
        new Sides(List.of(circle, new Circle(1, Split.VALIDATION)), true));
    assertThat(coder.getEncodedTypeDescriptor().getRawType()).isEqualTo(Shape.class);
    assertThat(coder)
        .isEqualTo(RecordCoder.of(Shape.class))
        .isNotEqualTo(RecordCoder.of(Circle.class));
  }

  private record Indexed(Map<String, Circle> circles, Set<Long> numbers) {}

  @Test
  void encodesMapsAndSets() throws Exception {
    Coder<Indexed> coder = RecordCoder.of(Indexed.class);
    holds(coder, new Indexed(Map.of(), Set.of()), new Indexed(Map.of(), Set.of()));
    CoderProperties.coderDecodeEncodeEqual(
        coder,
        new Indexed(
            Map.of("a", new Circle(1, null), "b", new Circle(2, Split.TRAINING)),
            Set.of(Long.MIN_VALUE, 0L, 7L)));
  }

  private record Unsupported(Thread thread) {}

  private record Bounded(int value) {
    Bounded {
      if (value > 9) {
        throw new IllegalArgumentException("too large: " + value);
      }
    }
  }

  private record Unbounded(int value) {}

  @Test
  void refusesTypesThatItCannotEncode() {
    for (Class<?> type : List.of(String.class, Unsupported.class)) {
      assertThatThrownBy(() -> RecordCoder.of(type)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void failsOnValuesThatTheRecordRefuses() throws Exception {
    holds(RecordCoder.of(Bounded.class), new Bounded(9), new Bounded(9));
    byte[] bytes = CoderUtils.encodeToByteArray(RecordCoder.of(Unbounded.class), new Unbounded(10));
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(RecordCoder.of(Bounded.class), bytes))
        .isInstanceOf(CoderException.class)
        .hasRootCauseMessage("too large: 10");
  }

  @Test
  void noticeThatBytesAreMissing() throws Exception {
    byte[] whole =
        CoderUtils.encodeToByteArray(
            RecordCoder.of(Refusal.class), new Refusal("a file", "a sentence"));
    byte[] part = Arrays.copyOf(whole, whole.length - 1);
    assertThatThrownBy(() -> RecordCoder.of(Refusal.class).decode(new ByteArrayInputStream(part)))
        .isInstanceOf(EOFException.class);
  }

  private static <T> void holds(Coder<T> coder, T value, T equal) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, equal);
    CoderProperties.coderSerializable(coder);
  }
}
