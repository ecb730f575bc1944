package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves near duplicates in the neighbourhoods of one bucket. A neighbourhood is a connected
 * component of candidates. It contains every record that one of its records may be near to, so the
 * decisions in it are the same as among all records. {@link NearChoice} decides which texts are
 * dropped; records that were dropped before follow their survivor. Records that {@link JoinedTexts}
 * connects are joined. Memory: the identities of one bucket and their shingles, about a kilobyte
 * for each record.
 */
public final class NeighbourhoodBucket {
  private final Similarity similarity;
  private final Map<Long, Neighbourhood> byRoot = new HashMap<>();
  private Templates templates = Templates.NONE;

  /** The records of a neighbourhood, and the shingles of their contents. */
  private record Neighbourhood(
      List<Identity> survivors,
      Map<Key128, List<Identity>> followers,
      Map<Key128, ComparedShingles> shingles) {
    Neighbourhood() {
      this(new ArrayList<>(), new HashMap<>(), new HashMap<>());
    }
  }

  public NeighbourhoodBucket(Similarity similarity) {
    this.similarity = similarity;
  }

  /** Adds a record to the neighbourhood with this root. */
  public void add(long root, Identity identity) {
    Neighbourhood neighbourhood = neighbourhood(root);
    if (identity.drop() == null) {
      neighbourhood.survivors.add(identity);
    } else {
      neighbourhood
          .followers
          .computeIfAbsent(identity.content(), content -> new ArrayList<>(1))
          .add(identity);
    }
  }

  /** Adds the shingles of a content. They arrive once for each record with this content. */
  public void add(long root, Shingled shingled) {
    neighbourhood(root).shingles.put(shingled.content(), shingled.shingles());
  }

  private Neighbourhood neighbourhood(long root) {
    return byRoot.computeIfAbsent(root, r -> new Neighbourhood());
  }

  /**
   * Resolves all neighbourhoods.
   *
   * @param staying receives the shingles of each kept record
   */
  public Resolved resolve(Consumer<Shingled> staying) {
    Resolved resolved = new Resolved();
    for (Neighbourhood neighbourhood : byRoot.values()) {
      resolve(neighbourhood, resolved, staying);
    }
    return resolved;
  }

  /** Returns the templates that {@link #resolve} found. */
  public Templates templates() {
    return templates;
  }

  private void resolve(Neighbourhood neighbourhood, Resolved resolved, Consumer<Shingled> staying) {
    List<Identity> survivors = neighbourhood.survivors;
    survivors.sort(Comparator.comparing(Identity::rank));
    List<ComparedShingles> texts = texts(neighbourhood);
    int carried = (int) survivors.stream().filter(Identity::isCarried).count();
    NearChoice choice = NearChoice.of(texts, answers(survivors), carried, similarity);
    JoinedTexts joined = JoinedTexts.of(texts, joining(survivors), choice, similarity);
    for (int i = 0; i < survivors.size(); i++) {
      Identity survivor = survivors.get(i);
      Identity kept = survivors.get(choice.standsFor(i));
      if (choice.stays(i)) {
        resolved.keep(survivor);
        staying.accept(
            new Shingled(
                survivor.content(),
                survivor.keys().prompt(),
                texts.get(i),
                trained(survivor),
                survivor.common().joinsNothing(),
                joined.leftOut(i)));
      } else if (joined.together(i, choice.standsFor(i))) {
        resolved.drop(survivor, RejectionReason.NEAR_DUPLICATE, kept);
      } else {
        // In a template, or with a common prompt: the dropped record and its survivor are not
        // joined.
        resolved.identities().add(survivor.dropped(RejectionReason.NEAR_DUPLICATE, kept));
      }
      // Removed, because two carried examples may have one content, and each follower is passed on
      // once.
      List<Identity> followers = neighbourhood.followers.remove(survivor.content());
      for (Identity follower : followers == null ? List.<Identity>of() : followers) {
        resolved.follow(follower, kept);
      }
    }
    joinStaying(survivors, choice, joined, resolved);
    joined.templates().forEach(template -> addTemplate(template, survivors));
  }

  private static IntArrayList joining(List<Identity> survivors) {
    IntArrayList joining = new IntArrayList(survivors.size());
    for (int i = 0; i < survivors.size(); i++) {
      if (!survivors.get(i).common().joinsNothing()) {
        joining.add(i);
      }
    }
    return joining;
  }

  private void addTemplate(IntArrayList template, List<Identity> survivors) {
    String smallest =
        template
            .intStream()
            .mapToObj(text -> survivors.get(text).rank().id())
            .min(Utf8Order.ASCENDING)
            .orElseThrow();
    templates =
        templates.plus(
            new Templates(1, List.of(new Templates.Template(template.size(), smallest))));
  }

  private static @Nullable String trained(Identity survivor) {
    return survivor.rank().carried() == Split.TRAINING ? survivor.rank().id() : null;
  }

  private static List<ComparedShingles> texts(Neighbourhood neighbourhood) {
    List<ComparedShingles> texts = new ArrayList<>();
    for (Identity survivor : neighbourhood.survivors) {
      ComparedShingles shingles = neighbourhood.shingles.get(survivor.content());
      if (shingles == null) {
        throw new IllegalStateException(
            "the shingles of a record in a neighbourhood did not arrive there");
      }
      texts.add(shingles);
    }
    return texts;
  }

  private static int[] answers(List<Identity> survivors) {
    Map<Key128, Integer> numbers = new HashMap<>();
    int[] answers = new int[survivors.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = numbers.computeIfAbsent(survivors.get(i).answer(), answer -> numbers.size());
    }
    return answers;
  }

  /** Joins each kept record with the first one that it is connected with. */
  private static void joinStaying(
      List<Identity> survivors, NearChoice choice, JoinedTexts texts, Resolved resolved) {
    Map<Long, LongOpenHashSet> joined = new HashMap<>();
    for (int i = 0; i < survivors.size(); i++) {
      long node = survivors.get(i).node();
      long first = survivors.get(texts.first(i)).node();
      if (choice.stays(i)
          && node != first
          && joined.computeIfAbsent(first, f -> new LongOpenHashSet()).add(node)) {
        resolved.joins().add(new Join(first, node, Join.Cause.NEARNESS));
      }
    }
  }
}
