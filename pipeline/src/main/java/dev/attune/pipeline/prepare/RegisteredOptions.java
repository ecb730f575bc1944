package dev.attune.pipeline.prepare;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/**
 * Lets Beam register only the options that a runner needs. Beam examines all options interfaces of
 * the class path when the first options are created, those of Flink, Dataflow and Google Cloud
 * among them: that takes longer than preparing twelve records.
 */
final class RegisteredOptions {
  private static final String SERVICES = "META-INF/services/";

  /** The services whose providers Beam loads when it registers options. */
  private static final List<String> REGISTRARS =
      List.of(
          SERVICES + PipelineOptionsRegistrar.class.getName(),
          SERVICES + PipelineRunnerRegistrar.class.getName());

  /** Names of the jars, or of the folders of classes, of Beam's core and the local runner. */
  private static final List<String> LOCAL =
      List.of("/beam-sdks-java-core-", "/attune-runner-", "/runner/target/");

  private static boolean all;
  private static boolean some;

  private RegisteredOptions() {}

  /**
   * Registers the options of a runner, unless this was done before. The local runner's are among
   * every runner's. An option that the user typed may be any runner's.
   *
   * @param typed options of the user
   */
  static synchronized void registerFor(PrepareRunner runner, List<String> typed) {
    boolean local = runner == PrepareRunner.LOCAL && typed.isEmpty();
    if (all || (some && local)) {
      return;
    }
    if (local) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(new LocalOnly(before));
      try {
        PipelineOptionsFactory.create();
      } finally {
        thread.setContextClassLoader(before);
      }
      some = true;
    } else {
      if (some) {
        PipelineOptionsFactory.resetCache();
      }
      all = true;
    }
  }

  /** Hides the registrars of the other runners from Beam, which looks for them here. */
  private static final class LocalOnly extends ClassLoader {
    LocalOnly(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Enumeration<URL> found = super.getResources(name);
      if (!REGISTRARS.contains(name)) {
        return found;
      }
      return Collections.enumeration(
          Collections.list(found).stream()
              .filter(url -> LOCAL.stream().anyMatch(url.toString()::contains))
              .toList());
    }
  }
}
