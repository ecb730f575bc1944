package dev.attune.launcher;

import dev.attune.bytes.Sha256;
import dev.attune.launcher.tuning.Launcher;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests that stubs of models received. Kills a launcher with one of them under way. */
final class RequestLog {
  private final Map<Asked, Set<String>> different = new EnumMap<>(Asked.class);
  private int repeated;
  private @Nullable Launcher victim;
  private Asked when = Asked.WRITER;
  private int number;

  /** Who was asked. */
  enum Asked {
    WRITER,
    MODEL,
    JUDGE
  }

  RequestLog() {
    clear();
  }

  synchronized void clear() {
    for (Asked asked : Asked.values()) {
      different.put(asked, new HashSet<>());
    }
    repeated = 0;
    victim = null;
  }

  /** Kills a launcher when so many different requests of a kind have arrived, and not answered. */
  synchronized void kill(Launcher launcher, Asked kind, int count) {
    victim = launcher;
    when = kind;
    number = count;
  }

  /** A request has arrived. */
  synchronized void arrived(Asked asked, String request) {
    Set<String> before = different.getOrDefault(asked, Set.of());
    if (!before.add(Sha256.hex(request.getBytes(StandardCharsets.UTF_8)))) {
      repeated++;
    }
    if (victim != null && asked == when && before.size() >= number) {
      victim.kill();
      victim = null;
    }
  }

  /** Returns how many different requests there were. */
  synchronized int different(Asked asked) {
    return different.getOrDefault(asked, Set.of()).size();
  }

  /** Returns how many requests were the same as an earlier one, since the last look. */
  synchronized int takeRepeated() {
    int count = repeated;
    repeated = 0;
    return count;
  }
}
