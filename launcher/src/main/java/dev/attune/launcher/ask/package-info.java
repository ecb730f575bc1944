/** Asks a model one question: files, tools, a JSON Schema of the answer. */
@NullMarked
package dev.attune.launcher.ask;

import org.jspecify.annotations.NullMarked;
