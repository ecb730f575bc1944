package dev.attune.pipeline.run.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.SerializedThrowable;

/** What stands in a failure that Flink's client hands on. */
public final class FlinkFault {
  private static final int LONGEST = 200;

  // Flink has no class for it.
  private static final String TOO_LARGE = "The record exceeds the maximum size of a sort buffer";

  private FlinkFault() {}

  /** Whether the job manager does not know the job: it is another one than at the start. */
  static boolean isOfLostJob(Throwable failure) {
    return links(failure).stream()
        .anyMatch(link -> name(link).equals(FlinkJobNotFoundException.class.getName()));
  }

  /** Whether one worker had more for one key than its sorting memory holds. */
  public static boolean isOfTooLargeARecord(Throwable failure) {
    return links(failure).stream()
        .anyMatch(link -> String.valueOf(link.getMessage()).contains(TOO_LARGE));
  }

  /** The innermost cause, on one line; of the machine or of Flink with its message. */
  public static String reason(Throwable failure) {
    List<Throwable> links = links(failure);
    Throwable innermost = links.get(links.size() - 1);
    String name = name(innermost);
    String message = String.valueOf(innermost.getMessage());
    // A message of other code could quote a record.
    boolean harmless =
        name.startsWith("org.apache.flink.")
            || name.equals("java.io.IOException")
            || name.equals(OutOfMemoryError.class.getName());
    String simple = name.substring(name.lastIndexOf('.') + 1);
    if (!harmless || message.isBlank()) {
      return simple;
    }
    String bare = message.startsWith(name + ": ") ? message.substring(name.length() + 2) : message;
    String line = bare.replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    return simple + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
  }

  private static List<Throwable> links(Throwable failure) {
    List<Throwable> links = new ArrayList<>();
    for (Throwable link = failure; link != null && !links.contains(link); link = link.getCause()) {
      links.add(link);
    }
    return links;
  }

  /** What the cluster threw comes without its class. */
  private static String name(Throwable link) {
    return link instanceof SerializedThrowable thrown
        ? thrown.getOriginalErrorClassName()
        : link.getClass().getName();
  }
}
