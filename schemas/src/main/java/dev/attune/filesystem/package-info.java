/** TODO-PACKAGE dev.attune.filesystem */
@NullMarked
package dev.attune.filesystem;

import org.jspecify.annotations.NullMarked;
