package dev.attune.testing.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Beam's file system against the stub, or against the server that {@code
 * attune.test.storageEndpoint} names: both must do the same.
 */
class BeamCallsTest {
  private StorageEndpoint endpoint;

  @BeforeEach
  void open() throws IOException {
    endpoint = StorageEndpoint.open();
    FileSystems.setDefaultPipelineOptions(
        PipelineOptionsFactory.fromArgs(
                "--project=test-project",
                "--gcsEndpoint=" + endpoint.url() + "/storage/v1/",
                "--credentialFactoryClass=" + NoopCredentialFactory.class.getName())
            .create());
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private String uri(String name) {
    return "gs://" + endpoint.bucket() + "/" + name;
  }

  private ResourceId place(String name) {
    return FileSystems.matchNewResource(uri(name), false);
  }

  private void write(String name, byte[] content) throws IOException {
    try (WritableByteChannel channel = FileSystems.create(place(name), "text/plain")) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private byte[] read(String name) throws IOException {
    try (ReadableByteChannel channel = FileSystems.open(place(name))) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  private List<String> match(String glob) throws IOException {
    return FileSystems.match(uri(glob)).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .map(ResourceId::getFilename)
        .sorted()
        .toList();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    byte[] big = ClientCallsTest.randomBytes(9 << 20);
    write("a.txt", "hello\n".getBytes(UTF_8));
    write("empty", new byte[0]);
    write("big", big);
    assertThat(read("a.txt")).asString(UTF_8).isEqualTo("hello\n");
    assertThat(read("empty")).isEmpty();
    assertThat(read("big")).isEqualTo(big);
    try (SeekableByteChannel channel = (SeekableByteChannel) FileSystems.open(place("big"))) {
      assertThat(channel.size()).isEqualTo(big.length);
      channel.position(5_000_000);
      ByteBuffer ten = ByteBuffer.allocate(10);
      while (ten.hasRemaining() && channel.read(ten) >= 0) {}
      assertThat(ten.array()).isEqualTo(Arrays.copyOfRange(big, 5_000_000, 5_000_010));
    }
    assertThatThrownBy(() -> read("none")).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void letsOneOfTwoWritersOfANameWin() throws IOException {
    WritableByteChannel slow = FileSystems.create(place("train"), "text/plain");
    write("train", "fast".getBytes(UTF_8));
    slow.write(ByteBuffer.wrap("slow".getBytes(UTF_8)));
    assertThatThrownBy(slow::close).isInstanceOf(IOException.class);
    assertThat(read("train")).asString(UTF_8).isEqualTo("fast");
  }

  @Test
  void matchesNamesAndGlobs() throws IOException {
    for (String name : List.of("d/a.txt", "d/b.txt", "d/b.bin", "d/e/c.txt")) {
      write(name, name.getBytes(UTF_8));
    }
    assertThat(FileSystems.matchSingleFileSpec(uri("d/a.txt")).sizeBytes()).isEqualTo(7);
    assertThat(FileSystems.match(uri("d/none")).status()).isEqualTo(Status.NOT_FOUND);
    assertThat(match("d/*.txt")).containsExactly("a.txt", "b.txt");
    assertThat(match("d/**.txt")).containsExactly("a.txt", "b.txt", "c.txt");
    assertThat(match("d/[b-c].*")).containsExactly("b.bin", "b.txt");
  }

  @Test
  void copiesRenamesAndDeletes() throws IOException {
    write("one", "1".getBytes(UTF_8));
    write("two", "2".getBytes(UTF_8));
    FileSystems.copy(List.of(place("one"), place("two")), List.of(place("c/one"), place("c/two")));
    assertThat(read("c/two")).asString(UTF_8).isEqualTo("2");
    FileSystems.rename(List.of(place("c/one")), List.of(place("c/two")));
    assertThat(match("c/*")).containsExactly("two");
    assertThat(read("c/two")).asString(UTF_8).isEqualTo("1");
    FileSystems.rename(
        List.of(place("none")),
        List.of(place("other")),
        StandardMoveOptions.IGNORE_MISSING_FILES,
        StandardMoveOptions.SKIP_IF_DESTINATION_EXISTS);
    FileSystems.delete(
        List.of(place("one"), place("two"), place("none")),
        StandardMoveOptions.IGNORE_MISSING_FILES);
    assertThat(match("**")).containsExactly("two");
  }
}
