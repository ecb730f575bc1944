/**
 * The back end Vertex AI: tuning, models and token counts over gRPC, and datasets in Cloud Storage.
 * Only this package uses Google's clients; gRPC and protobuf are loaded with the first call.
 */
@NullMarked
package dev.attune.launcher.vertex;

import org.jspecify.annotations.NullMarked;
