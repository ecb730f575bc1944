/** Personas: named system instructions in Markdown files. */
@NullMarked
package dev.attune.launcher.persona;

import org.jspecify.annotations.NullMarked;
