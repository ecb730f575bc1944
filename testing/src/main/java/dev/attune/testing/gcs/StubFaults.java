package dev.attune.testing.gcs;

import dev.attune.testing.http.FaultRule;
import dev.attune.testing.http.FaultRules;
import dev.attune.testing.http.ServiceRefusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What goes wrong. A rule names calls, then what happens to them:
 *
 * <pre>{@code
 * stub.faults().on(INSERT).object(".*manifest.json").nth(1).loseReply();
 * stub.faults().on(DOWNLOAD).nth(2, 4).fail(503);
 * CallHold hold = stub.faults().on().nth(7).holdBefore();
 * }</pre>
 */
public final class StubFaults extends FaultRules<StubCall, StubFaults.Rule> {
  StubFaults() {}

  /** Begins a rule for calls of these kinds; without any, for all calls. */
  public Rule on(StubCall.Kind... kinds) {
    Set<StubCall.Kind> wanted = EnumSet.allOf(StubCall.Kind.class);
    if (kinds.length > 0) {
      wanted.retainAll(List.of(kinds));
    }
    return new Rule(this, wanted);
  }

  /** Which calls, and what happens to them. */
  public static final class Rule extends FaultRule<StubCall, Rule> {
    private final Set<StubCall.Kind> kinds;
    private Pattern object = Pattern.compile(".*", Pattern.DOTALL);
    private Pattern bucket = object;
    private String method = "";

    private Rule(StubFaults faults, Set<StubCall.Kind> kinds) {
      super(faults);
      this.kinds = kinds;
    }

    /** Only calls for objects whose whole name matches the regular expression. */
    public Rule object(String pattern) {
      object = Pattern.compile(pattern, Pattern.DOTALL);
      return this;
    }

    /** Only calls for buckets whose whole name matches the regular expression. */
    public Rule bucket(String pattern) {
      bucket = Pattern.compile(pattern, Pattern.DOTALL);
      return this;
    }

    /** Only calls with this HTTP method. */
    public Rule method(String name) {
      method = name;
      return this;
    }

    /** Answers with an error of this reason and text instead of doing anything. */
    public Rule fail(int status, String reason, String message) {
      return failWith(new StubRefusal(status, reason, message));
    }

    @Override
    protected Rule self() {
      return this;
    }

    @Override
    protected boolean concerns(StubCall call) {
      return kinds.contains(call.kind())
          && object.matcher(call.object()).matches()
          && bucket.matcher(call.bucket()).matches()
          && (method.isEmpty() || method.equals(call.method()));
    }

    @Override
    protected ServiceRefusal refusal(int status) {
      return StubRefusal.of(status);
    }
  }
}
