package dev.attune.pipeline.write.destination;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine, or one that all workers share. Files are renamed into place; the file
 * lock of the launching process keeps other runs out.
 *
 * @param path of the folder
 * @param mode of a new folder and of the published files
 */
public record FolderTarget(String path, FileMode mode) implements DatasetTarget {
  @Override
  public Place folder() {
    return Place.of(Path.of(path));
  }

  @Override
  public @Nullable StandingManifest standing() throws IOException {
    try {
      return new StandingManifest(Files.readString(Path.of(path, MANIFEST)), false);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public boolean has(PublishedFile file) throws IOException {
    Path existing = Path.of(path, file.name());
    return Files.isRegularFile(existing)
        && Files.size(existing) == file.bytes()
        && Sha256.hex(existing).equals(file.sha256());
  }

  @Override
  public boolean publish(TemporaryFolder from, List<PublishedFile> files) throws IOException {
    PublicationStop.unlessStopped(() -> move(from, files));
    return true;
  }

  private void move(TemporaryFolder from, List<PublishedFile> files) throws IOException {
    OwnPath.requireFolder(Path.of(path), "output.directory");
    mode.createFolders(Path.of(path));
    for (PublishedFile file : files) {
      mode.setOnFile(Path.of(from.path(), file.name()));
      FileSystems.rename(
          List.of(from.resource(file.name())),
          List.of(
              FileSystems.matchNewResource(path, true)
                  .resolve(file.name(), StandardResolveOptions.RESOLVE_FILE)));
    }
  }
}
