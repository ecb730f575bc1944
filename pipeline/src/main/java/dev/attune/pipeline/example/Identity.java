package dev.attune.pipeline.example;

import dev.attune.pipeline.rejection.RejectionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the stages that compare records need to know of one: about 150 bytes that travel instead of
 * its body. What they decide meets the body again where it is written.
 *
 * @param rank its place in the survivor order
 * @param keys what equal contents, answers and prompts are recognised by
 * @param categories ids, in the taxonomy's order
 * @param group what it must not be divided from, or null: then it is a group of its own
 * @param parent the full id of the record it was made from, or null
 * @param node its group among the nodes of {@link Join}; of a dropped record, the node of the
 *     record that stands for it
 * @param joins whether something else may hang on its own node, so that dropping it joins two nodes
 * @param bytes of its line, with the line feed
 * @param common whether what it asks is common, so that it joins nothing
 * @param drop why and for whom it gave way, or null while it survives
 */
public record Identity(
    Rank rank,
    Keys keys,
    List<String> categories,
    @Nullable String group,
    @Nullable String parent,
    long node,
    boolean joins,
    int bytes,
    Commonness common,
    @Nullable Drop drop) {
  public Identity {
    categories = List.copyOf(categories);
  }

  /**
   * Keys of a record's texts.
   *
   * @param content in a classification dataset the prompt, in a conversation dataset prompt and
   *     answer, in normal form
   * @param answer in a classification dataset the set of categories; otherwise always the same
   * @param prompt its prompt key (contract, section 6), or {@link #NO_PROMPT}
   */
  public record Keys(Key128 content, Key128 answer, Key128 prompt) {
    /** Of a prompt without letters and digits: equal to no other. */
    public static final Key128 NO_PROMPT = new Key128(0, 0);
  }

  /** See {@link Keys#content}. */
  public Key128 content() {
    return keys.content();
  }

  /** See {@link Keys#answer}. */
  public Key128 answer() {
    return keys.answer();
  }

  /** The name of its group: what it brings, or its own id. */
  public String groupName() {
    return group == null ? rank.id() : group;
  }

  /** Whether it is an example of the previous dataset, which never gives way. */
  public boolean isCarried() {
    return rank.carried() != null;
  }

  /** Whether prompt and answer have the same normal forms. */
  public boolean sameContent(Identity other) {
    return content().equals(other.content()) && answer().equals(other.answer());
  }

  /** The same record, its node replaced by the root of its unit. */
  public Identity inUnit(long root) {
    return new Identity(rank, keys, categories, group, parent, root, joins, bytes, common, drop);
  }

  /** The same record, after something else came to hang on its node: a child, or a group. */
  public Identity referenced() {
    return new Identity(rank, keys, categories, group, parent, node, true, bytes, common, drop);
  }

  /**
   * The same record, knowing that what it asks is common: one whose prompt is common is a group of
   * its own from now on, on which only its parent and its children hang.
   */
  public Identity common(Commonness found) {
    if (!found.joinsNothing()) {
      return new Identity(rank, keys, categories, group, parent, node, joins, bytes, found, drop);
    }
    long own = Join.nodeOfId(rank.id());
    return new Identity(
        rank, keys, categories, null, parent, own, parent != null, bytes, found, drop);
  }

  /** The same record after it gave way to the survivor: from now on it goes where that one goes. */
  public Identity dropped(RejectionReason reason, Identity survivor) {
    return new Identity(
        rank,
        new Keys(survivor.content(), survivor.answer(), keys.prompt()),
        List.of(),
        null,
        null,
        survivor.node,
        false,
        bytes,
        common,
        new Drop(reason, survivor.rank.id(), survivor.isCarried()));
  }

  /**
   * The same dropped record, its reason kept, after another one came to stand for it; what gave way
   * to a carried one follows nobody else.
   */
  public Identity following(Identity survivor) {
    return drop == null || drop.toCarried() ? this : dropped(drop.reason(), survivor);
  }
}
