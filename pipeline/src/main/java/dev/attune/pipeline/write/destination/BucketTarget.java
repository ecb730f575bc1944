package dev.attune.pipeline.write.destination;

import dev.attune.bytes.Sha256;
import dev.attune.message.Messages;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a bucket, in which nothing can be renamed. A worker that was stopped and goes on
 * after another launch has taken the lock over changes nothing that the other one has published:
 *
 * <ul>
 *   <li>For each file the standing generation is read first, then the lock, then the file is
 *       written with that generation as precondition. Every launch writes every file anew, so a
 *       generation that was read before the lock changed hands no longer stands.
 *   <li>The manifest is written into the lock object and copied from there, with the lock's new
 *       generation and the absence of a manifest as preconditions of one call.
 * </ul>
 *
 * @param folder of the dataset
 * @param lock of its run id
 */
public record BucketTarget(ObjectPlace folder, RunLock lock) implements DatasetTarget {
  // A precondition may fail for a late write of a former owner, which happens once per owner.
  private static final int ATTEMPTS = 5;

  @Override
  public @Nullable StandingManifest standing() throws IOException {
    ObjectPlace manifest = folder.resolve(MANIFEST);
    ObjectVersion version = CloudStorage.version(manifest);
    if (version == null) {
      return null;
    }
    try (InputStream in = CloudStorage.open(manifest, version.generation())) {
      return new StandingManifest(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), lock.isOwn(version));
    }
  }

  @Override
  public boolean has(PublishedFile file) throws IOException {
    ObjectPlace existing = folder.resolve(file.name());
    ObjectVersion version = CloudStorage.version(existing);
    if (version == null || version.bytes() != file.bytes()) {
      return false;
    }
    try (InputStream in = CloudStorage.open(existing, version.generation());
        DigestInputStream hashed = new DigestInputStream(in, Sha256.newDigest())) {
      hashed.transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(hashed.getMessageDigest()).equals(file.sha256());
    }
  }

  /** A process that is shutting down stops before the manifest, not before the other files. */
  @Override
  public boolean publish(TemporaryFolder from, List<PublishedFile> files) throws IOException {
    return publish(from, files, PublicationStop::unlessStopped);
  }

  /** Publishes; the last step runs in the guard. */
  boolean publish(TemporaryFolder from, List<PublishedFile> files, PublicationStop.Guard guard)
      throws IOException {
    for (PublishedFile file : files) {
      if (file.name().equals(MANIFEST)) {
        return publishManifest(from, guard);
      }
      put(from.place(file.name()), folder.resolve(file.name()));
    }
    return true;
  }

  private void put(Place from, ObjectPlace to) throws IOException {
    for (int attempt = 1; true; attempt++) {
      ObjectVersion before = CloudStorage.version(to);
      lock.requireHeld();
      try {
        write(from, to, before == null ? ObjectVersion.NONE : before.generation());
        return;
      } catch (ChangedObjectException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void write(Place from, ObjectPlace to, long standing) throws IOException {
    if (from instanceof ObjectPlace object) {
      copy(object, to, standing);
      return;
    }
    CRC32C sent = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(from.local()), sent)) {
      ObjectVersion written = CloudStorage.write(to, in, mark(), standing);
      byte[] checksum = ByteBuffer.allocate(Integer.BYTES).putInt((int) sent.getValue()).array();
      if (!written.crc32c().equals(Base64.getEncoder().encodeToString(checksum))) {
        throw new PlaceException(Messages.of("pipeline.publish.damaged", to));
      }
    }
  }

  private void copy(ObjectPlace from, ObjectPlace to, long standing) throws IOException {
    ObjectVersion source = CloudStorage.version(from);
    if (source == null) {
      // The next owner of the lock removes the temporary folder of this one.
      lock.requireHeld();
      throw new PlaceException(Messages.of("pipeline.publish.no-part", from));
    }
    CloudStorage.copy(from, source.generation(), to, mark(), standing);
  }

  private Map<String, String> mark() {
    return Map.of(RunLock.OWNER, lock.owner());
  }

  private boolean publishManifest(TemporaryFolder from, PublicationStop.Guard guard)
      throws IOException {
    byte[] manifest = from.place(MANIFEST).readAllBytes();
    boolean[] published = new boolean[1];
    guard.run(() -> published[0] = copyThroughLock(manifest));
    return published[0];
  }

  private boolean copyThroughLock(byte[] manifest) throws IOException {
    ObjectPlace to = folder.resolve(MANIFEST);
    for (int attempt = 1; true; attempt++) {
      ObjectVersion held = lock.requireHeld();
      try {
        ObjectVersion filled =
            CloudStorage.write(lock.place(), manifest, held.metadata(), held.generation());
        CloudStorage.copy(lock.place(), filled.generation(), to, mark(), ObjectVersion.NONE);
        return true;
      } catch (ChangedObjectException e) {
        if (to.isFile()) {
          return false;
        }
        // Another attempt of this launch may have written the lock.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
