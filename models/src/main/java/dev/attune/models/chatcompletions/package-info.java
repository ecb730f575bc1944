/**
 * The adapter of hosts that speak OpenAI's chat completions: OpenAI itself, llama.cpp, Ollama, vLLM
 * and others. LangChain4j's client writes requests and reads answers; {@code DeadlineHttpClient}
 * sends them, because the client's own one gives no headers of refusals and no deadline of a body.
 */
@NullMarked
package dev.attune.models.chatcompletions;

import org.jspecify.annotations.NullMarked;
