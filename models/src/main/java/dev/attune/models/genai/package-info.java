/**
 * The adapter of Gemini, by google-genai: on Vertex AI with project and location, tuned endpoints
 * included, or by API key. The client repeats nothing; it runs on threads of its own, because it
 * does not heed interrupts.
 */
@NullMarked
package dev.attune.models.genai;

import org.jspecify.annotations.NullMarked;
