@NullMarked
package dev.attune.models.adapter;

import org.jspecify.annotations.NullMarked;
