package dev.attune.launcher.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink cluster as docs/operations.md starts one, each process with Flink's own jars and nothing
 * of Attune; on loopback. Closing it ends every process.
 */
final class StandaloneFlink implements AutoCloseable {
  private static final long START_SECONDS = 120;

  // Flink's jars, and what they need.
  private static final List<String> FLINK =
      List.of(
          "flink-",
          "slf4j-",
          "commons-",
          "kryo-",
          "minlog-",
          "objenesis-",
          "chill-",
          "javassist-",
          "lz4-",
          "snappy-",
          "jsr305-",
          "snakeyaml-engine-");

  private static final String CONFIG =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.rpc.port: %d
      jobmanager.bind-host: 127.0.0.1
      jobmanager.memory.process.size: 1g
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      rest.port: %d
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      taskmanager.numberOfTaskSlots: 1
      taskmanager.cpu.cores: 1.0
      taskmanager.memory.framework.heap.size: 128m
      taskmanager.memory.task.heap.size: 768m
      taskmanager.memory.framework.off-heap.size: 128m
      taskmanager.memory.task.off-heap.size: 0m
      taskmanager.memory.managed.size: 512m
      taskmanager.memory.network.min: 256m
      taskmanager.memory.network.max: 256m
      taskmanager.memory.jvm-metaspace.size: 256m
      taskmanager.memory.jvm-overhead.min: 192m
      taskmanager.memory.jvm-overhead.max: 192m
      taskmanager.network.request-backoff.max: 60000
      io.tmp.dirs: %s
      heartbeat.interval: 2000
      heartbeat.timeout: 10000
      restart-strategy.type: fixed-delay
      restart-strategy.fixed-delay.attempts: 10
      restart-strategy.fixed-delay.delay: 5 s
      """;

  private final Path folder;
  private final String classPath;
  private final int port;
  private final List<Process> workers = new ArrayList<>();
  private Process jobManager;

  /** Starts a job manager and workers of one slot each, and waits for them. */
  StandaloneFlink(Path folder, Path libraries, int workers)
      throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.port = freePort();
    try (Stream<Path> jars = Files.list(libraries)) {
      this.classPath =
          jars.filter(StandaloneFlink::isOfFlink)
              .map(jar -> jar.toAbsolutePath().toString())
              .collect(Collectors.joining(":"));
    }
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf/config.yaml"), CONFIG.formatted(freePort(), port, temporary));
    // Also when the tests themselves are ended.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    jobManager = java("runtime.entrypoint.StandaloneSessionClusterEntrypoint", "-Xmx512m");
    for (int i = 0; i < workers; i++) {
      startWorker();
    }
    awaitWorkers(workers);
  }

  private static boolean isOfFlink(Path jar) {
    return FLINK.stream().anyMatch(jar.getFileName().toString()::startsWith);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void startJobManager() throws IOException {
    jobManager = java("runtime.entrypoint.StandaloneSessionClusterEntrypoint", "-Xmx512m");
  }

  void startWorker() throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(
        List.of("-Xmx896m", "-XX:MaxDirectMemorySize=400m", "-XX:MaxMetaspaceSize=256m"));
    for (String opened : List.of("util", "lang", "util.concurrent", "net")) {
      options.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    workers.add(java("runtime.taskexecutor.TaskManagerRunner", options.toArray(String[]::new)));
  }

  private Process java(String main, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, "org.apache.flink." + main));
    command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
    Path log = Files.createTempFile(folder, main.substring(main.lastIndexOf('.') + 1), ".log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Waits until so many workers have told the job manager that they are there. */
  void awaitWorkers(int number) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end) {
      Thread.sleep(200);
      if (workersSeen() == number) {
        return;
      }
    }
    throw new AssertionError("the workers did not come; see the logs in " + folder);
  }

  private int workersSeen() {
    try {
      return ask("overview").path("taskmanagers").asInt();
    } catch (IOException e) {
      // It does not listen yet.
      return -1;
    }
  }

  /** How often the newest job failed, in whole or in part, and went on. */
  int recoveries() throws IOException {
    JsonNode jobs = ask("jobs/overview").path("jobs");
    JsonNode newest = null;
    for (JsonNode job : jobs) {
      if (newest == null || job.path("start-time").asLong() > newest.path("start-time").asLong()) {
        newest = job;
      }
    }
    if (newest == null) {
      throw new AssertionError("there is no job");
    }
    return ask("jobs/" + newest.path("jid").asText() + "/exceptions")
        .at("/exceptionHistory/entries")
        .size();
  }

  int running() throws IOException {
    return ask("overview").path("jobs-running").asInt();
  }

  private JsonNode ask(String path) throws IOException {
    try (var answer = URI.create("http://" + address() + "/" + path).toURL().openStream()) {
      return new ObjectMapper().readTree(answer);
    }
  }

  /** SIGKILL for the worker that has worked most. */
  void killBusiestWorker() throws InterruptedException {
    Process busiest =
        workers.stream()
            .max(
                Comparator.comparing(
                    worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO)))
            .orElseThrow();
    busiest.destroyForcibly().waitFor();
    workers.remove(busiest);
  }

  void killJobManager() throws InterruptedException {
    jobManager.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    jobManager.destroyForcibly();
    workers.forEach(Process::destroyForcibly);
  }
}
