package dev.attune.pipeline.stage;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.nearness.Shingled;
import org.apache.beam.sdk.values.PCollection;

/**
 * Encoded examples, and the keys by which later stages compare them without their texts.
 *
 * @param bodies the lines to write, one for each example
 * @param identities the keys, one for each example
 * @param asked the prompt keys of each example, to find equal prompts and beginnings of dialogues
 * @param shingles the shingles of the texts; empty unless near duplicates are dropped
 */
public record EncodedExamples(
    PCollection<EncodedExample> bodies,
    PCollection<Identity> identities,
    PCollection<Asked> asked,
    PCollection<Shingled> shingles)
    implements CollectionRecord<EncodedExamples> {

  /** Flattens these examples and others. */
  public EncodedExamples and(EncodedExamples others) {
    return new EncodedExamples(
        Gather.flatten("CollectBodies", bodies, others.bodies),
        Gather.flatten("CollectIdentities", identities, others.identities),
        Gather.flatten("CollectAsked", asked, others.asked),
        Gather.flatten("CollectShingles", shingles, others.shingles));
  }
}
