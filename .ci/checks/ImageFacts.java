import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes a stand-in for the base of an image, and looks into images in the form of docker save:
 *
 * <pre>
 * base FILE                          writes a base with one layer and the user root
 * check LAUNCHER TEMPLATE DIRECTORY  fails unless both images are as documented; extracts the files
 *                                    of LAUNCHER, with the class path relative to DIRECTORY
 * </pre>
 */
class ImageFacts {
  private static final String TEMPLATE_LAUNCHER = "opt/google/dataflow/java_template_launcher";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode config;
  private final List<Map<String, byte[]>> layers = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    if (args[0].equals("base")) {
      writeBase(Path.of(args[1]));
      return;
    }
    ImageFacts launcher = new ImageFacts(Path.of(args[1]));
    ImageFacts template = new ImageFacts(Path.of(args[2]));
    for (ImageFacts image : List.of(launcher, template)) {
      image.checkBoth();
    }
    List<String> classPath = launcher.checkLauncher();
    template.checkTemplate(classPath);
    // The last layer names the main class; all others are shared.
    List<JsonNode> shared = launcher.digests();
    expect("the shared layers", shared.subList(0, shared.size() - 1), template.digests().subList(0, shared.size() - 1));
    launcher.extract(Path.of(args[3]), classPath);
  }

  private static void writeBase(Path file) throws Exception {
    byte[] layer = tar(Map.of(TEMPLATE_LAUNCHER, "a stand-in".getBytes(StandardCharsets.UTF_8)));
    String digest =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
    String config =
        """
        {"architecture":"amd64","os":"linux","created":"2020-01-01T00:00:00Z",
         "config":{"User":"root","Env":["PATH=/usr/bin"],"WorkingDir":"/"},
         "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created_by":"stand-in"}]}
        """
            .formatted(digest);
    String manifest =
        """
        [{"Config":"config.json","RepoTags":["stand-in:1"],"Layers":["layer.tar"]}]
        """;
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    files.put("config.json", config.getBytes(StandardCharsets.UTF_8));
    files.put("layer.tar", layer);
    Files.write(file, tar(files));
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private ImageFacts(Path file) throws IOException {
    Map<String, byte[]> outer;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      outer = entries(in, false);
    }
    JsonNode manifest = JSON.readTree(outer.get("manifest.json")).get(0);
    config = JSON.readTree(outer.get(manifest.get("Config").asText()));
    for (JsonNode name : manifest.get("Layers")) {
      byte[] layer = outer.get(name.asText());
      boolean packed = (layer[0] & 0xff) == 0x1f;
      InputStream in = new ByteArrayInputStream(layer);
      layers.add(entries(packed ? new GZIPInputStream(in) : in, layers.size() > 0));
    }
  }

  /** Reads the files of a tar; those of layers of ours must have neither owner nor own time. */
  private static Map<String, byte[]> entries(InputStream in, boolean ours) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (ours) {
        expect("the owner of " + entry.getName(), 0L, entry.getLongUserId());
        expect("the mode of " + entry.getName(), entry.isDirectory() ? 0755 : 0644, entry.getMode() & 07777);
        expectTrue("time of " + entry.getName(), entry.getModTime().toInstant().isBefore(Instant.ofEpochSecond(2)));
      }
      if (entry.isFile()) {
        files.put(entry.getName().replaceFirst("^/", ""), tar.readAllBytes());
      }
    }
    return files;
  }

  private List<JsonNode> digests() {
    List<JsonNode> digests = new ArrayList<>();
    config.at("/rootfs/diff_ids").forEach(digests::add);
    return digests;
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    config.at("/config/" + name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private void checkBoth() {
    expect("the user", "65532:65532", config.at("/config/User").asText());
    expect("the working directory", "/tmp", config.at("/config/WorkingDir").asText());
    expect("the time of creation", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse(config.get("created").asText()));
    expectTrue("HOME in " + texts("Env"), texts("Env").contains("HOME=/tmp"));
    expectTrue("PATH of the base in " + texts("Env"), texts("Env").contains("PATH=/usr/bin"));
    for (String word : texts("Entrypoint")) {
      expectTrue("an entry point without a shell", !word.matches(".*\\b(sh|bash)$"));
    }
    for (Map<String, byte[]> layer : layers.subList(1, layers.size())) {
      for (String file : layer.keySet()) {
        expectTrue(file + " below /app", file.startsWith("app/"));
      }
    }
    // Of the libraries, modules, and names of class path and main class: a new version of Attune
    // leaves the large one as it is.
    expectTrue("several layers, not " + layers.size(), layers.size() >= 4);
  }

  /** Returns the class path. */
  private List<String> checkLauncher() {
    List<String> start = texts("Entrypoint");
    expect("the program", "java", start.get(0));
    int last = start.size() - 1;
    expect("the class path", List.of("-cp", "@/app/jib-classpath-file"), start.subList(last - 2, last));
    expect("the main class", "dev.attune.launcher.Main", start.get(last));
    expect("the default command", List.of("run"), texts("Cmd"));
    String named = new String(files().get("app/jib-classpath-file"), StandardCharsets.UTF_8);
    List<String> jars = files().keySet().stream().filter(file -> file.matches("app/classpath/.+\\.jar")).toList();
    expect("the jars of the launcher", 1, jars.size());
    List<String> classPath = new ArrayList<>();
    for (String entry : named.strip().split(":")) {
      classPath.add(entry.equals("/app/classpath/*") ? "/" + jars.get(0) : entry);
    }
    for (String entry : classPath) {
      expectTrue(entry + " in the layers", files().containsKey(entry.substring(1)));
    }
    return classPath;
  }

  private void checkTemplate(List<String> classPath) {
    expect("the entry point", List.of("/" + TEMPLATE_LAUNCHER), texts("Entrypoint"));
    expectTrue("the launcher in the base", files().containsKey(TEMPLATE_LAUNCHER));
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : texts("Env")) {
      environment.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
    }
    expect("the main class", "dev.attune.launcher.TemplateMain", environment.get("FLEX_TEMPLATE_JAVA_MAIN_CLASS"));
    expect("the class path of both images", classPath, Arrays.asList(environment.get("FLEX_TEMPLATE_JAVA_CLASSPATH").split(":")));
    for (String name : environment.keySet()) {
      expectTrue(name + " is no secret", !name.matches(".*(PASSWORD|TOKEN|KEY|SECRET).*"));
    }
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    layers.forEach(all::putAll);
    return all;
  }

  private void extract(Path directory, List<String> classPath) throws IOException {
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      try (OutputStream out = Files.newOutputStream(target)) {
        out.write(file.getValue());
      }
    }
    List<String> relative = classPath.stream().map(entry -> entry.substring(1)).toList();
    Files.writeString(directory.resolve("class-path"), String.join(":", relative));
  }

  private static void expect(String what, Object expected, Object found) {
    expectTrue("%s: %s instead of %s".formatted(what, found, expected), expected.equals(found));
  }

  private static void expectTrue(String what, boolean holds) {
    if (!holds) {
      System.err.println("not as expected: " + what);
      System.exit(1);
    }
  }
}
