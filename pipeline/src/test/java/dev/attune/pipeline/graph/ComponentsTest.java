package dev.attune.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Join;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final int NODES = 40;

  @Property(tries = 300)
  void findsWhatCanBeReached(
      @ForAll @Size(max = 60) List<@IntRange(max = NODES * NODES - 1) Integer> pairs,
      @ForAll Random random) {
    List<Join> joins = new ArrayList<>();
    for (int pair : pairs) {
      joins.add(new Join(node(pair / NODES), node(pair % NODES), cause(pair)));
    }
    long[] expected = reach(joins);
    Collections.shuffle(joins, random);
    Components components = new Components();
    joins.forEach(components::join);
    Roots roots = components.roots();
    for (int i = 0; i < NODES; i++) {
      long root = expected[i];
      List<Join> within =
          joins.stream().filter(j -> j.a() != j.b() && expected[index(j.a())] == root).toList();
      assertThat(roots.joined(node(i))).isEqualTo(!within.isEmpty());
      assertThat(roots.causes(node(i)))
          .containsAll(within.stream().map(Join::cause).collect(Collectors.toSet()));
      assertThat(roots.root(node(i))).isEqualTo(expected[i]);
      assertThat(components.root(node(i))).isEqualTo(expected[i]);
    }
  }

  /** Of each node the smallest that can be reached: smaller ones are passed on until none is. */
  private static long[] reach(List<Join> joins) {
    long[] smallest = new long[NODES];
    for (int i = 0; i < NODES; i++) {
      smallest[i] = node(i);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Join join : joins) {
        int a = index(join.a());
        int b = index(join.b());
        long least = Math.min(smallest[a], smallest[b]);
        changed |= smallest[a] != least || smallest[b] != least;
        smallest[a] = least;
        smallest[b] = least;
      }
    }
    return smallest;
  }

  private static Join.Cause cause(int pair) {
    return pair % 3 == 0
        ? Join.Cause.PARENT
        : pair % 3 == 1 ? Join.Cause.DUPLICATE : Join.Cause.NEARNESS;
  }

  // Negative ones too: nodes are hashes.
  private static long node(int index) {
    return (index - NODES / 2) * 1_000_003L;
  }

  private static int index(long node) {
    return (int) (node / 1_000_003L) + NODES / 2;
  }

  @Test
  void leavesANodeThatNoJoinNamesToItself() {
    assertThat(Roots.NONE.root(5)).isEqualTo(5);
    assertThat(new Components().root(5)).isEqualTo(5);
  }

  @Test
  void takesLongChains() {
    Components components = new Components();
    for (long i = 100_000; i > 0; i--) {
      components.join(new Join(i, i - 1, Join.Cause.PARENT));
    }
    assertThat(components.roots().root(100_000)).isZero();
    assertThat(components.full()).isFalse();
  }
}
