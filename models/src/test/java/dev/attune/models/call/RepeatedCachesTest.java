package dev.attune.models.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.models.ContextCache;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatedCachesTest {
  private static final RetryRules QUICK =
      new RetryRules(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), 100);
  private static final ContextCache CACHE =
      new ContextCache("c", "l", 1, Instant.EPOCH, Instant.EPOCH);

  private int calls;

  /** Caches whose first calls fail. */
  private final class Failing implements ContextCaches {
    private final Kind kind;
    private final int faults;

    Failing(Kind kind, int faults) {
      this.kind = kind;
      this.faults = faults;
    }

    private void call() throws ModelException {
      calls++;
      if (calls <= faults) {
        throw new ModelException(kind, "fault " + calls, null);
      }
    }

    @Override
    public ContextCache create(String label, ModelRequest content, Duration lifetime)
        throws ModelException {
      call();
      return CACHE;
    }

    @Override
    public List<ContextCache> list() throws ModelException {
      call();
      return List.of(CACHE);
    }

    @Override
    public void delete(ContextCache cache) throws ModelException {
      call();
    }
  }

  private RepeatedCaches failing(Kind kind, int faults) {
    return new RepeatedCaches(new Failing(kind, faults), QUICK);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSIENT", "QUOTA"})
  void repeatsListingAndDeletion(Kind kind) throws Exception {
    assertThat(failing(kind, 2).list()).containsExactly(CACHE);
    calls = 0;
    failing(kind, 2).delete(CACHE);

    assertThat(calls).isEqualTo(3);
  }

  @Test
  void givesUpAndDoesNotRepeatOtherFaults() {
    assertThatThrownBy(() -> failing(Kind.TRANSIENT, 9).list()).hasMessage("fault 3");
    calls = 0;
    assertThatThrownBy(() -> failing(Kind.MODEL, 1).list()).hasMessage("fault 1");
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void neverRepeatsACreation() {
    assertThatThrownBy(
            () ->
                failing(Kind.TRANSIENT, 1)
                    .create("l", ModelRequest.of(null, "t", Sampling.DEFAULT), Duration.ofHours(1)))
        .hasMessage("fault 1");
    assertThat(calls).isEqualTo(1);
  }
}
