package dev.attune.launcher.emulator;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every call passes: it is numbered, kept, shown to the hook, and spoiled where asked. */
final class Gate {
  static final Context.Key<Boolean> AUTHORIZED = Context.key("authorized");

  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Fault> atCall = new HashMap<>();
  private final Map<Method, Queue<Fault>> next = new EnumMap<>(Method.class);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile CallHook hook = (moment, call) -> {};

  void hook(CallHook changed) {
    hook = changed;
  }

  synchronized void faultAt(int number, Fault fault) {
    atCall.put(number, fault);
  }

  synchronized void faultNext(Method method, Fault fault) {
    next.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  void close() {
    closed.countDown();
  }

  /** Serves a call of gRPC. */
  <T> void serve(Method method, String key, StreamObserver<T> caller, Supplier<T> work) {
    Deadline deadline = Context.current().getDeadline();
    Call call =
        arrived(
            method,
            key,
            deadline == null
                ? null
                : Duration.ofMillis(deadline.timeRemaining(TimeUnit.MILLISECONDS)),
            Boolean.TRUE.equals(AUTHORIZED.get()));
    Fault fault = fault(call);
    if (fault != null && !fault.done()) {
      Call ended = ended(call, fault.outcome());
      answer(fault, caller);
      hook.at(Moment.ANSWERED, ended);
      return;
    }
    T reply;
    try {
      reply = work.get();
    } catch (StatusRuntimeException e) {
      Call ended = ended(call, e.getStatus().getCode().name());
      caller.onError(e);
      hook.at(Moment.ANSWERED, ended);
      return;
    }
    Call ended = ended(call, fault == null ? "OK" : fault.outcome());
    hook.at(Moment.DONE, ended);
    if (fault != null && (fault.mute() || fault.answer() != null)) {
      answer(fault, caller);
    } else {
      pause(fault == null ? Duration.ZERO : fault.delay());
      caller.onNext(reply);
      caller.onCompleted();
    }
    hook.at(Moment.ANSWERED, ended);
  }

  /** Enters a call. */
  Call arrived(Method method, String key, @Nullable Duration deadline, boolean authorized) {
    Call call;
    synchronized (this) {
      call = new Call(calls.size() + 1, method, key, deadline, authorized, "…");
      calls.add(call);
    }
    hook.at(Moment.ARRIVED, call);
    return call;
  }

  /** Enters how a call ended. */
  synchronized Call ended(Call call, String outcome) {
    Call ended = call.ended(outcome);
    calls.set(call.number() - 1, ended);
    return ended;
  }

  void show(Moment moment, Call call) {
    hook.at(moment, call);
  }

  synchronized @Nullable Fault fault(Call call) {
    Fault fault = atCall.remove(call.number());
    Queue<Fault> waiting = next.get(call.method());
    return fault != null || waiting == null ? fault : waiting.poll();
  }

  /** Ends early when the emulator is closed, so that no test waits for it. */
  void pause(Duration time) {
    try {
      closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Fault fault, StreamObserver<?> caller) {
    pause(fault.delay());
    if (!fault.mute() && fault.answer() != null) {
      caller.onError(
          Status.fromCode(fault.answer()).withDescription("asked for by a test").asException());
    }
  }
}
