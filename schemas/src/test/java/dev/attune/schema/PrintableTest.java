package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void showsACommandInTheOrderThatItHas() {
    assertThat(Printable.inReadingOrder("rm \u202Etxt.a\u2069\u001B[31m\n-f"))
        .isEqualTo("rm \uFFFDtxt.a\uFFFD\uFFFD[31m\n-f");
  }

  @Test
  void leavesTextsOfBothDirectionsAlone() {
    assertThat(Printable.lines("שלום \u2067abc\u2069")).isEqualTo("שלום \u2067abc\u2069");
  }
}
