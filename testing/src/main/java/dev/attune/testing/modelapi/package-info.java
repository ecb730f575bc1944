/**
 * A stub of the APIs of text models: OpenAI's chat completions and Gemini's generateContent, on
 * loopback. Its answers are a function of the request.
 */
@NullMarked
package dev.attune.testing.modelapi;

import org.jspecify.annotations.NullMarked;
