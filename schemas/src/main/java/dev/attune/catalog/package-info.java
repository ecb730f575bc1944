/** Base models and provider formats as dated data: limits, prices, lifetimes and their sources. */
@NullMarked
package dev.attune.catalog;

import org.jspecify.annotations.NullMarked;
