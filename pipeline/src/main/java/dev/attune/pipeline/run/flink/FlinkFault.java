package dev.attune.pipeline.run.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.SerializedThrowable;

/** Analyses exceptions thrown by Flink's client. */
public final class FlinkFault {
  private static final int LONGEST = 200;

  // Flink has no exception class for this failure.
  private static final String TOO_LARGE = "The record exceeds the maximum size of a sort buffer";

  private FlinkFault() {}

  /** Returns whether the job manager does not know the job, because it was restarted. */
  static boolean isOfLostJob(Throwable failure) {
    return links(failure).stream()
        .anyMatch(link -> name(link).equals(FlinkJobNotFoundException.class.getName()));
  }

  /** Returns whether the values of one key exceeded the sorting memory of a worker. */
  public static boolean isOfTooLargeARecord(Throwable failure) {
    return links(failure).stream()
        .anyMatch(link -> String.valueOf(link.getMessage()).contains(TOO_LARGE));
  }

  /** Returns the innermost cause on one line, with its message if that cannot quote a record. */
  public static String reason(Throwable failure) {
    List<Throwable> links = links(failure);
    Throwable innermost = links.get(links.size() - 1);
    String name = name(innermost);
    String message = String.valueOf(innermost.getMessage());
    // Messages of other classes could quote a record.
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

  /** Returns the class name; exceptions of the cluster arrive wrapped. */
  private static String name(Throwable link) {
    return link instanceof SerializedThrowable thrown
        ? thrown.getOriginalErrorClassName()
        : link.getClass().getName();
  }
}
