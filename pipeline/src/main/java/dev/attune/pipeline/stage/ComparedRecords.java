package dev.attune.pipeline.stage;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.nearness.Shingled;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;

/**
 * Records as the stages know them that compare them with one another: by keys, without texts.
 *
 * @param identities one for each record, also of records that are dropped
 * @param joins pairs of groups and records that must stay in one split
 * @param shingles what texts are compared by; empty unless near duplicates are searched for
 */
public record ComparedRecords(
    PCollection<Identity> identities, PCollection<Join> joins, PCollection<Shingled> shingles)
    implements CollectionRecord<ComparedRecords> {

  /** Returns encoded examples with no joins yet. */
  public static ComparedRecords of(EncodedExamples examples) {
    PCollection<Join> none =
        examples.getPipeline().apply("JoinNoPrompts", Create.empty(RecordCoder.of(Join.class)));
    return new ComparedRecords(examples.identities(), none, examples.shingles());
  }

  /** Returns encoded examples that are joined so far by these. */
  public static ComparedRecords of(EncodedExamples examples, PCollection<Join> joins) {
    return new ComparedRecords(examples.identities(), joins, examples.shingles());
  }
}
