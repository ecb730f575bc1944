/** Lines of JSON in a byte buffer: read once, strictly, without a tree or a text. */
@NullMarked
package dev.attune.format.json;

import org.jspecify.annotations.NullMarked;
