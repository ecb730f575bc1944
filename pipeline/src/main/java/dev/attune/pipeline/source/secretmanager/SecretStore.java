package dev.attune.pipeline.source.secretmanager;

import dev.attune.config.jdbc.SecretVersion;

/** Where secrets are kept. */
interface SecretStore {
  /** Reads the content of a version. */
  StoredSecret read(SecretVersion version) throws SecretException;

  /** The content of a version. Its text shows only the name. */
  final class StoredSecret {
    private final String name;
    private final byte[] payload;

    /**
     * Creates a content.
     *
     * @param name of the version with its number, also if {@code latest} was asked for
     */
    StoredSecret(String name, byte[] payload) {
      this.name = name;
      this.payload = payload.clone();
    }

    String name() {
      return name;
    }

    byte[] payload() {
      return payload.clone();
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
