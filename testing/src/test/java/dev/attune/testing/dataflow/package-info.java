@NullMarked
package dev.attune.testing.dataflow;

import org.jspecify.annotations.NullMarked;
