@NullMarked
package dev.attune.testing.dataflowapi;

import org.jspecify.annotations.NullMarked;
