package dev.attune.pipeline.write.part;

import dev.attune.format.Utf8JsonWriter;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.QualityFactor;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes the lines of lineage.jsonl and rejected.jsonl. */
public final class DatasetLines {
  private static final byte[] NULL = Utf8JsonWriter.ascii("null");
  private static final byte[] COMMA = Utf8JsonWriter.ascii(",");
  private static final byte[] END = Utf8JsonWriter.ascii("}");

  private DatasetLines() {}

  /** Returns the start of a lineage line, whose number is known when the file is assembled. */
  public static byte[] lineageHead(String file, long line) {
    return ("{\"file\":\"" + file + "\",\"line\":" + line + ",")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the rest of a lineage line, without the line feed. */
  public static byte[] lineageTail(
      Provenance from, String cluster, Commonness common, String fingerprint) {
    Utf8JsonWriter out = new Utf8JsonWriter(384);
    key(out, "\"id\":").string(from.id());
    key(out, ",\"source\":").string(from.source().key());
    optional(key(out, ",\"group\":"), from.group());
    texts(key(out, ",\"categories\":"), from.categories());
    quality(key(out, ",\"quality\":"), from.quality());
    key(out, ",\"cluster\":").string(cluster);
    String commonKey = common.key();
    if (commonKey != null) {
      key(out, ",\"common\":").string(commonKey);
    }
    optional(key(out, ",\"parent\":"), from.parent());
    key(out, ",\"fingerprint\":").string(fingerprint);
    return out.raw(END).toByteArray();
  }

  /** Returns a line of rejected.jsonl, without the line feed. */
  public static byte[] rejected(RejectedRecord record) {
    Utf8JsonWriter out = new Utf8JsonWriter(384);
    key(out, "{\"id\":").string(record.id());
    key(out, ",\"source\":").string(record.source());
    key(out, ",\"location\":").string(record.location());
    key(out, ",\"stage\":").string(record.stage());
    key(out, ",\"reason\":").string(record.reason().name());
    key(out, ",\"detail\":").string(record.detail());
    optional(key(out, ",\"duplicateOf\":"), record.duplicateOf());
    key(out, ",\"contentHash\":").string(record.contentHash());
    return out.raw(END).toByteArray();
  }

  private static void quality(Utf8JsonWriter out, @Nullable Quality quality) {
    if (quality == null) {
      out.raw(NULL);
      return;
    }
    StringBuilder json = new StringBuilder("{\"score\":");
    appendTenths(json, quality.tenths());
    json.append(",\"brought\":").append(quality.brought()).append(",\"factors\":{");
    boolean first = true;
    for (QualityFactor factor : quality.factorList()) {
      json.append(first ? "\"" : ",\"").append(factor.key()).append("\":");
      appendTenths(json, factor.tenths());
      first = false;
    }
    out.raw(Utf8JsonWriter.ascii(json.append("}}").toString()));
  }

  private static void appendTenths(StringBuilder json, int tenths) {
    json.append(tenths < 0 ? "-" : "").append(Math.abs(tenths) / 10);
    json.append('.').append(Math.abs(tenths) % 10);
  }

  private static void texts(Utf8JsonWriter out, List<String> texts) {
    key(out, "[");
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.raw(COMMA);
      }
      out.string(texts.get(i));
    }
    key(out, "]");
  }

  private static void optional(Utf8JsonWriter out, @Nullable String text) {
    if (text == null) {
      out.raw(NULL);
    } else {
      out.string(text);
    }
  }

  private static Utf8JsonWriter key(Utf8JsonWriter out, String ascii) {
    return out.raw(Utf8JsonWriter.ascii(ascii));
  }
}
