package dev.attune.pipeline.source.observation;

import dev.attune.config.SourcesConfig.ObservationColumns;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.field.Fields;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an example of an observation's fields: the text is the user's turn, the answer is empty
 * until {@code CheckExamples} writes it.
 */
record ObservationMapping(ObservationColumns columns, String separator, @Nullable String system)
    implements RecordMapping {
  private static final int GROUP = 1;
  private static final int TEXT = 2;
  private static final int CATEGORIES = 3;
  private static final int MEDIA = 4;
  private static final int CREATED_AT = 5;
  private static final Turn NO_ANSWER = Turn.model("");

  @Override
  public List<@Nullable String> names() {
    return Collections.unmodifiableList(
        Arrays.asList(
            columns.id(),
            columns.group(),
            columns.text(),
            columns.categories(),
            columns.media(),
            columns.createdAt()));
  }

  @Override
  public boolean refusesOtherNames() {
    return false;
  }

  @Override
  public Example example(String id, String location, Fields fields) {
    String text = fields.requiredText(TEXT);
    List<String> categories = fields.requiredList(CATEGORIES, separator);
    Turn prompt = new Turn(Role.USER, text, fields.list(MEDIA, separator));
    return new Example(
        id,
        SourceName.OBSERVATIONS,
        location,
        fields.id(GROUP),
        null,
        fields.time(CREATED_AT),
        new ExampleLine(system, List.of(prompt, NO_ANSWER)),
        categories,
        null);
  }
}
