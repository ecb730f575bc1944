/** Reads passwords from Secret Manager, once in each JVM. */
@NullMarked
package dev.attune.pipeline.source.secretmanager;

import org.jspecify.annotations.NullMarked;
