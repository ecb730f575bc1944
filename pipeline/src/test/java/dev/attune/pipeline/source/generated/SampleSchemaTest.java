package dev.attune.pipeline.source.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.SingleRecord;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader accepts the same samples as the published schema. */
class SampleSchemaTest {
  private static final ReadRules RULES =
      ReadRules.of(
          SourceName.GENERATED, "test", new Limits(0.5, 10_000, false, 200, null, null, null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'a','prompt':'p','response':'r'}",
        "{'id':7,'prompt':'p','response':'r'}",
        "{'id':7.5,'prompt':'p','response':'r'}",
        "{'id':' ','prompt':'p','response':'r'}",
        "{'id':null,'prompt':'p','response':'r'}",
        "{'prompt':'p','response':'r'}",
        "{'id':'a','prompt':'p'}",
        "{'id':'a','prompt':' ','response':'r'}",
        "{'id':'a','prompt':4,'response':'r'}",
        "{'id':'a','prompt':'p','response':'r','other':1}",
        "{'id':'a','turns':[{'role':'user','text':'p'},{'role':'model','text':'r'}]}",
        "{'id':'a','turns':[{'role':'user','text':'p'}]}",
        "{'id':'a','turns':[{'role':'user','text':'p'},{'role':'model','text':' '}]}",
        "{'id':'a','turns':[{'role':'user','text':'p'},{'role':'system','text':'r'}]}",
        "{'id':'a','turns':[{'role':'user','text':'p','x':1},{'role':'model','text':'r'}]}",
        "{'id':'a','turns':[]}",
        "{'id':'a','turns':'p'}",
        "{'id':'a','prompt':'p','turns':[{'role':'user','text':'p'},{'role':'model','text':'r'}]}",
        "{'id':'a','prompt':'p','response':'r','categories':['x']}",
        "{'id':'a','prompt':'p','response':'r','categories':'x'}",
        "{'id':'a','prompt':'p','response':'r','categories':[4]}",
        "{'id':'a','prompt':'p','response':'r','categories':[]}",
        "{'id':'a','prompt':'p','response':'r','quality':10}",
        "{'id':'a','prompt':'p','response':'r','quality':10.1}",
        "{'id':'a','prompt':'p','response':'r','quality':-0.1}",
        "{'id':'a','prompt':'p','response':'r','quality':'high'}",
        "{'id':'a','prompt':'p','response':'r','parent':'feedback:1'}",
        "{'id':'a','prompt':'p','response':'r','parent':'elsewhere:1'}",
        "{'id':'a','prompt':'p','response':'r','parent':'feedback:'}",
        "{'id':'a','prompt':'p','response':'r','group':''}",
        "{'id':'a','prompt':'p','response':'r','group':'g','system':'s','model':'m'}",
        "{'id':'a','prompt':'p','response':'r','system':null}",
        "{'id':'a','prompt':'p','response':'r','createdAt':'2024-01-01T10:00:00Z'}",
        "{'id':'a','prompt':'p','response':'r','createdAt':'yesterday'}",
        "['id']",
        "'text'"
      })
  void takesWhatTheSchemaTakes(String quotedSingly) throws JsonProcessingException {
    byte[] json = quotedSingly.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    boolean bySchema = SchemaFile.GENERATED_SAMPLE.validate(CanonicalJson.read(json)).isEmpty();
    boolean byReader = SingleRecord.isExample(json, RULES, new SampleMapping(null));
    assertThat(byReader).isEqualTo(bySchema);
  }
}
