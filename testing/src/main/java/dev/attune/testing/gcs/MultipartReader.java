package dev.attune.testing.gcs;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parts of a multipart body one after the other, without keeping them. */
final class MultipartReader {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,]+)\"?");
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;

  /** Starts before the first part. */
  MultipartReader(InputStream in, String contentType) throws StubRefusal {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw StubRefusal.invalid("The content type names no boundary: " + contentType);
    }
    this.in = in;
    delimiter = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter has no line before it.
    buffer[to++] = '\r';
    buffer[to++] = '\n';
  }

  /** Goes to the next part, and returns false if there is none. Call once before each part. */
  boolean next() throws IOException {
    if (from == 0) {
      copyUntil(delimiter, OutputStream.nullOutputStream());
    }
    byte[] two = {readByte(), readByte()};
    return two[0] != '-' || two[1] != '-';
  }

  /** Reads the headers of a part. */
  Map<String, String> headers() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    // A part without headers begins with an empty line, whose line end was read with the delimiter.
    from -= 2;
    copyUntil(END_OF_HEAD, head);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    BufferedReader lines =
        new BufferedReader(new StringReader(head.toString(StandardCharsets.ISO_8859_1)));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  /** Copies the body of a part. */
  void copyBody(OutputStream out) throws IOException {
    // An empty body may end with the line end of the last header.
    from -= 2;
    if (startsWith(delimiter)) {
      from += delimiter.length;
      return;
    }
    from += 2;
    copyUntil(delimiter, out);
  }

  private boolean startsWith(byte[] wanted) throws IOException {
    while (to - from < wanted.length) {
      fill();
    }
    return matches(from, wanted);
  }

  private byte readByte() throws IOException {
    while (from == to) {
      fill();
    }
    return buffer[from++];
  }

  /** Copies what is before a mark, and skips the mark. */
  private void copyUntil(byte[] mark, OutputStream out) throws IOException {
    while (true) {
      int last = to - mark.length;
      for (int i = from; i <= last; i++) {
        if (buffer[i] == mark[0] && matches(i, mark)) {
          out.write(buffer, from, i - from);
          from = i + mark.length;
          return;
        }
      }
      if (last >= from) {
        out.write(buffer, from, last + 1 - from);
        from = last + 1;
      }
      fill();
    }
  }

  private boolean matches(int at, byte[] mark) {
    for (int i = 0; i < mark.length; i++) {
      if (buffer[at + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private void fill() throws IOException {
    if (to == buffer.length || from > buffer.length / 2) {
      // Two bytes stay before what is unread, for the steps back.
      int kept = Math.min(2, from);
      System.arraycopy(buffer, from - kept, buffer, 0, to - from + kept);
      to = to - from + kept;
      from = kept;
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n < 0) {
      throw new EOFException("The body ends within a part.");
    }
    to += n;
  }
}
