@NullMarked
package dev.attune.models.fault;

import org.jspecify.annotations.NullMarked;
