package dev.attune.launcher.emulator;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.QuotaFailure;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** Refusals in the shapes of Google's services: a message, and details that name the cause. */
final class ServiceError {
  private ServiceError() {}

  /** {@code List of found errors: 1.Field: f; Message: m}, with a violation for each field. */
  static StatusRuntimeException invalid(List<FieldViolation> violations) {
    StringBuilder message = new StringBuilder("List of found errors:");
    for (int i = 0; i < violations.size(); i++) {
      FieldViolation violation = violations.get(i);
      message
          .append('\t')
          .append(i + 1)
          .append(".Field: ")
          .append(violation.getField())
          .append("; Message: ")
          .append(violation.getDescription());
    }
    return of(
        Code.INVALID_ARGUMENT,
        message.append('\t').toString(),
        Any.pack(BadRequest.newBuilder().addAllFieldViolations(violations).build()));
  }

  static StatusRuntimeException quota(String metric, String subject) {
    return of(
        Code.RESOURCE_EXHAUSTED,
        "The following quota metrics exceed quota limits: " + metric,
        Any.pack(
            QuotaFailure.newBuilder()
                .addViolations(
                    QuotaFailure.Violation.newBuilder().setSubject(subject).setDescription(metric))
                .build()));
  }

  static StatusRuntimeException of(Code code, String message, Any... details) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addAllDetails(List.of(details))
            .build());
  }
}
