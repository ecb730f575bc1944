package dev.attune.pipeline.example;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record for tests of what is decided about records: an id is enough, everything else has a value
 * that does not get in the way.
 */
public record TestRecord(
    String id,
    String prompt,
    List<String> categories,
    int quality,
    long createdAt,
    @Nullable String group,
    @Nullable String parent,
    int place,
    int bytes) {

  /** A record of its own group, with a prompt that no other one has, that is not scored. */
  public static TestRecord named(String id) {
    return new TestRecord(
        id,
        "prompt of " + id,
        List.of("speaking"),
        Rank.NOT_SCORED,
        Example.NO_TIME,
        null,
        null,
        1,
        100);
  }

  public TestRecord asks(String newPrompt) {
    return new TestRecord(
        id, newPrompt, categories, quality, createdAt, group, parent, place, bytes);
  }

  public TestRecord in(String... newCategories) {
    return new TestRecord(
        id, prompt, List.of(newCategories), quality, createdAt, group, parent, place, bytes);
  }

  public TestRecord scored(int tenths) {
    return new TestRecord(id, prompt, categories, tenths, createdAt, group, parent, place, bytes);
  }

  public TestRecord at(long time) {
    return new TestRecord(id, prompt, categories, quality, time, group, parent, place, bytes);
  }

  public TestRecord group(@Nullable String name) {
    return new TestRecord(id, prompt, categories, quality, createdAt, name, parent, place, bytes);
  }

  public TestRecord parent(@Nullable String parentId) {
    return new TestRecord(
        id, prompt, categories, quality, createdAt, group, parentId, place, bytes);
  }

  public TestRecord place(int line) {
    return new TestRecord(id, prompt, categories, quality, createdAt, group, parent, line, bytes);
  }

  public TestRecord bytes(int ofLine) {
    return new TestRecord(id, prompt, categories, quality, createdAt, group, parent, place, ofLine);
  }

  /** As the stages that compare records are given it. */
  public Identity identity() {
    Rank rank =
        new Rank(
            null, quality, createdAt, id, fingerprint(prompt + categories), key(this.toString()));
    return new Identity(
        rank,
        new Identity.Keys(key(prompt), key(categories.toString()), Identity.Keys.NO_PROMPT),
        categories,
        group,
        parent,
        Join.node(group, id),
        group != null || parent != null,
        bytes,
        Commonness.NONE,
        null);
  }

  /** As an example of the previous dataset. */
  public Identity carried(Split split) {
    Identity read = identity();
    Rank rank = read.rank();
    return new Identity(
        new Rank(
            split,
            rank.quality(),
            Example.NO_TIME,
            rank.id(),
            rank.fingerprint(),
            key("carried " + this)),
        read.keys(),
        read.categories(),
        read.group(),
        read.parent(),
        read.node(),
        read.joins(),
        read.bytes(),
        Commonness.NONE,
        null);
  }

  private static Key128 key(String text) {
    return Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(text));
  }

  /** The fingerprint of a line with this text. */
  public static Fingerprint fingerprint(String text) {
    try {
      return Fingerprint.of(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
