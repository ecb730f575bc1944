package dev.attune.pipeline.source.configured;

import dev.attune.bytes.Sha256;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.FileKind;
import dev.attune.pipeline.source.file.find.ShownName;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The taxonomy that a configuration names, and its file's entry in the manifest. */
public record TaxonomyFile(Taxonomy taxonomy, SourceFile file) {

  /**
   * Reads a taxonomy.
   *
   * @param name the path in attune.yaml
   * @param folder the folder of attune.yaml
   */
  static TaxonomyFile load(String name, Place folder) throws SourceException {
    Place place = place(name, folder);
    ObjectVersion version = version(place);
    byte[] json = bytes(place, version);
    try {
      return new TaxonomyFile(
          TaxonomyLoader.load(json, name),
          version == null
              ? new SourceFile(name, json.length, Sha256.hex(json), null)
              : SourceFile.ofObject(name, json.length, version.generation(), version.crc32c()));
    } catch (TaxonomyException e) {
      int faults = e.faults().size();
      throw new SourceException(
          e.faults(),
          faults == 1
              ? Messages.of("pipeline.taxonomy-file.one-fault", name)
              : Messages.of("pipeline.taxonomy-file.faults", name, faults),
          e);
    }
  }

  private static Place place(String name, Place folder) throws SourceException {
    try {
      return Place.of(name, folder);
    } catch (PlaceException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns which generation of an object to read, or null for a file, or if there is none. */
  private static @Nullable ObjectVersion version(Place place) throws SourceException {
    try {
      return place instanceof ObjectPlace object && !object.object().isEmpty()
          ? CloudStorage.version(object)
          : null;
    } catch (PlaceException e) {
      throw new SourceException(e.sentence(), e);
    }
  }

  /** Returns the content of a file, cut off at one byte more than the permitted size. */
  private static byte[] bytes(Place place, @Nullable ObjectVersion version) throws SourceException {
    String shown = ShownName.of(place.toString());
    try {
      if (version == null) {
        requireFile(FileKind.of(place), shown);
      }
      try (InputStream in =
          version == null
              ? place.open()
              : CloudStorage.open((ObjectPlace) place, version.generation())) {
        return in.readNBytes(TaxonomyLoader.MAX_BYTES + 1);
      }
    } catch (PlaceException e) {
      throw new SourceException(e.sentence(), e);
    } catch (IOException e) {
      throw new SourceException(Messages.of("pipeline.taxonomy-file.unreadable", shown), e);
    }
  }

  private static void requireFile(FileKind kind, String shown) throws SourceException {
    if (kind == FileKind.FOLDER) {
      throw new SourceException(Messages.of("pipeline.taxonomy-file.folder", shown));
    }
    if (kind == FileKind.NOTHING) {
      throw new SourceException(Messages.of("pipeline.taxonomy-file.missing", shown));
    }
    if (kind != FileKind.REGULAR) {
      throw new SourceException(Messages.of("pipeline.taxonomy-file.kind", shown, kind.sentence()));
    }
  }
}
