package dev.attune.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The notes of {@link Animals} in a bucket of a stub, with attune.yaml and a ledger in PostgreSQL.
 *
 * @param folder a folder of this machine, from which commands are typed
 */
record InBucket(StorageStub stub, Path folder) implements AutoCloseable {
  static final String NAME = "zoo";

  static InBucket start(Path folder) throws IOException {
    return new InBucket(StorageStub.inMemory(NAME), folder);
  }

  StubBucket bucket() {
    return stub.bucket(NAME);
  }

  /** Returns the URI of a name in the bucket. */
  static String uri(String name) {
    return "gs://" + NAME + "/" + name;
  }

  void put(String name, String content) throws IOException {
    bucket().put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  String text(String name) throws IOException {
    return new String(bucket().read(name), StandardCharsets.UTF_8);
  }

  /** Uploads all files of a folder below a name. */
  void upload(Path from, String name) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      bucket().put(name + "/" + from.relativize(file), Files.readAllBytes(file));
    }
  }

  /** Writes attune.yaml and the taxonomy of the animals into the bucket. */
  void configure(LedgerKind ledger, String more) throws IOException {
    Path there = Files.createDirectories(folder.resolve("configured"));
    new Animals(there, ledger).configure(more);
    put("attune.yaml", Files.readString(there.resolve("attune.yaml")));
    put("taxonomy.json", Files.readString(there.resolve("taxonomy.json")));
  }

  /** Writes so many notes into the bucket. */
  void observe(int notes) throws IOException {
    Animals there = new Animals(Files.createDirectories(folder.resolve("configured")));
    there.observe(notes);
    put("notes.csv", Files.readString(there.folder().resolve("notes.csv")));
  }

  /** Types a command with the configuration in the bucket. */
  Typed attune(String... typed) {
    return alone(
        Stream.concat(Stream.of(typed), Stream.of("--config", uri("attune.yaml")))
            .toArray(String[]::new));
  }

  /** Types a command as it is. */
  Typed alone(String... typed) {
    return Typed.attune(
        new TestShell(folder, Map.of(StorageClient.ENDPOINT, stub.url())),
        PrepareDataset::run,
        typed);
  }

  /** Types a command with {@code --json} and returns its document. */
  JsonNode json(String... typed) throws IOException {
    String[] asked = Stream.concat(Stream.of(typed), Stream.of("--json")).toArray(String[]::new);
    return new ObjectMapper().readTree(attune(asked).out());
  }

  @Override
  public void close() {
    stub.close();
    StorageClient.configure(Map.of());
  }
}
