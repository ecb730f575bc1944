package dev.attune.testing.dataflowapi;

import dev.attune.testing.http.FaultRule;
import dev.attune.testing.http.FaultRules;
import dev.attune.testing.http.ServiceRefusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What goes wrong. A rule names calls, then what happens to them:
 *
 * <pre>{@code
 * stub.faults().on(CREATE).nth(1).loseReply();
 * stub.faults().on(GET).nth(2, 4).fail(503);
 * CallHold hold = stub.faults().on(CREATE).holdAfter();
 * }</pre>
 */
public final class DataflowFaults extends FaultRules<DataflowCall, DataflowFaults.Rule> {
  DataflowFaults() {}

  /** Begins a rule for calls of these kinds; without any, for all calls. */
  public Rule on(DataflowCall.Kind... kinds) {
    Set<DataflowCall.Kind> wanted = EnumSet.allOf(DataflowCall.Kind.class);
    if (kinds.length > 0) {
      wanted.retainAll(List.of(kinds));
    }
    return new Rule(this, wanted);
  }

  /** Which calls, and what happens to them. */
  public static final class Rule extends FaultRule<DataflowCall, Rule> {
    private final Set<DataflowCall.Kind> kinds;

    private Rule(DataflowFaults faults, Set<DataflowCall.Kind> kinds) {
      super(faults);
      this.kinds = kinds;
    }

    /** Answers with an error of this text instead of doing anything. */
    public Rule fail(int status, String message) {
      return failWith(new DataflowRefusal(status, message));
    }

    @Override
    protected Rule self() {
      return this;
    }

    @Override
    protected boolean concerns(DataflowCall call) {
      return kinds.contains(call.kind());
    }

    @Override
    protected ServiceRefusal refusal(int status) {
      return DataflowRefusal.of(status);
    }
  }
}
