/** The command check: findings about JSONL files, before anyone pays. */
@NullMarked
package dev.attune.launcher.check;

import org.jspecify.annotations.NullMarked;
