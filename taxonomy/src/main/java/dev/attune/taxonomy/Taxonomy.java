package dev.attune.taxonomy;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Categories in a fixed order with their spellings. Immutable; created by {@link TaxonomyLoader}.
 * Recognizing takes one hash look-up per spelling.
 */
public final class Taxonomy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<Category> categories;
  private final HashMap<String, Integer> orderById = new HashMap<>();
  private final HashMap<String, Integer> orderBySpelling = new HashMap<>();

  /** The loader has checked that no two categories share an id or a spelling. */
  Taxonomy(String name, List<Category> categories) {
    this.name = name;
    this.categories = List.copyOf(categories);
    for (int i = 0; i < this.categories.size(); i++) {
      Category category = this.categories.get(i);
      orderById.put(category.id(), i);
      orderBySpelling.put(Spelling.key(category.id()), i);
      orderBySpelling.put(Spelling.key(category.name()), i);
      for (String alias : category.aliases()) {
        orderBySpelling.put(Spelling.key(alias), i);
      }
    }
  }

  /** Returns its categories, each before its children. */
  public List<Category> categories() {
    return categories;
  }

  /** Returns the category of an id, a name or an alias; ignores case and white space. */
  public Optional<Category> recognise(String spelling) {
    Integer order = orderBySpelling.get(Spelling.key(spelling));
    return order == null ? Optional.empty() : Optional.of(categories.get(order));
  }

  /**
   * Returns the position of a category, from 0.
   *
   * @throws IllegalArgumentException if this taxonomy has no such id
   */
  public int order(String id) {
    Integer order = orderById.get(id);
    if (order == null) {
      throw new IllegalArgumentException("taxonomy " + name + " has no category with this id");
    }
    return order;
  }

  /**
   * Returns ids in the taxonomy's order, each once.
   *
   * @throws IllegalArgumentException if this taxonomy lacks one of them
   */
  public List<String> inOrder(Collection<String> ids) {
    var orders = new BitSet(categories.size());
    for (String id : ids) {
      orders.set(order(id));
    }
    return idsOf(orders);
  }

  /**
   * Recognizes an answer: first the whole, because a name may have commas, then its parts between
   * commas.
   */
  public Answer recogniseAnswer(String answer) {
    Integer whole = orderBySpelling.get(Spelling.key(answer));
    if (whole != null) {
      return new Answer.Known(List.of(categories.get(whole).id()));
    }
    var orders = new BitSet(categories.size());
    int start = 0;
    while (true) {
      int comma = answer.indexOf(',', start);
      String part = answer.substring(start, comma < 0 ? answer.length() : comma);
      Integer order = orderBySpelling.get(Spelling.key(part));
      if (order == null) {
        return new Answer.Unknown(part.strip());
      }
      orders.set(order);
      if (comma < 0) {
        return new Answer.Known(idsOf(orders));
      }
      start = comma + 1;
    }
  }

  private List<String> idsOf(BitSet orders) {
    return orders.stream().mapToObj(order -> categories.get(order).id()).toList();
  }
}
