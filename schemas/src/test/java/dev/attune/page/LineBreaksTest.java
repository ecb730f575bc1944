package dev.attune.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineBreaksTest {
  @Test
  void breaksAfterJointsOnly() {
    assertThat(LineBreaks.pieces("observations/branch.csv:246"))
        .containsExactly("observations/", "branch.csv:", "246");
    assertThat(LineBreaks.pieces("lost_or_stolen_card"))
        .containsExactly("lost_", "or_", "stolen_", "card");
    assertThat(LineBreaks.pieces("s3://a--b")).containsExactly("s3://", "a--", "b");
    assertThat(LineBreaks.pieces("Close the account")).containsExactly("Close the account");
  }

  @Test
  void breaksAWordThatNoColumnHolds() {
    String hash = "0123456789abcdef".repeat(4);
    assertThat(LineBreaks.pieces(hash))
        .hasSize(3)
        .allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(22));
    assertThat(String.join("", LineBreaks.pieces(hash))).isEqualTo(hash);
    assertThat(LineBreaks.pieces("\uD83D\uDE00".repeat(30)))
        .containsExactly("\uD83D\uDE00".repeat(22), "\uD83D\uDE00".repeat(8));
    assertThat(LineBreaks.pieces("")).containsExactly("");
  }
}
