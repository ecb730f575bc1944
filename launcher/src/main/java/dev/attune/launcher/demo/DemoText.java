package dev.attune.launcher.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.loop.LoopResult;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Formats the output of attune demo except the results of the loop. */
public final class DemoText {
  public static final String FIRST_TITLE =
      "Act 1 of 2: three sources become a dataset and a first model";
  public static final String SECOND_TITLE =
      "Act 2 of 2: new feedback arrives, and the same loop runs again";

  private DemoText() {}

  /** Returns the sentence for a first act that an earlier demo completed. */
  public static String doneBefore(ObjectNode firstAct) {
    return "Nothing new to do: the dataset "
        + firstAct.path("dataset").asText()
        + "/"
        + Path.of(firstAct.path("directory").asText()).getFileName()
        + " was published, and its model promoted.";
  }

  /** Returns the lines after the last act: pages to open and the next step. */
  public static List<String> next(LoopResult result, DemoFolder folder, Shell shell)
      throws IOException {
    List<String> lines = pages(result, folder, shell);
    lines.add("Your own data: ./attune init my-project writes an attune.yaml to start from.");
    return lines;
  }

  /** Returns the lines if an earlier demo completed both acts. */
  public static List<String> again(LoopResult result, DemoFolder folder, Shell shell)
      throws IOException {
    List<String> lines = pages(result, folder, shell);
    lines.add("To play it again from the beginning, delete " + shell.show(folder.root()) + ".");
    return lines;
  }

  private static List<String> pages(LoopResult result, DemoFolder folder, Shell shell)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("", "Open in a browser:"));
    lines.add("  " + shell.show(result.dataset().path().resolve("report.html")));
    DatasetManifest.Identity identity = result.dataset().manifest().identity();
    folder
        .evaluationPages(identity.dataset(), identity.runId())
        .forEach(page -> lines.add("  " + shell.show(page)));
    return lines;
  }
}
