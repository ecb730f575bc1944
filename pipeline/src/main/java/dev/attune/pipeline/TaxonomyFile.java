package dev.attune.pipeline;

import dev.attune.config.AttuneConfig;
import dev.attune.pipeline.read.SourceException;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The taxonomy that a configuration names, and what the manifest says of its file. */
record TaxonomyFile(Taxonomy taxonomy, SourceFile file) {

  /** Reads it; null where the configuration names none. */
  static @Nullable TaxonomyFile load(AttuneConfig config) throws SourceException {
    String name = config.dataset().taxonomy();
    if (name == null) {
      return null;
    }
    byte[] json = bytes(config.resolve(name));
    try {
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
      return new TaxonomyFile(
          TaxonomyLoader.load(json, name), new SourceFile(name, json.length, sha256, null));
    } catch (TaxonomyException e) {
      List<String> faults = e.faults();
      String sentence =
          faults.size() == 1
              ? "The taxonomy " + name + " has one fault: mend what the line above names"
              : "The taxonomy "
                  + name
                  + " has "
                  + faults.size()
                  + " faults: mend what the lines above name";
      throw new SourceException(faults, sentence + " and run again.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Not more of a file than shows that it is too large. */
  private static byte[] bytes(Path path) throws SourceException {
    if (Files.isDirectory(path)) {
      throw new SourceException(
          "The taxonomy " + path + " is a folder: name a file in it as taxonomy in attune.yaml.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(TaxonomyLoader.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new SourceException(
          Files.exists(path)
              ? "The taxonomy " + path + " cannot be read: correct its permissions."
              : "There is no taxonomy at " + path + ": correct taxonomy in attune.yaml.",
          e);
    }
  }
}
