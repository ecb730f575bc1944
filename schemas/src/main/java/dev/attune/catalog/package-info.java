/** Base models and provider formats: what they take, until when, by whose word. Facts, as data. */
@NullMarked
package dev.attune.catalog;

import org.jspecify.annotations.NullMarked;
