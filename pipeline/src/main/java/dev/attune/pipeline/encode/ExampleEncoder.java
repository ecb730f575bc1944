package dev.attune.pipeline.encode;

import com.dynatrace.hash4j.hashing.HashSink;
import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.bytes.Sha256;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.Rank;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.PromptKeys;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes examples. Not thread-safe: it reuses a digest. */
public final class ExampleEncoder {
  private static final Key128 NO_ANSWER = new Key128(0, 0);

  private final Task task;
  private final ExampleFormat format;
  private final boolean byGroup;
  private final MessageDigest sha256;
  private final boolean shingling;

  /**
   * Creates an encoder.
   *
   * @param byGroup whether records of one group stay together in the split
   * @param shingling whether to compute shingles, too
   */
  public ExampleEncoder(Task task, ExampleFormat format, boolean byGroup, boolean shingling) {
    this.task = task;
    this.format = format;
    this.byGroup = byGroup;
    this.shingling = shingling;
    this.sha256 = Sha256.newDigest();
  }

  /** Encodes an example. */
  public Encoded encode(Example example) {
    byte[] line = format.encode(example.line());
    return encoded(example, line, Fingerprint.of(sha256.digest(line)), null, Commonness.NONE);
  }

  /**
   * Encodes a carried example. Its line is kept; its keys are computed from its content.
   *
   * @throws ExampleFormatException if the line is not in the format
   */
  public @Nullable Encoded encode(CarriedExample carried) {
    byte[] line = carried.line().bytes();
    if (!Fingerprint.of(sha256.digest(line)).equals(carried.fingerprint())) {
      return null;
    }
    Provenance from = carried.provenance();
    Example example =
        new Example(
            from.id(),
            from.source(),
            from.location(),
            from.group(),
            from.parent(),
            Example.NO_TIME,
            format.decode(line),
            from.categories(),
            from.quality());
    return encoded(example, line, carried.fingerprint(), carried.split(), from.common());
  }

  private Encoded encoded(
      Example example,
      byte[] line,
      Fingerprint fingerprint,
      @Nullable Split carried,
      Commonness wasCommon) {
    Key128 record = recordKey(example, line, carried != null);
    boolean classification = task == Task.CLASSIFICATION;
    List<String> compared = ComparedText.normalForms(example.line(), task);
    Key128 content = content(example.line(), compared);
    Key128 answer = classification ? categoriesKey(example.categories()) : NO_ANSWER;
    PromptKeys keys = promptKeys(example.line(), compared);
    Key128 prompt = keys.prompt();
    Quality quality = example.quality();
    Rank rank =
        new Rank(
            carried,
            quality == null ? Rank.NOT_SCORED : quality.tenths(),
            example.createdAt(),
            example.id(),
            fingerprint,
            record);
    String group = byGroup ? example.group() : null;
    Identity identity =
        new Identity(
            rank,
            new Identity.Keys(content, answer, prompt),
            example.categories(),
            group,
            example.parent(),
            Join.node(group, example.id()),
            group != null || example.parent() != null,
            line.length + 1,
            Commonness.NONE,
            null);
    EncodedExample body =
        new EncodedExample(
            provenance(example),
            new Line(line),
            fingerprint,
            record,
            content,
            characters(example.line()),
            TokenEstimate.of(example.line()),
            carried != null);
    Shingled shingled =
        shingling
            ? new Shingled(
                content,
                prompt,
                ComparedShingles.of(ComparedText.of(example.line().turns(), compared)),
                carried == Split.TRAINING ? example.id() : null,
                false,
                LeftOut.NONE)
            : null;
    return new Encoded(body, identity, asked(keys, identity, wasCommon), shingled);
  }

  /**
   * The parts of an encoded example: the body for the stage that writes, and the keys for the
   * stages that compare. The shingles are null if they were not requested.
   */
  public record Encoded(
      EncodedExample body, Identity identity, Asked asked, @Nullable Shingled shingled) {}

  /** Returns the prompt keys. Uses the normal forms that are already computed. */
  private static PromptKeys promptKeys(ExampleLine line, List<String> compared) {
    List<Turn> turns = line.turns();
    if (compared.size() == turns.size()) {
      return PromptKeys.of(turns, compared);
    }
    List<String> forms = new ArrayList<>(compared);
    for (Turn turn : turns.subList(compared.size(), turns.size())) {
      forms.add(NormalForm.of(turn.text()));
    }
    return PromptKeys.of(turns, forms);
  }

  private static Asked asked(PromptKeys keys, Identity identity, Commonness wasCommon) {
    List<Asked.Beginning> beginnings = new ArrayList<>(keys.beginnings());
    for (int i = 0; i < keys.beginnings(); i++) {
      beginnings.add(new Asked.Beginning(keys.beginning(i), keys.continuation(i)));
    }
    return new Asked(
        keys.prompt(),
        keys.dialogue(),
        beginnings,
        identity.node(),
        identity.rank().id(),
        identity.rank().carried(),
        wasCommon);
  }

  static Provenance provenance(Example example) {
    return new Provenance(
        example.id(),
        example.source(),
        example.location(),
        example.group(),
        example.parent(),
        example.categories(),
        example.quality(),
        Commonness.NONE);
  }

  /**
   * Returns the key of a record. Its upper half does not depend on the location, so that among
   * records of equal rank the same one survives in every order of lines; its lower half does.
   */
  private static Key128 recordKey(Example example, byte[] line, boolean carried) {
    HashStream64 hash = Hashing.xxh3_64().hashStream();
    hash.putByteArray(line);
    hash.putString(example.id());
    putOptional(hash, example.group());
    putOptional(hash, example.parent());
    hash.putLong(example.createdAt());
    for (String category : example.categories()) {
      hash.putString(category);
    }
    Quality quality = example.quality();
    hash.putBoolean(quality != null);
    if (quality != null) {
      hash.putInt(quality.tenths()).putInt(quality.factors()).putBoolean(quality.brought());
    }
    if (carried) {
      hash.putBoolean(true);
    }
    long withoutPlace = hash.getAsLong();
    return new Key128(withoutPlace, hash.putString(example.location()).getAsLong());
  }

  /**
   * Returns the key of the content: prompt (system instruction, all turns but the last, media) and,
   * in a conversation, the answer.
   */
  private static Key128 content(ExampleLine line, List<String> compared) {
    HashStream128 hash = Hashing.xxh3_128().hashStream();
    String system = line.system();
    putOptional(hash, system == null ? null : NormalForm.of(system));
    List<Turn> turns = line.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (i < compared.size()) {
        hash.putString(compared.get(i));
      }
      for (String uri : turn.media()) {
        hash.putString(uri);
      }
      hash.putInt(turn.media().size());
    }
    hash.putInt(turns.size());
    return Key128.of(hash.get());
  }

  private static Key128 categoriesKey(List<String> categories) {
    HashStream128 hash = Hashing.xxh3_128().hashStream();
    for (String category : categories) {
      hash.putString(category);
    }
    hash.putInt(categories.size());
    return Key128.of(hash.get());
  }

  private static void putOptional(HashSink hash, @Nullable String text) {
    hash.putBoolean(text != null);
    if (text != null) {
      hash.putString(text);
    }
  }

  private static int characters(ExampleLine line) {
    int characters = 0;
    for (Turn turn : line.turns()) {
      characters += turn.text().codePointCount(0, turn.text().length());
    }
    return characters;
  }
}
