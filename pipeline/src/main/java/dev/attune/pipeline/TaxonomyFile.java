package dev.attune.pipeline;

import dev.attune.config.AttuneConfig;
import dev.attune.pipeline.read.SourceException;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The taxonomy that a configuration names, and what the manifest says of its file. */
record TaxonomyFile(Taxonomy taxonomy, SourceFile file) {

  /** Reads it; null where the configuration names none. */
  static @Nullable TaxonomyFile load(AttuneConfig config) throws SourceException {
    String name = config.dataset().taxonomy();
    if (name == null) {
      return null;
    }
    Path path = config.resolve(name);
    try {
      byte[] json = Files.readAllBytes(path);
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
      return new TaxonomyFile(
          TaxonomyLoader.load(json, name), new SourceFile(name, json.length, sha256, null));
    } catch (NoSuchFileException e) {
      throw new SourceException(
          "There is no taxonomy at " + path + ": correct taxonomy in attune.yaml.", e);
    } catch (IOException e) {
      throw new SourceException(
          "The taxonomy " + path + " cannot be read (" + e + "): correct its permissions.", e);
    } catch (TaxonomyException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
