package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.Content;
import com.google.cloud.aiplatform.v1.FileData;
import com.google.cloud.aiplatform.v1.Part;
import dev.attune.format.gemini.GeminiFormat;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.List;

/** Converts the turns of an example to contents of a request. */
final class RequestContents {
  private RequestContents() {}

  static List<Content> of(List<Turn> turns) {
    return turns.stream().map(RequestContents::of).toList();
  }

  /** Returns a system instruction. The service ignores its role. */
  static Content system(String text) {
    return Content.newBuilder().setRole("system").addParts(text(text)).build();
  }

  private static Content of(Turn turn) {
    Content.Builder content =
        Content.newBuilder().setRole(turn.role() == Role.USER ? "user" : "model");
    for (String uri : turn.media()) {
      String type = GeminiFormat.mediaType(uri);
      if (type == null) {
        throw new IllegalArgumentException("a media URI whose scheme or ending Gemini lacks");
      }
      content.addParts(
          Part.newBuilder().setFileData(FileData.newBuilder().setMimeType(type).setFileUri(uri)));
    }
    return content.addParts(text(turn.text())).build();
  }

  private static Part text(String text) {
    return Part.newBuilder().setText(text).build();
  }
}
