package dev.attune.launcher.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar carries, and the JDK that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "attune "
          + (version == null ? "(not from a jar)" : version)
          + ", Java "
          + System.getProperty("java.version")
    };
  }
}
