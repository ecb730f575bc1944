package dev.attune.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void fillsParametersByTheirNames() {
    assertThat(Messages.of("test.order.swapped", "a$1", 2)).isEqualTo("2 before a$1, and 2 again");
    assertThat(Messages.of("test.order.plain")).isEqualTo("It's {not a place}.");
  }

  @Test
  void readsCausesAndCures() {
    Messages.Entry entry = Objects.requireNonNull(Messages.group("test", "order").get("swapped"));
    assertThat(entry.cause()).isEqualTo("The order is another one.");
    assertThat(entry.cure()).isEqualTo("Nothing.");
  }

  @Test
  void refusesUnknownKeysAndOtherNumbersOfArguments() {
    assertThatThrownBy(() -> Messages.of("test.order.none"))
        .hasMessageContaining("test.order.none");
    assertThatThrownBy(() -> Messages.of("none.order.none")).hasMessageContaining("none");
    assertThatThrownBy(() -> Messages.of("test.order.swapped", 1))
        .hasMessage("test.order.swapped takes [first, second]");
  }
}
