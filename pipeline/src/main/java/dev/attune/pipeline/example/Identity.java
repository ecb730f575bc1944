package dev.attune.pipeline.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a record that the comparing stages need: about 150 bytes instead of its body. The
 * stage that writes joins their decisions with the bodies.
 *
 * @param keys the keys by which equal contents, answers and prompts are recognised
 * @param categories ids, in the taxonomy's order
 * @param group the name of its group, or null if the record is its own group
 * @param parent the full id of the record it was made from, or null
 * @param node the node of its group, see {@link Join}; for a dropped record, the node of the record
 *     that was kept instead
 * @param joins whether other records may have its own node, so that dropping it joins two nodes
 * @param bytes the size of its line, with the line feed
 * @param common whether its prompt or dialogue is common
 * @param drop why it was dropped and which record was kept instead, or null if it is not dropped
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
   * @param prompt its prompt key, or {@link #NO_PROMPT}
   */
  public record Keys(Key128 content, Key128 answer, Key128 prompt) {
    /** The key of a prompt without letters and digits, which is equal to no other prompt. */
    public static final Key128 NO_PROMPT = new Key128(0, 0);
  }

  /** Returns the key of its content, see {@link Keys#content}. */
  public Key128 content() {
    return keys.content();
  }

  /** Returns the key of its answer, see {@link Keys#answer}. */
  public Key128 answer() {
    return keys.answer();
  }

  /** Returns the name of its group, or its own id if it has no group. */
  public String groupName() {
    return group == null ? rank.id() : group;
  }

  /** Returns whether it is an example of the previous dataset, which is never dropped. */
  public boolean isCarried() {
    return rank.carried() != null;
  }

  /** Returns whether prompt and answer have the same normal forms. */
  public boolean sameContent(Identity other) {
    return content().equals(other.content()) && answer().equals(other.answer());
  }

  /** Returns a copy whose node is the root of its unit. */
  public Identity inUnit(long root) {
    return new Identity(rank, keys, categories, group, parent, root, joins, bytes, common, drop);
  }

  /** Returns a copy that is marked as having a child or a group on its node. */
  public Identity referenced() {
    return new Identity(rank, keys, categories, group, parent, node, true, bytes, common, drop);
  }

  /**
   * Returns a copy with its commonness. A record with a common prompt becomes a group of its own,
   * joined only with its parent and its children.
   */
  public Identity common(Commonness found) {
    if (!found.joinsNothing()) {
      return new Identity(rank, keys, categories, group, parent, node, joins, bytes, found, drop);
    }
    long own = Join.nodeOfId(rank.id());
    return new Identity(
        rank, keys, categories, null, parent, own, parent != null, bytes, found, drop);
  }

  /** Returns a copy that is dropped in favour of a survivor and follows it. */
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
   * Returns a copy of a dropped record, with its reason, that now follows another survivor. A
   * record that was dropped for a carried one does not change.
   */
  public Identity following(Identity survivor) {
    return drop == null || drop.toCarried() ? this : dropped(drop.reason(), survivor);
  }
}
