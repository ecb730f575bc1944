/** OpenAI's JSONL for supervised fine-tuning: chat messages. */
@NullMarked
package dev.attune.format.openai;

import org.jspecify.annotations.NullMarked;
