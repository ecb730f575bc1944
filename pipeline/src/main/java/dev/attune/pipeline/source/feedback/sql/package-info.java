/**
 * What differs from database to database, and names, types and faults in SQL: how a table is named
 * and found, what its columns hold and which expression makes a text of them, what a JSON value
 * says, and why a query was refused.
 */
@NullMarked
package dev.attune.pipeline.source.feedback.sql;

import org.jspecify.annotations.NullMarked;
