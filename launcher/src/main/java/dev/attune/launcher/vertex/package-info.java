/**
 * Vertex AI: tunes, answers and counts tokens over gRPC, and reads datasets from Cloud Storage. The
 * only room that knows Google's clients; gRPC and protobuf load with the first call, not before.
 */
@NullMarked
package dev.attune.launcher.vertex;

import org.jspecify.annotations.NullMarked;
