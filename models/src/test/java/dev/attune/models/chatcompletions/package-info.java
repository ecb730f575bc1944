@NullMarked
package dev.attune.models.chatcompletions;

import org.jspecify.annotations.NullMarked;
