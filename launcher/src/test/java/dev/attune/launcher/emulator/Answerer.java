package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;

/** What the emulated models say. May throw a {@code StatusRuntimeException}. */
@FunctionalInterface
public interface Answerer {
  GenerateContentResponse answer(GenerateContentRequest request);
}
