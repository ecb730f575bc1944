package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.rejection.ContentHash;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
  private final Identifiers identifiers = new Identifiers(ContentHash.of("answers"));

  @Test
  void leavesIdsThatAreNobodys() {
    for (String id :
        List.of(
            "127.0.0.1",
            "0.0.0.0",
            "::1",
            "2001:db8::17",
            "110bcd25-a55d-453a-8046-1297901ea002",
            "00000000-0000-0000-0000-000000000000",
            "5f4dcc3b5aa765d61d8327deb882cf99",
            "2021-04-03-00017",
            "order-0123456789",
            "git@example.org:group/project",
            "pkg@1.2.3",
            "season-2023/2024",
            "1700000000123")) {
      assertThat(identifiers.written(id)).isSameAs(id);
    }
  }

  @Test
  void hashesIdsThatArePersonalInWhateverCharacters() {
    for (String id :
        List.of(
            "192.168.1.10",
            "fe80::1ff:fe23:4567:890a",
            "anna＠example.org",
            "user415-555-2671",
            "+٤٤٧٧٠٠٩٠٠١٢٣",
            "4111.1111.1111.1111",
            "0123456789")) {
      assertThat(identifiers.written(id)).as(id).matches("hashed-[0-9a-f]{32}");
    }
  }
}
