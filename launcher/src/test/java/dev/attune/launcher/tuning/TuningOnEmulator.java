package dev.attune.launcher.tuning;

import dev.attune.launcher.emulator.VertexEmulator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are typed in a folder whose configuration tunes on an emulated Vertex AI. */
abstract class TuningOnEmulator {
  @TempDir Path directory;

  final FakeTime time = new FakeTime();
  VertexEmulator service;
  Typing typing;

  @BeforeEach
  final void start() throws IOException {
    service = VertexEmulator.start(time);
    typing = new Typing(directory, service, time);
  }

  @AfterEach
  final void stop() {
    service.close();
  }

  /** Returns the id of the job that was printed last. */
  final String id() {
    return typing.out().lines().findFirst().orElseThrow().substring("job".length()).strip();
  }
}
