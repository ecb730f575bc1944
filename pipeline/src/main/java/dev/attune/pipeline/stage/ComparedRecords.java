package dev.attune.pipeline.stage;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.nearness.Shingled;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;

/**
 * Records for the stages that compare them with one another: their keys, without texts.
 *
 * @param identities one identity for each record, including dropped records
 * @param joins pairs of groups and records that must stay in one split
 * @param shingles the shingles of the texts; empty unless near duplicates are dropped
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

  /** Returns encoded examples with the joins found so far. */
  public static ComparedRecords of(EncodedExamples examples, PCollection<Join> joins) {
    return new ComparedRecords(examples.identities(), joins, examples.shingles());
  }
}
