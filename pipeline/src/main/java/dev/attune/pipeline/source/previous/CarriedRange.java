package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.source.file.storage.FileRange;
import java.io.Serializable;

/**
 * Whole lines of one file of examples and the lines of lineage.jsonl that belong to them.
 *
 * @param split of the examples
 * @param examples the range of the file of that split
 * @param lineage the range of lineage.jsonl, with as many lines
 */
record CarriedRange(Split split, FileRange examples, FileRange lineage) implements Serializable {}
