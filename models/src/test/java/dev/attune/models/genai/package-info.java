@NullMarked
package dev.attune.models.genai;

import org.jspecify.annotations.NullMarked;
