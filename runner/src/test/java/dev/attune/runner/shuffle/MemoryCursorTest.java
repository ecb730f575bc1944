package dev.attune.runner.shuffle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCursorTest {
  private static void add(MemoryRun run, int hash, String key, String payload) {
    byte[] record = (key + payload).getBytes(UTF_8);
    assertThat(run.grow(MemoryRun.sizeOf(key.length(), record.length), 1 << 14)).isTrue();
    run.add(hash, record, key.length(), record.length);
  }

  @Test
  void separatesKeysWithTheSameHash() throws IOException {
    MemoryRun one = new MemoryRun(0);
    MemoryRun two = new MemoryRun(0);
    add(one, 5, "b", "1");
    add(one, 5, "a", "2");
    add(two, 5, "b", "3");
    add(two, -5, "c", "4");
    add(two, 5, "a", "5");
    GroupCursor groups = new GroupCursor(List.of(MemoryCursor.sort(List.of(one, two))));
    List<String> read = new ArrayList<>();
    while (groups.next()) {
      StringBuilder group =
          new StringBuilder(new String(groups.key().readAllBytes(), UTF_8)).append(':');
      PayloadCursor payloads = groups.payloads().cursor();
      while (payloads.next()) {
        group.append(new String(payloads.payload().readAllBytes(), UTF_8));
      }
      read.add(group.toString());
    }
    assertThat(read).containsExactly("c:4", "a:25", "b:13");
  }
}
