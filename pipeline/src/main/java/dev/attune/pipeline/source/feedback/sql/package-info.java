/**
 * Names, types and errors in SQL, and their differences between databases: how a table is named and
 * found, the kinds of its columns and their conversion to text, JSON values, and refused queries.
 */
@NullMarked
package dev.attune.pipeline.source.feedback.sql;

import org.jspecify.annotations.NullMarked;
