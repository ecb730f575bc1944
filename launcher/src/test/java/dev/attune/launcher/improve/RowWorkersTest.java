package dev.attune.launcher.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.models.ModelException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowWorkersTest {
  private static final List<Integer> ROWS = IntStream.range(0, 100).boxed().toList();

  @Test
  void giveTheResultsInTheOrderOfTheRows() throws Exception {
    assertThat(RowWorkers.all(ROWS, 4, row -> row * 2, done -> {}))
        .isEqualTo(ROWS.stream().map(row -> row * 2).toList());
  }

  @Test
  void beginNothingAfterAFailure() {
    Set<Integer> begun = ConcurrentHashMap.newKeySet();

    ModelException failure =
        catchThrowableOfType(
            ModelException.class,
            () -> RowWorkers.all(ROWS, 1, row -> failAt(2, row, begun), done -> {}));

    assertThat(failure).hasMessage("Gone.");
    assertThat(begun).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void endWhatIsUnderWayAtAFailure() {
    CountDownLatch failed = new CountDownLatch(1);
    Set<Integer> ended = ConcurrentHashMap.newKeySet();

    ModelException failure =
        catchThrowableOfType(
            ModelException.class,
            () ->
                RowWorkers.all(
                    List.of(0, 1),
                    2,
                    row -> {
                      if (row == 1) {
                        failed.countDown();
                        throw new ModelException(ModelException.Kind.MODEL, "Gone.", null);
                      }
                      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
                      ended.add(row);
                      return row;
                    },
                    done -> {}));

    assertThat(failure).hasMessage("Gone.");
    assertThat(ended).containsExactly(0);
  }

  private static int failAt(int failing, int row, Set<Integer> begun) throws ModelException {
    begun.add(row);
    if (row == failing) {
      throw new ModelException(ModelException.Kind.MODEL, "Gone.", null);
    }
    return row;
  }
}
