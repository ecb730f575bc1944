import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of chat completions that takes 50 ms for an answer and writes a line with the hash of the
 * request into a file when it begins. Prints its base URL. Usage: CountingModel.java LOG
 */
public final class CountingModel {
  private static final Pattern NUMBER = Pattern.compile("Question (\\d+)");

  private final Path log;

  private CountingModel(Path log) {
    this.log = log;
  }

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/chat/completions", new CountingModel(Path.of(args[0]))::answer);
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      count(hash(body) + "\n");
      Thread.sleep(50);
      Matcher number = NUMBER.matcher(new String(body, StandardCharsets.UTF_8));
      String answer = "Better answer " + (number.find() ? number.group(1) : "without a number");
      byte[] reply =
          ("{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m-1\",\"choices\":[{\"index\":0,"
                  + "\"message\":{\"role\":\"assistant\",\"content\":\""
                  + answer
                  + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,"
                  + "\"completion_tokens\":5,\"total_tokens\":105}}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void count(String line) throws IOException {
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
