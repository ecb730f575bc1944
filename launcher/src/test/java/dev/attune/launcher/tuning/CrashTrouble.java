package dev.attune.launcher.tuning;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.VertexEmulator;
import io.grpc.Status.Code;
import java.time.Duration;

/** What goes wrong with the service, in the process that crashes and in those after it. */
enum CrashTrouble {
  NONE(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {}
  },
  LIST_LAGS(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.listLag(CrashScenario.GRACE.minusSeconds(2));
    }
  },
  CREATE_REPLY_LOST(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
    }
  },
  CREATE_REPLY_LOST_AND_LIST_LAGS(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.listLag(CrashScenario.GRACE.minusSeconds(2));
      service.faultNext(Method.CREATE, Fault.lost(Code.INTERNAL));
    }
  },
  CREATE_UNAVAILABLE(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.refused(Code.UNAVAILABLE));
    }
  },
  CREATE_DONE_WITHOUT_ANSWER(Duration.ofMillis(100)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.silent());
    }
  },
  CREATE_SWALLOWED(Duration.ofMillis(100)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.swallowed());
    }
  },
  CREATE_SLOW(Duration.ofMillis(100)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.slow(Duration.ofMillis(250)));
    }
  },
  CREATE_DENIED(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CREATE, Fault.refused(Code.PERMISSION_DENIED));
    }
  },
  QUOTA(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      TuningJob other =
          service.put(String.valueOf(place.location()), TuningJob.getDefaultInstance());
      service.concurrentJobs(1);
      time.in(
          Duration.ofSeconds(25), () -> service.set(other.getName(), JobState.JOB_STATE_SUCCEEDED));
    }
  },
  LIST_UNAVAILABLE(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.LIST, Fault.refused(Code.UNAVAILABLE));
    }
  },
  LIST_WITHOUT_ANSWER(Duration.ofMillis(100)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.LIST, Fault.swallowed());
    }
  },
  GET_UNAVAILABLE(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.GET, Fault.refused(Code.UNAVAILABLE));
    }
  },
  GET_WITHOUT_ANSWER(Duration.ofMillis(100)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.GET, Fault.silent());
    }
  },
  UPLOAD_CUT(Duration.ofSeconds(30)) {
    @Override
    void make(TuningPlace place, VertexEmulator service, FakeTime time) {
      service.faultNext(Method.CHUNK, Fault.cut(10));
    }
  };

  /** How long one call may take. */
  final Duration call;

  CrashTrouble(Duration call) {
    this.call = call;
  }

  abstract void make(TuningPlace place, VertexEmulator service, FakeTime time);
}
