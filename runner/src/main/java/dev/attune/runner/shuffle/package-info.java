/**
 * Grouping of encoded records by their key. Writers append records to hash partitions, in compact
 * byte arrays without an object per record; readers sort a partition by hash and key and read its
 * groups one after the other. Partitions that exceed the heap budget are sorted and written to a
 * file, and merged when they are read.
 */
@NullMarked
package dev.attune.runner.shuffle;

import org.jspecify.annotations.NullMarked;
